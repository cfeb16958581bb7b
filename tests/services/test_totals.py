"""Totals: of a big round what pages add up is counted once for each run, and says the same as counting it now."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Point, Run, Submission, Total
from models.vocabulary import SubmissionState
from portal.clerk import COUNTED
from services import balances, channels, coverages, heads, priorities, representation, totals, voices
from tests.services.conftest import NOW, read


def add_up(session, run_id):
    """What the clerk does, with what a file keeps of it."""
    found = {name: value for count in COUNTED for name, value in count(session, run_id).items()}
    totals.keep(session, run_id, json.loads(json.dumps(found)))
    session.expire_all()


def shown(session, run_id, counted=None):
    """Every page that adds something up."""
    dimensions = priorities.dimensions(session)
    balance = balances.balance(session, run_id, dimensions)
    round_id = session.get_one(Run, run_id).round_id
    codes = [None, *(code for code, _ in representation.board(session, round_id).constituencies)]
    return (
        channels.compare(session, run_id, dimensions),
        voices.matrix(session, run_id, dimensions),
        coverages.of_run(session, run_id),
        (balance.counts, balance.unset, balance.finding),
        [representation.board(session, round_id, constituency=code, counted=counted) for code in codes],
    )


def test_what_is_kept_says_the_same_as_counting_it_now(session, run_id):
    before = shown(session, run_id)
    add_up(session, run_id)
    kept = heads.kept(session, session.get_one(Run, run_id).round_id)
    assert kept is not None and kept.run_id == run_id
    assert shown(session, run_id, kept.value) == before
    assert not before[0].counts == before[1].counts and before[4][0].total.received == 98


def test_what_is_kept_is_what_is_shown_until_the_next_run(session, run_id):
    add_up(session, run_id)
    before = channels.compare(session, run_id, [])
    for row in session.scalars(select(Submission)):
        row.state = SubmissionState.WITHDRAWN
    session.flush()
    assert channels.compare(session, run_id, []) == before
    session.query(Total).delete()
    assert sum(one.texts for one in channels.compare(session, run_id, []).lengths) == 0


def test_a_small_round_keeps_nothing_and_a_big_one_keeps_its_newest_run_alone(session, run_id):
    round_id = session.get_one(Run, run_id).round_id
    assert totals.due(session, big=98) == [] and totals.due(session, big=97) == [run_id]
    add_up(session, run_id)
    assert totals.due(session, big=97) == []
    later_on = NOW + timedelta(hours=1)
    session.scalars(select(Point)).first().changed_at = later_on
    session.flush()
    later = read(session, round_id, later_on)
    assert totals.due(session, big=97) == [later]
    assert heads.kept(session, round_id).run_id == run_id  # until the new one is added up
    add_up(session, later)
    assert set(session.scalars(select(Total.run_id))) == {later}
    assert heads.kept(session, round_id).run_id == later


def test_numbers_and_codes_are_kept_and_nobodys_words(session, run_id):
    add_up(session, run_id)
    kept = json.dumps([row.value for row in session.scalars(select(Total))])
    said = [
        word for text in session.scalars(select(Submission.text)) for word in text.lower().split() if len(word) > 11
    ]
    assert said and not [word for word in said if word in kept]


@pytest.mark.parametrize("name", ["board", "words by channel"])
def test_what_was_never_kept_is_none(session, run_id, name):
    assert totals.kept(session, run_id, name) is None
    assert totals.of_run(session, run_id, name, lambda *_: ["now"]) == ["now"]
