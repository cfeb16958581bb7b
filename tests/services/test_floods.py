"""Floods: who is counted as one sender, which limit is passed, and what a person decides about what is held."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Arrival, Event, Submission
from models.vocabulary import SubmissionState
from services import floods, submissions
from services.errors import NotThisState
from services.submissions import Draft
from tests.services.factories import key, person

LIMITS = floods.Limits(address=3, session=100, suspects=2, whole=5)


def visit(now, address="203.0.113.1", session="peramban", **more):
    return floods.visit("kunci", address, session, **{"is_suspect": False, "now": now, **more})


def arrive(session, now, seen=None):
    """One sending; returns why it would be held."""
    hour = floods.look(session, seen or visit(now), now=now)
    floods.count(session, hour)
    return floods.reason_to_hold(hour, LIMITS)


@pytest.fixture
def held(session, round_id, now):
    """Three sendings of one text and one of another, all held; returns their ids."""

    def send(text):
        draft = Draft(text=text, held_for=floods.ADDRESS, is_suspect=text.startswith("Beli"))
        return submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key(), now=now).submission_id

    return [send(text) for text in ("Beli obat ini", "Selokan mampet HP 0812-0000-0000", *["Beli obat ini"] * 2)]


def test_the_sending_after_the_last_that_passes_is_held(session, now):
    assert [arrive(session, now) for _ in range(5)] == [None, None, None, "address", "address"]


def test_an_hour_later_the_same_address_passes_again(session, now):
    for _ in range(4):
        arrive(session, now)
    assert arrive(session, now + timedelta(minutes=59)) == "address"
    assert arrive(session, now + timedelta(minutes=61)) is None


def test_suspects_are_counted_over_all_addresses_and_hold_nobody_else(session, now):
    kinds = [arrive(session, now, visit(now, f"203.0.113.{n}", str(n), is_suspect=True)) for n in range(4)]
    assert kinds == [None, None, "suspects", "suspects"]
    assert arrive(session, now, visit(now, "198.51.100.1", "lain")) is None


def test_above_the_limit_of_the_whole_site_everybody_is_held(session, now):
    for number in range(5):
        assert arrive(session, now, visit(now, f"203.0.113.{number}", str(number))) is None
    assert arrive(session, now, visit(now, "198.51.100.1", "lain")) == "whole"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("203.0.113.1", "203.0.113.1", True),
        ("203.0.113.1", "203.0.113.2", False),
        ("2001:db8:1:2:3::4", "2001:db8:1:2:ffff::1", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("bukan alamat", "bukan alamat", True),
    ],
)
def test_a_line_is_one_sender_however_many_addresses_it_has(now, one, other, is_same):
    assert (visit(now, one).senders == visit(now, other).senders) is is_same


def test_an_address_is_not_known_again_the_next_day_nor_with_another_key(now):
    today = visit(now).senders[floods.ADDRESS]
    assert today != visit(now + timedelta(days=1)).senders[floods.ADDRESS]
    other = floods.visit("kunci lain", "203.0.113.1", "peramban", is_suspect=False, now=now)
    assert today != other.senders[floods.ADDRESS] and "203" not in today


def test_a_sending_without_an_address_is_counted_by_its_session(now):
    assert floods.ADDRESS not in visit(now, None).senders


@pytest.mark.parametrize(
    ("is_trapped", "seconds", "expected"),
    [(False, 3, False), (False, 2, True), (False, None, True), (True, 60, True), (False, 4000, False)],
)
def test_the_trap_and_the_clock_tell_what_looks_automatic(is_trapped, seconds, expected):
    assert floods.looks_automatic(is_trapped=is_trapped, seconds=seconds) is expected


def test_counts_are_thrown_away_after_a_day(session, now):
    arrive(session, now)
    assert floods.forget(session, now=now + timedelta(hours=23)) == 0
    assert floods.forget(session, now=now + timedelta(hours=25)) == 2 + 1
    assert session.scalars(select(Arrival)).all() == []


def test_the_city_sets_its_own_limits_and_leaves_out_what_it_does_not_mind():
    assert floods.Limits.of({}) == floods.Limits()
    assert floods.Limits.of({"floods": {"address": 7, "tidak_dikenal": 1}}) == floods.Limits(address=7)


def test_held_texts_stand_once_masked_and_the_most_frequent_first(session, held):
    texts, of = floods.held(session)
    assert [(t.text, t.times, t.suspects) for t in texts] == [
        ("Beli obat ini", 3, 3),
        ("Selokan mampet HP ▇▇▇", 1, 0),
    ]
    assert of == 2 and floods.waiting(session).reasons == (("address", 4),)


def test_a_decision_covers_every_sending_of_a_text_and_is_in_the_audit(session, held, now):
    actor = person(session)
    choice = floods.Choice((held[0],), floods.newest(session))
    assert floods.let_rest(session, choice, actor_id=actor.id, now=now) == 3
    assert floods.waiting(session).held == 1 and floods.held(session, rests=True)[1] == 1
    trace = session.scalars(select(Event).where(Event.action == "flood.rest")).one()
    assert trace.details == {"submissions": 3} and trace.actor_id == actor.id


def test_releasing_all_leaves_those_that_rest(session, held, now):
    actor = person(session)
    upto = floods.newest(session)
    floods.let_rest(session, floods.Choice((held[0],), upto), actor_id=actor.id, now=now)
    assert floods.release(session, floods.Choice(None, upto), actor_id=actor.id, now=now) == 1
    states = session.scalars(select(Submission.state).order_by(Submission.id)).all()
    assert states.count(SubmissionState.HELD) == 3 and states[1] is SubmissionState.RECEIVED


def test_nothing_held_is_nothing_to_decide(session, now):
    with pytest.raises(NotThisState):
        floods.release(session, floods.Choice(None, 0), actor_id=1, now=now)
    assert floods.waiting(session) is None and floods.pace(session) is None


@pytest.mark.parametrize(("seconds", "median", "p90"), [([50], 50, 50), ([10, 20], 10, 20), (range(1, 101), 50, 90)])
def test_the_pace_is_a_value_that_somebody_took(session, round_id, now, seconds, median, p90):
    for taken in seconds:
        draft = Draft(text="Tulisan yang cukup panjang", seconds_taken=taken)
        submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key(), now=now)
    found = floods.pace(session)
    assert (found.sendings, found.median, found.p90) == (len(seconds), median, p90)
