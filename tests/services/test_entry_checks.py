"""A tenth of a pile is typed once more; what differs is told, the second text is nowhere."""

import pytest
from sqlalchemy import select

from models import EntryCheck
from models.vocabulary import AgeBand, Channel
from services import entries, entry_checks, erasures, submissions
from services.entry_checks import Difference, Typed
from services.errors import NotFound, NotThisState
from services.submissions import Draft
from tests.services.factories import key, person

TEXT = "Got di depan pasar mampet, airnya masuk warung."


@pytest.fixture
def officer(session):
    return person(session).id


@pytest.fixture
def batch_id(session, officer, now):
    facts = {"channel": Channel.PAPER, "area": None, "expected": 50, "bound_to": None, "is_round_open": True}
    return entries.open_batch(session, officer, now=now, **facts)


def fill(session, batch_id, round_id, now, times):
    for _ in range(times):
        facts = {"condition": 2, "dimension": "ENV", "age_band": AgeBand.TO_40}
        draft = Draft(TEXT, channel=Channel.PAPER, entry_batch_id=batch_id, **facts)
        submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key(), now=now)


def first(items, count):
    return list(items)[:count]


@pytest.mark.parametrize(("forms", "asked"), [(1, 1), (10, 1), (11, 2), (40, 4)])
def test_a_tenth_is_asked_for_and_at_least_one(session, batch_id, round_id, now, forms, asked):
    fill(session, batch_id, round_id, now, forms)
    assert entry_checks.ask(session, batch_id, now=now) == asked
    assert len(set(session.scalars(select(EntryCheck.submission_id)))) == asked


def test_an_empty_pile_is_not_checked_and_none_is_checked_twice(session, batch_id, round_id, now):
    with pytest.raises(NotThisState):
        entry_checks.ask(session, batch_id, now=now)
    fill(session, batch_id, round_id, now, 2)
    entry_checks.ask(session, batch_id, now=now)
    with pytest.raises(NotThisState):
        entry_checks.ask(session, batch_id, now=now)


def differences(session, batch_id):
    return [list(one.differences) for one in entry_checks.checked(session, batch_id) if one.done_at]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, []),
        ({"text": f"  {TEXT}\r\n"}, []),
        ({"text": TEXT.replace("mampet", "mampat")}, [Difference("text", "mampet,", "")]),
        ({"text": TEXT.replace("pasar ", "")}, [Difference("text", "pasar", "")]),
        ({"text": TEXT + " Tiap hari."}, [Difference("text", "…", "")]),
        ({"condition": 3}, [Difference("condition", "2", "3")]),
        (
            {"condition": None, "dimension": None},
            [Difference("dimension", "ENV", ""), Difference("condition", "2", "")],
        ),
        ({"age_band": "60_up"}, [Difference("age_band", "26_40", "60_up")]),
    ],
)
def test_what_differs_is_told_field_by_field_and_word_by_word(session, officer, batch_id, round_id, now, typed, told):
    fill(session, batch_id, round_id, now, 1)
    entry_checks.ask(session, batch_id, now=now)
    asked = entry_checks.next_asked(session, officer, batch_id)
    same = {"text": TEXT, "condition": 2, "dimension": "ENV", "age_band": "26_40"}
    entry_checks.compare(session, officer, asked.submission_id, Typed(**same | typed), now=now)
    assert differences(session, batch_id) == [told]
    assert entry_checks.next_asked(session, officer, batch_id) is None
    with pytest.raises(NotThisState):
        entry_checks.compare(session, officer, asked.submission_id, Typed(TEXT), now=now)


def test_a_form_of_anothers_pile_is_not_there(session, officer, batch_id, round_id, now):
    fill(session, batch_id, round_id, now, 1)
    entry_checks.ask(session, batch_id, now=now)
    other = person(session).id
    assert entry_checks.next_asked(session, other, batch_id) is None
    asked = entry_checks.next_asked(session, officer, batch_id)
    with pytest.raises(NotFound):
        entry_checks.compare(session, other, asked.submission_id, Typed(TEXT), now=now)


def test_after_erasure_nothing_of_the_words_is_left_in_the_check(session, officer, batch_id, round_id, now):
    fill(session, batch_id, round_id, now, 1)
    entry_checks.ask(session, batch_id, now=now)
    asked = entry_checks.next_asked(session, officer, batch_id)
    entry_checks.compare(session, officer, asked.submission_id, Typed("Kalimat kedua yang lain."), now=now)
    kept = str(session.scalars(select(EntryCheck.differences)).one())
    assert "kedua" not in kept and "mampet" not in kept
    erasures.erase(session, asked.submission_id, now=now)
    assert entry_checks.checked(session, batch_id) == []
