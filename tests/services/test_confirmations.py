"""Confirmations: a refusal takes two persons, however somebody tries to be both."""

from datetime import timedelta

import pytest

from models import Decision
from models.vocabulary import DecisionCode, DecisionState, ReleaseState
from services import confirmations, decisions
from services.decisions import Target, stamp
from services.errors import AlreadyDecided, NotThisState, SecondPersonNeeded, Unexplained
from tests.services import decided, factories
from tests.services.test_decisions import NOTED, REFUSED


@pytest.fixture
def people(session):
    return [factories.person(session, name).id for name in ("Satu", "Dua", "Tiga")]


@pytest.fixture
def target(session, run_id):
    return Target("theme", decided.theme_with(session)[0])


def refuse(session, round_id, target, actor_id, now, ruling=REFUSED):
    return session.get(Decision, decisions.decide(session, round_id, [target], ruling, actor_id=actor_id, now=now)[0])


def confirm(session, row, actor_id, now):
    return confirmations.confirm(session, {row.id: stamp(row)}, actor_id=actor_id, now=now)


def test_a_second_person_confirms_and_the_first_does_not(session, round_id, target, people, now):
    row = refuse(session, round_id, target, people[0], now)
    with pytest.raises(SecondPersonNeeded):
        confirm(session, row, people[0], now)
    assert row.state is DecisionState.AWAITING
    assert confirm(session, row, people[1], now) == 1
    assert (row.state, row.confirmed_by) == (DecisionState.CONFIRMED, people[1])
    with pytest.raises(NotThisState):
        confirm(session, row, people[1], now)


def test_a_comma_of_somebody_else_does_not_make_the_author_a_second_person(session, round_id, target, people, now):
    refuse(session, round_id, target, people[0], now)
    touched = refuse(session, round_id, target, people[1], now)
    for hand in people[:2]:
        with pytest.raises(SecondPersonNeeded):
            confirm(session, touched, hand, now)
    confirm(session, touched, people[2], now)


def test_nobody_confirms_what_was_changed_after_they_read_it(session, round_id, target, people, now):
    row = refuse(session, round_id, target, people[0], now)
    read = stamp(row)
    refuse(session, round_id, target, people[0], now + timedelta(seconds=1))
    with pytest.raises(AlreadyDecided):
        confirmations.confirm(session, {row.id: read}, actor_id=people[1], now=now)
    assert row.state is DecisionState.AWAITING


def test_a_harmless_decision_does_not_become_a_refusal_behind_its_confirmation(session, round_id, target, people, now):
    harmless = refuse(session, round_id, target, people[0], now, NOTED)
    refusal = refuse(session, round_id, target, people[0], now)
    assert refusal.id != harmless.id and refusal.state is DecisionState.AWAITING
    with pytest.raises(SecondPersonNeeded):
        confirm(session, refusal, people[0], now)


def test_opening_a_refusal_again_needs_a_second_person_again(session, round_id, target, people, now):
    row = refuse(session, round_id, target, people[0], now)
    confirm(session, row, people[1], now)
    confirmations.reopen(session, row.id, "Alasannya kurang tepat.", actor_id=people[1], now=now)
    assert (row.state, row.confirmed_by) == (DecisionState.RETURNED, None)
    again = refuse(session, round_id, target, people[1], now)
    for hand in people[:2]:
        with pytest.raises(SecondPersonNeeded):
            confirm(session, again, hand, now)


def test_who_made_what_was_confirmed_before_may_confirm_what_replaces_it(session, round_id, target, people, now):
    first = refuse(session, round_id, target, people[0], now)
    confirm(session, first, people[1], now)
    second = refuse(session, round_id, target, people[1], now)
    assert confirm(session, second, people[0], now) == 1


def test_all_are_confirmed_or_none(session, round_id, run_id, people, now):
    points = decided.theme_with(session)[1][:2]
    one = refuse(session, round_id, Target("point", points[0]), people[0], now)
    two = refuse(session, round_id, Target("point", points[1]), people[1], now)
    with pytest.raises(SecondPersonNeeded), session.begin_nested():
        seen = {one.id: stamp(one), two.id: stamp(two)}
        confirmations.confirm(session, seen, actor_id=people[1], now=now)
    session.expire_all()
    assert {one.state, two.state} == {DecisionState.AWAITING}


def test_what_is_sent_back_says_what_to_mend_and_its_author_mends_it(session, round_id, target, people, now):
    row = refuse(session, round_id, target, people[0], now)
    with pytest.raises(Unexplained):
        confirmations.send_back(session, row.id, "  ", actor_id=people[1], now=now)
    confirmations.send_back(session, row.id, "Sebut peraturannya.", actor_id=people[1], now=now)
    assert (row.state, row.note) == (DecisionState.RETURNED, "Sebut peraturannya.")
    with pytest.raises(NotThisState):
        confirmations.send_back(session, row.id, "Lagi.", actor_id=people[1], now=now)
    assert refuse(session, round_id, target, people[0], now).id == row.id
    confirm(session, row, people[1], now)
    assert row.note == ""


def test_what_a_release_carries_is_not_opened_again(session, round_id, target, people, now):
    row = refuse(session, round_id, target, people[0], now, NOTED)
    told = decided.response(session, row)
    confirmations.reopen(session, row.id, "Belum tepat.", actor_id=people[1], now=now)
    assert told.ready_at is None
    row = refuse(session, round_id, target, people[0], now, NOTED)
    told.release_id = decided.release(session, round_id).id
    with pytest.raises(NotThisState):
        confirmations.reopen(session, row.id, "Belum tepat.", actor_id=people[1], now=now)
    assert row.code is DecisionCode.NOTED


def test_what_an_approved_release_holds_is_not_opened_again_before_it_goes(session, round_id, target, people, now):
    row = refuse(session, round_id, target, people[0], now, NOTED)
    decided.response(session, row)
    release = decided.release(session, round_id, is_out=False)
    release.state, release.approved_at = ReleaseState.APPROVED, now
    session.flush()
    with pytest.raises(NotThisState):
        confirmations.reopen(session, row.id, "Belum tepat.", actor_id=people[1], now=now)
    release.state = ReleaseState.DISCARDED
    session.flush()
    confirmations.reopen(session, row.id, "Belum tepat.", actor_id=people[1], now=now)
    assert row.state is DecisionState.RETURNED
