"""Triages: what people say of a point at the inbox, apart from what the machine reads, each mark with its history."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String as Text
from sqlalchemy import Subquery, case, cast, exists, func, insert, literal, or_, select, update
from sqlalchemy.orm import Session

from models import Dimension, Mission, Point, Reading, Submission, Triage, TriageMark
from models.submission import STANDS
from models.vocabulary import Element, Nature, PointType, Stage, SubmissionState, TriageField
from services import audit, suggestions
from services.errors import NotFound, NotThisState

F = TriageField
COVER = "▇"
# The columns that `prepare` keeps equal to what they are copied from.
COPIED = (
    "round_id",
    "group",
    "channel",
    "area",
    "language",
    "theme_id",
    "kind",
    "suggested",
    "has_personal_data",
    "is_complaint",
)
FRESH = {"stage": Stage.ARRIVED, "missions": [], "is_offensive": False, "is_aside": False, "is_compared": False}
WORDS: dict[TriageField, Any] = {
    F.ELEMENT_FIELD: Element,
    F.NATURE_FIELD: Nature,
    F.TYPE_FIELD: PointType,
    F.STAGE_FIELD: Stage,
}
DIMENSIONS = (F.DIMENSION_FIELD, F.SECOND_DIMENSION_FIELD)
# What one key accepts of the suggestions; a mission is a matter of its own.
ACCEPTED = (F.DIMENSION_FIELD, F.ELEMENT_FIELD, F.NATURE_FIELD, F.TYPE_FIELD)
OFF = "-"  # before the code of a mission that was taken off again
YES = "yes"


@dataclass(frozen=True, slots=True)
class Screened:
    """What was made of a round's points at the inbox, and how many sendings were set aside, by reason."""

    points: int
    by_stage: Mapping[str, int]
    redacted: int
    offensive: int
    complaints: int
    aside: Mapping[str, int]


def prepare(session: Session) -> int:
    """Make the row of each point that stands and has none, and follow what the rows are copied from.

    Returns how many were made. One statement for each of the two, and what has not changed is not written.
    """
    facts, columns = _facts(), Triage.__table__.c
    unknown = ~exists().where(Triage.point_id == facts.c.point_id)
    fresh = [literal(value, columns[name].type) for name, value in FRESH.items()]
    wanted = select(*facts.c, *fresh).where(unknown).order_by(facts.c.point_id)
    made = session.execute(insert(Triage).from_select(["point_id", *COPIED, *FRESH], wanted)).rowcount
    changed = or_(*(columns[name].is_distinct_from(facts.c[name]) for name in COPIED))
    session.execute(
        update(Triage)
        .where(Triage.point_id == facts.c.point_id, changed)
        .values({columns[name]: facts.c[name] for name in COPIED})
        .execution_options(synchronize_session=False)
    )
    session.expire_all()
    return made


def _facts() -> Subquery:
    """What the copied columns should say, one row for each point that stands."""
    said = select(Triage.point_type).where(Triage.point_id == Point.id).scalar_subquery()
    read = func.coalesce(cast(Reading.types, Text).contains(f'"{PointType.SERVICE_COMPLAINT.value}"'), False)
    return (
        select(
            Point.id.label("point_id"),
            Submission.round_id,
            Submission.group,
            Submission.channel,
            Submission.area,
            func.coalesce(Reading.language, "").label("language"),
            Reading.theme_id,
            func.coalesce(Reading.types[(0, 0)].as_string(), "").label("kind"),
            func.coalesce(Point.dimension, Reading.dimensions[(0, 0)].as_string()).label("suggested"),
            func.coalesce(Reading.masked_text.contains(COVER), False).label("has_personal_data"),
            case((said.is_not(None), said == PointType.SERVICE_COMPLAINT), else_=read).label("is_complaint"),
        )
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .where(STANDS)
        .subquery()
    )


def mark(
    session: Session,
    point_ids: Collection[int],
    field: TriageField,
    value: str,
    *,
    actor_id: int | None,
    now: datetime,
) -> int:
    """Say one thing of points, or take it back with an empty value; returns of how many that was news.

    A mission is one of several: it is added, and taken off by its code after a "-". What the machine had suggested
    stands beside each mark, so that it can be told whether people followed it.
    """
    check(session, field, value)
    rows = _rows(session, point_ids)
    news = [row for row in rows if _is_news(row, field, value)]
    suggested = suggestions.of_points(session, [row.point_id for row in news]) if news else {}
    firsts = {number: found[field][0].value for number, found in suggested.items() if field in found}
    put(
        session,
        [Said(row, field, value, firsts.get(row.point_id)) for row in news],
        actor_id=actor_id,
        now=now,
    )
    return len(news)


def accept(session: Session, point_ids: Collection[int], *, actor_id: int | None, now: datetime) -> int:
    """Say what the machine suggests wherever nobody has said anything; returns how many marks that makes."""
    rows = _rows(session, point_ids)
    suggested = suggestions.of_points(session, [row.point_id for row in rows])
    said = [
        Said(row, field, suggested[row.point_id][field][0].value, suggested[row.point_id][field][0].value)
        for row in rows
        for field in ACCEPTED
        if field in suggested[row.point_id] and getattr(row, field.value) is None
    ]
    put(session, said, actor_id=actor_id, now=now)
    return len(said)


def check(session: Session, field: TriageField, value: str) -> None:
    """Raise NotThisState for a value that the field does not know; an empty one takes back what was said."""
    if field in DIMENSIONS:
        is_known = not value or _is_current(session, Dimension, value)
    elif field is F.MISSION_FIELD:
        is_known = _is_current(session, Mission, value.removeprefix(OFF))
    else:
        is_known = field in WORDS and (value in list(WORDS[field]) or not value and field is not F.STAGE_FIELD)
    if not is_known:
        raise NotThisState(f"{field} cannot be so")


def _is_current(session: Session, model: Any, code: str) -> bool:
    return session.scalar(select(model.code).where(model.code == code, model.is_current)) is not None


def _rows(session: Session, point_ids: Collection[int]) -> list[Triage]:
    rows = session.scalars(select(Triage).where(Triage.point_id.in_(list(point_ids))).order_by(Triage.point_id)).all()
    if len(rows) < len(set(point_ids)):
        raise NotFound("a point that is not at the inbox")
    return list(rows)


def row_of(session: Session, point_id: int) -> Triage:
    """The row of one point; raises NotFound where it has none (yet)."""
    return _rows(session, [point_id])[0]


def _is_news(row: Triage, field: TriageField, value: str) -> bool:
    if field is F.MISSION_FIELD:
        return (value.removeprefix(OFF) in row.missions) == value.startswith(OFF)
    return (getattr(row, field.value) or "") != value


@dataclass(frozen=True, slots=True)
class Said:
    """One thing about to be said of one point, and what was suggested for it."""

    row: Triage
    field: TriageField
    value: str
    suggested: str | None = None


def put(session: Session, said: Sequence[Said], *, actor_id: int | None, now: datetime) -> None:
    """Write marks: the rows, their history, and the audit with what stood there before; a statement for each."""
    marks, events = [], []
    for one in said:
        old = _write(one.row, one.field, one.value, actor_id, now)
        told = {"field": one.field.value, "value": one.value, "suggested": one.suggested}
        marks.append({"point_id": one.row.point_id, "actor_id": actor_id, "at": now, **told})
        more = {"old": old, "new": one.value, "suggested": one.suggested}
        events.append((one.row.point_id, {"field": one.field.value, **more}))
    session.flush()
    if marks:
        session.execute(insert(TriageMark), marks)
    audit.record_each(session, "point.mark", "point", events, now=now, actor_id=actor_id)


def _write(row: Triage, field: TriageField, value: str, actor_id: int | None, now: datetime) -> str:
    """Change the row; returns what it said before."""
    if field is F.MISSION_FIELD:
        old, code = ",".join(row.missions), value.removeprefix(OFF)
        others = [mission for mission in row.missions if mission != code]
        row.missions = others if value.startswith(OFF) else sorted([*others, code])
        return old
    if field is F.OFFENSIVE_FIELD:
        was, row.is_offensive = row.is_offensive, bool(value)
        _take_back(row)
        return YES if was else ""
    if field is F.REDACTION_FIELD:
        was_read = row.redacted_at is not None
        if not value:
            _take_back(row)
        return YES if was_read else ""
    old = str(getattr(row, field.value) or "")
    setattr(row, field.value, WORDS[field](value) if value and field in WORDS else value or None)
    if field is F.TYPE_FIELD and value:
        row.is_complaint = value == PointType.SERVICE_COMPLAINT
    if field is F.STAGE_FIELD:
        is_back = value == Stage.ARRIVED
        row.screened_at, row.screened_by = (None, None) if is_back else (row.screened_at or now, actor_id)
    return old


def _take_back(row: Triage) -> None:
    """No text of the point is for the public any more, until a person has read one anew."""
    row.public_text = row.redacted_at = row.redacted_by = None


def undo(session: Session, point_id: int, *, actor_id: int | None, now: datetime) -> TriageField:
    """Take the newest mark of a point back, which is a mark too; returns what it was about.

    What was said before it holds again. A text that was let go for the public is only taken back, for the words
    themselves are in no history.
    """
    row = row_of(session, point_id)
    marks = session.scalars(
        select(TriageMark).where(TriageMark.point_id == point_id).order_by(TriageMark.id.desc())
    ).all()
    if not marks or (marks[0].field is F.REDACTION_FIELD and not marks[0].value):
        raise NotThisState(f"nothing to take back of point {point_id}")
    last = marks[0]
    put(session, [Said(row, last.field, _before(last, marks[1:]))], actor_id=actor_id, now=now)
    return last.field


def _before(last: TriageMark, older: Iterable[TriageMark]) -> str:
    """What the field said before its newest mark."""
    if last.field is F.MISSION_FIELD:
        return last.value.removeprefix(OFF) if last.value.startswith(OFF) else OFF + last.value
    if last.field in (F.REDACTION_FIELD, F.OFFENSIVE_FIELD):
        return "" if last.value else YES
    default = Stage.ARRIVED.value if last.field is F.STAGE_FIELD else ""
    return next((mark.value for mark in older if mark.field is last.field), default)


def counts(session: Session, round_id: int) -> Screened:
    """What the page on how things are counted says of the screening of a round."""
    mine = (Triage.round_id == round_id, Triage.is_aside.is_(False))
    rows = session.execute(
        select(
            Triage.stage,
            func.count(),
            func.count(Triage.redacted_at),
            func.count().filter(Triage.is_offensive),
            func.count().filter(Triage.is_complaint),
        )
        .where(*mine)
        .group_by(Triage.stage)
    ).all()
    aside = session.execute(
        select(Submission.aside_reason, func.count())
        .where(Submission.round_id == round_id, Submission.state == SubmissionState.SET_ASIDE)
        .group_by(Submission.aside_reason)
    )
    totals = [sum(row[n] for row in rows) for n in range(1, 5)]
    return Screened(
        points=totals[0],
        by_stage={stage.value: n for stage, n, *_ in rows},
        redacted=totals[1],
        offensive=totals[2],
        complaints=totals[3],
        aside={str(reason): n for reason, n in aside},
    )
