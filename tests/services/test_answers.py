"""Answers: what counts of a point, for the team and for the public."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from models import Agency, Programme, Reading, Round, Theme
from models.vocabulary import DecisionCode, DecisionState, ReasonCode, ThemeState
from services import answers
from tests.services import decided


@contextmanager
def counted(session):
    """The statements of a block."""
    told = []

    def note(_connection, _cursor, statement, *_rest):
        told.append(statement)

    event.listen(session.connection(), "before_cursor_execute", note)
    yield told
    event.remove(session.connection(), "before_cursor_execute", note)


def test_a_point_takes_its_own_decision_before_its_groups_and_its_themes(session, round_id, run_id, now):
    theme_id, (first, second, third, *_) = decided.theme_with(session, 4)
    for point_id in (first, second):
        session.get(Reading, point_id).duplicate_group = "kembar"
    on_theme = decided.decision(session, round_id, theme_id=theme_id)
    on_group = decided.decision(session, round_id, duplicate_group="kembar")
    own = decided.decision(session, round_id, point_id=first)
    found = answers.of_points(session, [first, second, third], now=now)
    assert {i: a.decision_id for i, a in found.items()} == {first: own.id, second: on_group.id, third: on_theme.id}
    assert [found[i].by for i in (first, second, third)] == ["point", "group", "theme"]


def test_a_point_without_any_decision_has_no_answer(session, round_id, run_id, now):
    theme_id, points = decided.theme_with(session)
    outside = session.scalar(select(Reading.point_id).where(Reading.theme_id != theme_id).limit(1))
    decided.decision(session, round_id, theme_id=theme_id)
    assert outside not in answers.of_points(session, [*points, outside], now=now)
    assert answers.of_points(session, [], now=now) == {}


@pytest.mark.parametrize(
    ("state", "counts"),
    [
        (DecisionState.DRAFTED, False),
        (DecisionState.AWAITING, True),
        (DecisionState.RETURNED, True),
        (DecisionState.REPLACED, False),
    ],
)
def test_what_is_not_put_forward_decides_nothing(session, round_id, run_id, now, state, counts):
    theme_id, points = decided.theme_with(session)
    decided.decision(session, round_id, theme_id=theme_id, state=state, confirmed_at=None)
    assert bool(answers.of_points(session, points, now=now)) is counts


def test_a_decision_of_another_round_does_not_answer(session, round_id, run_id, now):
    theme_id, points = decided.theme_with(session)
    here = session.get_one(Round, round_id)
    values = {c.name: getattr(here, c.name) for c in Round.__table__.columns if c.name != "id"}
    there = Round(**values | {"code": "lain"})
    session.add(there)
    session.flush()
    decided.decision(session, there.id, theme_id=theme_id)
    assert answers.of_points(session, points, now=now) == {}
    assert answers.of_themes(session, round_id, now=now) == {}
    assert list(answers.of_themes(session, there.id, now=now)) == [theme_id]


def test_the_facts_come_in_the_readers_language(session, round_id, run_id, now):
    theme_id, points = decided.theme_with(session)
    agency = session.scalars(select(Agency)).first()
    session.add(Programme(code="P-1", name="Program pompa", agency=agency.code))
    session.flush()
    row = decided.decision(
        session,
        round_id,
        theme_id=theme_id,
        code=DecisionCode.DEFERRED,
        reason_code=ReasonCode.BUDGET,
        deferred_to="2028",
        programme="P-1",
        lead_agency=agency.code,
    )
    decided.response(session, row, is_ready=False)
    answer = answers.of_points(session, points[:1], now=now, lang="en")[points[0]]
    assert (answer.label, answer.reason_label) == ("Deferred", "Budget")
    assert (answer.programme_name, answer.lead_agency_name) == ("Program pompa", agency.name)
    assert answer.response == "A rota of the pumps is in."
    assert answer.is_ready is False
    assert answers.of_points(session, points[:1], now=now, lang="jv")[points[0]].response.startswith("Jadwal jaga")


def test_the_public_sees_nothing_before_the_release_and_its_moment(session, round_id, run_id, now):
    theme_id, points = decided.theme_with(session)
    row = decided.decision(session, round_id, theme_id=theme_id)
    told = decided.response(session, row)

    def seen(at):
        return answers.of_points(session, points, now=at, is_published=True)

    assert seen(now) == {}
    prepared = decided.release(session, round_id, is_out=False)
    told.release_id = prepared.id
    assert seen(now) == {}
    told.release_id = decided.release(session, round_id, number=2, publish_at=now + timedelta(days=1)).id
    assert seen(now) == {}
    assert answers.of_themes(session, round_id, now=now, is_published=True) == {}
    later = seen(now + timedelta(days=1))
    assert set(later) == set(points)
    assert later[points[0]].released_at == now + timedelta(days=1)
    assert answers.of_points(session, points, now=now)[points[0]].released_at is None


def test_what_was_published_stands_until_what_replaces_it_is_published(session, round_id, run_id, now):
    theme_id, points = decided.theme_with(session)
    old = decided.decision(session, round_id, theme_id=theme_id)
    decided.response(session, old, release=decided.release(session, round_id))
    old.state = DecisionState.REPLACED
    session.flush()
    new = decided.decision(session, round_id, theme_id=theme_id, code=DecisionCode.NOTED, replaces_id=old.id)
    told = decided.response(session, new)
    assert answers.of_points(session, points, now=now, is_published=True)[points[0]].decision_id == old.id
    assert answers.of_points(session, points, now=now)[points[0]].decision_id == new.id
    told.release_id = decided.release(session, round_id, number=2).id
    assert answers.of_points(session, points, now=now, is_published=True)[points[0]].decision_id == new.id


def test_an_answer_that_was_given_stays_with_the_point_when_it_moves(session, round_id, run_id, now):
    theme_id, points = decided.theme_with(session)
    row = decided.decision(session, round_id, theme_id=theme_id)
    let_go = decided.release(session, round_id)
    told = decided.response(session, row, release=let_go)
    other = session.scalar(select(Theme.id).where(Theme.id != theme_id))
    session.get(Reading, points[0]).theme_id = other
    session.flush()
    assert points[0] not in answers.of_points(session, points, now=now, is_published=True)
    decided.give(session, points, told, let_go)
    assert answers.of_points(session, points, now=now, is_published=True)[points[0]].decision_id == row.id
    assert points[0] not in answers.of_points(session, points, now=now)


def test_a_theme_that_was_merged_keeps_its_decision_until_the_whole_is_decided(session, round_id, run_id, now):
    theme_id, points = decided.theme_with(session)
    other = session.scalar(select(Theme.id).where(Theme.id != theme_id))
    small = decided.decision(session, round_id, theme_id=theme_id)
    for point_id in points:
        reading = session.get(Reading, point_id)
        reading.theme_id, reading.merged_from_id = other, theme_id
    theme = session.get(Theme, theme_id)
    theme.state, theme.merged_into = ThemeState.MERGED, other
    session.flush()
    assert answers.of_points(session, points, now=now)[points[0]].decision_id == small.id
    whole = decided.decision(session, round_id, theme_id=other)
    assert answers.of_points(session, points, now=now)[points[0]].decision_id == whole.id


def test_however_many_points_it_takes_two_statements(session, round_id, run_id, now):
    theme_id, _ = decided.theme_with(session)
    every = list(session.scalars(select(Reading.point_id)))
    decided.decision(session, round_id, theme_id=theme_id)
    for is_published in (False, True):
        with counted(session) as few:
            answers.of_points(session, every[:1], now=now, is_published=is_published)
        with counted(session) as many:
            answers.of_points(session, every + list(range(10_000, 110_000)), now=now, is_published=is_published)
        assert len(few) <= len(many) <= 2
