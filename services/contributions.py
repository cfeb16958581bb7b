"""What people who sign in say: one sending, one point, one receipt number, and theirs to change while it is open."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, contains_eager

from models import Point, PointFramework, PointMission, Submission
from models.vocabulary import Capacity, Channel, Element, Group, Nature, PointType, Verdict
from services import audit, receipts, vestiges
from services.errors import KeyReused, NotFound, RoundClosed
from services.texts import clean


@dataclass(frozen=True, slots=True)
class Author:
    """Somebody who signed in, and for which group; a person of an agency speaks with the others of it."""

    person_id: int
    group: Group
    name: str
    organisation: str | None = None
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """What a sending answers to: the open round, and how its receipts begin."""

    round_id: int | None
    prefix: str


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said; only the text is always there."""

    text: str
    proposal: str | None = None
    point_type: PointType | None = None
    dimension: str | None = None
    paragraph_id: int | None = None
    programme: str | None = None
    verdict: Verdict | None = None
    merge_into: str | None = None
    proposed_text: str | None = None
    evidence: str | None = None
    condition: int | None = None
    importance: int | None = None
    element: Element | None = None
    nature: Nature | None = None
    missions: tuple[str, ...] = ()
    framework_items: tuple[tuple[str, str], ...] = ()
    capacity: Capacity = Capacity.PERSONAL
    signed_off_by: str | None = None


STANDS_ON = ("paragraph_id", "programme", "dimension")
TEXTS = ("proposal", "proposed_text", "evidence")
PLAIN = (
    "point_type",
    "dimension",
    "paragraph_id",
    "programme",
    "verdict",
    "merge_into",
    "condition",
    "importance",
    "element",
    "nature",
)


def add(session: Session, author: Author, said: Said, *, call: Call, key: str, now: datetime) -> int:
    """Take one sending and return the id of its point; the same form sent twice changes what it sent first."""
    if call.round_id is None:
        raise RoundClosed("no open round")
    earlier = _by_key(session, author, said, key)
    if earlier is not None:
        _rewrite(session, author, earlier, said, now)
        return earlier.id
    row = Submission(
        round_id=call.round_id,
        receipt_no=receipts.free_number(session, call.prefix),
        key_hash=receipts.hash_key(key),
        person_id=author.person_id,
        group=author.group,
        organisation=author.organisation,
        agency=author.agency,
        channel=Channel.WEB,
        text="",
        received_at=now,
        points=[Point(text="")],
    )
    session.add(row)
    _write(row.points[0], said)
    session.flush()
    audit.record(session, "submission.receive", "submission", row.id, now=now, actor_id=author.person_id)
    return row.points[0].id


def _by_key(session: Session, author: Author, said: Said, key: str) -> Point | None:
    point = session.scalar(
        select(Point).join(Submission).where(Submission.key_hash == receipts.hash_key(key), Point.position == 1)
    )
    if point is not None and point.submission.person_id != author.person_id:
        raise KeyReused("key of another person")
    if point is not None and any(getattr(point, name) != getattr(said, name) for name in STANDS_ON):
        raise KeyReused("key of a point that stands elsewhere")
    return point


def change(session: Session, author: Author, point_id: int, said: Said, *, is_open: bool, now: datetime) -> None:
    """Write an own point anew while the round is open; the next reading sees the new words."""
    rewrite(session, author, own(session, author, point_id), said, is_open=is_open, now=now)


def rewrite(session: Session, author: Author, point: Point, said: Said, *, is_open: bool, now: datetime) -> None:
    """The same of a point that was found to be the author's."""
    if not is_open:
        raise RoundClosed("no open round")
    _rewrite(session, author, point, said, now)


def _rewrite(session: Session, author: Author, point: Point, said: Said, now: datetime) -> None:
    """Write a point anew; where nothing is different (a double tap) it has not changed.

    What was read and said of the old words goes with them, as after any correction; what was sent stays one text.
    """
    before = point.text
    with session.no_autoflush:  # a flush would forget what was different
        _write(point, said)
        is_changed = session.is_modified(point) or session.is_modified(point.submission)
    if is_changed:
        point.changed_at = now
        if point.text != before:
            point.submission.text = "\n\n".join(part.text for part in point.submission.points)
            vestiges.unread(session, [point.id], now=now)
            vestiges.forget(session, [point.id], now=now)
        audit.record(session, "point.change", "point", point.id, now=now, actor_id=author.person_id)


def own(session: Session, author: Author, point_id: int) -> Point:
    """A point of this author, or of the author's agency; what is not theirs is not there."""
    query = select(Point).join(Submission).where(Point.id == point_id, is_of(author))
    point = session.scalar(query.options(contains_eager(Point.submission)))
    if point is None:
        raise NotFound(f"point {point_id}")
    return point


def is_of(author: Author) -> ColumnElement[bool]:
    """The condition on a submission that makes it this author's."""
    if author.agency:
        return Submission.agency == author.agency
    return (Submission.person_id == author.person_id) & Submission.agency.is_(None)


def _write(point: Point, said: Said) -> None:
    point.text = point.submission.text = clean(said.text)
    for name in TEXTS:
        setattr(point, name, clean(getattr(said, name) or "") or None)
    for name in PLAIN:
        setattr(point, name, getattr(said, name))
    _set_links(point, said)
    point.submission.capacity = said.capacity
    point.submission.signed_off_by = clean(said.signed_off_by or "") or None


def _set_links(point: Point, said: Said) -> None:
    """Missions and policy items as they were said; what is already linked stays the same row."""
    held = {link.mission: link for link in point.missions}
    point.missions = [held.get(code) or PointMission(mission=code) for code in said.missions]
    items = {(link.framework, link.code): link for link in point.framework_items}
    point.framework_items = [
        items.get(pair) or PointFramework(framework=pair[0], code=pair[1]) for pair in said.framework_items
    ]
