"""Decisions: one for each target, nothing written over that somebody confirmed, unknown things named."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from models import Decision, Event, Reading, Response, Submission, Theme
from models.vocabulary import DecisionCode, DecisionState, ReasonCode, SubmissionState, ThemeState
from services import confirmations, decisions
from services.decisions import Target
from services.errors import AlreadyDecided, NotFound, NotThisState, Unexplained
from services.explanations import Ruling
from tests.services import decided, factories

WHY = "Dana untuk pompa baru baru ada mulai tahun 2028."
NOTED = Ruling(code=DecisionCode.NOTED, reason="Dukungan ini kami catat dengan terima kasih.")
REFUSED = Ruling(code=DecisionCode.NOT_ACCEPTED, reason_code=ReasonCode.AUTHORITY, reason=WHY)
DRAFT = "[P-A-01] Pompa dijaga bergilir setiap musim hujan."


@pytest.fixture
def maker(session):
    return factories.person(session, "Fulan").id


@pytest.fixture
def second(session):
    return factories.person(session, "Fulanah").id


@pytest.fixture
def theme(session, run_id):
    return decided.theme_with(session)


def decide(session, round_id, target, ruling=NOTED, *, actor_id, now, **more):
    return session.get(
        Decision, decisions.decide(session, round_id, [target], ruling, actor_id=actor_id, now=now, **more)[0]
    )


def test_what_refuses_nobody_anything_stands_at_once(session, round_id, theme, maker, now):
    row = decide(session, round_id, Target("theme", theme[0]), actor_id=maker, now=now)
    assert (row.state, row.confirmed_by, row.confirmed_at) == (DecisionState.CONFIRMED, maker, now)


@pytest.mark.parametrize("code", [DecisionCode.NOT_ACCEPTED, DecisionCode.OUT_OF_SCOPE])
def test_what_refuses_awaits_a_second_person(session, round_id, theme, maker, now, code):
    ruling = Ruling(code=code, reason_code=ReasonCode.SCOPE, reason=WHY)
    row = decide(session, round_id, Target("theme", theme[0]), ruling, actor_id=maker, now=now)
    assert (row.state, row.confirmed_by) == (DecisionState.AWAITING, None)


def test_several_points_at_once_are_one_decision_each(session, round_id, theme, maker, now):
    targets = [Target("point", point_id) for point_id in theme[1][:2]]
    made = decisions.decide(session, round_id, targets, NOTED, actor_id=maker, now=now)
    assert [session.get(Decision, i).point_id for i in made] == theme[1][:2]


def test_a_group_of_equal_texts_is_decided_once(session, round_id, theme, maker, now):
    session.get(Reading, theme[1][0]).duplicate_group = "kembar"
    session.flush()
    row = decide(session, round_id, Target("group", "kembar"), actor_id=maker, now=now)
    assert decisions.target_of(row) == Target("group", "kembar")


@pytest.mark.parametrize("target", [Target("theme", 10**6), Target("point", 10**6), Target("group", "tiada")])
def test_what_is_not_there_cannot_be_decided(session, round_id, theme, maker, now, target):
    with pytest.raises(NotFound):
        decide(session, round_id, target, actor_id=maker, now=now)


def test_a_point_that_was_withdrawn_or_is_of_another_round_is_not_there(session, round_id, theme, maker, now):
    target = Target("point", theme[1][0])
    with pytest.raises(NotFound):
        decide(session, round_id + 1, target, actor_id=maker, now=now)
    session.scalar(select(Submission).where(Submission.points.any(id=target.key))).state = SubmissionState.WITHDRAWN
    with pytest.raises(NotFound):
        decide(session, round_id, target, actor_id=maker, now=now)


def test_a_refused_theme_is_not_there(session, round_id, theme, maker, now):
    session.get(Theme, theme[0]).state = ThemeState.REFUSED
    with pytest.raises(NotFound):
        decide(session, round_id, Target("theme", theme[0]), actor_id=maker, now=now)


def test_what_is_not_explained_is_not_kept_and_a_draft_may_be_unfinished(session, round_id, theme, maker, now):
    bare, target = Ruling(code=DecisionCode.DEFERRED), Target("theme", theme[0])
    with pytest.raises(Unexplained) as refusal:
        decide(session, round_id, target, bare, actor_id=maker, now=now)
    assert set(refusal.value.faults) == {"reason", "reason_code", "deferred_to"}
    assert session.scalar(select(Decision.id)) is None
    row = decide(session, round_id, target, bare, actor_id=maker, now=now, is_draft=True)
    assert row.state is DecisionState.DRAFTED


def test_a_paragraph_is_found_in_the_newest_draft_and_brings_its_text(session, round_id, theme, maker, now):
    factories.draft(session, DRAFT)
    ruling = Ruling(
        code=DecisionCode.ACCEPTED,
        reason="Pompa memang sering mati di malam hari.",
        change="Jadwal jaga ditulis.",
        paragraph="P-A-01",
        text_after="Pompa dijaga bergilir setiap malam.",
    )
    row = decide(session, round_id, Target("theme", theme[0]), ruling, actor_id=maker, now=now)
    assert row.paragraph_mark == "P-A-01" and row.paragraph_id is not None
    assert row.text_before.startswith("Pompa dijaga bergilir setiap musim hujan")
    with pytest.raises(Unexplained) as refusal:
        unknown = Ruling(
            code=DecisionCode.ALREADY_COVERED, reason=WHY, paragraph="IX.9", programme="P-X", lead_agency="?"
        )
        decide(session, round_id, Target("theme", theme[0]), unknown, actor_id=maker, now=now)
    assert set(refusal.value.faults) == {"paragraph", "programme", "lead_agency"}


def test_ones_own_that_is_not_confirmed_is_changed_in_place_and_its_text_signed_no_more(
    session, round_id, theme, maker, now
):
    target = Target("theme", theme[0])
    row = decide(session, round_id, target, REFUSED, actor_id=maker, now=now)
    told = decided.response(session, row)
    again = decide(session, round_id, target, REFUSED, actor_id=maker, now=now + timedelta(minutes=1))
    assert again.id == row.id
    assert session.get(Response, told.id).ready_at is None


def test_what_somebody_else_wrote_is_replaced_and_stays_readable(session, round_id, theme, maker, second, now):
    target = Target("theme", theme[0])
    old = decide(session, round_id, target, REFUSED, actor_id=maker, now=now)
    new = decide(session, round_id, target, NOTED, actor_id=second, now=now)
    assert (old.state, old.reason, new.replaces_id) == (DecisionState.REPLACED, WHY, old.id)
    assert decisions.living(session, round_id, target).id == new.id


def test_what_is_confirmed_is_replaced_also_by_its_own_author(session, round_id, theme, maker, now):
    target = Target("theme", theme[0])
    old = decide(session, round_id, target, actor_id=maker, now=now)
    new = decide(session, round_id, target, REFUSED, actor_id=maker, now=now)
    assert (old.state, new.replaces_id, new.state) == (DecisionState.REPLACED, old.id, DecisionState.AWAITING)


def test_a_draft_does_not_take_the_place_of_what_stands(session, round_id, theme, maker, now):
    target = Target("theme", theme[0])
    old = decide(session, round_id, target, actor_id=maker, now=now)
    with pytest.raises(NotThisState):
        decide(session, round_id, target, actor_id=maker, now=now, is_draft=True)
    assert old.state is DecisionState.CONFIRMED


def test_two_who_decide_at_once_do_not_write_over_each_other(session, round_id, theme, maker, second, now):
    target = Target("theme", theme[0])
    row = decide(session, round_id, target, actor_id=maker, now=now, seen={target: ""})
    with pytest.raises(AlreadyDecided):
        decide(session, round_id, target, actor_id=second, now=now, seen={target: ""})
    later = decide(session, round_id, target, actor_id=second, now=now, seen={target: decisions.stamp(row)})
    assert later.replaces_id == row.id


def test_what_was_taken_back_lets_the_confirmed_one_stand_again(session, round_id, theme, maker, second, now):
    target = Target("theme", theme[0])
    old = decide(session, round_id, target, actor_id=maker, now=now)
    new = decide(session, round_id, target, REFUSED, actor_id=second, now=now)
    with pytest.raises(NotThisState):
        confirmations.take_back(session, new.id, actor_id=maker, now=now)
    confirmations.take_back(session, new.id, actor_id=second, now=now)
    assert (old.state, new.state) == (DecisionState.CONFIRMED, DecisionState.REPLACED)
    with pytest.raises(NotThisState):
        confirmations.take_back(session, old.id, actor_id=maker, now=now)


def test_a_draft_in_which_nothing_was_said_is_replaced_or_taken_back_too(session, round_id, theme, maker, second, now):
    bare, target = Ruling(code=DecisionCode.DEFERRED), Target("theme", theme[0])
    draft = decide(session, round_id, target, bare, actor_id=maker, now=now, is_draft=True)
    new = decide(session, round_id, target, actor_id=second, now=now)
    assert (draft.state, new.replaces_id) == (DecisionState.REPLACED, draft.id)
    own = decide(session, round_id, Target("point", theme[1][0]), bare, actor_id=maker, now=now, is_draft=True)
    confirmations.take_back(session, own.id, actor_id=maker, now=now)
    assert own.state is DecisionState.REPLACED and own.reason


def test_the_audit_holds_codes_and_no_words(session, round_id, theme, maker, now):
    target = Target("theme", theme[0])
    decide(session, round_id, target, REFUSED, actor_id=maker, now=now)
    decide(session, round_id, target, NOTED, actor_id=maker, now=now)
    told = session.scalars(select(Event).where(Event.subject == "decision").order_by(Event.id)).all()
    assert [event.action for event in told] == ["decision.make", "decision.change"]
    assert told[0].details["new"]["code"] == "not_accepted" and told[0].details["why"] == "authority"
    assert told[1].details["old"]["code"] == "not_accepted" and told[1].details["new"]["code"] == "noted"
    assert WHY not in str([event.details for event in told])


def test_the_database_itself_refuses_a_refusal_by_one(session, round_id, theme, maker, now):
    refused = {"theme_id": theme[0], "code": DecisionCode.NOT_ACCEPTED, "confirmed_by": maker}
    with pytest.raises(IntegrityError, match="refusal_by_two"):
        decided.decision(session, round_id, made_by=maker, **refused)


def test_the_database_itself_keeps_one_living_decision_and_one_target(session, round_id, theme, maker, now):
    decided.decision(session, round_id, theme_id=theme[0])
    with pytest.raises(IntegrityError), session.begin_nested():
        decided.decision(session, round_id, theme_id=theme[0])
    with pytest.raises(IntegrityError, match="one_target"), session.begin_nested():
        decided.decision(session, round_id, theme_id=theme[0], point_id=theme[1][0])
    with pytest.raises(IntegrityError, match="reason_is_written"), session.begin_nested():
        decided.decision(session, round_id, point_id=theme[1][0], reason="")
    assert decided.decision(session, round_id, point_id=theme[1][0], due_on=date(2027, 1, 1)).id
