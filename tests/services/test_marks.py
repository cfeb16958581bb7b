"""Marks: people's word on where a point belongs is kept apart, has a history, and no run overwrites it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import Event, Finding, Mark, Point, Reading, Run, Theme
from models.vocabulary import MarkKind, RunState, ThemeState
from services import erasures, marks, materials, plans, readings, runs
from services.errors import NotFound, NotThisState
from tests.services.conftest import ROOT, read
from tests.services.factories import person

LATER = timedelta(minutes=1)


@pytest.fixture
def actor(session):
    return person(session, "Fulanah").id


@pytest.fixture
def crowded(session, run_id):
    """The theme with the most points, and their ids."""
    theme_id = session.scalar(select(Finding.theme_id).order_by(Finding.received.desc(), Finding.theme_id).limit(1))
    return theme_id, points_of(session, theme_id)


def points_of(session, theme_id):
    return list(
        session.scalars(select(Reading.point_id).where(Reading.theme_id == theme_id).order_by(Reading.point_id))
    )


def other_than(session, theme_id):
    return session.scalar(
        select(Finding.theme_id).where(Finding.theme_id != theme_id).order_by(Finding.received.desc()).limit(1)
    )


def reading(session, point_id):
    session.expire_all()
    return session.get_one(Reading, point_id)


def counts(session, run_id, theme_id):
    found = session.get(Finding, (run_id, theme_id))
    return found and (found.received, found.distinct_texts, found.people_min, found.people_max, found.groups)


def test_a_moved_point_stands_there_at_once_and_both_themes_are_counted_anew(session, run_id, crowded, actor, now):
    theme_id, points = crowded
    target, total = other_than(session, theme_id), sum(session.scalars(select(Finding.received)))
    before = session.get(Finding, (run_id, target)).received
    assert marks.move(session, points[:2], target, actor_id=actor, now=now, reason="salah baca") == 2
    assert {reading(session, n).theme_id for n in points[:2]} == {target}
    assert reading(session, points[0]).margin == marks.PINNED
    assert session.get(Finding, (run_id, theme_id)).received == len(points) - 2
    assert session.get(Finding, (run_id, target)).received == before + 2
    assert sum(session.scalars(select(Finding.received))) == total


def test_counting_anew_says_what_the_engine_says(session, round_id, run_id, crowded, actor, now):
    theme_id, points = crowded
    target = other_than(session, theme_id)
    marks.move(session, points[:3], target, actor_id=actor, now=now + LATER)
    shown = {number: counts(session, run_id, number) for number in (theme_id, target)}
    stance = {number: session.get(Finding, (run_id, number)).stance for number in (theme_id, target)}
    every = session.scalars(select(Reading.point_id).where(Reading.theme_id.is_not(None))).all()
    marks.pin(session, every, actor_id=actor, now=now + LATER)
    again = read(session, round_id, now + 2 * LATER)
    assert again != run_id
    assert {number: counts(session, again, number) for number in (theme_id, target)} == shown
    assert {number: session.get(Finding, (again, number)).stance for number in (theme_id, target)} == stance


def test_a_run_keeps_to_what_people_said(session, round_id, crowded, actor, now):
    theme_id, points = crowded
    target = other_than(session, theme_id)
    marks.move(session, points[:1], target, actor_id=actor, now=now + LATER)
    run_id = read(session, round_id, now + 2 * LATER)
    assert reading(session, points[0]).theme_id == target
    assert reading(session, points[0]).run_id == run_id
    assert reading(session, points[1]).theme_id == theme_id


def test_a_mark_that_comes_while_a_run_is_on_is_not_overwritten_by_it(session, round_id, crowded, actor, now):
    theme_id, points = crowded
    target = other_than(session, theme_id)
    marks.move(session, points[-1:], theme_id, actor_id=actor, now=now + LATER)
    run_id = runs.claim(session, round_id, now=now + 2 * LATER)
    result = readings.analyse(materials.gather(session, round_id))
    marks.move(session, points[:1], target, actor_id=actor, now=now + 3 * LATER)
    readings.store(session, run_id, result, now=now + 4 * LATER)
    assert reading(session, points[0]).theme_id == target
    assert runs.waiting(session, now=now + 5 * LATER) == [round_id], "the next run counts it"


def test_a_mark_asks_for_a_run_and_without_one_nothing_is_due(session, round_id, crowded, actor, now):
    assert not runs.is_due(session, round_id, now=now + LATER)
    marks.pin(session, crowded[1][:1], actor_id=actor, now=now + LATER)
    assert runs.is_due(session, round_id, now=now + LATER)


def test_a_point_given_back_is_read_by_its_words_again(session, round_id, crowded, actor, now):
    theme_id, points = crowded
    target = other_than(session, theme_id)
    marks.move(session, points[:1], target, actor_id=actor, now=now + LATER)
    marks.unpin(session, points[:1], actor_id=actor, now=now + 2 * LATER)
    assert marks.pinned(session, points) == {}
    read(session, round_id, now + 3 * LATER)
    assert reading(session, points[0]).theme_id == theme_id
    with pytest.raises(NotThisState):
        marks.unpin(session, points[:1], actor_id=actor, now=now + 4 * LATER)


def test_the_history_tells_every_mark_the_newest_first(session, crowded, actor, now):
    theme_id, points = crowded
    target = other_than(session, theme_id)
    marks.pin(session, points[:1], actor_id=actor, now=now)
    marks.move(session, points[:1], target, actor_id=actor, now=now + LATER, reason=" lebih cocok ")
    marks.unpin(session, points[:1], actor_id=actor, now=now + 2 * LATER)
    told = marks.history(session, points[0])
    assert [fact.kind for fact in told] == [MarkKind.RELEASE, MarkKind.MOVE, MarkKind.PIN]
    assert told[1].theme == session.get_one(Theme, target).name and told[1].reason == "lebih cocok"
    assert told[0].theme == "" and {fact.by for fact in told} == {"Fulanah"}
    assert marks.history(session, points[0], "en")[2].label == "Pinned"
    actions = session.scalars(select(Event.action).where(Event.subject == "point")).all()
    assert actions == ["mark.pin", "mark.move", "mark.release"]


def test_of_many_points_all_are_moved_or_none(session, crowded, actor, now):
    theme_id, points = crowded
    target = other_than(session, theme_id)
    with pytest.raises(NotFound):
        marks.move(session, [*points, 10**9], target, actor_id=actor, now=now)
    assert session.scalar(select(func.count(Mark.id))) == 0
    assert marks.move(session, points, target, actor_id=actor, now=now) == len(points)
    assert session.get(Finding, (session.scalar(select(func.max(Run.id))), theme_id)) is None, "nothing is left in it"


@pytest.mark.parametrize("state", [ThemeState.REFUSED, ThemeState.RETIRED])
def test_nothing_is_moved_into_a_theme_that_is_not_alive(session, crowded, actor, now, state):
    target = other_than(session, crowded[0])
    session.get_one(Theme, target).state = state
    with pytest.raises(NotThisState):
        marks.move(session, crowded[1][:1], target, actor_id=actor, now=now)
    with pytest.raises(NotFound):
        marks.move(session, crowded[1][:1], 10**9, actor_id=actor, now=now)


def test_a_point_that_stands_nowhere_cannot_be_pinned_but_moved(session, run_id, crowded, actor, now):
    theme_id, points = crowded
    lost = session.get_one(Reading, points[0])
    lost.theme_id, lost.theme_reason = None, "no_shared_words"
    session.get_one(Run, run_id).unplaced += 1
    session.flush()
    unplaced = session.get_one(Run, run_id).unplaced
    with pytest.raises(NotThisState):
        marks.pin(session, points[:2], actor_id=actor, now=now)
    marks.move(session, points[:1], theme_id, actor_id=actor, now=now)
    assert reading(session, points[0]).theme_reason is None
    assert session.get_one(Run, run_id).unplaced == unplaced - 1


def test_forgetting_a_point_drops_its_marks(session, crowded, actor, now):
    points = crowded[1]
    marks.pin(session, points, actor_id=actor, now=now)
    owner = session.get_one(Point, points[0]).submission_id
    erasures.erase(session, owner, now=now + LATER)
    left = session.scalars(select(Mark.point_id).order_by(Mark.point_id)).all()
    assert points[0] not in left and len(left) >= len(points) - 1


def test_a_split_makes_a_theme_of_chosen_points_that_every_run_keeps(session, round_id, crowded, actor, now):
    theme_id, points = crowded
    made = marks.split(session, theme_id, points[:2], "Tema pecahan", actor_id=actor, now=now + LATER)
    theme = session.get_one(Theme, made)
    assert (theme.state, theme.made_by, theme.is_machine_made) == (ThemeState.ACTIVE, actor, False)
    assert points_of(session, made) == points[:2]
    again = read(session, round_id, now + 2 * LATER)
    assert set(points_of(session, made)) >= set(points[:2])
    assert session.get(Finding, (again, made)).position is not None, "it has a place like any other"
    plans.load(session, ROOT / "plan", now=now + 3 * LATER)
    assert theme.state is ThemeState.ACTIVE, "the plan's folder does not know it and leaves it alone"
    assert session.scalars(select(Event.action).where(Event.subject == "theme")).all() == ["theme.split"]


def test_a_split_needs_a_free_name_some_points_and_leaves_some(session, crowded, actor, now):
    theme_id, points = crowded
    stranger = points_of(session, other_than(session, theme_id))[0]
    taken = session.get_one(Theme, other_than(session, theme_id)).name.upper()
    for chosen, name in (
        (points, "Tema pecahan"),
        ([], "Tema pecahan"),
        ([points[0], stranger], "Tema pecahan"),
        (points[:1], taken),
        (points[:1], "  "),
    ):
        with pytest.raises(NotThisState):
            marks.split(session, theme_id, chosen, name, actor_id=actor, now=now)
    assert session.scalar(select(func.count(Theme.id)).where(Theme.made_by.is_not(None))) == 0


def test_a_failed_run_changes_no_mark(session, round_id, crowded, actor, now):
    marks.pin(session, crowded[1][:1], actor_id=actor, now=now + LATER)
    run_id = runs.claim(session, round_id, now=now + 2 * LATER)
    runs.release(session)
    assert session.get_one(Run, run_id).state is RunState.FAILED
    assert marks.pinned(session, round_id=round_id) == {crowded[1][0]: crowded[0]}
