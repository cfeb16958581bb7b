"""Notices: one recipient each; they wait in the table until one worker has sent them, and none is sent twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models import AnsweredPoint, Consent, Contact, Notice, Point, Release, Response, Submission
from models.vocabulary import NoticeState, Purpose, SubmissionState
from services import answers, audit
from services.tongue import N_, SOURCE, say

RECEIVED, ANSWERED = "received", "answered-"  # the second with the number of the release, so that each tells once
# A worker that died while it sent leaves a lease; a mail server is given longer from try to try.
LEASE = timedelta(minutes=15)
PAUSES = tuple(timedelta(minutes=m) for m in (5, 30, 120, 720))
TRIES = len(PAUSES) + 1
BATCH = 100

SUBJECT = N_("Masukan Anda sudah kami terima: %(number)s")
BODY = N_(
    "Masukan Anda dengan nomor %(number)s sudah kami terima.\n\n"
    "Kabarnya dapat dibuka kapan saja dengan nomor itu dan PIN dari tanda terima:\n%(address)s\n\n"
    "Tidak mau dikabari lagi? Buka alamat yang sama dan tarik persetujuan Anda."
)

ANSWERED_SUBJECT = N_("Masukan Anda sudah dijawab: %(number)s")
ANSWERED_BODY = N_(
    "Masukan Anda dengan nomor %(number)s sudah diputuskan dan dijawab.\n\n"
    "Baca putusan, alasan, dan perubahannya dengan nomor itu dan PIN dari tanda terima:\n%(address)s\n\n"
    "Belum sependapat? Di alamat yang sama tertulis sampai kapan Anda dapat menyatakan keberatan.\n\n"
    "Tidak mau dikabari lagi? Buka alamat yang sama dan tarik persetujuan Anda."
)


@dataclass(frozen=True, slots=True)
class Letter:
    """One notice ready to be sent to one address; nothing of what was suggested is in it."""

    id: int
    to: str
    subject: str
    body: str


def make_due(session: Session, *, now: datetime) -> int:
    """Make a notice for each submission whose sender wants news by e-mail and has not had it; returns how many.

    It is received, and then answered: once for each release that carries an answer which was not out before.
    """
    made = _make(session, RECEIVED, ~_has(RECEIVED), now)
    for release_id in session.scalars(select(Release.id).where(answers.is_public(now)).order_by(Release.id)):
        kind = f"{ANSWERED}{release_id}"
        made += _make(session, kind, ~_has(kind) & _is_answered_by(release_id), now)
    session.flush()
    return made


def _make(session: Session, kind: str, only: ColumnElement[bool], now: datetime) -> int:
    ids = session.scalars(
        select(Submission.id)
        .join(Contact, Contact.submission_id == Submission.id)
        .where(Contact.email.is_not(None), _agreed(), _stands(), only)
        .limit(BATCH)
    ).all()
    for submission_id in ids:
        session.add(Notice(submission_id=submission_id, kind=kind, state=NoticeState.WAITING, made_at=now, next_at=now))
    return len(ids)


def _has(kind: str) -> ColumnElement[bool]:
    return select(Notice.id).where(Notice.submission_id == Submission.id, Notice.kind == kind).exists()


def _is_answered_by(release_id: int) -> ColumnElement[bool]:
    """Whether this release gave one of its points an answer that is new with it."""
    return (
        select(AnsweredPoint.point_id)
        .join(Point, Point.id == AnsweredPoint.point_id)
        .join(Response, Response.id == AnsweredPoint.response_id)
        .where(
            Point.submission_id == Submission.id,
            AnsweredPoint.release_id == release_id,
            Response.release_id == release_id,
        )
        .exists()
    )


def _agreed() -> ColumnElement[bool]:
    return (
        select(Consent.id)
        .where(Consent.submission_id == Submission.id, Consent.purpose == Purpose.NEWS, Consent.withdrawn_at.is_(None))
        .exists()
    )


def _stands() -> ColumnElement[bool]:
    return Submission.state.in_((SubmissionState.RECEIVED, SubmissionState.HELD))


def claim(session: Session, *, address: str, now: datetime) -> Letter | None:
    """Claim the next notice that is due, with a lease; None where nothing is. `address` is that of the status page.

    The try is counted before the mail leaves, so a worker that dies on it cannot try for ever.
    """
    row = session.execute(
        select(Notice, Submission.receipt_no, Contact.email)
        .join(Submission, Submission.id == Notice.submission_id)
        .join(Contact, Contact.submission_id == Submission.id)
        .where(Notice.state == NoticeState.WAITING, Notice.next_at <= now, Contact.email.is_not(None), _agreed())
        .order_by(Notice.next_at, Notice.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    notice, number, email = row
    if notice.tries >= TRIES:  # the last lease ran out without a word from its worker
        _give_up(session, notice, now)
        return claim(session, address=address, now=now)
    notice.tries, notice.next_at = notice.tries + 1, now + LEASE
    session.flush()
    link = f"{address}?nomor={number}"
    subject, body = (ANSWERED_SUBJECT, ANSWERED_BODY) if notice.kind.startswith(ANSWERED) else (SUBJECT, BODY)
    return Letter(notice.id, email, say(SOURCE, subject, number=number), say(SOURCE, body, number=number, address=link))


def sent(session: Session, notice_id: int, *, now: datetime) -> None:
    """Write down that a notice was handed to the mail server."""
    row = session.get(Notice, notice_id)
    if row is not None:  # withdrawn or erased while it was on its way
        row.state, row.sent_at = NoticeState.SENT, now


def failed(session: Session, notice_id: int, *, now: datetime) -> None:
    """Try again later, with a growing pause; after the fifth try it is given up and stays listed as not sent."""
    row = session.get(Notice, notice_id)
    if row is None:
        return
    if row.tries >= TRIES:
        _give_up(session, row, now)
    else:
        row.next_at = now + PAUSES[row.tries - 1]


def _give_up(session: Session, row: Notice, now: datetime) -> None:
    row.state = NoticeState.GIVEN_UP
    session.flush()
    audit.record(session, "notice.give_up", "notice", row.id, now=now)


def counts(session: Session) -> dict[str, int]:
    """How many notices wait, were sent, and were given up."""
    rows = session.execute(select(Notice.state, func.count()).group_by(Notice.state))
    found = {state.value: n for state, n in rows}
    return {state.value: found.get(state.value, 0) for state in NoticeState}
