"""Divisions and what is unplaced: finer groups are suggested and split by people, new themes are found by them."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select, update

from models import Event, Finding, Point, Reading, Submission, Theme
from models.vocabulary import ThemeState
from services import divisions, erasures, marks, subthemes, unplaced
from services.errors import NotFound, NotThisState
from tests.services.conftest import NOW
from tests.services.factories import person
from tests.services.test_marks import points_of


@dataclass
class Group:
    name: str
    point_ids: tuple[int, ...]
    examples: tuple[int, ...]


@pytest.fixture
def actor(session):
    return person(session, "Fulanah").id


@pytest.fixture
def theme_id(session, run_id):
    return session.scalar(select(Finding.theme_id).order_by(Finding.received.desc(), Finding.theme_id).limit(1))


def lift(session, theme_id):
    """Let the texts of a theme stand in none."""
    points = points_of(session, theme_id)
    session.execute(update(Reading).where(Reading.theme_id == theme_id).values(theme_id=None, theme_reason="uji"))
    session.expire_all()
    return points


def test_whoever_asks_waits_until_the_machine_has_answered(session, theme_id, actor, now):
    assert divisions.facts(session, theme_id) is None
    divisions.ask(session, theme_id, actor_id=actor, now=now)
    assert divisions.waiting(session) == [theme_id] and divisions.facts(session, theme_id).is_waiting
    found = subthemes.finer(session, theme_id)
    divisions.keep(session, theme_id, found, now=now)
    facts = divisions.facts(session, theme_id)
    assert divisions.waiting(session) == [] and not facts.is_waiting and facts.made_at == now
    assert [g.points for g in facts.groups] == [g.received for g in found] and all(g.examples for g in facts.groups)


def test_a_suggested_group_is_split_off_by_a_person(session, theme_id, actor, now):
    points = points_of(session, theme_id)
    divisions.ask(session, theme_id, actor_id=actor, now=now)
    divisions.keep(session, theme_id, [Group("Pompa", tuple(points[:3]), tuple(points[:1]))], now=now)
    chosen = divisions.points_of(session, theme_id, 0)
    made = marks.split(session, theme_id, chosen, "Pompa air", actor_id=actor, now=now)
    assert points_of(session, made) == points[:3]
    assert divisions.facts(session, theme_id).groups == ()  # nothing of it stands there any more


def test_only_a_living_theme_is_divided_and_a_group_that_is_not_there_is_told(session, theme_id, actor, now):
    with pytest.raises(NotFound):
        divisions.ask(session, 10**9, actor_id=actor, now=now)
    with pytest.raises(NotFound):
        divisions.points_of(session, theme_id, 0)
    session.get_one(Theme, theme_id).state = ThemeState.RETIRED
    with pytest.raises(NotThisState):
        divisions.ask(session, theme_id, actor_id=actor, now=now)


def test_erased_words_name_no_group(session, theme_id, actor, now):
    point = session.get_one(Point, points_of(session, theme_id)[0])
    point.text = "kata zzyzxunik di sini"
    divisions.ask(session, theme_id, actor_id=actor, now=now)
    divisions.keep(session, theme_id, [Group("zzyzxunik", (point.id,), (point.id,))], now=now)
    erasures.erase(session, point.submission_id, now=now)
    stored = session.scalars(select(divisions.Division.groups)).one()
    assert "zzyzxunik" not in str(stored) and stored[0]["point_ids"] == []


def test_the_words_of_what_is_unplaced_are_counted_once_a_text(session, round_id, run_id, theme_id):
    assert unplaced.frequent(session, round_id) == [] and unplaced.listed(session, round_id) == ([], None)
    lift(session, theme_id)
    found = unplaced.frequent(session, round_id)
    assert found and found == sorted(found, key=lambda one: (-one[1], one[0]))
    word, n = found[0]
    assert n > 1 and len(unplaced.listed(session, round_id, word=word)[0]) >= n
    assert "yang" not in dict(found)


def test_letters_that_a_database_takes_for_a_pattern_are_searched_as_they_are(session, round_id, run_id, theme_id):
    lift(session, theme_id)
    assert unplaced.listed(session, round_id, word="%") == ([], None)


def test_pages_of_what_is_unplaced_lead_to_its_end(session, round_id, run_id, theme_id, monkeypatch):
    points = lift(session, theme_id)
    monkeypatch.setattr(unplaced, "PAGE", 2)
    seen, after = [], 0
    while after is not None:
        shown, after = unplaced.listed(session, round_id, after=after)
        seen += [one.point_id for one in shown]
    assert seen == points


def test_a_theme_is_found_by_a_person_among_what_is_unplaced(session, round_id, run_id, theme_id, actor, now):
    points = lift(session, theme_id)
    made = marks.found(session, points[:2], "Tema temuan", dimension="DIS", actor_id=actor, now=now)
    theme = session.get_one(Theme, made)
    assert (theme.code, theme.dimension, theme.made_by) == (f"K-{made}", "DIS", actor)
    assert points_of(session, made) == points[:2] and marks.pinned(session, points[:2]) == dict.fromkeys(
        points[:2], made
    )
    assert "theme.found" in session.scalars(select(Event.action)).all()


@pytest.mark.parametrize("name", ["", "   "])
def test_a_theme_needs_a_name(session, run_id, theme_id, actor, now, name):
    points = lift(session, theme_id)
    with pytest.raises(NotThisState):
        marks.found(session, points[:2], name, actor_id=actor, now=now)


def test_what_stands_in_a_theme_is_not_unplaced_and_two_themes_do_not_share_a_name(
    session, run_id, theme_id, actor, now
):
    placed = points_of(session, theme_id)
    with pytest.raises(NotThisState):
        marks.found(session, placed[:1], "Tema temuan", actor_id=actor, now=now)
    taken = session.get_one(Theme, theme_id).name
    points = lift(session, session.scalar(select(Finding.theme_id).where(Finding.theme_id != theme_id).limit(1)))
    with pytest.raises(NotThisState, match="name taken"):
        marks.found(session, points[:1], taken, actor_id=actor, now=now)


def test_what_was_withdrawn_waits_for_no_theme(session, round_id, run_id, theme_id):
    points = lift(session, theme_id)
    submission = session.scalar(select(Submission.id).join(Point).where(Point.id == points[0]))
    erasures.withdraw(session, submission, now=NOW)
    assert points[0] not in {one.point_id for one in unplaced.listed(session, round_id)[0]}
