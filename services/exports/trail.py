"""X12, the audit trail: who did what to which thing, what it was before and after, and why; never people's words."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import func, select

from models import Event, Person
from models.vocabulary import Duty
from reports.sheets import Sheet, Value
from services.exports.columns import Col, columns
from services.exports.contents import Content
from services.exports.frames import Frame
from services.tongue import word

COLUMNS = (
    Col("waktu", ("Waktu", "Time"), ("Menurut jam kota.", "By the city's clock."), 22),
    Col(
        "pelaku (peran)",
        ("Pelaku (peran)", "Who (role)"),
        (
            "Nama dan peran; kosong bila mesin atau pengirim sendiri.",
            "Name and role; empty for the machine or a sender.",
        ),
        28,
    ),
    Col("objek", ("Objek", "Thing"), ("Jenis dan nomor hal yang diubah.", "Kind and number of what was changed."), 22),
    Col("tindakan", ("Tindakan", "Deed"), ("Kode tindakan.", "Code of what was done."), 24),
    Col("nilai_lama", ("Nilai lama", "Old value"), ("Kode sebelum diubah.", "Code before the change."), 30),
    Col("nilai_baru", ("Nilai baru", "New value"), ("Kode dan keterangan sesudahnya.", "Code and facts after it."), 40),
    Col("alasan", ("Alasan", "Reason"), ("Alasan yang ditulis.", "The reason that was written."), 40),
)
EXPORT = "export"
FETCHED = 2_000


def content(frame: Frame) -> Content:
    """Every event in its order.

    Taking papers is an event too; those at the end of the trail are left for the next time, so that taking the trail
    does not change it.
    """
    sheet = Sheet(frame.tell("Jejak audit"), columns(COLUMNS, frame.lang), _rows(frame))
    return Content(title=frame.tell("Jejak audit"), is_personal=True, sheets=[sheet])


def _rows(frame: Frame) -> Iterator[list[Value]]:
    who = _people(frame)
    last = select(func.max(Event.id)).where(Event.subject != EXPORT).scalar_subquery()
    query = select(Event).where(Event.id <= last).order_by(Event.id).execution_options(yield_per=FETCHED)
    for event in frame.session.scalars(query):
        old, new, why = _values(event.details or {})
        yield [
            f"{frame.local(event.at):%Y-%m-%d %H.%M.%S %Z}",
            who.get(event.actor_id or 0),
            f"{event.subject} {event.subject_id}",
            event.action,
            old,
            new,
            why,
        ]


def _people(frame: Frame) -> dict[int, str]:
    """Name and roles of everybody who ever did something."""
    found = {}
    for person in frame.session.scalars(select(Person)):
        roles = ", ".join(sorted(_duty(role.name, frame.lang) for role in person.roles))
        name = person.name or frame.tell("Orang nomor %(n)s", n=person.id)
        found[person.id] = f"{name} ({roles})" if roles else name
    return found


def _duty(name: str, lang: str) -> str:
    return word(Duty(name), lang) if name in list(Duty) else name


def _values(details: Mapping[str, Any]) -> tuple[str | None, str | None, str | None]:
    rest = {key: value for key, value in details.items() if key not in ("old", "new", "why")}
    new = [_told(details["new"])] if details.get("new") not in (None, "") else []
    new += [f"{key}={_told(value)}" for key, value in sorted(rest.items())]
    old = details.get("old")
    return (None if old in (None, "") else _told(old)), "; ".join(new) or None, details.get("why") or None


def _told(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
