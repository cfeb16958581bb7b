"""Meetings: what sort, where and when, who came, what was agreed, and the points taken down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from models import Agreement, Area, Attendance, Dimension, Meeting, Point, Submission, Term
from models.submission import STANDS
from models.vocabulary import Channel, Group, MeetingKind
from services import audit
from services.errors import NotFound
from services.texts import clean
from services.tongue import label, word

CONSTITUENCY = "constituency"
CHANNELS = {
    MeetingKind.FGD_MEETING: Channel.FGD,
    MeetingKind.FKP: Channel.FGD,
    MeetingKind.MUSRENBANG_MEETING: Channel.MUSRENBANG,
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a meeting was; `area` is a code."""

    kind: MeetingKind
    title: str
    held_on: date
    place: str = ""
    area: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting in a list."""

    id: int
    facts: Facts
    kind_label: str
    area_name: str | None
    people: int
    points: int


@dataclass(frozen=True, slots=True)
class Came:
    """How many of one constituency were invited and came."""

    code: str
    label: str
    invited: int
    women: int
    men: int


@dataclass(frozen=True, slots=True)
class Agreed:
    id: int
    subject: str
    text: str
    responsible: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """One point taken down; `number` is its receipt number."""

    point_id: int
    number: str
    text: str
    dimension: str | None
    dimension_label: str | None
    group: Group
    group_label: str
    is_changed: bool


def hold(session: Session, facts: Facts, *, now: datetime, actor_id: int | None = None) -> int:
    """Put a meeting down and return its id."""
    row = Meeting(made_at=now, made_by=actor_id, **_columns(facts))
    session.add(row)
    session.flush()
    audit.record(session, "meeting.hold", "meeting", row.id, now=now, actor_id=actor_id)
    return row.id


def change(session: Session, meeting_id: int, facts: Facts, *, now: datetime, actor_id: int | None = None) -> None:
    """Correct what a meeting was; points already taken down keep the channel in which they came."""
    row = _row(session, meeting_id)
    for name, value in _columns(facts).items():
        setattr(row, name, value)
    audit.record(session, "meeting.change", "meeting", meeting_id, now=now, actor_id=actor_id)


def _columns(facts: Facts) -> dict[str, object]:
    return {
        "kind": facts.kind,
        "title": clean(facts.title),
        "held_on": facts.held_on,
        "place": clean(facts.place),
        "area": facts.area,
    }


def _row(session: Session, meeting_id: int) -> Meeting:
    row = session.get(Meeting, meeting_id)
    if row is None:
        raise NotFound(f"meeting {meeting_id}")
    return row


def all_held(session: Session, lang: str = "id") -> list[Held]:
    """Every meeting, the latest first."""
    rows = session.execute(_meetings().order_by(Meeting.held_on.desc(), Meeting.id.desc()))
    return [_held(row, lang) for row in rows]


def one(session: Session, meeting_id: int, lang: str = "id") -> Held:
    row = session.execute(_meetings().where(Meeting.id == meeting_id)).first()
    if row is None:
        raise NotFound(f"meeting {meeting_id}")
    return _held(row, lang)


def _meetings() -> Select:  # type: ignore[type-arg]
    people = (
        select(func.coalesce(func.sum(Attendance.women + Attendance.men), 0))
        .where(Attendance.meeting_id == Meeting.id)
        .scalar_subquery()
    )
    points = select(func.count()).where(Submission.meeting_id == Meeting.id, STANDS).scalar_subquery()
    return select(Meeting, Area.name, people, points).outerjoin(Area, Area.code == Meeting.area)


def _held(row, lang: str) -> Held:  # type: ignore[no-untyped-def]
    meeting, area_name, people, points = row
    facts = Facts(meeting.kind, meeting.title, meeting.held_on, meeting.place, meeting.area)
    return Held(meeting.id, facts, word(meeting.kind, lang), area_name, people, points)


def constituencies(session: Session, lang: str = "id") -> list[tuple[str, str]]:
    """Who is to be heard: (code, label), from the plan."""
    rows = session.execute(
        select(Term.code, label(Term, "label", lang)).where(Term.kind == CONSTITUENCY, Term.is_current)
    )
    return sorted(((code, name) for code, name in rows), key=lambda pair: pair[1])


def attendance(session: Session, meeting_id: int, lang: str = "id") -> list[Came]:
    """One row for every constituency of the plan, with zeros, and for one that has left the plan since."""
    kept = {row.constituency: row for row in session.scalars(select(Attendance).filter_by(meeting_id=meeting_id))}
    names = dict(constituencies(session, lang))
    return [_came(code, names.get(code, code), kept.get(code)) for code in dict.fromkeys([*names, *sorted(kept)])]


def _came(code: str, name: str, row: Attendance | None) -> Came:
    return Came(code, name, row.invited, row.women, row.men) if row else Came(code, name, 0, 0, 0)


def set_attendance(
    session: Session,
    meeting_id: int,
    came: Mapping[str, tuple[int, int, int]],
    *,
    now: datetime,
    actor_id: int | None = None,
) -> None:
    """Put down (invited, women, men) of each constituency anew; three zeros are no row."""
    _row(session, meeting_id)
    session.execute(delete(Attendance).where(Attendance.meeting_id == meeting_id))
    session.add_all(
        Attendance(meeting_id=meeting_id, constituency=code, invited=invited, women=women, men=men)
        for code, (invited, women, men) in came.items()
        if invited or women or men
    )
    session.flush()
    audit.record(session, "meeting.attendance", "meeting", meeting_id, now=now, actor_id=actor_id)


def agreements(session: Session, meeting_id: int) -> list[Agreed]:
    """What was agreed, in the order in which it was put down."""
    rows = session.scalars(select(Agreement).where(Agreement.meeting_id == meeting_id).order_by(Agreement.id))
    return [Agreed(a.id, a.subject, a.text, a.responsible, a.due_on) for a in rows]


def agree(
    session: Session,
    meeting_id: int,
    *,
    subject: str,
    text: str,
    responsible: str,
    due_on: date | None,
    now: datetime,
    actor_id: int | None = None,
    agreement_id: int | None = None,
) -> int:
    """Put an agreement down, or write one of this meeting anew; returns its id."""
    _row(session, meeting_id)
    row = Agreement(meeting_id=meeting_id) if agreement_id is None else _agreement(session, meeting_id, agreement_id)
    row.subject, row.text, row.responsible, row.due_on = clean(subject), clean(text), clean(responsible), due_on
    session.add(row)
    session.flush()
    action = "agreement.make" if agreement_id is None else "agreement.change"
    audit.record(session, action, "agreement", row.id, now=now, actor_id=actor_id)
    return row.id


def agreement(session: Session, meeting_id: int, agreement_id: int) -> Agreed:
    row = _agreement(session, meeting_id, agreement_id)
    return Agreed(row.id, row.subject, row.text, row.responsible, row.due_on)


def drop(session: Session, meeting_id: int, agreement_id: int, *, now: datetime, actor_id: int | None = None) -> None:
    """Take an agreement out."""
    session.delete(_agreement(session, meeting_id, agreement_id))
    audit.record(session, "agreement.drop", "agreement", agreement_id, now=now, actor_id=actor_id)


def _agreement(session: Session, meeting_id: int, agreement_id: int) -> Agreement:
    row = session.get(Agreement, agreement_id)
    if row is None or row.meeting_id != meeting_id:
        raise NotFound(f"agreement {agreement_id}")
    return row


def dimensions(session: Session, lang: str = "id") -> list[tuple[str, str]]:
    """The dimensions under their plain names."""
    rows = session.execute(
        select(Dimension.code, label(Dimension, "plain", lang)).where(Dimension.is_current).order_by(Dimension.position)
    )
    return [(code, name) for code, name in rows]


def spoken(session: Session, meeting_id: int, lang: str = "id") -> list[Spoken]:
    """The points of a meeting, the last first, so that the newest stands beside the field."""
    rows = session.execute(_points(lang).where(Submission.meeting_id == meeting_id).order_by(Point.id.desc()))
    return [_spoken(row, lang) for row in rows]


def point(session: Session, meeting_id: int, point_id: int, lang: str = "id") -> Spoken:
    """One point of this meeting; a point of anything else is not there."""
    row = session.execute(_points(lang).where(Submission.meeting_id == meeting_id, Point.id == point_id)).first()
    if row is None:
        raise NotFound(f"point {point_id}")
    return _spoken(row, lang)


def _points(lang: str) -> Select:  # type: ignore[type-arg]
    return (
        select(Point, Submission, label(Dimension, "plain", lang))
        .join(Submission)
        .outerjoin(Dimension, Dimension.code == Point.dimension)
        .where(STANDS)
    )


def _spoken(row, lang: str) -> Spoken:  # type: ignore[no-untyped-def]
    point, submission, dimension = row
    return Spoken(
        point_id=point.id,
        number=submission.receipt_no,
        text=point.text,
        dimension=point.dimension,
        dimension_label=dimension,
        group=submission.group,
        group_label=word(submission.group, lang),
        is_changed=point.changed_at is not None,
    )


def correct(
    session: Session,
    meeting_id: int,
    point_id: int,
    *,
    text: str,
    dimension: str | None,
    group: Group,
    now: datetime,
    actor_id: int | None = None,
) -> None:
    """Write a point of this meeting right. It is read again; that it was corrected stays visible."""
    query = select(Point).join(Submission).where(Point.id == point_id, Submission.meeting_id == meeting_id, STANDS)
    row = session.scalar(query)
    if row is None:
        raise NotFound(f"point {point_id}")
    row.text = row.submission.text = clean(text)
    row.dimension, row.submission.group, row.changed_at = dimension, group, now
    session.flush()
    audit.record(session, "point.change", "point", point_id, now=now, actor_id=actor_id)
