"""Follow-ups: number and PIN open one's own submission: how far it has come, and what its sender may change."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Consent, Contact, DataRequest, Dimension, Finding, Point, Reading, Submission, Theme, Topic
from models.run import newest_of
from models.vocabulary import Purpose, RequestKind, SubmissionState
from services import answers, audit, receipts, traces
from services.answers import Answer
from services.errors import NotFound, NotThisState, TooManyTries
from services.texts import clean
from services.tongue import label, word
from services.wording import theme_name

TRIES, COOL_DOWN = 8, timedelta(minutes=10)
STANDING = (SubmissionState.RECEIVED, SubmissionState.HELD)


@dataclass(frozen=True, slots=True)
class PointStatus:
    """What became of one point.

    `is_read` tells whether the machine read it; `others` are further submissions that say something similar;
    `answer` is what a release has made public of it.
    """

    position: int
    text: str
    topic_label: str | None
    dimension_label: str | None
    is_read: bool
    theme: str | None
    others: int
    point_id: int = 0
    answer: Answer | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """One thing that was agreed to; `withdrawn_at` is when it was taken back."""

    purpose: Purpose
    label: str
    given_at: datetime
    withdrawn_at: datetime | None


@dataclass(frozen=True, slots=True)
class Status:
    """A submission as its sender sees it; `erase_by` is when an erasure that was asked for is done at the latest."""

    number: str
    received_at: datetime
    state: SubmissionState
    points: tuple[PointStatus, ...]
    given: tuple[Given, ...]
    contact: tuple[str, ...]
    erase_by: datetime | None

    @property
    def is_standing(self) -> bool:
        return self.state in STANDING


def look_up(session: Session, typed_number: str, pin: str, *, now: datetime) -> int | None:
    """The id of a submission, or None where number and PIN do not belong together.

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
    return row.id


def _is_closed(row: Submission, now: datetime) -> bool:
    if row.pin_failed_at is None or row.pin_failures < TRIES:
        return False
    if now - row.pin_failed_at < COOL_DOWN:
        return True
    row.pin_failures = 0
    return False


def status(session: Session, submission_id: int, lang: str = "id", *, now: datetime | None = None) -> Status:
    """How far a submission has come, and what its sender agreed to; with `now` also what was answered by then."""
    row = session.get(Submission, submission_id)
    if row is None:
        raise NotFound(f"submission {submission_id}")
    contact = session.scalar(select(Contact).where(Contact.submission_id == submission_id))
    waiting = select(DataRequest.due_at).where(
        DataRequest.submission_id == submission_id,
        DataRequest.kind == RequestKind.ERASE,
        DataRequest.done_at.is_(None),
    )
    return Status(
        number=row.receipt_no,
        received_at=row.received_at,
        state=row.state,
        points=_answered(session, row, lang, now) if row.state is not SubmissionState.ERASED else (),
        given=_given(session, submission_id, lang),
        contact=tuple(v for v in (contact.name, contact.phone, contact.email) if v) if contact else (),
        erase_by=session.scalar(waiting.limit(1)),
    )


def _given(session: Session, submission_id: int, lang: str) -> tuple[Given, ...]:
    rows = session.scalars(select(Consent).where(Consent.submission_id == submission_id).order_by(Consent.id))
    return tuple(Given(row.purpose, word(row.purpose, lang), row.given_at, row.withdrawn_at) for row in rows)


def _answered(session: Session, row: Submission, lang: str, now: datetime | None) -> tuple[PointStatus, ...]:
    points = _points(session, row.id, lang)
    if now is None or row.state is not SubmissionState.RECEIVED:
        return points
    found = answers.of_points(session, [p.point_id for p in points], now=now, lang=lang, is_published=True)
    return tuple(replace(point, answer=found.get(point.point_id)) for point in points)


def _points(session: Session, submission_id: int, lang: str) -> tuple[PointStatus, ...]:
    own = select(Submission.round_id).where(Submission.id == submission_id).scalar_subquery()
    newest = newest_of(own).scalar_subquery()
    rows = session.execute(
        select(
            Point.position,
            Point.text,
            label(Topic, "label", lang),
            label(Dimension, "plain", lang),
            Reading.point_id,
            theme_name(Theme, lang),
            Finding.received,
            Point.id,
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
        PointStatus(position, text, topic, dimension, read is not None, theme, max((received or 1) - 1, 0), point_id)
        for position, text, topic, dimension, read, theme, received, point_id in rows
    )


def correct(
    session: Session, submission_id: int, position: int, text: str, *, now: datetime, actor_id: int | None = None
) -> bool:
    """Write a point anew; returns whether anything changed. The old words are kept nowhere, not in a quote either.

    Whoever let the old words stand on the front page has not read the new ones, so they no longer stand there.
    """
    row = session.get_one(Submission, submission_id)
    if row.state not in STANDING:
        raise NotThisState(f"submission {submission_id} is {row.state}")
    point = next((p for p in row.points if p.position == position), None)
    if point is None:
        raise NotFound(f"point {position} of submission {submission_id}")
    new = clean(text)
    if new == point.text:
        return False
    traces.forget(session, submission_id, now=now)
    point.text, point.changed_at, point.shown_at = new, now, None
    row.text = "\n\n".join(p.text for p in row.points)
    audit.record(session, "submission.correct", "submission", submission_id, now=now, actor_id=actor_id)
    return True
