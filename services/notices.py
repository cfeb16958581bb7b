"""Notices: one recipient each; they wait in the table until one worker has sent them, and none is sent twice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, update
from sqlalchemy.orm import Session, aliased

from models import AnsweredPoint, Consent, Contact, Draft, Notice, Person, Point, Release, Response, Submission
from models.draft import NEWEST_DRAFT
from models.submission import STANDS
from models.vocabulary import CommentState, NoticeState, Purpose, SubmissionState
from services import answers, audit, outcomes
from services.tongue import N_, SOURCE, say, word

RECEIVED, ANSWERED = "received", "answered-"  # the second with the number of the release, so that each tells once
VERSION = "version-"  # with the id of the version of the draft
# Of a version that has been out for longer nobody is told any more, as on a site that has just learned to tell.
IS_NEWS = timedelta(days=7)
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

VERSION_SUBJECT = N_("Naskah rencana versi %(version)s sudah terbit")
VERSION_BODY = N_(
    "Naskah rencana versi %(version)s sudah terbit.\n\n"
    "Keadaan komentar Anda di versi terbaru: %(told)s.\n\n"
    "Baca tempatnya sekarang di sini, sesudah masuk dengan akun Anda:\n%(address)s\n\n"
    "Kabar ini dikirim satu kali untuk setiap versi, karena paragraf yang Anda komentari tidak sama lagi."
)
VERSION_BODY_RECEIPT = N_(
    "Naskah rencana versi %(version)s sudah terbit.\n\n"
    "Keadaan masukan Anda %(number)s di versi terbaru: %(told)s.\n\n"
    "Kabarnya dapat dibuka dengan nomor itu dan PIN dari tanda terima:\n%(address)s\n\n"
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

    It is received, and then answered: once for each release that carries an answer which was not out before. Where a
    new version of the draft left a paragraph otherwise than it was commented on, its commenters are told too.
    """
    made = _make(session, RECEIVED, ~_has(RECEIVED), now)
    for release_id in session.scalars(select(Release.id).where(answers.is_public(now)).order_by(Release.id)):
        kind = f"{ANSWERED}{release_id}"
        made += _make(session, kind, ~_has(kind) & _is_answered_by(release_id), now)
    session.flush()
    made += _make_of_version(session, now)
    session.flush()
    return made


def _make_of_version(session: Session, now: datetime) -> int:
    """Tell of the newest version: citizens as of everything, and each person who signs in once, whatever they sent."""
    draft = session.scalar(NEWEST_DRAFT)
    if draft is None or draft.published_at is None or now - draft.published_at > IS_NEWS:
        return 0
    kind, concerned = f"{VERSION}{draft.id}", outcomes.is_concerned(draft.id)
    newest = (
        select(func.max(Submission.id))
        .join(Person, Person.id == Submission.person_id)
        .where(Person.active, STANDS, concerned, ~_was_told(kind))
        .group_by(Submission.person_id)
        .limit(BATCH)
    )
    ids = session.scalars(newest).all()
    _wait(session, ids, kind, now)
    return len(ids) + _make(session, kind, ~_has(kind) & Submission.person_id.is_(None) & concerned, now)


def _was_told(kind: str) -> ColumnElement[bool]:
    """Whether the person of a sending was told this, of whichever of their sendings."""
    other = aliased(Submission)
    told = select(Notice.id).join(other, other.id == Notice.submission_id)
    return told.where(Notice.kind == kind, other.person_id == Submission.person_id).exists()


def _make(session: Session, kind: str, only: ColumnElement[bool], now: datetime) -> int:
    ids = session.scalars(
        select(Submission.id)
        .join(Contact, Contact.submission_id == Submission.id)
        .where(Contact.email.is_not(None), _agreed(), _stands(), only)
        .limit(BATCH)
    ).all()
    _wait(session, ids, kind, now)
    return len(ids)


def _wait(session: Session, submission_ids: Iterable[int], kind: str, now: datetime) -> None:
    waiting = {"kind": kind, "state": NoticeState.WAITING, "made_at": now, "next_at": now}
    session.add_all(Notice(submission_id=submission_id, **waiting) for submission_id in submission_ids)


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


def claim(session: Session, *, address: str, now: datetime, desk: str = "") -> Letter | None:
    """Claim the next notice that is due, with a lease; None where nothing is.

    `address` is that of the status page, `desk` that of the page on which somebody who signs in finds their comments.

    The try is counted before the mail leaves, so a worker that dies on it cannot try for ever.
    """
    row = session.execute(
        select(Notice, Submission, func.coalesce(Contact.email, Person.email))
        .join(Submission, Submission.id == Notice.submission_id)
        .outerjoin(Contact, Contact.submission_id == Submission.id)
        .outerjoin(Person, Person.id == Submission.person_id)
        .where(Notice.state == NoticeState.WAITING, Notice.next_at <= now)
        .where(or_(and_(Contact.email.is_not(None), _agreed()), and_(Notice.kind.startswith(VERSION), Person.active)))
        .order_by(Notice.next_at, Notice.id)
        .limit(1)
    ).first()
    if row is None:
        return None
    notice, sent_in, email = row
    if notice.tries >= TRIES:  # the last lease ran out without a word from its worker
        _give_up(session, notice, now)
        return claim(session, address=address, now=now, desk=desk)
    notice.tries, notice.next_at = notice.tries + 1, now + LEASE
    session.flush()
    subject, body = _said(session, notice.kind, sent_in, f"{address}?nomor={sent_in.receipt_no}", desk)
    return Letter(notice.id, email, subject, body)


def _said(session: Session, kind: str, sent_in: Submission, link: str, desk: str) -> tuple[str, str]:
    """Subject and body of a notice, with numbers and addresses and no word of anybody's."""
    number = sent_in.receipt_no
    if kind.startswith(VERSION):
        return _said_of_version(session, int(kind.removeprefix(VERSION)), sent_in, link, desk)
    subject, body = (ANSWERED_SUBJECT, ANSWERED_BODY) if kind.startswith(ANSWERED) else (SUBJECT, BODY)
    return say(SOURCE, subject, number=number), say(SOURCE, body, number=number, address=link)


def _said_of_version(session: Session, draft_id: int, sent_in: Submission, link: str, desk: str) -> tuple[str, str]:
    version = session.get_one(Draft, draft_id).number
    if sent_in.person_id is not None:
        body, address = VERSION_BODY, desk
        counts = outcomes.counts_of_person(session, sent_in.person_id)
    else:
        body, address = VERSION_BODY_RECEIPT, link
        counts = outcomes.counts_of_submission(session, sent_in.id)
    facts = {"version": version, "number": sent_in.receipt_no, "told": _told(counts), "address": address}
    return say(SOURCE, VERSION_SUBJECT, version=version), say(SOURCE, body, **facts)


def _told(counts: Mapping[CommentState, int]) -> str:
    return ", ".join(f"{n} {word(state, SOURCE).lower()}" for state, n in counts.items() if n)


def hand_on(session: Session, submission_id: int, person_id: int | None) -> None:
    """Let what a person was told of versions stand on another sending of theirs, because this one goes."""
    if person_id is None:
        return
    others = select(func.max(Submission.id)).where(Submission.person_id == person_id, STANDS)
    other = session.scalar(others.where(Submission.id != submission_id))
    if other is not None:
        mine = update(Notice).where(Notice.submission_id == submission_id, Notice.kind.startswith(VERSION))
        session.execute(mine.values(submission_id=other))


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
