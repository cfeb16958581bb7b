"""Entries: piles of paper that an officer types in, one after the other, seeing nothing of anybody else's."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from models import Area, EntryBatch, EntryCheck, Event, Person, Submission
from models.vocabulary import Channel
from services import audit
from services.errors import NotFound, NotThisState, OtherArea, RoundClosed
from services.tables import plain
from services.tongue import word

CHANNELS = (Channel.PAPER, Channel.ASSISTED)
MOST = 500
CLOSE = "entry_batch.close"


@dataclass(frozen=True, slots=True)
class Pile:
    """One pile: how many there are, how many are in, how many the team wants typed once more."""

    id: int
    channel: Channel
    channel_label: str
    area: str | None
    area_name: str | None
    expected: int
    entered: int
    opened_at: datetime
    closed_at: datetime | None
    checks: int
    checks_open: int
    officer: str | None = None
    reason: str = ""

    @property
    def is_full(self) -> bool:
        return self.entered >= self.expected


def area_of(session: Session, organisation: str | None) -> str | None:
    """The code of the kelurahan that an officer's organisation names; None binds to the whole city.

    "Kelurahan Krapyak", "krapyak" and an alias of the plan all name the same one.
    """
    named = plain(organisation or "").removeprefix("kelurahan").removeprefix("kel.")
    rows = session.execute(select(Area.code, Area.name, Area.aliases).where(Area.kind == "kelurahan", Area.is_current))
    for code, name, aliases in rows:
        if named and named in {plain(one) for one in (code, name, *aliases.split("|"))}:
            return code
    return None


def open_batch(
    session: Session,
    person_id: int,
    *,
    channel: Channel,
    area: str | None,
    expected: int,
    bound_to: str | None,
    is_round_open: bool,
    now: datetime,
) -> int:
    """Begin a pile and return its id; one that was begun in time is typed to its end, also after the closing day."""
    if not is_round_open:
        raise RoundClosed("no open round")
    if bound_to is not None and area != bound_to:
        raise OtherArea(f"bound to {bound_to}")
    if channel not in CHANNELS or not 1 <= expected <= MOST:
        raise ValueError("a pile is of paper or of helped people, and has a size")
    row = EntryBatch(person_id=person_id, channel=channel, area=area, expected=expected, opened_at=now)
    session.add(row)
    session.flush()
    audit.record(session, "entry_batch.open", "entry_batch", row.id, now=now, actor_id=person_id, expected=expected)
    return row.id


def own(session: Session, person_id: int, batch_id: int, lang: str = "id") -> Pile:
    """A pile of this officer; another's is not there."""
    row = session.execute(_piles().where(EntryBatch.id == batch_id, EntryBatch.person_id == person_id)).first()
    if row is None:
        raise NotFound(f"entry batch {batch_id}")
    return _piled(session, [row], lang)[0]


def writable(session: Session, person_id: int, batch_id: int, lang: str = "id") -> Pile:
    """A pile of this officer that is not closed."""
    pile = own(session, person_id, batch_id, lang)
    if pile.closed_at is not None:
        raise NotThisState("closed pile")
    return pile


def mine(session: Session, person_id: int, lang: str = "id") -> list[Pile]:
    """The officer's own piles, newest first."""
    rows = session.execute(
        _piles().where(EntryBatch.person_id == person_id).order_by(EntryBatch.id.desc()).limit(50)
    ).all()
    return _piled(session, rows, lang)


def everybodys(session: Session, lang: str = "id") -> list[Pile]:
    """All piles with who typed them, for the team."""
    return _piled(session, session.execute(_piles().order_by(EntryBatch.id.desc()).limit(100)).all(), lang)


def one(session: Session, batch_id: int, lang: str = "id") -> Pile:
    """Any pile, for the team."""
    row = session.execute(_piles().where(EntryBatch.id == batch_id)).first()
    if row is None:
        raise NotFound(f"entry batch {batch_id}")
    return _piled(session, [row], lang)[0]


def _piles() -> Select:
    return (
        select(
            EntryBatch,
            Area.name,
            func.coalesce(Person.name, Person.email),
            func.count(Submission.id),
            func.count(EntryCheck.submission_id),
            func.count(EntryCheck.done_at),
        )
        .join(Person, Person.id == EntryBatch.person_id)
        .outerjoin(Area, Area.code == EntryBatch.area)
        .outerjoin(Submission, Submission.entry_batch_id == EntryBatch.id)
        .outerjoin(EntryCheck, EntryCheck.submission_id == Submission.id)
        .group_by(EntryBatch.id, Area.name, Person.name, Person.email)
    )


def _piled(session: Session, rows: Sequence[Any], lang: str) -> list[Pile]:
    """Piles with the reasons of those that were closed before all of it was in, in one statement."""
    reasons = _reasons(session, [row[0].id for row in rows if row[0].closed_at and row[3] < row[0].expected])
    return [_pile(row, reasons, lang) for row in rows]


def _pile(row: Any, reasons: dict[int, str], lang: str) -> Pile:
    batch, area_name, officer, entered, checks, done = row
    return Pile(
        id=batch.id,
        channel=batch.channel,
        channel_label=word(batch.channel, lang),
        area=batch.area,
        area_name=area_name,
        expected=batch.expected,
        entered=entered,
        opened_at=batch.opened_at,
        closed_at=batch.closed_at,
        checks=checks,
        checks_open=checks - done,
        officer=officer,
        reason=reasons.get(batch.id, ""),
    )


def _reasons(session: Session, batch_ids: Sequence[int]) -> dict[int, str]:
    """Why each of these piles was closed, as it was said last."""
    if not batch_ids:
        return {}
    said = select(Event.subject_id, Event.details).where(Event.subject_id.in_([str(n) for n in batch_ids]))
    rows = session.execute(said.where(Event.action == CLOSE).order_by(Event.id))
    return {int(number): (details or {}).get("reason", "") for number, details in rows}


def close(session: Session, person_id: int, batch_id: int, *, reason: str, now: datetime) -> None:
    """Close a pile; before all of it is in only with a reason, which the audit keeps."""
    pile = writable(session, person_id, batch_id)
    if not pile.is_full and not reason.strip():
        raise ValueError("a reason is needed")
    batch = session.get_one(EntryBatch, batch_id)
    batch.closed_at = now
    facts = {"entered": pile.entered, "reason": reason.strip()}
    audit.record(session, CLOSE, "entry_batch", batch_id, now=now, actor_id=person_id, **facts)
