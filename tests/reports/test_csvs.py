"""CSV files: whatever people wrote is a text, and comes back as they wrote it."""

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta, timezone
from enum import IntEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.cells import clean
from reports.csvs import csv_file, explanation, read_back
from reports.tables import Column, Sheet, Words
from tests.reports.sheets_of_paper import LONG, MADE, TEXTS, UNFIT

HOSTILE = [
    *TEXTS,
    *UNFIT,
    LONG,
    "\tmenjorok",
    "\rbaris",
    "\nbaris",
    "''dua",
    "＝1+1",
    'a,"b"\r\nc;d\ne',
    " tepi ",
    "_x0041_ dan _x005F_x0041_",
    "_x0041\x00",
    "",
]
PERILOUS = re.compile("[=+\\-@\t\r\n＝＋－＠]")


def sheet(rows, columns=1):
    return Sheet("Masukan []:*?/\\", [Column(f"k{at}", f"Kolom {at}", f"Arti {at}") for at in range(columns)], rows)


def raw(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_comes_back(text):
    assert read_back(csv_file(sheet([[text, "x"]], columns=2))) == [["k0", "k1"], [clean(text), "x"]]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.text(st.characters()), min_size=2, max_size=2), max_size=6))
def test_any_texts_come_back_and_none_can_be_run(rows):
    content = csv_file(sheet(rows, columns=2))
    assert read_back(content) == [["k0", "k1"], *([clean(text) for text in row] for row in rows)]
    assert not any(PERILOUS.match(cell) for row in raw(content) for cell in row)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("_x0A5Ff\x00\x0b'=", min_size=1, max_size=24), min_size=1, max_size=20))
def test_texts_that_look_like_escapes_come_back(texts):
    assert read_back(csv_file(sheet([[text] for text in texts])))[1:] == [[text] for text in texts]


def test_a_key_cannot_be_run_either():
    assert raw(csv_file(Sheet("a", [Column("=1+1", "", "")], []))) == [["'=1+1"]]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-3, "-3"),
        (10**20, "100000000000000000000"),
        (0.1 + 0.2, "0.30000000000000004"),
        (-1.5, "-1.5"),
        (float("nan"), "nan"),
        (float("-inf"), "'-inf"),
        (IntEnum("Place", {"FIRST": 1}).FIRST, "1"),
        (True, "TRUE"),
        (None, ""),
        (date(1899, 12, 31), "1899-12-31"),
        (datetime(2026, 11, 2, 3, 30, tzinfo=timezone(timedelta(hours=7))), "2026-11-01T20:30:00Z"),
        (datetime(2026, 11, 2, 3, 30), "2026-11-02T03:30:00Z"),
    ],
)
def test_a_value_keeps_its_kind_and_every_digit(value, written):
    assert raw(csv_file(sheet([[value, "x"]], columns=2)))[1] == [written, "x"]


def test_no_control_character_is_in_the_file_but_tab_and_line_break():
    content = csv_file(sheet([["".join(map(chr, range(32)))]])).decode("utf-8-sig")
    assert set(re.findall("[\x00-\x1f]", content)) == {"\t", "\n", "\r"}


def test_the_file_begins_with_a_byte_order_mark_and_its_lines_end_as_prescribed():
    assert csv_file(sheet([["a"]])) == b"\xef\xbb\xbfk0\r\na\r\n"


def test_a_table_without_rows_is_its_head():
    assert read_back(csv_file(sheet([], columns=2))) == [["k0", "k1"]]


@pytest.mark.parametrize("row", [[], ["a"], ["a", "b", "c"]])
def test_a_row_that_does_not_fit_the_columns_is_refused(row):
    with pytest.raises(ValueError, match=r"row 2: \d values, 2 columns"):
        csv_file(sheet([["a", "b"], row], columns=2))


@pytest.mark.parametrize("value", [b"bytes", ["list"], object()])
def test_a_value_of_another_type_is_refused(value):
    with pytest.raises(TypeError, match="has no place in a cell"):
        csv_file(sheet([[value]]))


def test_every_column_is_explained():
    words = Words(explanation="About", made="Made")
    rows = read_back(explanation([sheet([], columns=2)], "=Rob", [("Putaran", "1")], MADE, words))
    assert rows == [
        ["lembar", "kolom", "nama", "arti"],
        ["", "", "About", "=Rob"],
        ["", "", "Putaran", "1"],
        ["", "", "Made", "2026-11-02 08:30 UTC"],
        ["Masukan []:*?/\\", "k0", "Kolom 0", "Arti 0"],
        ["Masukan []:*?/\\", "k1", "Kolom 1", "Arti 1"],
    ]


def test_the_explanation_reads_no_rows_and_takes_a_moment_in_utc():
    def rows():
        raise AssertionError("the rows were read")
        yield

    made = explanation([sheet(rows())], "Rob", [], datetime(2026, 11, 2, 8, 30, tzinfo=UTC))
    assert made == explanation([sheet([])], "Rob", [], datetime(2026, 11, 2, 8, 30))


def test_another_program_reads_the_same(office):
    texts = [text for text in HOSTILE if "\r" not in text and text]
    content = csv_file(sheet([[text, at] for at, text in enumerate(texts)], columns=2))
    comma, quotes, utf8, as_text = 44, 34, 76, "1/2/2/2"
    way = f"Text - txt - csv (StarCalc):{comma},{quotes},{utf8},1,{as_text}"
    saved = office(content, "csv", f"csv:{way}", f"--infilter={way}")
    assert read_back(saved) == [["k0", "k1"], *([clean(text), str(at)] for at, text in enumerate(texts))]
