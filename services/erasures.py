"""Erasures: what is withdrawn counts no more; what is erased stands nowhere any more, only its number stays."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models import (
    Coding,
    Consent,
    Contact,
    EntryCheck,
    Notice,
    Point,
    PointFramework,
    PointMission,
    SamplePoint,
    Submission,
    ThemeExample,
)
from models.vocabulary import SubmissionState
from services import audit, bonds, letters, notices, traces
from services.errors import NotFound, NotThisState

# What a submission keeps: its number and PIN, when and how it came in, and that it was erased.
EMPTIED = (
    "person_id",
    "organisation",
    "agency",
    "capacity",
    "signed_off_by",
    "area",
    "place_note",
    "seconds_taken",
    "held_for",
    "aside_reason",
    "experience",
    "age_band",
    "gender",
    "key_hash",
)
POINT_EMPTIED = (
    "proposal",
    "proposed_text",
    "evidence",
    "topic",
    "point_type",
    "condition",
    "importance",
    "element",
    "nature",
    "paragraph_ref",
    "paragraph_id",
    "programme_ref",
    "programme",
    "verdict",
    "merge_into",
    "shown_at",
)
ATTACHED = (Contact, Consent, Notice, EntryCheck)
LINKS = (PointMission, PointFramework, Coding, SamplePoint, ThemeExample)


def withdraw(session: Session, submission_id: int, *, now: datetime, actor_id: int | None = None) -> None:
    """Take a submission out of whatever is read, counted, shown and exported; its words stay with its sender."""
    row = _row(session, submission_id)
    if row.state in (SubmissionState.WITHDRAWN, SubmissionState.ERASED):
        raise NotThisState(f"submission {submission_id} is {row.state}")
    _stop_reading(session, row, now)
    row.state = SubmissionState.WITHDRAWN
    session.flush()
    audit.record(session, "submission.withdraw", "submission", submission_id, now=now, actor_id=actor_id)


def erase(session: Session, submission_id: int, *, now: datetime, actor_id: int | None = None) -> None:
    """Empty a submission: words, contact, consents and every trace of them are gone when the caller commits.

    The rows stay, because a gap in the numbers would look like a loss; `source_ref` stays too, the digest by which
    an import knows that it must not bring these words back. Afterwards the caller truncates the write-ahead log.
    """
    row = _row(session, submission_id)
    if row.state is SubmissionState.ERASED:
        raise NotThisState(f"submission {submission_id} is erased")
    _stop_reading(session, row, now)
    points = select(Point.id).where(Point.submission_id == submission_id)
    bonds.empty(session, points)
    for model in LINKS:
        session.execute(delete(model).where(model.point_id.in_(points)))
    notices.hand_on(session, submission_id, row.person_id)
    for model in ATTACHED:
        session.execute(delete(model).where(model.submission_id == submission_id))
    session.execute(
        update(Point)
        .where(Point.submission_id == submission_id)
        .values(text="", dimension=None, changed_at=now, **dict.fromkeys(POINT_EMPTIED))
    )
    row.text, row.affected, row.constituencies = "", [], []
    for name in EMPTIED:
        setattr(row, name, None)
    row.state = SubmissionState.ERASED
    session.flush()
    audit.record(session, "submission.erase", "submission", submission_id, now=now, actor_id=actor_id)


def is_published(session: Session, submission_id: int) -> bool:
    """Whether a person of the team let it stand in public; then a person looks to its erasure too."""
    shown = select(Point.id).where(Point.submission_id == submission_id, Point.shown_at.is_not(None))
    return session.scalar(shown.limit(1)) is not None


def again(session: Session, numbers: list[str], *, now: datetime) -> int:
    """Erase once more what an older backup brought back; returns how many submissions that were."""
    rows = session.scalars(
        select(Submission.id).where(Submission.receipt_no.in_(numbers), Submission.state != SubmissionState.ERASED)
    ).all()
    for submission_id in rows:
        erase(session, submission_id, now=now)
    return len(rows)


def _row(session: Session, submission_id: int) -> Submission:
    row = session.get(Submission, submission_id)
    if row is None:
        raise NotFound(f"submission {submission_id}")
    return row


def _stop_reading(session: Session, row: Submission, now: datetime) -> None:
    traces.forget(session, row.id, now=now)
    traces.stop_runs(session)
    letters.forget(session, row.person_id, row.receipt_no, now=now)
    for point in row.points:
        point.shown_at = None
