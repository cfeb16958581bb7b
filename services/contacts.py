"""Contacts: how to reach somebody, kept only as far as they agreed and gone as soon as they take that back."""

import secrets
from calendar import monthrange
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from models import Consent, Contact, Notice, Round, Submission
from models.vocabulary import AgeBand, Channel, NoticeState, Purpose
from services import audit
from services.errors import NotFound
from services.texts import clean

# The newest wording of the questions in `plan/consents.csv`; a changed question is a new version.
WORDING = "1"
KEPT_MONTHS = 6
PAGE = 50


def keep(
    session: Session,
    submission_id: int,
    *,
    name: str | None,
    phone: str | None,
    email: str | None,
    purposes: frozenset[Purpose],
    channel: Channel,
    now: datetime,
    wording: str = WORDING,
) -> str | None:
    """Keep what somebody agreed to, under an opaque key; returns the key, or None where nothing may be kept.

    Phone and e-mail need the consent to news, the name needs one of the two; without anything to use it on a consent
    is none. Of people under 18 nothing is kept, whatever was ticked. Sent twice, the second is what counts.
    """
    if session.scalar(select(Submission.age_band).where(Submission.id == submission_id)) is AgeBand.UNDER_18:
        return None
    wants_news = Purpose.NEWS in purposes
    given = {
        "name": (clean(name or "") or None) if purposes else None,
        "phone": (clean(phone or "") or None) if wants_news else None,
        "email": (clean(email or "") or None) if wants_news else None,
    }
    agreed = _usable(given, purposes)
    if not agreed:
        return None
    row = session.scalar(select(Contact).where(Contact.submission_id == submission_id))
    if row is None:
        row = Contact(key=secrets.token_urlsafe(16), submission_id=submission_id, made_at=now)
        session.add(row)
    row.name, row.phone, row.email = given["name"], given["phone"], given["email"]
    _agree(session, submission_id, agreed, wording, channel, now)
    session.flush()
    audit.record(session, "contact.keep", "submission", submission_id, now=now, purposes=sorted(agreed))
    return row.key


def _usable(given: dict[str, str | None], purposes: frozenset[Purpose]) -> frozenset[Purpose]:
    """The purposes for which there is something to use."""
    used = {Purpose.NEWS: given["phone"] or given["email"], Purpose.NAME: given["name"]}
    return frozenset(p for p in purposes if used[p])


def _agree(
    session: Session, submission_id: int, agreed: frozenset[Purpose], wording: str, channel: Channel, now: datetime
) -> None:
    standing = select(Consent.purpose).where(
        Consent.submission_id == submission_id, Consent.withdrawn_at.is_(None), Consent.wording == wording
    )
    for purpose in sorted(agreed - set(session.scalars(standing))):
        session.add(
            Consent(submission_id=submission_id, purpose=purpose, wording=wording, channel=channel, given_at=now)
        )


def withdraw(session: Session, submission_id: int, purpose: Purpose, *, now: datetime) -> None:
    """Take a consent back: its use stops with this transaction, and what only it allowed to keep is gone."""
    rows = session.scalars(
        select(Consent).where(
            Consent.submission_id == submission_id, Consent.purpose == purpose, Consent.withdrawn_at.is_(None)
        )
    ).all()
    if not rows:
        return
    for row in rows:
        row.withdrawn_at = now
    session.flush()
    _shrink(session, submission_id)
    audit.record(session, "consent.withdraw", "submission", submission_id, now=now, purpose=purpose.value)


def _shrink(session: Session, submission_id: int) -> None:
    """Keep of a contact only what a standing consent still needs."""
    standing = select(Consent.purpose).where(Consent.submission_id == submission_id, Consent.withdrawn_at.is_(None))
    left = set(session.scalars(standing))
    row = session.scalar(select(Contact).where(Contact.submission_id == submission_id))
    if row is None:
        return
    if Purpose.NEWS not in left:
        row.phone = row.email = None
        session.execute(
            delete(Notice).where(Notice.submission_id == submission_id, Notice.state == NoticeState.WAITING)
        )
    if not left:
        session.delete(row)
    session.flush()


def erase(session: Session, submission_id: int) -> bool:
    """Erase a contact and what waits to be sent to it; returns whether there was one. The text stays untouched."""
    session.execute(delete(Notice).where(Notice.submission_id == submission_id, Notice.state == NoticeState.WAITING))
    gone = session.execute(delete(Contact).where(Contact.submission_id == submission_id))
    return bool(gone.rowcount)  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody who wants news, without the contact itself."""

    submission_id: int
    number: str
    received_at: datetime
    has_phone: bool
    has_email: bool


@dataclass(frozen=True, slots=True)
class Address:
    """A contact, opened: every opening leaves a line in the audit."""

    number: str
    name: str | None
    phone: str | None
    email: str | None


def reachable(session: Session, *, after: int = 0) -> tuple[list[Reachable], int | None]:
    """One page of those who want news, oldest first, and the cursor of the next page."""
    rows = session.execute(
        select(
            Submission.id,
            Submission.receipt_no,
            Submission.received_at,
            Contact.phone.is_not(None),
            Contact.email.is_not(None),
        )
        .join(Contact, Contact.submission_id == Submission.id)
        .where(Submission.id > after, _wants_news())
        .order_by(Submission.id)
        .limit(PAGE + 1)
    ).all()
    return [Reachable(*row) for row in rows[:PAGE]], rows[PAGE - 1].id if len(rows) > PAGE else None


def _wants_news() -> ColumnElement[bool]:
    return (
        select(Consent.id)
        .where(Consent.submission_id == Submission.id, Consent.purpose == Purpose.NEWS, Consent.withdrawn_at.is_(None))
        .exists()
    )


def view(session: Session, submission_id: int, *, actor_id: int, now: datetime) -> Address:
    """Open one contact for somebody who may; the audit says who looked and when, not what stood there."""
    row = session.execute(
        select(Submission.receipt_no, Contact.name, Contact.phone, Contact.email)
        .join(Contact, Contact.submission_id == Submission.id)
        .where(Submission.id == submission_id, _wants_news())
    ).first()
    if row is None:
        raise NotFound(f"contact of submission {submission_id}")
    audit.record(session, "contact.view", "submission", submission_id, now=now, actor_id=actor_id)
    return Address(*row)


def abroad(phone: str) -> str | None:
    """A phone number as WhatsApp's address wants it (62812…), or None where it is none.

    >>> abroad("0812-0000-0000"), abroad("+62 812 0000 0000"), abroad("tidak ada")
    ('6281200000000', '6281200000000', None)
    """
    digits = "".join(c for c in phone if c.isascii() and c.isdecimal())
    digits = "62" + digits[1:] if digits.startswith("0") else digits
    return digits if 9 <= len(digits) <= 15 else None


def run_out(session: Session, *, now: datetime) -> list[int]:
    """The submissions whose contact is kept too long: six months after the day by which the round was answered."""
    rows = session.execute(
        select(Contact.submission_id, Round.answer_by)
        .join(Submission, Submission.id == Contact.submission_id)
        .join(Round, Round.id == Submission.round_id)
        .order_by(Contact.submission_id)
    )
    return [submission_id for submission_id, answer_by in rows if _months_after(answer_by, KEPT_MONTHS) <= now]


def sweep(session: Session, *, now: datetime) -> int:
    """Erase every contact that is kept too long; returns how many."""
    ids = run_out(session, now=now)
    for submission_id in ids:
        erase(session, submission_id)
        audit.record(session, "contact.run_out", "submission", submission_id, now=now)
    return len(ids)


def _months_after(moment: datetime, months: int) -> datetime:
    """The same day some months later; the last of a month that is shorter."""
    years, month = divmod(moment.month - 1 + months, 12)
    year, month = moment.year + years, month + 1
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
