"""Invitations: used once, for a while, kept as a hash; who is of an agency is invited for it."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from models import Agency, Event, Invitation, Person
from services import accounts
from services.errors import InvitationSpent, NotFound, NotThisState, WrongInvitation
from tests.services.factories import person

EMAIL = "seseorang@contoh.invalid"


def test_an_invitation_says_whom_it_is_for_and_looking_does_not_use_it(session, now):
    token = accounts.invite(session, EMAIL, "academic", now=now, organisation="Universitas Contoh")
    expected = accounts.Invited(EMAIL, "academic", "Universitas Contoh", None)
    assert accounts.find(session, token, now=now) == accounts.find(session, token, now=now) == expected
    assert accounts.use(session, token, now=now) == expected


def test_an_invitation_is_used_once(session, now):
    token = accounts.invite(session, EMAIL, "academic", now=now)
    accounts.use(session, token, now=now)
    for look in (accounts.find, accounts.use):
        with pytest.raises(InvitationSpent):
            look(session, token, now=now)


def test_an_invitation_runs_out_after_two_weeks(session, now):
    token = accounts.invite(session, EMAIL, "academic", now=now)
    assert accounts.find(session, token, now=now + timedelta(days=14))
    with pytest.raises(InvitationSpent):
        accounts.find(session, token, now=now + timedelta(days=14, seconds=1))


@pytest.mark.parametrize("token", ["", "salah", "x" * 10_000, "é\x00"])
def test_an_unknown_word_opens_nothing(session, now, token):
    accounts.invite(session, EMAIL, "academic", now=now)
    with pytest.raises(InvitationSpent):
        accounts.use(session, token, now=now)


@pytest.mark.parametrize("named", ["dinkominfo", "Dinkominfo", " DIN KOMINFO "])
def test_somebody_of_an_agency_is_invited_by_its_code_or_name(session, now, named):
    token = accounts.invite(session, EMAIL, "agency", now=now, agency=named)
    assert accounts.find(session, token, now=now).agency == "dinkominfo"


@pytest.mark.parametrize(
    ("role", "agency", "told"),
    [
        ("agency", None, "harus disebut bersama"),
        ("agency", "", "harus disebut bersama"),
        ("academic", "dinkominfo", "harus disebut bersama"),
        ("agency", "Dinas Antariksa", "“Dinas Antariksa” tidak ada"),
        ("agency", " ", "tidak ada"),
    ],
)
def test_role_and_agency_belong_together(session, now, role, agency, told):
    with pytest.raises(WrongInvitation, match=told):
        accounts.invite(session, EMAIL, role, now=now, agency=agency)
    assert session.scalars(select(Invitation)).all() == []


def test_nobody_is_invited_for_an_agency_that_is_no_more(session, now):
    session.execute(update(Agency).where(Agency.code == "dinkominfo").values(is_current=False))
    with pytest.raises(WrongInvitation):
        accounts.invite(session, EMAIL, "agency", now=now, agency="dinkominfo")


def test_neither_the_database_nor_the_trace_holds_the_word(session, now):
    token = accounts.invite(session, EMAIL, "academic", now=now)
    accounts.use(session, token, now=now)
    row = session.scalars(select(Invitation)).one()
    events = session.scalars(select(Event).where(Event.subject == "invitation")).all()
    assert [e.action for e in events] == ["account.invite", "account.join"]
    stored = [getattr(row, c.name) for c in Invitation.__table__.columns] + [e.details for e in events]
    assert token not in str(stored) and EMAIL not in str([e.details for e in events])


def test_an_agency_is_called_by_its_name_and_one_we_do_not_know_by_its_code(session):
    assert accounts.agency_name(session, "dinkominfo") == "Dinkominfo"
    assert accounts.agency_name(session, "bukan-kode") == "bukan-kode"


def test_a_revoked_invitation_opens_nothing_and_is_not_revoked_twice(session, now):
    admin = person(session).id
    token = accounts.invite(session, EMAIL, "academic", now=now, actor_id=admin)
    (waiting,) = accounts.open_invitations(session, now=now)
    assert (waiting.email, waiting.role, waiting.expires_at) == (EMAIL, "academic", now + accounts.VALID)
    accounts.revoke(session, waiting.id, now=now, actor_id=admin)
    assert accounts.open_invitations(session, now=now) == []
    with pytest.raises(InvitationSpent):
        accounts.use(session, token, now=now)
    with pytest.raises(NotThisState):
        accounts.revoke(session, waiting.id, now=now)
    assert [e.actor_id for e in session.scalars(select(Event).where(Event.subject == "invitation"))] == [admin, admin]


def test_a_used_or_unknown_invitation_is_not_revoked(session, now):
    accounts.use(session, accounts.invite(session, EMAIL, "academic", now=now), now=now)
    used = session.scalars(select(Invitation.id)).one()
    with pytest.raises(NotThisState):
        accounts.revoke(session, used, now=now)
    with pytest.raises(NotFound):
        accounts.revoke(session, 10**9, now=now)


def test_a_second_invitation_to_an_address_ends_the_first_and_no_other(session, now):
    first = accounts.invite(session, EMAIL, "academic", now=now)
    other = accounts.invite(session, "lain@contoh.invalid", "reviewer", now=now)
    second = accounts.invite(session, EMAIL, "reviewer", now=now)
    with pytest.raises(InvitationSpent):
        accounts.find(session, first, now=now)
    assert accounts.find(session, second, now=now).role == accounts.find(session, other, now=now).role == "reviewer"


def test_what_has_run_out_waits_for_nobody(session, now):
    accounts.invite(session, EMAIL, "academic", now=now)
    assert accounts.open_invitations(session, now=now + timedelta(days=15)) == []


def test_a_deactivated_account_is_not_invited_back_in(session, now):
    person(session).active = False
    address = session.scalars(select(Person.email)).one()
    with pytest.raises(WrongInvitation, match="dinonaktifkan"):
        accounts.invite(session, address, "reviewer", now=now)
