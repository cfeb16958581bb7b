"""Objections: to a public answer, in its time, by its sender; what is not settled is printed once it was read."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import Event, Objection, Submission
from models.vocabulary import ObjectionState, SubmissionState
from services import objections
from services.errors import NotFound, NotThisState, ReplyOver, Unexplained
from tests.services import decided, factories

TEXT = "Jadwal jaga saja tidak cukup, pompanya harus diganti."
ANSWER = "Penggantian pompa diajukan untuk anggaran tahun depan."


@pytest.fixture
def actor(session):
    return factories.person(session, "Fulan").id


@pytest.fixture
def point(session, round_id, run_id):
    """A point whose theme was answered in a release."""
    theme_id, points = decided.theme_with(session)
    row = decided.decision(session, round_id, theme_id=theme_id)
    decided.response(session, row, release=decided.release(session, round_id))
    return points[0]


def settle(session, made, actor, now, state=ObjectionState.DISSENT, public_text="Pompanya harus diganti.", **more):
    told = {"answer": ANSWER, "public_text": public_text} | more
    objections.settle(session, made, state=state, actor_id=actor, now=now, **told)


def test_a_sender_objects_and_may_write_it_anew_until_the_team_answers(session, point, actor, now):
    made = objections.object_to(session, point, TEXT, now=now)
    assert objections.object_to(session, point, TEXT + " Segera.", now=now) == made
    assert objections.of_points(session, [point])[point].text.endswith("Segera.")
    assert session.scalar(select(func.count(Objection.id))) == 1
    settle(session, made, actor, now)
    with pytest.raises(NotThisState):
        objections.object_to(session, point, TEXT, now=now)


def test_until_the_last_moment_and_not_one_after_it(session, point, now):
    last = now + timedelta(days=14)
    with pytest.raises(ReplyOver):
        objections.object_to(session, point, TEXT, now=last + timedelta(seconds=1))
    assert objections.object_to(session, point, TEXT, now=last)


def test_before_it_is_public_there_is_nothing_to_object_to(session, round_id, run_id, now):
    theme_id, points = decided.theme_with(session)
    row = decided.decision(session, round_id, theme_id=theme_id)
    told = decided.response(session, row)
    with pytest.raises(NotFound):
        objections.object_to(session, points[0], TEXT, now=now)
    told.release_id = decided.release(session, round_id, publish_at=now + timedelta(days=1)).id
    session.flush()
    with pytest.raises(NotFound):
        objections.object_to(session, points[0], TEXT, now=now)


@pytest.mark.parametrize("state", [SubmissionState.WITHDRAWN, SubmissionState.ERASED, SubmissionState.HELD])
def test_what_does_not_stand_any_more_has_no_reply(session, point, now, state):
    session.scalar(select(Submission).where(Submission.points.any(id=point))).state = state
    session.flush()
    with pytest.raises(NotFound):
        objections.object_to(session, point, TEXT, now=now)


def test_a_word_is_no_objection(session, point, now):
    with pytest.raises(Unexplained):
        objections.object_to(session, point, "Tidak.", now=now)
    assert objections.of_points(session, [point]) == {}
    assert objections.object_to(session, point, "Pompanya … harus diganti.", now=now)


def test_a_dissent_is_printed_only_as_far_as_a_person_has_read_it(session, round_id, point, actor, now):
    made = objections.object_to(session, point, TEXT + " HP saya 0812 0000 0000.", now=now)
    assert objections.dissents(session, round_id) == []
    with pytest.raises(Unexplained) as refusal:
        settle(session, made, actor, now, public_text=" ")
    assert set(refusal.value.faults) == {"public_text"}
    settle(session, made, actor, now)
    printed = objections.dissents(session, round_id)
    assert [(case.public_text, case.answer) for case in printed] == [("Pompanya harus diganti.", ANSWER)]
    assert "0812" not in printed[0].text


def test_what_is_settled_is_not_printed_and_needs_an_answer(session, round_id, point, actor, now):
    made = objections.object_to(session, point, TEXT, now=now)
    with pytest.raises(Unexplained):
        settle(session, made, actor, now, ObjectionState.SETTLED, answer="Ya")
    with pytest.raises(NotThisState):
        settle(session, made, actor, now, ObjectionState.OBJECTED)
    settle(session, made, actor, now, ObjectionState.SETTLED, public_text="")
    assert objections.dissents(session, round_id) == []
    assert objections.of_points(session, [point])[point].answer == ANSWER


def test_a_dissent_that_was_withdrawn_is_not_printed(session, round_id, point, actor, now):
    settle(session, objections.object_to(session, point, TEXT, now=now), actor, now)
    session.scalar(select(Submission).where(Submission.points.any(id=point))).state = SubmissionState.WITHDRAWN
    session.flush()
    assert objections.dissents(session, round_id) == []
    assert sum(objections.counts(session, round_id).values()) == 0


def test_the_team_reads_them_by_state_and_the_audit_holds_no_words(session, round_id, point, actor, now):
    made = objections.object_to(session, point, TEXT, now=now)
    assert [case.id for case in objections.page(session, round_id, ObjectionState.OBJECTED)] == [made]
    assert objections.page(session, round_id, ObjectionState.DISSENT) == []
    assert objections.page(session, round_id, after=made) == []
    assert objections.counts(session, round_id) == {"objected": 1, "settled": 0, "dissent": 0}
    settle(session, made, actor, now)
    told = session.scalars(select(Event).where(Event.subject == "objection")).all()
    assert [event.action for event in told] == ["objection.make", "objection.settle"]
    assert TEXT not in str([event.details for event in told]) and ANSWER not in str([e.details for e in told])
    assert objections.one(session, made).state is ObjectionState.DISSENT
    with pytest.raises(NotFound):
        objections.one(session, made + 1)
