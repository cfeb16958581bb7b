"""Results: only what a person let out is told, small counts are hidden, open data has its columns and no others."""

import csv
import io
from collections import Counter

import pytest
from sqlalchemy import select

from models import Finding, Point, Reading, Run, Submission, Theme, Triage
from models.vocabulary import SubmissionState, ThemeState, Visibility
from services import boards, broadcasts, erasures, redactions, results, triages
from services.errors import NotFound, NotThisState
from services.results import COLUMNS, people
from tests.services.factories import person
from tests.services.test_marks import points_of


@pytest.fixture
def actor(session):
    return person(session, "Fulanah").id


@pytest.fixture
def screened(session, run_id):
    triages.prepare(session)


@pytest.fixture
def theme_id(session, run_id):
    return session.scalar(select(Finding.theme_id).order_by(Finding.received.desc(), Finding.theme_id).limit(1))


def let_out(session, theme_id, actor, now, text="Pompa di ujung gang sering mati"):
    point_id = points_of(session, theme_id)[0]
    redactions.confirm(session, point_id, text, actor_id=actor, now=now)
    return point_id


def of_theme(found, theme_id):
    return next(theme for theme in found.themes if theme.id == theme_id)


def gather(session, round_id, run_id, now, **more):
    session.flush()
    session.expire_all()
    return results.gather(session, round_id, run_id, now=now, **more)


def test_no_text_is_told_before_a_person_let_it_out(session, round_id, run_id, screened, theme_id, actor, now):
    assert all(not theme.quotes for theme in gather(session, round_id, run_id, now).themes)
    assert {row.teks_publik for row in results.rows(session, round_id, now=now)} == {""}
    let_out(session, theme_id, actor, now)
    said = of_theme(gather(session, round_id, run_id, now), theme_id).quotes
    assert [one.text for one in said] == ["Pompa di ujung gang sering mati"]
    assert "Pompa di ujung gang sering mati" in {r.teks_publik for r in results.rows(session, round_id, now=now)}


@pytest.mark.parametrize("why", ["offensive", "team", "withdrawn", "held"])
def test_what_hurts_or_is_for_the_team_or_was_taken_back_is_not_told(
    session, round_id, run_id, screened, theme_id, actor, now, why
):
    point_id = let_out(session, theme_id, actor, now)
    submission = session.get_one(Point, point_id).submission
    if why == "offensive":
        redactions.offend(session, point_id, is_offensive=True, actor_id=actor, now=now)
    elif why == "team":
        submission.visibility = Visibility.TEAM
    elif why == "held":
        submission.state = SubmissionState.HELD
    else:
        erasures.withdraw(session, submission.id, now=now)
    assert not of_theme(gather(session, round_id, run_id, now), theme_id).quotes
    assert "Pompa di ujung" not in str(list(results.rows(session, round_id, now=now)))


def test_a_quote_names_its_group_only_where_ten_people_are_of_it(
    session, round_id, run_id, screened, theme_id, actor, now
):
    found = {group: n for group, n in Counter(p.group for p in people.persons(session, round_id)).items()}
    assert found["citizen"] >= 10 > found["agency"]
    for group, caption in (("citizen", "Warga"), ("agency", "Peserta")):
        query = select(Reading.point_id).join(Point).join(Submission)
        point_id = session.scalar(query.where(Submission.group == group, Reading.theme_id.is_not(None)).limit(1))
        redactions.confirm(session, point_id, f"kata {group}", actor_id=actor, now=now)
        theme = session.get_one(Reading, point_id).theme_id
        quotes = of_theme(gather(session, round_id, run_id, now), theme).quotes
        assert next(q.caption for q in quotes if q.text == f"kata {group}").startswith(caption)


def test_no_small_count_of_people_is_shown(session, round_id, run_id, screened, now):
    found = gather(session, round_id, run_id, now)
    assert {table.code for table in found.tables} == {"area", "group", "gender", "age"}
    shown = [count for table in found.tables for count in table.counts if count is not None]
    assert shown and all(count == 0 or (count >= 10 and count % 5 == 0) for count in shown)


def test_people_are_counted_at_the_least_so_that_one_who_sends_often_makes_no_large_cell(session, round_id, run_id):
    before = len(people.persons(session, round_id))
    author = person(session, "Fulan")
    for submission in session.scalars(select(Submission).limit(12)):
        submission.person_id = author.id
    session.flush()
    assert len(people.persons(session, round_id)) <= before - 10


def test_a_theme_that_nobody_has_read_is_counted_and_not_named(session, round_id, run_id, screened, theme_id, now):
    theme = session.get_one(Theme, theme_id)
    theme.state = ThemeState.PROPOSED
    session.flush()
    found = gather(session, round_id, run_id, now)
    assert theme_id not in {one.id for one in found.themes} and found.proposed == 1
    assert theme.name not in {name for name, _ in boards.board(session).themes}
    assert theme.name not in {row.tema for row in results.rows(session, round_id, now=now)}


def test_open_data_has_these_columns_one_row_a_point_and_no_number_of_a_receipt(
    session, round_id, run_id, screened, now
):
    keys = "no_publik bulan kelompok dimensi tema jenis teks_publik keputusan alasan".split()
    assert [key for key, *_ in COLUMNS] == keys and list(results.Row._fields) == keys
    rows = list(results.rows(session, round_id, now=now))
    assert [row.no_publik for row in rows] == list(range(1, 99))
    assert list(results.rows(session, round_id, now=now)) == rows
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    assert "PKL-" not in text.getvalue()


def test_a_row_carries_its_group_only_where_enough_people_of_it_spoke_of_the_dimension(
    session, round_id, run_id, screened, now
):
    told = {
        n: Counter(row.kelompok for row in results.rows(session, round_id, now=now, threshold=n)) for n in (1, 3, 10)
    }
    assert told[10].keys() == {""}  # of 98 voices in seven dimensions no cell is large enough
    assert told[3]["Warga"] and told[3][""] and not told[3]["Dunia usaha"]
    assert told[1]["Dunia usaha"] and "" not in told[1]


def test_the_order_of_open_data_does_not_tell_when_something_came_in(session, round_id, run_id, screened, now):
    months = [row.dimensi for row in results.rows(session, round_id, now=now)]
    by_id = session.scalars(select(Triage.suggested).order_by(Triage.point_id)).all()
    assert months != by_id


def test_a_run_of_another_round_or_one_that_is_not_there_is_refused(session, round_id, run_id, now):
    with pytest.raises(NotFound):
        results.gather(session, round_id, 10**9, now=now)
    with pytest.raises(NotFound):
        results.gather(session, 10**9, run_id, now=now)


def test_an_unfinished_run_is_not_told(session, round_id, run_id, now):
    session.get_one(Run, run_id).finished_at = None
    session.flush()
    with pytest.raises(NotThisState):
        results.gather(session, round_id, run_id, now=now)


@pytest.mark.parametrize("lang", ["id", "jv"])
def test_what_is_read_aloud_takes_a_minute(session, round_id, run_id, screened, now, lang):
    told = broadcasts.script(gather(session, round_id, run_id, now), "Kota Contoh", lang)
    assert 40 <= broadcasts.words(told) <= broadcasts.WORDS_A_MINUTE and "98" in told[0]


def test_the_live_board_has_names_and_counts_and_no_text(session, round_id, run_id):
    found = boards.board(session)
    assert found.received == 98 and found.themes[0] == ("Rob dan banjir", 9)
    texts = session.scalars(select(Reading.masked_text)).all()
    assert not any(text in str(found) for text in texts if len(text) > 20)


def test_of_a_handful_of_people_no_table_is_shown(session):
    few = [people.Person("tirto", "citizen", "-", "-") for _ in range(7)]
    assert people.tables(session, few, threshold=10, rounding=5) == ()
