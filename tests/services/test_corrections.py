"""Corrections: what was mistyped is put right, read again, and told in the audit without its words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from models import EntryCheck, Event, Finding, Point, Reading, Round, Submission
from models.vocabulary import AgeBand, Channel, Gender, SubmissionState, Visibility
from services import corrections, entries, erasures, runs, submissions
from services.errors import NotFound, NotThisState, RoundClosed
from tests.services.conftest import read
from tests.services.factories import key, person

KEY = b"kunci-situs"
MISTYPED = "Got di depan pasar mampet zubrowka"
RIGHT = "Got di depan pasar mampet tiap hujan"


@pytest.fixture
def officer(session):
    return person(session, "Petugas")


@pytest.fixture
def pile(session, officer, now):
    facts = {"channel": Channel.PAPER, "area": None, "expected": 9, "bound_to": None, "is_round_open": True}
    return entries.open_batch(session, officer.id, now=now, **facts)


@pytest.fixture
def form(session, pile, round_id, now):
    """One form of the pile, typed and read."""
    draft = submissions.Draft(
        MISTYPED, dimension="DIS", condition=1, channel=Channel.PAPER, entry_batch_id=pile, visibility=Visibility.NAMED
    )
    sent = submissions.receive(session, draft, round_id=round_id, prefix="PKL", key=key(), now=now)
    read(session, round_id, now + timedelta(minutes=1))
    return sent.submission_id


@pytest.fixture
def correct(session, pile, form, officer, now):
    """Change some of what was typed; returns what changed."""

    def correct(**more):
        _listed, said = corrections.one(session, pile, form)
        at = now + timedelta(minutes=2)
        return corrections.correct(session, pile, form, replace(said, **more), key=KEY, actor_id=officer.id, now=at)

    return correct


def trace(session):
    return session.scalars(select(Event).where(Event.action == "submission.retype")).one()


def test_the_words_are_put_right_and_the_old_ones_are_nowhere(session, form, round_id, correct, now):
    assert correct(text=f" {RIGHT} ") == ("text",)
    row = session.get_one(Submission, form)
    assert (row.text, row.points[0].text) == (RIGHT, RIGHT)
    session.flush()
    kept = [
        str(tuple(r))
        for t in (Submission, Point, Reading, Finding, Event)
        for r in session.execute(select(t.__table__))
    ]
    assert not any("zubrowka" in one for one in kept)
    assert runs.is_due(session, round_id, now=now)
    read(session, round_id, now + timedelta(minutes=3))
    assert RIGHT in session.scalars(select(Reading.masked_text)).all()


def test_a_changed_field_is_read_again_and_a_topic_of_another_dimension_is_none(session, form, round_id, correct, now):
    session.get_one(Submission, form).points[0].topic = "rob-dan-banjir"
    assert correct(dimension="GOV", gender=Gender.WOMAN) == ("dimension", "gender")
    row = session.get_one(Submission, form)
    assert (row.points[0].dimension, row.points[0].topic, row.gender) == ("GOV", None, Gender.WOMAN)
    assert runs.is_due(session, round_id, now=now)


def test_the_audit_keeps_who_and_keyed_digests_and_no_words(session, form, officer, correct):
    correct(text=RIGHT, condition=4)
    event = trace(session)
    assert (event.actor_id, event.subject, event.subject_id) == (officer.id, "submission", str(form))
    fields = event.details["fields"]
    assert fields.keys() == {"text", "condition"}
    assert all(len(d) == 16 and before != after for before, after in fields.values() for d in (before, after))
    said = str(event.details)
    assert "mampet" not in said
    again = corrections._digest(KEY, form, "text", MISTYPED)
    assert fields["text"][0] == again and corrections._digest(b"kunci lain", form, "text", MISTYPED) != again


def test_what_is_the_same_changes_nothing_and_leaves_no_line(session, round_id, correct, now):
    assert correct() == ()
    assert session.scalars(select(Event).where(Event.action == "submission.retype")).all() == []
    assert not runs.is_due(session, round_id, now=now)


def test_somebody_under_18_is_shown_without_a_name(session, form, correct):
    correct(age_band=AgeBand.UNDER_18)
    assert session.get_one(Submission, form).visibility is Visibility.UNNAMED


def test_what_was_corrected_is_no_difference_of_the_second_typing_any_more(session, form, correct, now):
    differences = [["area", "", "tirto"], ["condition", "1", "2"], ["text", [[5, 6]], ""]]
    session.add(EntryCheck(submission_id=form, asked_at=now, done_at=now, differences=differences))
    session.flush()
    correct(text=RIGHT, condition=2)
    assert session.get_one(EntryCheck, form).differences == [["area", "", "tirto"]]


def test_a_form_of_another_pile_is_not_there(session, form, officer, now):
    facts = {"channel": Channel.PAPER, "area": None, "expected": 9, "bound_to": None, "is_round_open": True}
    other = entries.open_batch(session, officer.id, now=now, **facts)
    with pytest.raises(NotFound):
        corrections.one(session, other, form)
    with pytest.raises(NotFound):
        said = corrections.Typed(RIGHT)
        corrections.correct(session, other, form, said, key=KEY, actor_id=officer.id, now=now)


def test_what_its_sender_took_back_is_listed_and_not_corrected(session, pile, form, correct, now):
    erasures.withdraw(session, form, now=now)
    (listed,) = corrections.listing(session, pile)
    assert not listed.is_standing and session.get_one(Submission, form).state is SubmissionState.WITHDRAWN
    with pytest.raises(NotThisState):
        correct(text=RIGHT)


def test_the_round_of_the_form_counts_and_no_other(session, form, round_id, now):
    corrections.check_round(session, form, now=now)
    session.get_one(Round, round_id).closes_at = now - timedelta(days=1)
    session.flush()
    with pytest.raises(RoundClosed):
        corrections.check_round(session, form, now=now)
