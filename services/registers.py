"""Registers: what earlier cycles asked for and were not given, with the reason given then, and who asks again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from models import Agency, Dimension, Point, Reading, RefusedItem, RefusedMatch, Submission, Triage
from models.submission import STANDS
from models.vocabulary import MatchState, ReasonCode
from services import audit, tables
from services.errors import NotFound
from services.tables import BadRow, Report, Row, RowError
from services.tongue import N_, label, word

COLUMNS = ("cycle", "code", "text", "dimension", "reason_code", "reason", "agency")
NEEDED = frozenset({"cycle", "code", "text", "reason"})
LONGEST = {"cycle": 40, "code": 40, "text": 2_000, "reason": 1_000}
PAGE = 25


@dataclass(frozen=True, slots=True)
class Item:
    """One refused item; `times` says how many points ask again by a person's word, `maybe` by the machine's alone."""

    id: int
    cycle: str
    code: str
    text: str
    dimension: str
    reason_label: str
    reason: str
    agency: str
    times: int
    maybe: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A point that may ask again, with the words it shares with the item."""

    point_id: int
    number: str
    text: str
    words: tuple[str, ...]
    similarity: float
    state: MatchState
    state_label: str


def import_file(session: Session, path: Path, *, now: datetime) -> Report:
    """Take a register (CSV): a bad row is reported, the rest goes in, the same file twice adds nothing.

    An item that is here already, by cycle and code, is brought up to date; none is taken away. What came in since is
    held against new and changed items by the worker.
    """
    report, seen = Report(), set[tuple[str, str]]()
    known = {(item.cycle, item.code): item for item in session.scalars(select(RefusedItem))}
    plan = _Plan(set(session.scalars(select(Dimension.code))), _agencies(session))
    for number, row in tables.read(path, COLUMNS, NEEDED):
        try:
            if isinstance(row, RowError):
                raise BadRow(row.reason)
            _take(session, _values(row, plan), known, seen, report, now)
        except BadRow as error:
            report.errors.append(RowError(number, str(error)))
    session.flush()
    if report.added or report.changed:
        session.execute(delete(RefusedMatch).where(RefusedMatch.state == MatchState.SUGGESTED))
        session.execute(update(Triage).values(is_compared=False).execution_options(synchronize_session=False))
    counts = {"added": report.added, "changed": report.changed, "refused": len(report.errors)}
    audit.record(session, "import.refused", "file", path.name[:100], now=now, **counts)
    return report


@dataclass(frozen=True, slots=True)
class _Plan:
    dimensions: set[str]
    agencies: dict[str, str]


def _agencies(session: Session) -> dict[str, str]:
    return {tables.plain(said): a.code for a in session.scalars(select(Agency)) for said in (a.code, a.name)}


def _values(row: Row, plan: _Plan) -> dict[str, Any]:
    tables.check_clean(row)
    for column, most in LONGEST.items():
        if not 0 < len(row[column].strip()) <= most:
            raise BadRow(N_("%(column)s kosong atau lebih dari %(most)s huruf"), column=column, most=most)
    agency = row.get("agency", "").strip()
    if agency and tables.plain(agency) not in plan.agencies:
        raise tables.unknown("agency", agency, sorted(set(plan.agencies.values())))
    return {
        **{name: row[name].strip() for name in LONGEST},
        "dimension": tables.known(row, "dimension", plan.dimensions),
        "reason_code": tables.word(row, "reason_code", ReasonCode),
        "agency": plan.agencies[tables.plain(agency)] if agency else None,
    }


def _take(
    session: Session,
    values: dict[str, Any],
    known: dict[tuple[str, str], RefusedItem],
    seen: set[tuple[str, str]],
    report: Report,
    now: datetime,
) -> None:
    key = (values["cycle"], values["code"])
    if key in seen:
        raise BadRow(N_("butir %(code)s dari %(cycle)s sudah ada di baris sebelumnya"), cycle=key[0], code=key[1])
    seen.add(key)
    item = known.get(key)
    if item is None:
        session.add(RefusedItem(**values, imported_at=now))
        report.added += 1
    elif any(getattr(item, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(item, name, value)
        report.changed += 1
    else:
        report.known += 1


def listing(session: Session, *, after: int = 0, lang: str = "id") -> tuple[list[Item], int | None]:
    """One page of the register in the order in which it came, and the cursor of the next."""
    rows = session.execute(_items(lang).where(RefusedItem.id > after).order_by(RefusedItem.id).limit(PAGE + 1)).all()
    shown = [_item(row, lang) for row in rows[:PAGE]]
    return shown, shown[-1].id if len(rows) > PAGE else None


def one(session: Session, item_id: int, lang: str = "id") -> Item:
    """One item; raises NotFound for any other id."""
    row = session.execute(_items(lang).where(RefusedItem.id == item_id)).first()
    if row is None:
        raise NotFound(f"refused item {item_id}")
    return _item(row, lang)


def _items(lang: str) -> Any:
    times = {state: _times(state) for state in (MatchState.AGREED, MatchState.SUGGESTED)}
    return (
        select(
            RefusedItem,
            label(Dimension, "short", lang).label("short"),
            Agency.name.label("agency_name"),
            times[MatchState.AGREED].label("times"),
            times[MatchState.SUGGESTED].label("maybe"),
        )
        .outerjoin(Dimension, Dimension.code == RefusedItem.dimension)
        .outerjoin(Agency, Agency.code == RefusedItem.agency)
    )


def _times(state: MatchState) -> Any:
    """From the index alone: what is withdrawn, erased or set aside takes its guesses along."""
    mine = (RefusedMatch.item_id == RefusedItem.id, RefusedMatch.state == state)
    return select(func.count()).select_from(RefusedMatch).where(*mine).scalar_subquery()


def _item(row: Any, lang: str) -> Item:
    item: RefusedItem = row[0]
    return Item(
        id=item.id,
        cycle=item.cycle,
        code=item.code,
        text=item.text,
        dimension=row.short or "",
        reason_label=word(item.reason_code, lang) if item.reason_code else "",
        reason=item.reason,
        agency=row.agency_name or "",
        times=row.times,
        maybe=row.maybe,
    )


def asked(session: Session, item_id: int, *, after: int = 0, lang: str = "id") -> tuple[list[Asked], int | None]:
    """One page of the points that may ask again for an item, oldest first, and the cursor of the next."""
    page = select(RefusedMatch.point_id).where(RefusedMatch.item_id == item_id, RefusedMatch.point_id > after)
    ids = session.scalars(page.order_by(RefusedMatch.point_id).limit(PAGE + 1)).all()
    rows = session.execute(
        select(RefusedMatch, Submission.receipt_no, Reading.masked_text)
        .join(Point, Point.id == RefusedMatch.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .join(Reading, Reading.point_id == Point.id)
        .where(RefusedMatch.item_id == item_id, RefusedMatch.point_id.in_(ids[:PAGE]), STANDS)
        .order_by(RefusedMatch.point_id)
    )
    shown = [
        Asked(m.point_id, number, text, tuple(m.words), m.similarity, m.state, word(m.state, lang))
        for m, number, text in rows
    ]
    return shown, ids[PAGE - 1] if len(ids) > PAGE else None


def of_themes(session: Session, theme_ids: Collection[int], lang: str = "id") -> dict[int, list[Item]]:
    """The refused items that points of these themes ask for again, with how many of the theme's points do."""
    rows = session.execute(
        select(Reading.theme_id, RefusedItem, RefusedMatch.state, func.count().label("n"))
        .join(RefusedMatch, RefusedMatch.point_id == Reading.point_id)
        .join(RefusedItem, RefusedItem.id == RefusedMatch.item_id)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission)
        .where(Reading.theme_id.in_(list(theme_ids)), RefusedMatch.state != MatchState.DENIED, STANDS)
        .group_by(Reading.theme_id, RefusedItem.id, RefusedMatch.state)
        .order_by(Reading.theme_id, RefusedItem.id)
    ).all()
    counts = {(theme_id, item.id, state): n for theme_id, item, state, n in rows}
    found: dict[int, dict[int, Item]] = {}
    for theme_id, item, _state, _n in rows:
        times, maybe = (counts.get((theme_id, item.id, s), 0) for s in (MatchState.AGREED, MatchState.SUGGESTED))
        reason = word(item.reason_code, lang) if item.reason_code else ""
        found.setdefault(theme_id, {})[item.id] = Item(
            item.id, item.cycle, item.code, item.text, "", reason, item.reason, "", times, maybe
        )
    return {theme_id: list(items.values()) for theme_id, items in found.items()}


def check(session: Session, item_id: int, point_id: int) -> RefusedMatch:
    """The pair of a point and an item for which it may ask; raises NotFound where nobody thinks so."""
    row = session.get(RefusedMatch, (point_id, item_id))
    if row is None:
        raise NotFound(f"point {point_id} does not ask for item {item_id}")
    return row


def judge(session: Session, item_id: int, point_id: int, *, is_same: bool, actor_id: int, now: datetime) -> None:
    """Say whether a point asks again for an item; may be said anew, the audit keeps what was said before."""
    row = check(session, item_id, point_id)
    old, row.state = row.state, MatchState.AGREED if is_same else MatchState.DENIED
    row.actor_id, row.at = actor_id, now
    told = {"item": item_id, "old": old.value, "new": row.state.value}
    audit.record(session, "point.match", "point", point_id, now=now, actor_id=actor_id, **told)
    session.flush()
