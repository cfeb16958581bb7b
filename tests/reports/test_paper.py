"""A paper as data: what it takes, what it refuses, and how values and texts are told on it."""

from datetime import date, datetime
from enum import IntEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.letters import is_from_right, visible
from reports.paper import WORDS, Grid, Heading, Text, crowding, told, told_at
from reports.tables import Column
from tests.reports.sheets_of_paper import COLUMNS, MADE, TEXTS, UNFIT, paper


@pytest.mark.parametrize(("text", "shown"), UNFIT.items())
def test_what_no_document_can_hold_is_replaced_so_that_it_shows(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize("text", TEXTS)
def test_any_other_text_stays_as_it_is(text):
    assert visible(text) == text


@given(st.text(st.characters()))
def test_a_text_made_visible_can_be_written_and_stays_so(text):
    shown = visible(text)
    assert visible(shown) == shown == shown.encode().decode() and len(shown) <= len(text)


def test_every_kind_of_line_break_is_one():
    assert visible("a\r\nb\rc\nd\te") == "a\nb\nc\nd\te"


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (None, "", ""),
        ("=1+1", "=1+1", "=1+1"),
        (2026, "2026", "2026"),
        (IntEnum("Place", {"FIRST": 1}).FIRST, "1", "1"),
        (3.14159, "3,14", "3.14"),
        (-0.001, "0", "0"),
        (120.0, "120", "120"),
        (float("nan"), "nan", "nan"),
        (False, "tidak", "no"),
        (date(2026, 12, 1), "1 Desember 2026", "1 December 2026"),
        (MADE, "2 November 2026 15.30 WIB", "2 November 2026 15:30 WIB"),
    ],
)
def test_a_value_is_told_in_the_language_of_the_paper(value, indonesian, english):
    assert (told(value), told(value, "en")) == (indonesian, english)


def test_a_value_of_another_type_is_refused():
    with pytest.raises(TypeError, match="list has no place"):
        told(["a"])


def test_a_moment_without_a_zone_is_utc():
    assert told_at(datetime(2026, 1, 2, 3, 4)) == "2 Januari 2026 03.04 UTC"


def test_every_language_has_twelve_months():
    assert all(len(words.months) == len(set(words.months)) == 12 for words in WORDS.values())


@pytest.mark.parametrize(
    ("text", "is_so"), [("سلام", True), ("עברית rob", True), ("rob سلام", False), ("12", False), ("", False)]
)
def test_the_first_letter_decides_from_where_a_text_is_read(text, is_so):
    assert is_from_right(text) is is_so


@pytest.mark.parametrize(
    "make",
    [
        lambda: paper(size="A5"),
        lambda: paper(language="xx"),
        lambda: Heading("a", 0),
        lambda: Heading("a", 4),
        lambda: Text("a", look="loud"),
        lambda: Grid([], []),
        lambda: Grid(COLUMNS, [["a"]]),
        lambda: Grid(COLUMNS, [], widths=(1, 2)),
        lambda: Grid(COLUMNS, [], widths=(1, 0, 2)),
    ],
)
def test_what_makes_no_sense_is_refused(make):
    with pytest.raises(ValueError):
        make()


@pytest.mark.parametrize(
    ("size", "is_landscape", "measures"),
    [
        ("A4", False, (210, 297)),
        ("A4", True, (297, 210)),
        ("F4", False, (215, 330)),
        ("F4", True, (330, 215)),
        ("A3", False, (297, 420)),
    ],
)
def test_a_page_has_the_measures_of_its_size(size, is_landscape, measures):
    assert paper(size=size, is_landscape=is_landscape).measures == measures


def test_widths_are_parts_of_a_hundred_and_no_word_of_a_head_is_broken():
    parts = Grid([Column("a", "Pendukungnya", "", 2), Column("b", "B", "", 40)], []).parts
    assert sum(parts) == pytest.approx(100) and parts[0] == pytest.approx(100 * 16 / 56)
    assert Grid(COLUMNS, [], widths=(1, 2, 1)).parts == [25, 50, 25]


@pytest.mark.parametrize(("columns", "crowded"), [(1, 0), (8, 0), (9, 1), (14, 1), (15, 2)])
def test_a_table_of_many_columns_is_set_smaller(columns, crowded):
    assert crowding(Grid([Column("a", "A", "")] * columns, [])) == crowded


def test_the_foot_ends_with_the_moment_of_the_run():
    assert paper(language="en").foot[-1] == ("Made", "2 November 2026 15:30 WIB")
