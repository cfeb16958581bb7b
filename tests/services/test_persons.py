"""People and their roles: changed, deactivated, brought back; the last administrator stays."""

import pytest
from sqlalchemy import select

from models import Event, Person, Role
from models.vocabulary import Duty
from services import persons
from services.errors import LastAdministrator, NotFound, NotThisState, WrongDuty
from tests.services.factories import person

NOWHERE = {"agency": None, "organisation": None}


@pytest.fixture
def admin(session):
    return somebody(session, Duty.ADMINISTRATOR, name="Admin")


def somebody(session, duty, **more):
    row = person(session, **more)
    role = session.scalar(select(Role).where(Role.name == duty.value)) or Role(name=duty.value)
    row.roles.append(role)
    session.flush()
    return row


def test_everybody_is_listed_with_role_and_office_those_who_work_first(session, admin):
    somebody(session, Duty.AGENCY, name="beta", agency="dinkominfo")
    gone = somebody(session, Duty.ACADEMIC, name="Alfa", organisation="Universitas Contoh")
    gone.active = False
    found = persons.everybody(session)
    assert [p.name for p in found] == ["Admin", "beta", "Alfa"]
    assert [p.office for p in found] == [None, "Dinkominfo", "Universitas Contoh"]
    assert found[1].duties == ("agency",) and not found[2].is_active
    assert persons.one(session, gone.id) == found[2]


def test_a_deactivated_account_keeps_no_session_and_comes_back_as_it_was(session, admin, now):
    lead = somebody(session, Duty.LEAD)
    before = lead.fs_uniquifier
    assert persons.deactivate(session, lead.id, now=now, actor_id=admin.id) == lead.email
    assert not lead.active and lead.fs_uniquifier != before
    with pytest.raises(NotThisState):
        persons.deactivate(session, lead.id, now=now)
    persons.reactivate(session, lead.id, now=now, actor_id=admin.id)
    assert persons.one(session, lead.id).duties == ("lead",) and lead.active
    with pytest.raises(NotThisState):
        persons.reactivate(session, lead.id, now=now)
    events = session.scalars(select(Event).where(Event.subject == "person")).all()
    assert [(e.action, e.actor_id) for e in events] == [
        ("person.deactivate", admin.id),
        ("person.reactivate", admin.id),
    ]


def test_a_role_takes_the_place_of_those_before(session, admin, now):
    row = somebody(session, Duty.AGENCY, agency="dinkominfo")
    row.roles.append(Role(name="reviewer"))
    persons.change(session, row.id, Duty.ANALYST, agency="", organisation="  ", now=now, actor_id=admin.id)
    found = persons.one(session, row.id)
    assert (found.duties, found.agency, found.organisation) == (("analyst",), None, None)
    details = session.scalars(select(Event.details).where(Event.action == "person.change")).one()
    assert details == {"before": ["agency", "reviewer"], "after": "analyst", "agency": None}


@pytest.mark.parametrize(
    ("duty", "agency"),
    [(Duty.AGENCY, None), (Duty.AGENCY, ""), (Duty.ANALYST, "dinkominfo"), (Duty.AGENCY, "antariksa")],
)
def test_role_and_agency_belong_together(session, admin, now, duty, agency):
    row = somebody(session, Duty.REVIEWER)
    with pytest.raises(WrongDuty):
        persons.change(session, row.id, duty, agency=agency, organisation=None, now=now)
    assert persons.one(session, row.id).duties == ("reviewer",)


def test_the_last_administrator_neither_leaves_nor_becomes_another(session, admin, now):
    other = somebody(session, Duty.ADMINISTRATOR)
    persons.deactivate(session, other.id, now=now)
    for deed in (
        lambda: persons.deactivate(session, admin.id, now=now),
        lambda: persons.change(session, admin.id, Duty.LEAD, **NOWHERE, now=now),
    ):
        with pytest.raises(LastAdministrator):
            deed()
    assert admin.active and persons.one(session, admin.id).duties == ("administrator",)
    persons.change(session, admin.id, Duty.ADMINISTRATOR, **NOWHERE, now=now)
    persons.reactivate(session, other.id, now=now)
    persons.change(session, admin.id, Duty.LEAD, **NOWHERE, now=now)


def test_somebody_else_may_leave_where_there_is_one_administrator(session, admin, now):
    lead = somebody(session, Duty.LEAD)
    persons.deactivate(session, lead.id, now=now)
    assert session.get(Person, lead.id).active is False


def test_somebody_who_is_not_there_is_not_found(session, now):
    for deed in (
        lambda: persons.one(session, 99),
        lambda: persons.deactivate(session, 99, now=now),
        lambda: persons.reactivate(session, 99, now=now),
        lambda: persons.change(session, 99, Duty.LEAD, **NOWHERE, now=now),
    ):
        with pytest.raises(NotFound):
            deed()
