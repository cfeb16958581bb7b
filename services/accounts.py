"""Ways in for people who work here: single-use invitations, kept as hashes."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Invitation
from services import audit
from services.errors import InvitationSpent

VALID = timedelta(days=14)


def invite(session: Session, email: str, role: str, *, now: datetime) -> str:
    """Make an invitation and return its word, which is shown once and stored only as a hash."""
    token = secrets.token_urlsafe(24)
    row = Invitation(email=email, role=role, token_hash=_hash(token), made_at=now, expires_at=now + VALID)
    session.add(row)
    session.flush()
    audit.record(session, "account.invite", "invitation", row.id, now=now, role=role)
    return token


def find(session: Session, token: str, *, now: datetime) -> Invitation:
    """The unused invitation of a word; looking at it does not use it (mail scanners look)."""
    row = session.scalar(select(Invitation).where(Invitation.token_hash == _hash(token)))
    if row is None or row.used_at is not None or row.expires_at < now:
        raise InvitationSpent("invitation")
    return row


def use(session: Session, token: str, *, now: datetime) -> Invitation:
    """Use an invitation up; the caller makes the account in the same transaction."""
    row = find(session, token, now=now)
    row.used_at = now
    audit.record(session, "account.join", "invitation", row.id, now=now, role=row.role)
    return row


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
