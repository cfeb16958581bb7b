"""Data requests: what senders ask to be done with what they sent, and the 72 hours in which it is done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import DataRequest, Submission
from models.vocabulary import RequestKind, SubmissionState
from services import audit
from services.errors import NotFound, NotThisState
from services.tongue import word

HOURS = 72
SOON = 24
PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """One request; `hours` are those left until it is due, below zero once it is late."""

    id: int
    submission_id: int
    number: str
    kind: str
    asked_at: datetime
    due_at: datetime
    hours: int

    @property
    def is_late(self) -> bool:
        return self.hours < 0

    @property
    def is_soon(self) -> bool:
        return 0 <= self.hours < SOON


def ask(session: Session, submission_id: int, kind: RequestKind, *, now: datetime, is_done: bool = False) -> int:
    """Put a request on the list; asked twice it is one. What is done at once is written down as done."""
    waiting = session.scalar(
        select(DataRequest).where(
            DataRequest.submission_id == submission_id, DataRequest.kind == kind, DataRequest.done_at.is_(None)
        )
    )
    row = waiting or DataRequest(
        submission_id=submission_id, kind=kind, asked_at=now, due_at=now + timedelta(hours=HOURS)
    )
    row.done_at = now if is_done else None
    session.add(row)
    session.flush()
    if waiting is None:
        audit.record(session, "request.ask", "data_request", row.id, now=now, kind=kind.value)
    return row.id


def open_ones(session: Session, *, now: datetime, after: int = 0, lang: str = "id") -> tuple[list[Asked], int | None]:
    """One page of what waits to be done, the oldest first, and the cursor of the next page."""
    rows = session.execute(
        select(DataRequest, Submission.receipt_no)
        .join(Submission, Submission.id == DataRequest.submission_id)
        .where(DataRequest.done_at.is_(None), DataRequest.id > after)
        .order_by(DataRequest.id)
        .limit(PAGE + 1)
    ).all()
    shown = [_asked(row, number, now, lang) for row, number in rows[:PAGE]]
    return shown, rows[PAGE - 1][0].id if len(rows) > PAGE else None


def _asked(row: DataRequest, number: str, now: datetime, lang: str) -> Asked:
    hours = int((row.due_at - now).total_seconds() // 3600)
    return Asked(row.id, row.submission_id, number, word(row.kind, lang), row.asked_at, row.due_at, hours)


def waiting(session: Session, request_id: int) -> int:
    """The submission of a request that is still open; refuses one that was done."""
    row = session.get(DataRequest, request_id)
    if row is None:
        raise NotFound(f"request {request_id}")
    if row.done_at is not None:
        raise NotThisState(f"request {request_id} is done")
    return row.submission_id


def finish(session: Session, request_id: int, *, actor_id: int, now: datetime) -> None:
    """Write down that a request was done, by whom and when."""
    row = session.get_one(DataRequest, request_id)
    row.done_at, row.done_by = now, actor_id
    audit.record(session, "request.done", "data_request", request_id, now=now, actor_id=actor_id)


def done(session: Session) -> int:
    """How many requests were done so far."""
    return session.scalar(select(func.count(DataRequest.id)).where(DataRequest.done_at.is_not(None))) or 0


def uncounted(session: Session) -> dict[str, int]:
    """How many submissions do not count, by state (held, withdrawn, erased); a number, never their words."""
    rows = session.execute(
        select(Submission.state, func.count())
        .where(Submission.state != SubmissionState.RECEIVED)
        .group_by(Submission.state)
    )
    found = {state.value: n for state, n in rows}
    return {s.value: found.get(s.value, 0) for s in SubmissionState if s is not SubmissionState.RECEIVED}
