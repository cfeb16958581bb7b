"""Ways in for people who work here: single-use invitations, kept as hashes, one open at a time for each address."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from models import Agency, Invitation, Person
from services import audit
from services.errors import InvitationSpent, NotFound, NotThisState, WrongInvitation
from services.tables import plain
from services.texts import clean
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
    actor_id: int | None = None,
) -> str:
    """Make an invitation and return its word, which is shown once and stored only as a hash.

    Somebody of an agency is invited for it by its code or name, because the agency decides what they see. An earlier
    invitation to the same address ends, so a page that is sent twice leaves one open way in and not two. Somebody
    who has an account already chooses a new password with it.
    """
    code = _agency(session, agency) if agency else None
    if (role == AGENCY) != bool(code):
        raise WrongInvitation(N_("Peran %(role)s dan perangkat daerah harus disebut bersama."), role=AGENCY)
    if session.scalar(select(Person.id).where(Person.email == email, Person.active.is_(False))):
        raise WrongInvitation(N_("Akun dengan e-mail ini dinonaktifkan. Aktifkan lagi dahulu."))
    end_open(session, email, now=now, actor_id=actor_id)
    token = secrets.token_urlsafe(24)
    row = Invitation(
        email=email,
        role=role,
        organisation=clean(organisation or "") or None,
        agency=code,
        token_hash=_hash(token),
        made_at=now,
        expires_at=now + VALID,
        made_by=actor_id,
    )
    session.add(row)
    session.flush()
    audit.record(session, "account.invite", "invitation", row.id, now=now, actor_id=actor_id, role=role)
    return token


def _agency(session: Session, named: str) -> str:
    for code, name in session.execute(select(Agency.code, Agency.name).where(Agency.is_current)):
        if plain(named) in (plain(code), plain(name)):
            return code
    raise WrongInvitation(N_("Perangkat daerah “%(name)s” tidak ada dalam rencana."), name=named[:60])


def agency_name(session: Session, code: str) -> str:
    """The name of an agency, for the head of its pages."""
    return session.scalar(select(Agency.name).where(Agency.code == code)) or code


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that nobody has used yet; the agency by its name."""

    id: int
    email: str
    role: str
    organisation: str | None
    agency: str | None
    made_at: datetime
    expires_at: datetime


def open_invitations(session: Session, *, now: datetime) -> list[OpenInvitation]:
    """The ways in that still work, the newest first."""
    found = session.execute(
        select(Invitation, Agency.name)
        .outerjoin(Agency, Agency.code == Invitation.agency)
        .where(*_still_open(now))
        .order_by(Invitation.made_at.desc(), Invitation.id.desc())
    )
    return [OpenInvitation(i.id, i.email, i.role, i.organisation, name, i.made_at, i.expires_at) for i, name in found]


def revoke(session: Session, invitation_id: int, *, now: datetime, actor_id: int | None = None) -> None:
    """End an invitation before it is used."""
    row = session.get(Invitation, invitation_id)
    if row is None:
        raise NotFound("invitation")
    if row.used_at or row.revoked_at or row.expires_at < now:
        raise NotThisState(N_("Undangan ini tidak berlaku lagi."))
    _end(session, row, now, actor_id)


def end_open(session: Session, email: str, *, now: datetime, actor_id: int | None = None) -> None:
    """End whatever invitation is still open for an address."""
    for row in session.scalars(select(Invitation).where(Invitation.email == email, *_still_open(now))):
        _end(session, row, now, actor_id)


def _still_open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return Invitation.used_at.is_(None), Invitation.revoked_at.is_(None), Invitation.expires_at >= now


def _end(session: Session, row: Invitation, now: datetime, actor_id: int | None) -> None:
    row.revoked_at = now
    audit.record(session, "account.revoke", "invitation", row.id, now=now, actor_id=actor_id)


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
    row = session.scalar(select(Invitation).where(Invitation.token_hash == _hash(token), *_still_open(now)))
    if row is None:
        raise InvitationSpent("invitation")
    return row


def _invited(row: Invitation) -> Invited:
    return Invited(row.email, row.role, row.organisation, row.agency)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
