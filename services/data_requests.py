"""Data requests: what senders ask to be done with what they sent, and the 72 hours in which it is done."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import DataRequest, PaperForm, Point, Submission
from models.vocabulary import RequestKind, SubmissionState
from services import audit, receipts
from services.errors import NotFound, NotThisState, WrongNumber
from services.tongue import N_, word

HOURS = 72
SOON = 24
PAGE = 50
UNKNOWN = N_("Nomor ini tidak kami kenal. Periksa lagi tanda terimanya.")
UNTYPED = N_("Lembar bernomor ini belum diketik, jadi belum ada isinya di sini. Tanyakan kepada petugas kelurahannya.")
GONE = N_("Masukan dengan nomor ini sudah dihapus; tidak ada lagi yang tersimpan.")
TAKEN_BACK = N_("Masukan ini sudah ditarik; yang masih dapat diminta hanya penghapusannya.")


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
    is_from_desk: bool = False

    @property
    def is_late(self) -> bool:
        return self.hours < 0

    @property
    def is_soon(self) -> bool:
        return 0 <= self.hours < SOON


@dataclass(frozen=True, slots=True)
class Opened:
    """One open request with what it is about; `identity` says how its sender was known, where no PIN said so."""

    asked: Asked
    kind: RequestKind
    identity: str
    points: tuple[tuple[int, str], ...]
    is_standing: bool


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


def enter(
    session: Session, typed_number: str, kind: RequestKind, identity: str, *, actor_id: int, now: datetime
) -> int:
    """Put a request on the list that came without a PIN: by mouth, by letter; the clock starts now.

    A number read out or copied is easily a wrong one, so nothing is done here: whoever enters it sees the words first.
    """
    row = _numbered(session, receipts.tidy_number(typed_number))
    if row.state is SubmissionState.ERASED:
        raise WrongNumber(GONE)
    if row.state is SubmissionState.WITHDRAWN and kind is not RequestKind.ERASE:
        raise WrongNumber(TAKEN_BACK)
    request_id = ask(session, row.id, kind, now=now)
    request = session.get_one(DataRequest, request_id)
    if request.identity is None:
        request.identity = identity
        audit.record(session, "request.enter", "data_request", request_id, now=now, actor_id=actor_id)
    return request_id


def _numbered(session: Session, number: str) -> Submission:
    row = session.scalar(select(Submission).where(Submission.receipt_no == number))
    if row is not None:
        return row
    printed = session.scalar(select(PaperForm.serial).where(PaperForm.receipt_no == number))
    raise WrongNumber(UNKNOWN if printed is None else UNTYPED)


def opened(session: Session, request_id: int, *, now: datetime, lang: str = "id") -> Opened:
    """An open request with the words it is about, so that who acts on it sees whose they are."""
    submission_id = waiting(session, request_id)
    row, sent = session.get_one(DataRequest, request_id), session.get_one(Submission, submission_id)
    points = session.execute(
        select(Point.position, Point.text).where(Point.submission_id == submission_id).order_by(Point.position)
    )
    return Opened(
        asked=_asked(row, sent.receipt_no, now, lang),
        kind=row.kind,
        identity=row.identity or "",
        points=tuple((position, text) for position, text in points),
        is_standing=sent.state in (SubmissionState.RECEIVED, SubmissionState.HELD),
    )


def cancel(session: Session, request_id: int, *, actor_id: int, now: datetime) -> None:
    """Take a request off the list that was entered under a wrong number; what a sender asked for by PIN stays."""
    waiting(session, request_id)
    row = session.get_one(DataRequest, request_id)
    if row.identity is None:
        raise NotThisState(f"request {request_id} was made by PIN")
    session.delete(row)
    session.flush()
    audit.record(session, "request.cancel", "data_request", request_id, now=now, actor_id=actor_id)


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
    kind, is_from_desk = word(row.kind, lang), row.identity is not None
    return Asked(row.id, row.submission_id, number, kind, row.asked_at, row.due_at, hours, is_from_desk)


def waiting(session: Session, request_id: int, kind: RequestKind | None = None) -> int:
    """The submission of a request that is still open; refuses one that was done or asks for something else."""
    row = session.get(DataRequest, request_id)
    if row is None:
        raise NotFound(f"request {request_id}")
    if row.done_at is not None:
        raise NotThisState(f"request {request_id} is done")
    if kind is not None and row.kind is not kind:
        raise NotThisState(f"request {request_id} asks for {row.kind}")
    return row.submission_id


def finish(session: Session, request_id: int, *, actor_id: int, now: datetime) -> None:
    """Write down that a request was done, by whom and when; of what is erased nothing else is left to be done."""
    row = session.get_one(DataRequest, request_id)
    done_with_it = [row]
    if row.kind is RequestKind.ERASE:
        others = select(DataRequest).where(
            DataRequest.submission_id == row.submission_id, DataRequest.done_at.is_(None), DataRequest.id != request_id
        )
        done_with_it += session.scalars(others)
    for one in done_with_it:
        one.done_at, one.done_by = now, actor_id
        audit.record(session, "request.done", "data_request", one.id, now=now, actor_id=actor_id)


def done(session: Session) -> int:
    """How many requests were done so far."""
    return session.scalar(select(func.count(DataRequest.id)).where(DataRequest.done_at.is_not(None))) or 0


def uncounted(session: Session) -> dict[str, int]:
    """How many submissions do not count, by state (held, withdrawn, erased); a number, never their words."""
    states = [state for state in SubmissionState if state is not SubmissionState.RECEIVED]
    rows = session.execute(
        select(Submission.state, func.count()).where(Submission.state.in_(states)).group_by(Submission.state)
    )
    found = {state.value: n for state, n in rows}
    return {state.value: found.get(state.value, 0) for state in states}
