"""A release of 640 submissions: no small count of persons can be worked out, and open data names no small group."""

import random
import shutil
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import select

from analysis.disclosure import ALL, Published, Table, percent
from demo import generator
from models import Dimension, Point, Reading, Submission, Theme, Triage
from models.submission import SPEAKER, STANDS
from models.vocabulary import AgeBand, Gender, Group, ThemeState, TriageField
from services import imports, redactions, results, rounds, tallies, triages
from services.results import people
from services.tongue import word
from services.turnout import words_of
from tests.analysis.test_disclosure import Reader
from tests.services.conftest import NOW, opened, read
from tests.services.factories import person

THRESHOLD, ROUNDING = 10, 5
# What people said of themselves, with a few in the smallest cells.
GENDERS = {Gender.WOMAN: 40, Gender.MAN: 45, Gender.UNSTATED: 2, None: 13}
AGES = {AgeBand.UNDER_18: 1, AgeBand.TO_25: 20, AgeBand.TO_40: 40, AgeBand.TO_59: 30, AgeBand.FROM_60: 2, None: 7}


@pytest.fixture(scope="module")
def city(tmp_path_factory, planned):
    """640 submissions of a city, read, screened, and let out where they hold nothing personal."""
    folder = tmp_path_factory.mktemp("city")
    path = shutil.copy(planned, folder / "urun.db")
    generator.write(folder / "kota.csv", generator.rows("kota", 7, date(2026, 10, 26), date(2026, 11, 22)))
    with opened(path) as session:
        round_id = rounds.current(session, now=NOW)[0]
        report = imports.import_submissions(session, folder / "kota.csv", round_id=round_id, prefix="PKL", now=NOW)
        assert (report.added, report.errors) == (640, [])
        _say_of_themselves(session)
        read(session, round_id)
        triages.prepare(session)
        deed = {"actor_id": person(session, "Fulanah").id, "now": NOW}
        ids = session.scalars(select(Triage.point_id)).all()
        redactions.confirm_plain(session, ids, **deed)
        _move_some(session, round_id, deed)
        session.commit()
    return path, round_id


def _say_of_themselves(session):
    chance = random.Random(640)
    for row in session.scalars(select(Submission).order_by(Submission.id)):
        row.gender = chance.choices([*GENDERS], [*GENDERS.values()])[0]
        row.age_band = chance.choices([*AGES], [*AGES.values()])[0]


def _move_some(session, round_id, deed):
    """The team puts three points of a large cell of each group where that group has the fewest, and refuses a theme."""
    rows = session.execute(
        select(Submission.group, Theme.dimension, Point.id)
        .join(Point, Point.submission_id == Submission.id)
        .join(Reading, Reading.point_id == Point.id)
        .join(Theme, Theme.id == Reading.theme_id)
        .where(Submission.round_id == round_id, Point.dimension.is_(None) | (Point.dimension == Theme.dimension))
        .order_by(Point.id)
    )
    cells = defaultdict(list)
    for group, dimension, point_id in rows:
        cells[group, dimension].append(point_id)
    for group in {group for group, _ in cells}:
        sizes = sorted((len(some), code) for (of, code), some in cells.items() if of is group)
        some = cells[group, sizes[-1][1]][:3]
        triages.mark(session, some, TriageField.DIMENSION_FIELD, sizes[0][1], **deed)
    session.scalars(select(Theme).where(Theme.code == "ECO-FISH")).one().state = ThemeState.REFUSED


@pytest.fixture(scope="module")
def session(city):
    with opened(city[0]) as session:
        yield session


@dataclass
class Released:
    """What a reader has: the tables as they are printed, and the number of people that stands above them."""

    tables: list[Table]
    published: list[Published]
    people_min: int


@pytest.fixture(scope="module")
def released(session, city):
    round_id = city[1]
    found = results.gather(
        session, round_id, tallies.newest(session, round_id), now=NOW, threshold=THRESHOLD, rounding=ROUNDING
    )
    spoken = people.persons(session, round_id)
    names = people._names(session, "id")
    tables, published = [], []
    for table in found.tables:
        codes = {label: code for code, label in names[table.code].items()}
        true = defaultdict(int)
        for one in spoken:
            true[(getattr(one, table.code),)] += 1
        shown = {(codes[label],): count for (label,), count in zip(table.rows, table.counts, strict=True)}
        tables.append(Table(table.code, (table.code,), {key: true[key] for key in shown}))
        assert sum(true.values()) == sum(true[key] for key in shown), "nobody is left out of a table"
        assert table.shares == tuple(percent(count, table.total) for count in table.counts)
        published.append(Published(table.code, (table.code,), shown | {(ALL,): table.total}))
    return Released(tables, published, found.people_min)


def test_the_tables_have_small_counts_to_hide_and_large_ones_to_show(released):
    assert [table.name for table in released.tables] == ["area", "group", "gender", "age"]
    true = [n for table in released.tables for n in table.cells.values()]
    shown = [n for table in released.published for n in table.cells.values()]
    assert sum(0 < n < THRESHOLD for n in true) >= 3 and sum(n is not None for n in shown) >= 15
    assert all(n is None or n == 0 or (n >= THRESHOLD and n % ROUNDING == 0) for n in shown)


def test_no_count_of_one_to_nine_persons_can_be_solved_from_all_tables_and_the_total_on_the_page(released):
    reader = Reader(released.tables, released.published, THRESHOLD, ROUNDING, exact=({},))
    assert reader.small
    assert reader.solved() == []


def test_the_solver_finds_the_same_counts_where_only_what_is_small_is_hidden(released):
    """The bad case beside it: every small cell but one shown truly gives the last one away."""
    table = min(released.tables, key=lambda one: sum(0 < n < THRESHOLD for n in one.cells.values()) or 99)
    hidden = min((n, key) for key, n in table.cells.items() if 0 < n < THRESHOLD)[1]
    careless = {key: None if key == hidden else n for key, n in table.cells.items()}
    shown = Published(table.name, table.axes, careless | {(ALL,): sum(table.cells.values())})
    assert Reader([table], [shown], threshold=1, rounding=1, exact=({},)).names
    reader = Reader([table], [shown], threshold=1, rounding=1, exact=({},))
    reader.small = [at for at, cell in enumerate(reader.names) if cell == {table.axes[0]: hidden[0]}]
    assert reader.solved() == [{table.axes[0]: hidden[0]}]


def test_the_total_on_the_page_is_the_number_the_tables_are_made_of(session, city, released):
    assert released.people_min == len(people.persons(session, city[1]))


def test_open_data_carries_a_group_only_where_ten_different_people_stand_behind_it(session, city):
    """Counted anew from the database, by what a row shows: its group and the dimension that stands beside it."""
    behind = _people_by_cell(session, city[1])
    rows = list(results.rows(session, city[1], now=NOW, threshold=THRESHOLD))
    carried = {(row.kelompok, row.dimensi) for row in rows if row.kelompok}
    assert len(rows) >= 640 and len(carried) >= 7
    small = {cell: len(behind[cell]) for cell in carried if len(behind[cell]) < THRESHOLD}
    assert small == {}


def test_there_are_small_groups_whose_rows_stay_without_one(session, city):
    behind = _people_by_cell(session, city[1])
    rows = list(results.rows(session, city[1], now=NOW, threshold=THRESHOLD))
    assert any(0 < len(found) < THRESHOLD for found in behind.values())
    assert any(not row.kelompok for row in rows)


def _people_by_cell(session, round_id):
    """The persons behind each pair of group and dimension in words, counted at the least."""
    labels = {group: word(group, "id") for group in Group}
    short = {row.code: row.dimensi for row in _dimension_words(session)}
    query = (
        select(
            Submission.group,
            Submission.area,
            Submission.place_note,
            Submission.text,
            SPEAKER.label("speaker"),
            Triage.dimension.label("said"),
            Point.dimension.label("own"),
            Theme.dimension.label("of_theme"),
            Theme.state.label("state"),
        )
        .select_from(Point)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Triage, Triage.point_id == Point.id)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .outerjoin(Theme, Theme.id == Reading.theme_id)
        .where(STANDS, Submission.round_id == round_id)
    )
    behind = defaultdict(set)
    for row in session.execute(query):
        theme = row.of_theme if row.state is ThemeState.ACTIVE else None
        code = row.said or row.own or theme
        key = row.speaker or (words_of(row.text), row.group, row.area or row.place_note)
        behind[labels[row.group], short.get(code, "")].add(key)
    return behind


def _dimension_words(session):
    return session.execute(select(Dimension.code, Dimension.short_id.label("dimensi"))).all()
