"""Ways in for people who work here: single-use invitations, kept as hashes."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Agency, Invitation
from services import audit
from services.errors import InvitationSpent, WrongInvitation
from services.tables import plain
from services.tongue import N_

VALID = timedelta(days=14)
AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an invitation is for; `agency` is a code."""

    email: str
    role: str
    organisation: str | None
    agency: str | None


def invite(
    session: Session,
    email: str,
    role: str,
    *,
    now: datetime,
    organisation: str | None = None,
    agency: str | None = None,
) -> str:
    """Make an invitation and return its word, which is shown once and stored only as a hash.

    Somebody of an agency is invited for it by its code or name, because the agency decides what they see.
    """
    code = _agency(session, agency) if agency else None
    if (role == AGENCY) != bool(code):
        raise WrongInvitation(N_("Peran %(role)s dan perangkat daerah harus disebut bersama."), role=AGENCY)
    token = secrets.token_urlsafe(24)
    row = Invitation(
        email=email,
        role=role,
        organisation=organisation,
        agency=code,
        token_hash=_hash(token),
        made_at=now,
        expires_at=now + VALID,
    )
    session.add(row)
    session.flush()
    audit.record(session, "account.invite", "invitation", row.id, now=now, role=role)
    return token


def _agency(session: Session, named: str) -> str:
    for code, name in session.execute(select(Agency.code, Agency.name).where(Agency.is_current)):
        if plain(named) in (plain(code), plain(name)):
            return code
    raise WrongInvitation(N_("Perangkat daerah “%(name)s” tidak ada dalam rencana."), name=named[:60])


def agency_name(session: Session, code: str) -> str:
    """The name of an agency, for the head of its pages."""
    return session.scalar(select(Agency.name).where(Agency.code == code)) or code


def find(session: Session, token: str, *, now: datetime) -> Invited:
    """The unused invitation of a word; looking at it does not use it (mail scanners look)."""
    return _invited(_unused(session, token, now))


def use(session: Session, token: str, *, now: datetime) -> Invited:
    """Use an invitation up; the caller makes the account in the same transaction."""
    row = _unused(session, token, now)
    row.used_at = now
    audit.record(session, "account.join", "invitation", row.id, now=now, role=row.role)
    return _invited(row)


def _unused(session: Session, token: str, now: datetime) -> Invitation:
    row = session.scalar(select(Invitation).where(Invitation.token_hash == _hash(token)))
    if row is None or row.used_at is not None or row.expires_at < now:
        raise InvitationSpent("invitation")
    return row


def _invited(row: Invitation) -> Invited:
    return Invited(row.email, row.role, row.organisation, row.agency)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
