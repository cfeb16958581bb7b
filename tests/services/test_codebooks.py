"""The codebook: every change is kept with who and why, any version is read again, erased words stand in none."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import CodebookChange, Finding, Theme
from models.vocabulary import ThemeState
from services import codebooks, definitions, insights, merges, plans
from services.definitions import Words
from services.errors import NotFound, NotThisState
from tests.services.conftest import ROOT
from tests.services.factories import person
from tests.services.test_marks import points_of

LATER = timedelta(minutes=1)


@pytest.fixture
def actor(session):
    return person(session, "Fulanah").id


@pytest.fixture
def theme_id(session, run_id):
    return session.scalar(select(Finding.theme_id).order_by(Finding.received.desc(), Finding.theme_id).limit(1))


def words(session, theme_id, **changes):
    old = definitions.words_of(session, theme_id)
    return Words(**{name: getattr(old, name) for name in Words.__dataclass_fields__} | changes)


def test_it_begins_at_version_0_and_counts_every_change(session, theme_id, actor, now):
    assert codebooks.number(session) == 0 and codebooks.history(session) == ([], None)
    insights.rename(session, theme_id, "Air pasang di kampung", actor_id=actor, now=now)
    changed = words(session, theme_id, include="Air pasang")
    definitions.edit(session, theme_id, changed, why="terlalu luas", actor_id=actor, now=now)
    assert codebooks.number(session) == 2
    newest, first = codebooks.history(session, theme_id=theme_id)[0]
    assert (newest.action, newest.why, newest.by) == ("Batasan ditulis ulang", "terlalu luas", "Fulanah")
    assert (first.number, first.action, first.theme) == (1, "Ganti nama", "Air pasang di kampung")


def test_an_older_version_is_read_as_it_stood(session, theme_id, actor, now):
    for n, include in enumerate(("satu", "dua"), start=1):
        changed = words(session, theme_id, include=include)
        definitions.edit(session, theme_id, changed, why="uji", actor_id=actor, now=now + n * LATER)
    assert [codebooks.at(session, n)[theme_id]["include"] for n in (1, 2)] == ["satu", "dua"]


def test_a_merge_is_written_down_for_both_themes_and_can_be_followed_back(session, theme_id, actor, now):
    other = session.scalar(select(Theme.id).where(Theme.id != theme_id, Theme.state == ThemeState.ACTIVE).limit(1))
    merges.merge(session, other, theme_id, actor_id=actor, now=now)
    merges.undo(session, other, actor_id=actor, now=now + LATER)
    said = [(c.theme_id, c.action) for c in codebooks.history(session)[0]]
    assert said == [
        (other, "Penggabungan dibatalkan"),
        (theme_id, "Menerima isi tema lain"),
        (other, "Digabung ke tema lain"),
    ]
    assert codebooks.at(session, 1)[other]["merged_into"] == str(theme_id)


def test_a_page_of_themes_and_of_changes_ends_where_the_next_begins(session, theme_id, actor, now, monkeypatch):
    monkeypatch.setattr(codebooks, "PAGE", 20)
    first, cursor = codebooks.themes(session)
    second, _ = codebooks.themes(session, after=cursor)
    assert len(first) == 20 and second[0].code > first[-1].code == cursor
    for n in range(21):
        changed = words(session, theme_id, include=f"uji {n}")
        definitions.edit(session, theme_id, changed, why="uji", actor_id=actor, now=now)
    newest, before = codebooks.history(session)
    assert [c.number for c in codebooks.history(session, before=before)[0]] == [1] and newest[0].number == 21


def test_themes_are_filtered_by_dimension_and_state(session, theme_id, actor, now):
    definitions.retire(session, theme_id, why="digabung nanti", actor_id=actor, now=now)
    retired, _ = codebooks.themes(session, state=ThemeState.RETIRED)
    assert [t.id for t in retired] == [theme_id] and retired[0].state_label == "Tidak dipakai lagi"
    assert {t.code[:3] for t in codebooks.themes(session, dimension="MOB")[0]} == {"MOB"}
    assert theme_id not in {number for number, *_ in codebooks.choices(session)}


def test_what_the_machine_took_from_erased_words_stands_in_no_version(session, theme_id, actor, now):
    theme = session.get_one(Theme, theme_id)
    theme.is_machine_made, theme.label_id = True, "Kata orang"
    codebooks.record(session, theme, "accept", actor_id=actor, now=now)
    theme.label_id = "Tanpa nama"
    session.flush()
    codebooks.forget(session)
    assert [row["label_id"] for row in session.scalars(select(CodebookChange.row))] == ["Tanpa nama"]


def test_a_theme_is_named_whatever_its_state_and_one_that_is_not_there_is_told(session, theme_id, actor, now):
    definitions.retire(session, theme_id, why="uji", actor_id=actor, now=now)
    naming = codebooks.names(session, theme_id)
    assert (naming.state_label, naming.is_living) == ("Tidak dipakai lagi", False)
    with pytest.raises(NotFound):
        codebooks.names(session, 10**9)


# What people write of a theme.


def test_what_a_person_wrote_is_not_overwritten_by_the_plans_folder(session, theme_id, actor, now):
    definitions.edit(
        session, theme_id, words(session, theme_id, include="Punya tim"), why="uji", actor_id=actor, now=now
    )
    plans.load(session, ROOT / "plan", now=now + LATER)
    assert session.get_one(Theme, theme_id).include == "Punya tim"
    definitions.retire(session, theme_id, why="uji", actor_id=actor, now=now)
    plans.load(session, ROOT / "plan", now=now + LATER)
    assert session.get_one(Theme, theme_id).state is ThemeState.RETIRED


def test_the_same_words_again_are_no_change(session, theme_id, actor, now):
    assert not definitions.edit(session, theme_id, words(session, theme_id), why="uji", actor_id=actor, now=now)
    assert codebooks.number(session) == 0


def test_a_dimension_that_is_not_there_is_refused(session, theme_id, actor, now):
    with pytest.raises(NotFound):
        definitions.edit(session, theme_id, words(session, theme_id, dimension="XYZ"), why="u", actor_id=actor, now=now)


def test_a_theme_is_retired_and_revived_once(session, theme_id, actor, now):
    definitions.retire(session, theme_id, why="uji", actor_id=actor, now=now)
    with pytest.raises(NotThisState):
        definitions.retire(session, theme_id, why="uji", actor_id=actor, now=now)
    definitions.revive(session, theme_id, actor_id=actor, now=now)
    with pytest.raises(NotThisState):
        definitions.revive(session, theme_id, actor_id=actor, now=now)
    assert session.get_one(Theme, theme_id).state is ThemeState.ACTIVE


def test_examples_are_chosen_from_the_theme_up_to_five_and_dropped_again(session, theme_id, actor, now):
    points = points_of(session, theme_id)
    assert len(points) > definitions.MOST_EXAMPLES
    for point_id in points[:5]:
        definitions.choose(session, theme_id, point_id, actor_id=actor, now=now)
    definitions.choose(session, theme_id, points[0], actor_id=actor, now=now)  # again: nothing more
    assert len(definitions.examples(session, [theme_id])[theme_id]) == 5
    with pytest.raises(NotThisState, match="enough"):
        definitions.choose(session, theme_id, points[5], actor_id=actor, now=now)
    definitions.drop(session, theme_id, points[0], actor_id=actor, now=now)
    assert len(definitions.examples(session, [theme_id])[theme_id]) == 4
    with pytest.raises(NotFound):
        definitions.drop(session, theme_id, points[0], actor_id=actor, now=now)


def test_a_text_of_another_theme_is_no_example(session, theme_id, actor, now):
    elsewhere = session.scalar(select(Finding.theme_id).where(Finding.theme_id != theme_id).limit(1))
    with pytest.raises(NotFound):
        definitions.choose(session, theme_id, points_of(session, elsewhere)[0], actor_id=actor, now=now)
