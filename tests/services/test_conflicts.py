"""Conflicts: linked by people, answered together with one explanation, only suggested by the machine."""

import pytest
from sqlalchemy import func, select

from models import Conflict, ConflictPoint, Decision, Event, Programme, Reading, Submission
from models.vocabulary import DecisionCode, DecisionState, ReasonCode, SubmissionState
from services import confirmations, conflicts, decisions
from services.errors import NotFound, NotThisState, SecondPersonNeeded, Unexplained
from services.explanations import Ruling
from tests.services import decided, factories

WHY = "Jalan ini dipakai bergantian karena terlalu sempit untuk keduanya."


@pytest.fixture
def actor(session):
    return factories.person(session, "Fulan").id


@pytest.fixture
def points(session, run_id):
    return decided.theme_with(session, 3)[1][:2]


@pytest.fixture
def conflict_id(session, round_id, points, actor, now):
    session.add(Programme(code="P-1", name="Jalan", agency="dinkominfo"))
    return conflicts.link(session, round_id, points, note="Parkir lawan trotoar", actor_id=actor, now=now)


def test_points_that_are_linked_are_told_with_their_note(session, round_id, points, conflict_id):
    assert conflicts.one(session, conflict_id).point_ids == tuple(points)
    assert [row.note for row in conflicts.page(session, round_id)] == ["Parkir lawan trotoar"]
    assert conflicts.of_points(session, points) == dict.fromkeys(points, conflict_id)
    assert session.scalar(select(Event.action).where(Event.subject == "conflict")) == "conflict.link"


@pytest.mark.parametrize("chosen", [slice(0, 1), slice(0, 0)])
def test_one_point_is_no_conflict(session, round_id, points, actor, now, chosen):
    with pytest.raises(NotThisState):
        conflicts.link(session, round_id, points[chosen], note="", actor_id=actor, now=now)


def test_a_point_stands_in_one_conflict_and_only_a_standing_one_of_the_round(
    session, round_id, points, conflict_id, actor, now
):
    other = session.scalar(select(Reading.point_id).where(Reading.point_id.not_in(points)))
    with pytest.raises(NotThisState):
        conflicts.link(session, round_id, [points[0], other], note="", actor_id=actor, now=now)
    for wrong in ([other, 10**6], [other]):
        with pytest.raises((NotFound, NotThisState)):
            conflicts.link(session, round_id + 1, wrong, note="", actor_id=actor, now=now)
    assert session.scalar(select(func.count(Conflict.id))) == 1


def test_both_sides_are_answered_with_one_reason_and_a_code_each(session, round_id, points, conflict_id, actor, now):
    sides = {points[0]: DecisionCode.ACCEPTED, points[1]: DecisionCode.NOT_ACCEPTED}
    ruling = Ruling(
        code=DecisionCode.NOTED,
        reason_code=ReasonCode.CONFLICT,
        reason=WHY,
        change="Trotoar dilebarkan.",
        programme="P-1",
    )
    made = conflicts.answer(session, conflict_id, sides, ruling, actor_id=actor, now=now)
    rows = [session.get(Decision, decision_id) for decision_id in made]
    assert [(row.code, row.state) for row in rows] == [
        (DecisionCode.ACCEPTED, DecisionState.CONFIRMED),
        (DecisionCode.NOT_ACCEPTED, DecisionState.AWAITING),
    ]
    assert {row.reason for row in rows} == {WHY} and {row.conflict_id for row in rows} == {conflict_id}
    assert rows[0].change and not rows[1].change
    assert conflicts.one(session, conflict_id).decided == 2
    with pytest.raises(SecondPersonNeeded):
        confirmations.confirm(session, {rows[1].id: decisions.stamp(rows[1])}, actor_id=actor, now=now)
    with pytest.raises(NotThisState):
        conflicts.unlink(session, conflict_id, actor_id=actor, now=now)


def test_no_side_is_left_out_and_what_a_side_needs_must_be_said(session, points, conflict_id, actor, now):
    ruling = Ruling(code=DecisionCode.NOTED, reason=WHY)
    with pytest.raises(NotFound):
        conflicts.answer(session, conflict_id, {points[0]: DecisionCode.NOTED}, ruling, actor_id=actor, now=now)
    sides = {points[0]: DecisionCode.ACCEPTED, points[1]: DecisionCode.DEFERRED}
    with pytest.raises(Unexplained) as refusal:
        conflicts.answer(session, conflict_id, sides, ruling, actor_id=actor, now=now)
    assert set(refusal.value.faults) == {"change", "paragraph", "reason_code", "deferred_to"}
    assert session.scalar(select(Decision.id)) is None


def test_a_link_that_was_wrong_is_undone(session, round_id, conflict_id, actor, now):
    conflicts.unlink(session, conflict_id, actor_id=actor, now=now)
    assert conflicts.page(session, round_id) == []
    assert session.scalar(select(func.count()).select_from(ConflictPoint)) == 0
    with pytest.raises(NotFound):
        conflicts.unlink(session, conflict_id, actor_id=actor, now=now)


def test_a_side_that_was_withdrawn_is_neither_shown_nor_answered(session, points, conflict_id, actor, now):
    session.scalar(select(Submission).where(Submission.points.any(id=points[1]))).state = SubmissionState.WITHDRAWN
    assert conflicts.one(session, conflict_id).point_ids == (points[0],)
    ruling = Ruling(code=DecisionCode.NOTED, reason=WHY)
    assert conflicts.answer(session, conflict_id, {points[0]: DecisionCode.NOTED}, ruling, actor_id=actor, now=now)


def test_the_machine_only_suggests_opposites_of_one_theme_with_their_cues(session, round_id, run_id, actor, now):
    theme_id, points = decided.theme_with(session, 3)
    for point_id, types in zip(
        points, ([["objection", ["menolak"]]], [["support", ["setuju", "bagus"]]], [["question", []]]), strict=False
    ):
        session.get(Reading, point_id).types = types
    for point_id in points[3:]:
        session.get(Reading, point_id).types = []
    session.flush()
    found = conflicts.suggestions(session, round_id, theme_id)
    assert [(pair.one.point_id, pair.other.point_id) for pair in found] == [(points[1], points[0])]
    assert (found[0].one.cues, found[0].other.cues) == (("setuju", "bagus"), ("menolak",))
    assert session.scalar(select(Conflict.id)) is None
    conflicts.link(session, round_id, points[:2], note="", actor_id=actor, now=now)
    assert conflicts.suggestions(session, round_id, theme_id) == []
