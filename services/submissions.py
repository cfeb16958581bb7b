"""Submissions: taken once, receipted, and looked up with number and PIN."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Dimension, Finding, Paragraph, Point, Reading, Run, Submission, Theme, Topic
from models.vocabulary import Channel, Group, RunState
from services import audit, receipts
from services.errors import KeyReused, NotFound, RoundClosed, TooManyTries
from services.texts import clean
from services.tongue import label
from services.wording import theme_name

TRIES, COOL_DOWN = 8, timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person sent; `area` is an area code, `place_note` a place that is none ("kota", "luar")."""

    text: str
    topic: str | None = None
    condition: int | None = None
    importance: int | None = None
    area: str | None = None
    place_note: str | None = None
    paragraph_id: int | None = None
    seconds_taken: int | None = None
    is_suspect: bool = False


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receipt page shows."""

    number: str
    pin: str
    spoken: str
    received_at: datetime
    text: str
    topic_label: str | None
    is_repeat: bool = False


@dataclass(frozen=True, slots=True)
class PointStatus:
    """What became of one point; `others` are further submissions that say something similar."""

    text: str
    topic_label: str | None
    dimension_label: str | None
    theme: str | None
    others: int
    decided: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    number: str
    received_at: datetime
    points: tuple[PointStatus, ...]


def receive(
    session: Session,
    draft: Draft,
    *,
    round_id: int | None,
    prefix: str,
    key: str,
    now: datetime,
    lang: str = "id",
) -> Receipt:
    """Take one sending: submission, point and audit line in the caller's one transaction.

    The key makes a double tap one submission: the same key with the same text shows the same number and PIN
    again, with another text it is refused, because one of the two texts would be lost.
    """
    if round_id is None:
        raise RoundClosed("no open round")
    text, pin = clean(draft.text), receipts.pin_of(key)
    earlier = _by_key(session, key, lang)
    if earlier is not None:
        if earlier.text != text:
            raise KeyReused(earlier.number)
        return earlier
    salt = secrets.token_hex(8)
    row = Submission(
        round_id=round_id,
        receipt_no=receipts.free_number(session, prefix),
        pin_salt=salt,
        pin_hash=receipts.hash_pin(pin, salt),
        key_hash=receipts.hash_key(key),
        group=Group.CITIZEN,
        channel=Channel.WEB,
        text=text,
        area=draft.area,
        place_note=draft.place_note,
        received_at=now,
        seconds_taken=draft.seconds_taken,
        is_suspect=draft.is_suspect,
    )
    row.points.append(_point(session, draft, text))
    session.add(row)
    session.flush()
    audit.record(session, "submission.receive", "submission", row.id, now=now, channel=Channel.WEB.value)
    return Receipt(row.receipt_no, pin, receipts.spell(row.receipt_no, lang), now, text, _topic(session, draft, lang))


def _topic(session: Session, draft: Draft, lang: str) -> str | None:
    if not draft.topic:
        return None
    return session.scalar(select(label(Topic, "label", lang)).where(Topic.slug == draft.topic))


def _point(session: Session, draft: Draft, text: str) -> Point:
    dimension = session.scalar(select(Topic.dimension).where(Topic.slug == draft.topic)) if draft.topic else None
    if dimension is None and draft.paragraph_id is not None:
        dimension = session.scalar(select(Paragraph.dimension).where(Paragraph.id == draft.paragraph_id))
    return Point(
        paragraph_id=draft.paragraph_id,
        text=text,
        topic=draft.topic,
        dimension=dimension,
        condition=draft.condition,
        importance=draft.importance,
    )


def _by_key(session: Session, key: str, lang: str) -> Receipt | None:
    row = session.execute(
        select(Submission.receipt_no, Submission.received_at, Submission.text, label(Topic, "label", lang))
        .join(Point, Point.submission_id == Submission.id)
        .outerjoin(Topic, Topic.slug == Point.topic)
        .where(Submission.key_hash == receipts.hash_key(key), Point.position == 1)
    ).first()
    if row is None:
        return None
    number, received_at, text, topic = row
    return Receipt(number, receipts.pin_of(key), receipts.spell(number, lang), received_at, text, topic, is_repeat=True)


def receipt_of(session: Session, key: str, lang: str = "id") -> Receipt:
    """The receipt of a form's key, for the page after sending and its reload."""
    found = _by_key(session, key, lang)
    if found is None:
        raise NotFound("no submission with this key")
    return found


def look_up(session: Session, typed_number: str, pin: str, *, now: datetime, lang: str = "id") -> Status | None:
    """The state of a submission, or None where number and PIN do not belong together.

    A wrong PIN and an unknown number give the same answer. Eight wrong PINs close a receipt for ten minutes; the
    caller must commit also when the answer is None, or the tries are not counted.
    """
    row = session.scalar(select(Submission).where(Submission.receipt_no == receipts.tidy_number(typed_number)))
    if row is None or row.pin_hash is None or row.pin_salt is None:
        return None
    if _is_closed(row, now):
        raise TooManyTries(row.receipt_no)
    digits = "".join(c for c in pin if c.isdecimal() and c.isascii())
    if not secrets.compare_digest(receipts.hash_pin(digits, row.pin_salt), row.pin_hash):
        row.pin_failures, row.pin_failed_at = row.pin_failures + 1, now
        return None
    row.pin_failures, row.pin_failed_at = 0, None
    return Status(row.receipt_no, row.received_at, _points(session, row.id, lang))


def _is_closed(row: Submission, now: datetime) -> bool:
    if row.pin_failed_at is None or row.pin_failures < TRIES:
        return False
    if now - row.pin_failed_at < COOL_DOWN:
        return True
    row.pin_failures = 0
    return False


def _points(session: Session, submission_id: int, lang: str) -> tuple[PointStatus, ...]:
    newest = select(func.max(Run.id)).where(Run.state == RunState.DONE).scalar_subquery()
    rows = session.execute(
        select(
            Point.text,
            label(Topic, "label", lang),
            label(Dimension, "plain", lang),
            theme_name(Theme, lang),
            Finding.received,
        )
        .outerjoin(Topic, Topic.slug == Point.topic)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .outerjoin(Theme, Theme.id == Reading.theme_id)
        .outerjoin(Dimension, Dimension.code == func.coalesce(Point.dimension, Theme.dimension))
        .outerjoin(Finding, (Finding.theme_id == Theme.id) & (Finding.run_id == newest))
        .where(Point.submission_id == submission_id)
        .order_by(Point.position)
    )
    return tuple(
        PointStatus(text, topic, dimension, theme, max((received or 1) - 1, 0))
        for text, topic, dimension, theme, received in rows
    )
