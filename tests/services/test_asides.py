"""Asides: what says nothing is counted and never read, keeps what was said of it, and comes back whole."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import POINT_SEARCH, Decision, Event, Finding, Mark, Point, Reading, RefusedMatch, Run, Submission, Triage
from models.vocabulary import AsideReason, DecisionCode, DecisionState, RunState, SubmissionState, TriageField
from services import asides, echoes, marks, originals, registers, runs, search, triages
from services.errors import NotFound, NotThisState
from tests.services.conftest import ROOT, read
from tests.services.factories import person

SPAM = AsideReason.SPAM


@pytest.fixture
def desk(session, run_id):
    triages.prepare(session)
    search.index(session)
    session.actor = person(session).id
    return session


def test_it_is_out_of_every_list_and_counted_by_its_reason(desk, round_id, run_id, now):
    theme = desk.get_one(Reading, 1).theme_id
    before = desk.get_one(Finding, (run_id, theme)).received
    assert asides.set_aside(desk, [1], SPAM, actor_id=desk.actor, now=now) == 1
    point = desk.get_one(Point, 1)
    assert (point.submission.state, point.submission.aside_reason) == (SubmissionState.SET_ASIDE, SPAM)
    assert desk.get(Reading, 1) is None
    assert desk.scalar(select(func.count()).select_from(POINT_SEARCH).where(POINT_SEARCH.c.rowid == 1)) == 0
    finding = desk.get(Finding, (run_id, theme))
    assert (finding.received if finding else 0) == before - 1
    assert all(text.point_id != 1 for text in originals.behind(desk)[0])
    counts = triages.counts(desk, round_id)
    assert counts.points == 97 and counts.aside == {"spam": 1}


def test_its_words_stand_in_no_quote_any_more(desk, run_id, now):
    quoted = next(f for f in desk.scalars(select(Finding).where(Finding.run_id == run_id)) if len(f.quotes) > 1)
    point_id = int(quoted.quotes[0]["id"])
    asides.set_aside(desk, [point_id], SPAM, actor_id=desk.actor, now=now)
    assert all(int(quote["id"]) != point_id for quote in quoted.quotes)


def test_it_comes_back_with_what_people_said_of_it(desk, round_id, now):
    triages.mark(desk, [1], TriageField.DIMENSION_FIELD, "GOV", actor_id=desk.actor, now=now)
    marks.pin(desk, [1], actor_id=desk.actor, now=now)
    asides.set_aside(desk, [1], SPAM, actor_id=desk.actor, now=now)
    triages.prepare(desk)
    assert desk.get_one(Triage, 1).is_aside
    asides.restore(desk, [1], actor_id=desk.actor, now=now)
    read(desk, round_id, now)
    triages.prepare(desk)
    row = desk.get_one(Triage, 1)
    assert (row.is_aside, row.dimension) == (False, "GOV") and row.theme_id == desk.get_one(Reading, 1).theme_id
    assert desk.scalars(select(Mark).where(Mark.point_id == 1)).one().theme_id == row.theme_id
    assert desk.get_one(Submission, 1).aside_reason is None


def test_a_run_that_had_gathered_it_is_not_stored(desk, round_id, now):
    desk.get_one(Point, 2).changed_at = now
    run_id = runs.claim(desk, round_id, now=now, is_asked_for=True)
    asides.set_aside(desk, [1], SPAM, actor_id=desk.actor, now=now)
    assert desk.get_one(Run, run_id).state is RunState.FAILED


def test_a_run_is_due_after_it_was_set_aside_and_after_it_came_back(desk, round_id, now):
    assert not runs.is_due(desk, round_id, now=now)
    deeds = (
        lambda at: asides.set_aside(desk, [1], SPAM, actor_id=desk.actor, now=at),
        lambda at: asides.restore(desk, [1], actor_id=desk.actor, now=at),
    )
    for hours, deed in enumerate(deeds, start=1):
        at = now + timedelta(hours=hours)
        deed(at)
        assert runs.is_due(desk, round_id, now=at)
        read(desk, round_id, at + timedelta(minutes=1))


def test_what_it_seemed_to_ask_again_goes_and_is_looked_for_anew(desk, round_id, now):
    registers.import_file(desk, ROOT / "demo" / "refused.csv", now=now)
    echoes.match(desk)
    asked = select(func.count()).select_from(RefusedMatch).where(RefusedMatch.point_id == 1)
    assert desk.scalar(asked) == 1
    asides.set_aside(desk, [1], SPAM, actor_id=desk.actor, now=now)
    assert desk.scalar(asked) == 0 and echoes.match(desk) == 0
    asides.restore(desk, [1], actor_id=desk.actor, now=now)
    read(desk, round_id, now)
    triages.prepare(desk)
    search.index(desk)
    assert echoes.match(desk) == 1 and desk.scalar(asked) == 1


def test_nothing_is_set_aside_or_brought_back_twice(desk, now):
    with pytest.raises(NotThisState):
        asides.restore(desk, [1], actor_id=desk.actor, now=now)
    asides.set_aside(desk, [1], SPAM, actor_id=desk.actor, now=now)
    with pytest.raises(NotThisState):
        asides.set_aside(desk, [1, 2], SPAM, actor_id=desk.actor, now=now)
    assert desk.get_one(Point, 2).submission.state is SubmissionState.RECEIVED


def test_what_is_not_there_is_not_set_aside(desk, now):
    with pytest.raises(NotFound):
        asides.set_aside(desk, [1, 10**9], SPAM, actor_id=desk.actor, now=now)


def test_what_was_decided_on_is_no_spam(desk, round_id, now):
    decided = Decision(
        round_id=round_id,
        point_id=1,
        code=DecisionCode.NOTED,
        reason="Dicatat.",
        state=DecisionState.DRAFTED,
        made_at=now,
        made_by=desk.actor,
    )
    desk.add(decided)
    desk.flush()
    with pytest.raises(NotThisState):
        asides.set_aside(desk, [1], SPAM, actor_id=desk.actor, now=now)


def test_the_audit_knows_who_and_why(desk, now):
    asides.set_aside(desk, [1, 2], AsideReason.TRIAL, actor_id=desk.actor, now=now)
    events = desk.scalars(select(Event).where(Event.action == "submission.aside")).all()
    assert [(e.actor_id, e.details["new"]) for e in events] == [(desk.actor, "trial")] * 2
