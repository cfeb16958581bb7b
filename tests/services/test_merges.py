"""Merges: what people make one stays one, whatever the machine proposes, until they take it back."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select

from models import Event, Finding, Reading, Run, Theme
from models.vocabulary import ThemeState
from services import marks, materials, merges, readings, runs
from services.errors import NotFound, NotThisState
from tests.services.conftest import read
from tests.services.factories import person
from tests.services.test_marks import points_of
from tests.services.test_runs import send

LATER = timedelta(minutes=1)


@pytest.fixture
def actor(session):
    return person(session, "Fulanah").id


@pytest.fixture
def largest(session, run_id):
    """The three themes with the most points."""
    return list(session.scalars(select(Finding.theme_id).order_by(Finding.received.desc(), Finding.theme_id).limit(3)))


def propose(session, run_id, theme_id, code="M-12345678"):
    """Let a theme be one that the machine proposes."""
    theme = session.get_one(Theme, theme_id)
    theme.code, theme.state, theme.is_machine_made = code, ThemeState.PROPOSED, True
    session.flush()
    return theme


def test_texts_words_and_pins_go_to_the_other_theme_at_once(session, round_id, run_id, largest, actor, now):
    one, other, _ = largest
    texts, total = points_of(session, one), session.scalar(select(func.sum(Finding.received)))
    marks.pin(session, texts[:1], actor_id=actor, now=now)
    merges.merge(session, one, other, actor_id=actor, now=now + LATER)
    theme = session.get_one(Theme, one)
    assert (theme.state, theme.merged_into) == (ThemeState.MERGED, other)
    assert set(points_of(session, other)) >= set(texts) and points_of(session, one) == []
    assert session.get(Finding, (run_id, one)) is None
    assert session.scalar(select(func.sum(Finding.received))) == total
    assert marks.pinned(session, texts[:1]) == {texts[0]: other}
    kept = next(t for t in materials.codebook(session) if t.id == session.get_one(Theme, other).code)
    assert set(theme.keywords.split("|")) <= set(kept.keywords) and theme.name in kept.include
    assert theme.code not in {t.id for t in materials.codebook(session)}
    assert runs.is_due(session, round_id, now=now + LATER)
    assert session.scalars(select(Event.action).order_by(Event.id)).all()[-1] == "theme.merge"


def test_a_run_after_a_merge_counts_them_as_one(session, round_id, largest, actor, now):
    one, other, _ = largest
    both = {*points_of(session, one), *points_of(session, other)}
    merges.merge(session, one, other, actor_id=actor, now=now + LATER)
    again = read(session, round_id, now + 2 * LATER)
    assert session.get(Finding, (again, one)) is None
    assert both <= set(points_of(session, other))
    assert session.get(Finding, (again, other)).received == len(points_of(session, other))


def test_a_theme_is_not_merged_into_itself_nor_in_a_circle(session, largest, actor, now):
    one, other, third = largest
    with pytest.raises(NotThisState):
        merges.merge(session, one, one, actor_id=actor, now=now)
    merges.merge(session, one, other, actor_id=actor, now=now)
    with pytest.raises(NotThisState):
        merges.merge(session, other, one, actor_id=actor, now=now)
    with pytest.raises(NotThisState):
        merges.merge(session, one, third, actor_id=actor, now=now)
    with pytest.raises(NotFound):
        merges.merge(session, other, 10**9, actor_id=actor, now=now)
    merges.merge(session, other, third, actor_id=actor, now=now)
    assert merges.leads(session) == {one: third, other: third}


def test_taking_a_merge_back_brings_the_theme_back_with_its_own_texts(session, round_id, run_id, largest, actor, now):
    one, other, _ = largest
    texts, others = points_of(session, one), points_of(session, other)
    merges.merge(session, one, other, actor_id=actor, now=now + LATER)
    read(session, round_id, now + 2 * LATER)
    merges.undo(session, one, actor_id=actor, now=now + 3 * LATER)
    assert points_of(session, one) == texts
    assert session.get_one(Theme, one).state is ThemeState.ACTIVE
    newest = session.scalar(select(func.max(Run.id)))
    assert session.get(Finding, (newest, one)).received == len(points_of(session, one))
    read(session, round_id, now + 4 * LATER)
    assert points_of(session, one) == texts and points_of(session, other) == others
    with pytest.raises(NotThisState):
        merges.undo(session, one, actor_id=actor, now=now)


def test_a_chain_is_taken_apart_where_it_is_cut(session, largest, actor, now):
    one, other, third = largest
    texts, others, rest = (points_of(session, theme_id) for theme_id in largest)
    merges.merge(session, one, other, actor_id=actor, now=now)
    merges.merge(session, other, third, actor_id=actor, now=now)
    assert points_of(session, third) == sorted(texts + others + rest)
    merges.undo(session, other, actor_id=actor, now=now)
    assert points_of(session, other) == sorted(texts + others) and points_of(session, third) == rest
    merges.undo(session, one, actor_id=actor, now=now)
    assert [points_of(session, theme_id) for theme_id in largest] == [texts, others, rest]
    assert session.scalars(select(Reading.point_id).where(Reading.merged_from_id.is_not(None))).all() == []


def test_a_proposed_theme_that_takes_another_in_belongs_to_the_codebook(session, run_id, largest, actor, now):
    one, other, _ = largest
    propose(session, run_id, other)
    merges.merge(session, one, other, actor_id=actor, now=now)
    assert (session.get_one(Theme, other).code, session.get_one(Theme, other).state) == (
        f"K-{other}",
        ThemeState.ACTIVE,
    )


def test_a_proposed_theme_comes_back_as_what_it_was(session, run_id, largest, actor, now):
    one, other, _ = largest
    propose(session, run_id, one)
    merges.merge(session, one, other, actor_id=actor, now=now)
    merges.undo(session, one, actor_id=actor, now=now)
    assert session.get_one(Theme, one).state is ThemeState.PROPOSED


def test_a_theme_does_not_come_back_to_a_name_that_another_has_now(session, largest, actor, now):
    one, other, third = largest
    merges.merge(session, one, other, actor_id=actor, now=now)
    session.get_one(Theme, third).name_by_person = session.get_one(Theme, one).name
    session.flush()
    with pytest.raises(NotThisState):
        merges.undo(session, one, actor_id=actor, now=now)


def test_what_the_machine_proposes_again_goes_to_where_people_merged_it(plan_free, session, actor, now):
    """Forty texts without a word of the codebook: the machine proposes the same themes from nothing again."""
    round_id, found = plan_free
    gone, kept = found[:2]
    texts, others = points_of(session, gone), points_of(session, kept)
    code = session.get_one(Theme, gone).code
    merges.merge(session, gone, kept, actor_id=actor, now=now + LATER)
    run_id = runs.claim(session, round_id, now=now + 2 * LATER)
    material = materials.gather(session, round_id)
    assert material.leads == {code: f"K-{kept}"}
    result = readings.analyse(material, is_cold=True)
    assert code not in {theme.id for theme in result.themes if theme.received}
    readings.store(session, run_id, result, now=now + 3 * LATER)
    assert set(points_of(session, kept)) >= {*texts, *others}
    assert session.get(Finding, (run_id, kept)).received == len(points_of(session, kept))
    assert session.scalar(select(func.count(Finding.theme_id)).where(Finding.theme_id == gone)) == 0


def test_texts_that_nobody_held_follow_a_theme_that_is_proposed_again(plan_free, session, actor, now):
    round_id, found = plan_free
    gone, kept = found[:2]
    code = session.get_one(Theme, gone).code
    material = materials.gather(session, round_id)
    again = readings.analyse(material, is_cold=True)
    theirs = {member for theme in again.themes if theme.id == code for member in theme.members}
    assert theirs, "from nothing the machine proposes it again"
    merges.merge(session, gone, kept, actor_id=actor, now=now + LATER)
    merged = materials.gather(session, round_id)
    free = replace(merged, texts=[replace(text, pinned_theme=None) for text in merged.texts])
    result = readings.analyse(free, is_cold=True)
    assert code not in {theme.id for theme in result.themes}
    assert {r.id for r in result.readings if r.theme == f"K-{kept}"} >= theirs


@pytest.fixture
def plan_free(session, round_id, now):
    """A round whose texts fit no theme of the codebook: the round, and the themes the machine proposed, by size."""
    chance = Random(1)
    words = [said.split() for said in ("gitar orkes merdu drum biola piano", "kelinci wortel lompat telinga bulu ekor")]
    for number in range(40):
        send(session, round_id, now, " ".join(chance.sample(words[number % 2], 4)))
    read(session, round_id, now)
    query = select(Finding.theme_id).join(Theme, Theme.id == Finding.theme_id)
    query = query.where(Theme.state == ThemeState.PROPOSED).order_by(Finding.received.desc(), Theme.code)
    found = list(session.scalars(query))
    assert len(found) >= 2
    return round_id, found
