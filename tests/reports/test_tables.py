"""Tables: whatever people wrote comes back as they wrote it, whichever program opens the file."""

import io
import zipfile
from datetime import UTC, date, datetime, timedelta, timezone
from enum import IntEnum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from reports import cells
from reports.tables import Column, Sheet, Words, workbook
from tests.reports.reader import read, shared_texts, types

MADE = datetime(2026, 11, 23, 11, 45, tzinfo=UTC)
CELL = 32_767
TEXTS = [
    "rob masuk rumah",
    "=1+1",
    "+62",
    "-3",
    "@SUM(A1)",
    "\tmenjorok",
    "\rbaris",
    '=HYPERLINK("http://x","y")',
    "http://contoh.invalid",
    "007",
    "1e5",
    "TRUE",
    " tepi ",
    "dua\nbaris\r\nlagi",
    "<r>miring</r>",
    "<r><t>a</t></r>",
    "a & b < c > \"d\" 'e'",
    "_x0041_ dan _x005F_x0041_",
    "_x0041\x00",
    "\x00\x01\x0b\x1f",
    "\ufffe\uffff",
    "🌊👩‍👩‍👧",
    "ꦥꦼꦏꦭꦺꦴꦔꦤ꧀",
]


def table(rows, columns=1, name="Masukan"):
    heads = [Column(f"k{at}", f"Kolom {at}", f"Arti {at}") for at in range(columns)]
    return Sheet(name, heads, rows)


def make(*sheets, **changes):
    return workbook(sheets, **{"title": "Masukan", "facts": [("Putaran", "1")], "made_at": MADE, **changes})


def first_column(content, name="Masukan"):
    return [row[0] for row in read(content)[name][1:]]


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_comes_back_as_a_text(text):
    content = make(table([[text]]))
    assert first_column(content) == [text]
    assert types(content, "Masukan") == [["s"]]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=8))
def test_any_texts_come_back(texts):
    content = make(table([[text] for text in texts]))
    assert first_column(content) == texts
    assert all(kinds == ["s"] for kinds in types(content, "Masukan"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text("_x0A5Ff\x00\x0b\uffff", min_size=1, max_size=24), min_size=1, max_size=20))
def test_texts_that_look_like_escapes_come_back(texts):
    assert first_column(make(table([[text] for text in texts]))) == texts


def test_nothing_in_the_file_is_a_formula_or_a_link():
    content = make(table([[text] for text in TEXTS], name="=A1"), title="=1+1", facts=[("=2+2", "@x")])
    parts = zipfile.ZipFile(io.BytesIO(content))
    assert b"<f>" not in b"".join(parts.read(name) for name in parts.namelist())
    assert not [name for name in parts.namelist() if "worksheets/_rels" in name]


def test_what_looks_like_a_formula_stays_a_text_when_somebody_edits_its_cell():
    page = load_workbook(io.BytesIO(make(table([["=1+1"], ["rob"]]))))["Masukan"]
    assert page["A2"].quotePrefix and not page["A3"].quotePrefix


@pytest.mark.parametrize(
    "value", [0, -7, 999_999_999_999_999, 0.1 + 0.2, 1 / 3, 1e300, 5e-324, True, False, None, date(2026, 11, 2)]
)
def test_a_value_keeps_its_kind_and_every_digit(value):
    (found,) = first_column(make(table([[value, "x"]], columns=2)))
    found = found.date() if isinstance(found, datetime) else found
    assert found == value and isinstance(found, bool) == isinstance(value, bool)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=1, max_size=20))
def test_any_number_comes_back(values):
    assert first_column(make(table([[value] for value in values]))) == values


@pytest.mark.parametrize("value", [10**15, -(10**20), float("nan"), float("inf"), date(1899, 12, 31)])
def test_a_value_a_spreadsheet_would_change_is_stored_as_a_text(value):
    assert first_column(make(table([[value]]))) == [str(value)]


def test_a_number_with_a_name_is_a_number():
    place = IntEnum("Place", {"FIRST": 1})
    assert first_column(make(table([[place.FIRST]]))) == [1]


def test_a_moment_is_stored_in_utc():
    jakarta = timezone(timedelta(hours=7))
    content = make(table([[datetime(2026, 11, 2, 3, 30, 15, tzinfo=jakarta)]]))
    assert first_column(content) == [datetime(2026, 11, 1, 20, 30, 15)]


@pytest.mark.parametrize("value", [b"bytes", ["list"], object()])
def test_a_value_of_another_type_is_refused(value):
    with pytest.raises(TypeError, match="has no place in a cell"):
        make(table([[value]]))


@pytest.mark.parametrize("row", [[], ["a"], ["a", "b", "c"]])
def test_a_row_that_does_not_fit_the_columns_is_refused(row):
    with pytest.raises(ValueError, match="Masukan, row 2"):
        make(table([["a", "b"], row], columns=2))


def test_more_columns_than_a_sheet_holds_are_refused():
    with pytest.raises(ValueError, match="16384"):
        make(table([], columns=16_385))


@pytest.mark.parametrize(
    "text",
    ["a" * CELL, "a" * (CELL - 1) + "\x00", "🌊" * (CELL // 2)],
)
def test_a_text_that_just_fits_stays_in_its_cell(text):
    sheets = read(make(table([[text]])))
    assert sheets["Masukan"][1] == [text] and "Lanjutan" not in sheets


@pytest.mark.parametrize(
    "text",
    [
        "a" * (CELL + 1),
        "🌊" * 16_384,
        "a" + "🌊" * 40_000,
        "=" * 40_000,
        "<r>" + "a" * 40_000 + "</r>",
        "ab\n" * 350_000,
    ],
    ids=["one more", "emoji", "odd emoji", "signs", "markup", "a megabyte"],
)
def test_a_longer_text_goes_on_and_none_of_it_is_lost(text):
    content = make(table([["pendek", 1], [text, 2]], columns=2))
    assert first_column(content) == ["pendek", text]
    book = load_workbook(io.BytesIO(content))
    shown, row = book["Masukan"]["A3"].value, [cell.value for cell in book["Lanjutan"][2]]
    assert shown.endswith(" … [lanjutan L-1]") and cells.fits(shown)
    assert row[:3] == ["L-1", "Masukan", "A3"]
    assert all(len(part.encode("utf-16-le")) <= 64_000 for part in row[3:])
    assert shown.startswith(row[3])


def test_each_long_text_has_its_own_row_and_names_its_sheet():
    long = ["a" * 40_000, "b" * 70_000, "c" * 33_000]
    content = make(table([[long[0]], ["x"], [long[1]]]), table([[long[2]]], name="Lanjutan"))
    sheets = read(content, overflow="Lanjutan (2)")
    assert [row[:3] for row in sheets["Lanjutan (2)"][1:]] == [
        ["L-1", "Masukan", "A2"],
        ["L-2", "Masukan", "A4"],
        ["L-3", "Lanjutan", "A2"],
    ]
    assert sheets["Masukan"][1:] == [[long[0]], ["x"], [long[1]]] and sheets["Lanjutan"][1:] == [[long[2]]]


@pytest.mark.parametrize(("text", "kept"), [("a\ud800b", "a\ufffdb"), ("\udc00", "\ufffd"), ("\ud83c\udf0a", "🌊")])
def test_half_a_character_is_marked_and_two_halves_are_joined(text, kept):
    assert first_column(make(table([[text]]))) == [kept]


def test_sheets_of_one_name_are_told_apart_whatever_their_case():
    names = ["Tema", "TEMA", "tema", "a" * 31, "A" * 35, "Keterangan"]
    found = load_workbook(io.BytesIO(make(*(table([], name=name) for name in names)))).sheetnames
    assert found == ["Tema", "TEMA (2)", "tema (3)", "a" * 31, "A" * 27 + " (2)", "Keterangan", "Keterangan (2)"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_names_make_a_workbook(names):
    found = load_workbook(io.BytesIO(make(*(table([], name=name) for name in names)))).sheetnames
    assert len(found) == len(names) + 1


def test_the_head_is_bold_frozen_and_filtered():
    page = load_workbook(io.BytesIO(make(table([["a", "b"]], columns=2))))["Masukan"]
    assert [cell.value for cell in page[1]] == ["k0", "k1"] and page["A1"].font.bold
    assert page.freeze_panes == "A2" and page.auto_filter.ref == "A1:B2"
    assert page["A2"].alignment.wrap_text and page.column_dimensions["A"].width == pytest.approx(18, abs=1)


def test_the_last_sheet_explains_every_column():
    content = make(table([]), table([], columns=2, name="Tema"), facts=[("Putaran", "Putaran 1"), ("Hitungan", "ke-3")])
    (*_, name), sheets = load_workbook(io.BytesIO(content)).sheetnames, read(content)
    assert name == "Keterangan"
    assert sheets[name] == [
        ["Masukan", None, None],
        ["Putaran", "Putaran 1", None],
        ["Hitungan", "ke-3", None],
        ["Dibuat", "2026-11-23 11:45 UTC", None],
        [None, None, None],
        ["Masukan", None, None],
        ["Kolom", "Nama", "Arti"],
        ["k0", "Kolom 0", "Arti 0"],
        [None, None, None],
        ["Tema", None, None],
        ["Kolom", "Nama", "Arti"],
        ["k0", "Kolom 0", "Arti 0"],
        ["k1", "Kolom 1", "Arti 1"],
    ]


def test_the_fixed_words_can_be_of_another_language():
    words = Words(explanation="About", overflow="Continued", continued="continued", number="Number")
    content = make(table([["a" * 40_000]]), words=words)
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Masukan", "Continued", "About"] and book["Continued"]["A1"].value == "Number"
    assert book["Masukan"]["A2"].value.endswith("… [continued L-1]")


def test_a_long_explanation_is_not_lost_either():
    column = Column("k", "Nama", "arti " * 8_000)
    content = make(Sheet("Masukan", [column], []))
    assert read(content)["Keterangan"][-1] == ["k", "Nama", "arti " * 8_000]


def test_a_workbook_without_sheets_or_columns_still_explains():
    assert list(read(make())) == ["Keterangan"]
    assert list(read(make(table([[]], columns=0)))) == ["Masukan", "Keterangan"]


def test_rows_are_read_once_and_may_be_a_generator():
    assert first_column(make(table([f"butir {at}"] for at in range(5)))) == [f"butir {at}" for at in range(5)]


def test_the_same_input_gives_the_same_bytes_in_any_zone(monkeypatch):
    rows = [[text] for text in TEXTS] + [["a" * 40_000]]
    first = make(table(rows))
    monkeypatch.setenv("TZ", "Asia/Jakarta")
    jakarta = MADE.astimezone(timezone(timedelta(hours=7)))
    assert make(table(rows), made_at=jakarta) == first
    assert make(table(rows), made_at=MADE + timedelta(seconds=1)) != first
    assert load_workbook(io.BytesIO(first)).properties.created == datetime(2026, 11, 23, 11, 45)


def test_a_failure_of_the_rows_is_told_and_leaves_no_file(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows():
        yield ["a"]
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        make(table(rows()))
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_another_program_opens_and_saves_the_same_texts(soffice):
    texts = [text for text in TEXTS if not set(text) & set("\x00\x01\x0b\x1f\ufffe\uffff\r_")]
    texts += ["b" * 40_000, "🌊" * 20_000, "bukan _x0041_ melainkan"]
    saved = soffice(make(table([[text, at] for at, text in enumerate(texts)], columns=2)))
    assert [row[0] for row in read(saved)["Masukan"][1:]][:-1] == texts[:-1]
    assert [row[1] for row in read(saved)["Masukan"][1:]] == list(range(len(texts)))
    assert {kinds[0] for kinds in types(saved, "Masukan")} == {"s"}
    assert any("_x0041_" in text for text in shared_texts(saved))
