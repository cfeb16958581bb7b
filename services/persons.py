"""Who works here: people and their roles, changed, deactivated and brought back; an administrator always remains."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models import Agency, Person, Role
from models.vocabulary import Duty
from services import audit
from services.errors import LastAdministrator, NotFound, NotThisState, WrongDuty
from services.texts import clean
from services.tongue import N_


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """Somebody with an account; `duties` are the names of their roles, `agency` is a code, `office` where they work."""

    id: int
    name: str
    email: str
    duties: tuple[str, ...]
    agency: str | None
    organisation: str | None
    office: str | None
    is_active: bool


def everybody(session: Session) -> list[PersonFacts]:
    """All accounts: those that work first, then by name."""
    found = [_facts(person, agency) for person, agency in session.execute(_with_agency())]
    return sorted(found, key=lambda p: (not p.is_active, p.name.casefold(), p.email))


def one(session: Session, person_id: int) -> PersonFacts:
    """One account."""
    row = session.execute(_with_agency().where(Person.id == person_id)).first()
    if row is None:
        raise NotFound("person")
    return _facts(*row)


def _with_agency():  # type: ignore[no-untyped-def]
    return (
        select(Person, Agency.name).outerjoin(Agency, Agency.code == Person.agency).options(selectinload(Person.roles))
    )


def _facts(person: Person, agency: str | None) -> PersonFacts:
    return PersonFacts(
        id=person.id,
        name=person.name or "",
        email=person.email,
        duties=tuple(sorted(role.name for role in person.roles)),
        agency=person.agency,
        organisation=person.organisation,
        office=agency or person.organisation,
        is_active=person.active,
    )


def agencies(session: Session) -> list[tuple[str, str]]:
    """The agencies of the plan, code and name, to choose from."""
    found = session.execute(select(Agency.code, Agency.name).where(Agency.is_current).order_by(Agency.name))
    return [(code, name) for code, name in found]


def deactivate(session: Session, person_id: int, *, now: datetime, actor_id: int | None = None) -> str:
    """Take a person's account out of use: whoever is signed in with it is out at the next request.

    Returns the e-mail, so that the door can end the invitations that are still open for it.
    """
    person = _find(session, person_id)
    if not person.active:
        raise NotThisState(N_("Akun ini sudah dinonaktifkan."))
    _keep_one(session, person)
    person.active = False
    # A session that began before is not valid again when the account is.
    person.fs_uniquifier = uuid4().hex
    audit.record(session, "person.deactivate", "person", person.id, now=now, actor_id=actor_id)
    return str(person.email)


def reactivate(session: Session, person_id: int, *, now: datetime, actor_id: int | None = None) -> None:
    """Let a person sign in again, with the role and the password they had."""
    person = _find(session, person_id)
    if person.active:
        raise NotThisState(N_("Akun ini sedang aktif."))
    person.active = True
    audit.record(session, "person.reactivate", "person", person.id, now=now, actor_id=actor_id)


def change(
    session: Session,
    person_id: int,
    duty: Duty,
    *,
    agency: str | None,
    organisation: str | None,
    now: datetime,
    actor_id: int | None = None,
) -> str:
    """Give a person another role in the place of those they had, and say where they work; returns the e-mail."""
    person = _find(session, person_id)
    if (duty is Duty.AGENCY) != bool(agency):
        raise WrongDuty(N_("Peran perangkat daerah dan perangkat daerahnya harus disebut bersama."))
    if agency and agency not in dict(agencies(session)):
        raise WrongDuty(N_("Perangkat daerah ini tidak ada dalam rencana."))
    if duty is not Duty.ADMINISTRATOR:
        _keep_one(session, person)
    before = sorted(role.name for role in person.roles)
    person.roles = [_role(session, duty)]
    person.agency, person.organisation = agency or None, clean(organisation or "") or None
    details = {"before": before, "after": duty.value, "agency": agency or None}
    audit.record(session, "person.change", "person", person.id, now=now, actor_id=actor_id, **details)
    return str(person.email)


def _find(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise NotFound("person")
    return person


def _keep_one(session: Session, leaving: Person) -> None:
    """Refuse to lose the only one who can invite."""
    administrators = set(
        session.scalars(select(Person.id).where(Person.active, Person.roles.any(Role.name == Duty.ADMINISTRATOR.value)))
    )
    if administrators == {leaving.id}:
        raise LastAdministrator(N_("Ini satu-satunya administrator. Beri seorang lain peran itu dahulu."))


def _role(session: Session, duty: Duty) -> Role:
    role = session.scalar(select(Role).where(Role.name == duty.value))
    if role is None:
        role = Role(name=duty.value)
        session.add(role)
    return role
