"""Fulfilments: an agency and a day, and done only where it can be seen and a second person says so."""

from datetime import date

import pytest

from models import Programme
from models.vocabulary import DecisionState
from services import fulfilments
from services.errors import NotThisState, SecondPersonNeeded, Unexplained
from tests.services import decided, factories


@pytest.fixture
def people(session):
    return [factories.person(session, name).id for name in ("Satu", "Dua")]


@pytest.fixture
def row(session, round_id, run_id, people):
    session.add(Programme(code="P-1", name="Pompa", agency="dinkominfo"))
    return decided.decision(session, round_id, theme_id=decided.theme_with(session)[0], made_by=people[0])


def test_an_agency_sees_to_it_by_a_day(session, row, people, now):
    deed = {"actor_id": people[0], "now": now}
    fulfilments.assign(session, [row.id], agency="dinkominfo", due_on=date(2027, 1, 1), **deed)
    assert (row.lead_agency, row.due_on) == ("dinkominfo", date(2027, 1, 1))
    with pytest.raises(Unexplained):
        fulfilments.assign(session, [row.id], agency="tiada", due_on=None, **deed)
    row.state = DecisionState.REPLACED
    with pytest.raises(NotThisState):
        fulfilments.assign(session, [row.id], agency=None, due_on=None, **deed)


def test_done_needs_a_place_to_see_it_and_another_person(session, row, people, now):
    def complete(actor_id, programme):
        fulfilments.complete(session, row.id, paragraph="", programme=programme, actor_id=actor_id, now=now)

    with pytest.raises(SecondPersonNeeded):
        complete(people[0], "P-1")
    with pytest.raises(Unexplained):
        complete(people[1], None)
    assert row.done_at is None
    complete(people[1], "P-1")
    assert (row.done_at, row.programme) == (now, "P-1")
    with pytest.raises(NotThisState):
        complete(people[1], "P-1")


def test_what_is_not_confirmed_is_not_done(session, row, people, now):
    row.state = DecisionState.AWAITING
    with pytest.raises(NotThisState):
        fulfilments.complete(session, row.id, paragraph="", programme="P-1", actor_id=people[1], now=now)
