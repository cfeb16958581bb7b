"""Readings: what did not change is left alone, a big round is stored in steps, a word of one person stays out."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Reading, Run, Theme, ThemeWord
from models.vocabulary import RunState, ThemeState
from services import materials, readings, runs
from services.errors import NotThisState
from tests.services.test_runs import counted, send

LATER = timedelta(minutes=1)


def claimed(session, round_id, now):
    run_id = runs.claim(session, round_id, now=now, is_asked_for=True)
    return run_id, readings.analyse(materials.gather(session, round_id))


def test_a_reading_that_did_not_change_is_not_written_again(session, round_id, run_id, now):
    again, result = claimed(session, round_id, now + LATER)
    with counted(session) as statements:
        readings.store(session, again, result, now=now + LATER)
    assert not [s for s in statements if s.startswith(("INSERT INTO reading", "UPDATE reading"))]
    assert set(session.scalars(select(Reading.run_id))) == {run_id}
    assert session.get_one(Run, again).received == 98


def test_what_others_wrote_into_a_reading_is_written_anew(session, round_id, run_id, now):
    row = session.scalars(select(Reading).limit(1)).one()
    words, number = row.words, row.point_id
    row.words, row.digest = [], 0
    session.flush()
    again, result = claimed(session, round_id, now + LATER)
    readings.store(session, again, result, now=now + LATER)
    assert (session.get_one(Reading, number).words, session.get_one(Reading, number).run_id) == (words, again)


def steps(session):
    """Stands in for transactions: how many there were."""
    begun = []

    @contextmanager
    def begin():
        begun.append(1)
        yield session
        session.flush()

    return begin, begun


def test_steps_store_what_one_transaction_stores_and_hold_the_lease(session, round_id, run_id, now):
    before = {row.point_id: (row.theme_id, row.digest) for row in session.scalars(select(Reading))}
    for row in session.scalars(select(Reading)):
        row.digest = 0
    session.flush()
    again, result = claimed(session, round_id, now + LATER)
    begin, begun = steps(session)
    late = now + timedelta(minutes=30)
    readings.store_in_steps(begin, again, result, clock=lambda: late, lease=runs.lease)
    session.expire_all()
    assert {row.point_id: (row.theme_id, row.digest) for row in session.scalars(select(Reading))} == before
    assert len(begun) == 3 and session.get_one(Run, again).state is RunState.DONE
    assert session.get_one(Run, again).lease_until == runs.lease(late)


def test_a_run_that_is_stopped_between_two_steps_ends(session, round_id, run_id, now):
    again, result = claimed(session, round_id, now + LATER)
    begin, begun = steps(session)

    @contextmanager
    def stopped():
        with begin() as same:
            if len(begun) == 2:
                same.get_one(Run, again).state = RunState.FAILED
            yield same

    with pytest.raises(NotThisState):
        readings.store_in_steps(stopped, again, result, clock=lambda: now, lease=runs.lease)
    assert session.get_one(Run, again).finished_at is None


def test_words_are_kept_of_big_rounds_alone_and_replaced_by_each_run(session, round_id, run_id, now):
    assert session.scalars(select(ThemeWord.key)).all() == [], "98 are few"
    again, result = claimed(session, round_id, now + LATER)
    readings.store(session, again, result, now=now + LATER, big=97)
    first = set(session.scalars(select(ThemeWord.key)))
    assert "banjir" in first or "rob" in first
    again, result = claimed(session, round_id, now + 2 * LATER)
    readings.store(session, again, result, now=now + 2 * LATER, big=97)
    assert set(session.scalars(select(ThemeWord.key))) == first
    again, result = claimed(session, round_id, now + 3 * LATER)
    readings.store(session, again, result, now=now + 3 * LATER)
    assert session.scalars(select(ThemeWord.key)).all() == []


def test_a_word_that_fewer_than_three_texts_say_is_not_kept(session, round_id, run_id, now):
    for number in range(3):
        send(session, round_id, now, f"Rob masuk rumah, pompa zamrudin mati {'safirudin' if number else ''}")
    again, result = claimed(session, round_id, now + LATER)
    readings.store(session, again, result, now=now + LATER, big=97)
    said = set(result.readings.matcher.columns)
    keys = set(session.scalars(select(ThemeWord.key)))
    assert any("safirudin" in key for key in said) and not any("safirudin" in key for key in keys)


def test_a_proposed_theme_goes_on_and_a_cold_fit_begins_anew(session, round_id, run_id, now):
    theme = Theme(code="M-lama", label_id="Lama", state=ThemeState.PROPOSED, is_machine_made=True, changed_at=now)
    session.add(theme)
    session.flush()
    rows = session.scalars(select(Reading).limit(9)).all()
    for row in rows:
        row.theme_id = theme.id
    session.flush()
    material = materials.gather(session, round_id)
    assert material.previous == {f"{row.point_id:09d}": "M-lama" for row in rows}
    assert material.size == 98 == len(list(material.texts))
    assert [text.id for text in material.texts] == sorted(text.id for text in material.texts)
    cold = readings.analyse(material, is_cold=True)
    assert "M-lama" not in {found.id for found in cold.themes}
