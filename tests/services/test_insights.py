"""Findings in the reader's language, and the originals of one group, one dimension, one theme."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from models import Finding, Point, Reading, Run, Submission, Theme
from models.vocabulary import Group, ThemeState
from services import insights, originals, publications
from tests.services.factories import person
from tests.services.test_runs import counted


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


def test_the_thread_of_the_front_page_speaks_english_too(session, run_id, now):
    spoken = {lang: publications.thread(session, lang, now=now, is_demo=True) for lang in ("id", "en")}
    assert spoken["id"].theme != spoken["en"].theme and spoken["en"].caption == "Citizen"


def test_a_proposed_theme_without_an_english_name_keeps_its_own(session, run_id, rob):
    rob.state, rob.label_en = ThemeState.PROPOSED, ""
    session.flush()
    assert insights.theme_card(session, rob.id, insights.newest_run(session), "en").name == "Rob dan banjir"


def test_what_came_since_a_moment_is_counted_by_theme_in_one_statement(session, round_id, run_id, now):
    run = insights.newest_run(session)
    week = now - timedelta(days=7)
    every = insights.new_since(session, run, datetime.min.replace(tzinfo=now.tzinfo))
    assert every == dict(session.execute(select(Finding.theme_id, Finding.received)).all())
    assert insights.new_since(session, run, now) == {}
    reading = session.scalars(select(Reading).where(Reading.theme_id.is_not(None)).limit(1)).one()
    for row in session.scalars(select(Submission)):
        row.received_at = week
    point = session.get_one(Point, reading.point_id)
    session.get_one(Submission, point.submission_id).received_at = week + timedelta(seconds=1)
    session.flush()
    with counted(session) as statements:
        assert insights.new_since(session, run, week) == {reading.theme_id: 1}
    assert len(statements) == 1


def test_the_history_says_what_people_made_of_a_theme(session, run_id, rob, now):
    run = insights.newest_run(session)
    other = session.scalars(select(Theme).where(Theme.code == "ENV-RIVER")).one()
    assert insights.theme_card(session, rob.id, run).history == ("Dari buku kode",)
    rob.state, rob.merged_into, other.made_by = ThemeState.MERGED, other.id, person(session).id
    session.flush()
    assert insights.theme_card(session, rob.id, run).history == ("Dari buku kode", "Digabung ke tema lain")
    assert insights.theme_card(session, other.id, run).history == ("Dipecah tim dari tema lain",)


def test_of_many_campaigns_the_largest_are_shown_and_the_others_counted(session, run_id):
    run = session.get_one(Run, run_id)
    sizes = [2 + n % 40 for n in range(insights.CAMPAIGNS + 7)]
    run.campaigns = [{"id": str(n), "members": [str(n + 1)] * m, "people": 1, "days": 1} for n, m in enumerate(sizes)]
    session.flush()
    cards, more = insights.campaigns(session, insights.newest_run(session))
    assert more == 7 and [card.received for card in cards] == sorted(sizes, reverse=True)[: insights.CAMPAIGNS]
    assert all(card.sample for card in cards)
    run.campaigns = run.campaigns[:1]
    session.flush()
    assert len(insights.campaigns(session, insights.newest_run(session))[0]) == 1
    assert insights.campaigns(session, insights.newest_run(session))[1] == 0
