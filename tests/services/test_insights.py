"""Findings in the reader's language, and the originals of one group, one dimension, one theme."""

import pytest
from sqlalchemy import select

from models import Finding, Theme
from models.vocabulary import Group, ThemeState
from services import insights, originals, publications


@pytest.fixture
def rob(session, run_id):
    return session.scalars(select(Theme).where(Theme.code == "DIS-ROB")).one()


def test_themes_and_dimensions_are_named_in_the_readers_language(session, run_id):
    run = insights.newest_run(session)
    labels = {lang: [g.label for g in insights.by_dimension(session, run, lang)] for lang in ("id", "en")}
    assert labels["id"][0] == "Ekonomi" and labels["en"][0] == "Economy"
    names = {t.name for g in insights.by_dimension(session, run, "en") for t in g.themes}
    assert "Tidal and river flooding" in names and "Rob dan banjir" not in names


def test_a_rename_starts_from_the_name_that_all_languages_share(session, run_id, rob):
    card = insights.theme_card(session, rob.id, insights.newest_run(session), "en")
    assert card.name == "Tidal and river flooding" and card.source_name == "Rob dan banjir"
    rob.name_by_person = "Air pasang"
    card = insights.theme_card(session, rob.id, None, "en")
    assert card.name == card.source_name == "Air pasang" and card.received == 0


@pytest.mark.parametrize("group", list(Group))
def test_the_originals_of_a_theme_by_group_are_all_its_originals(session, run_id, rob, group):
    mine, _ = originals.behind(session, rob.id, group=group)
    finding = session.get_one(Finding, (run_id, rob.id))
    assert len(mine) == dict(finding.groups).get(group, 0)


def test_the_cursor_goes_on_within_the_filter(session, run_id, monkeypatch):
    monkeypatch.setattr(originals, "PAGE", 4)
    seen, after = [], 0
    while after is not None:
        texts, after = originals.behind(session, after=after, group="citizen", dimension="ENV")
        seen += [t.number for t in texts]
    monkeypatch.setattr(originals, "PAGE", 500)
    assert seen == [t.number for t in originals.behind(session, group="citizen", dimension="ENV")[0]]


def test_the_thread_of_the_front_page_speaks_english_too(session, run_id):
    spoken = {lang: publications.thread(session, lang, is_demo=True) for lang in ("id", "en")}
    assert spoken["id"].theme != spoken["en"].theme and spoken["en"].caption == "Citizen"


def test_a_proposed_theme_without_an_english_name_keeps_its_own(session, run_id, rob):
    rob.state, rob.label_en = ThemeState.PROPOSED, ""
    session.flush()
    assert insights.theme_card(session, rob.id, insights.newest_run(session), "en").name == "Rob dan banjir"
