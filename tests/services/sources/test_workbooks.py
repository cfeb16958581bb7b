"""XLSX of offices: values as they were seen, what is hidden or merged told (B29 to B31 of the bad inputs)."""

from datetime import date, datetime

import pytest

from services.errors import UnreadableFile
from services.sources.__main__ import read
from tests.services.sources.conftest import musrenbang, workbook


def notes(sheet):
    return " ".join(note.message % note.values for note in sheet.notes)


def test_a_recapitulation_of_a_musrenbang_is_read_by_its_blocks(sheet_of):
    sheet = sheet_of(musrenbang())
    assert sheet.head[:3] == ["No", "Bidang", "Usulan kegiatan"]
    assert sheet.head[3:] == ["Lokasi / RT", "Lokasi / RW", "OPD", "kelurahan (judul blok)"]
    assert [(line.number, line.cells[1], line.cells[2], line.cells[6]) for line in sheet.lines] == [
        (8, "Fisik", "Pompa rob di muara", "BANDENGAN"),
        (9, "Fisik", "Peninggian jalan gang", "BANDENGAN"),
        (11, "Sosial", "Kelas menjahit untuk ibu-ibu", "Krapyak"),
    ]
    said = notes(sheet)
    assert "2 baris judul" in said and "1 baris jumlah" in said and "10 sel gabungan" in said


def test_a_plain_table_has_neither_blocks_nor_notes(sheet_of):
    sheet = sheet_of(workbook([["keluhan", "kelurahan"], ["Got mampet", "Tirto"]]))
    assert (sheet.head, [line.cells for line in sheet.lines]) == (["keluhan", "kelurahan"], [["Got mampet", "Tirto"]])
    assert sheet.notes == []


def test_values_are_written_as_a_hand_would_write_them(sheet_of):
    row = [3, 3.0, 2.5, date(2026, 5, 1), datetime(2026, 5, 1, 7, 30), True, 81200000000, None]
    sheet = sheet_of(workbook([[f"k{n}" for n in range(8)], row]))
    said = ["3", "3", "2.5", "2026-05-01", "2026-05-01 07:30:00", "ya", "81200000000", ""]
    assert sheet.lines[0].cells == said


def test_a_formula_is_never_computed_and_told_where_it_has_no_value(sheet_of):
    sheet = sheet_of(workbook([["a", "b"], ['=HYPERLINK("http://contoh.invalid")', "teks"], ["#REF!", "#tagar"]]))
    assert [line.cells for line in sheet.lines] == [["", "teks"], ["", "#tagar"]]
    assert "1 rumus tanpa hasil" in notes(sheet) and "1 rumus berhasil galat" in notes(sheet)


def test_hidden_sheets_and_rows_are_told_and_left_out(sheet_of):
    book = workbook([["keluhan", "kelurahan"], ["satu", "Tirto"], ["dua", "Tirto"]])
    book.active.row_dimensions[3].hidden = True
    book.create_sheet("gaji").append(["rahasia"])
    book["gaji"].sheet_state = "hidden"
    book.create_sheet("lain").append(["juga"])
    sheet = sheet_of(book)
    assert [line.cells[0] for line in sheet.lines] == ["satu"]
    said = notes(sheet)
    assert "tersembunyi tidak dibaca: gaji" in said and "1 baris tersembunyi" in said
    assert "banyak barisnya: lain (1)" in said
    assert "rahasia" not in repr(sheet)


def several():
    """Two months and a hidden one, the first sheet empty."""
    book = workbook([])
    for name, state, rows in (
        ("Januari", "visible", [["Keluhan"], ["Lampu mati"], ["Selokan mampet"]]),
        ("Februari", "visible", [["Usulan", "Kelurahan"], ["Halte beratap", "Tirto"]]),
        ("Arsip", "hidden", [["Keluhan"], ["rahasia"]]),
    ):
        tab = book.create_sheet(name)
        tab.sheet_state = state
        for row in rows:
            tab.append(row)
    return book


def test_every_sheet_is_listed_with_its_rows_and_the_first_visible_one_is_read(save):
    sheet = read(save(several()), "x", b"k")
    assert (sheet.name, sheet.head, len(sheet.lines)) == ("Januari", ["Keluhan"], 2)
    assert [(t.name, t.rows, t.is_hidden) for t in sheet.tabs] == [
        ("Sheet", 0, False),
        ("Januari", 3, False),
        ("Februari", 2, False),
        ("Arsip", 2, True),
    ]
    said = notes(sheet)
    assert "tersembunyi tidak dibaca: Arsip (2)" in said and "lembar “Januari” (3 baris berisi)" in said
    assert "banyak barisnya: Februari (2)" in said and "rahasia" not in repr(sheet)


def test_a_sheet_is_read_by_its_name_a_hidden_one_only_so(save):
    path = save(several())
    assert read(path, "x", b"k", "Februari").head == ["Usulan", "Kelurahan"]
    hidden = read(path, "x", b"k", "Arsip")
    assert [line.cells for line in hidden.lines] == [["rahasia"]] and "lembar “Arsip”" in notes(hidden)


@pytest.mark.parametrize("name", ["Maret", "Sheet", "januari"])
def test_a_sheet_that_is_not_there_or_empty_is_refused_with_those_that_are(save, name):
    with pytest.raises(UnreadableFile, match=r"Yang ada: Januari \(3\), Februari \(2\), Arsip \(2\)"):
        read(save(several()), "x", b"k", name)


def test_what_is_no_workbook_has_no_sheets(save):
    with pytest.raises(UnreadableFile, match="bukan buku kerja"):
        read(save("Keluhan\nLampu mati\n", "a.csv"), "a.csv", b"k", "Januari")


def test_numbers_longer_than_a_spreadsheet_keeps_are_told(sheet_of):
    assert "15 digit" in notes(sheet_of(workbook([["nik", "isi"], [3375999999999999, "teks"]])))


@pytest.mark.parametrize(
    ("rows", "said"),
    [([], "kosong"), ([[1, 2], [3, 4]], "Kepala tabel"), ([["k"] * 101], "101 kolom")],
)
def test_a_sheet_without_a_table_is_refused(sheet_of, rows, said):
    with pytest.raises(UnreadableFile, match=said):
        sheet_of(workbook(rows))


def test_a_cell_far_below_does_not_make_a_million_rows(sheet_of):
    book = workbook([["a", "b"], ["satu", "dua"]])
    book.active.cell(1_048_576, 1, "jauh")
    with pytest.raises(UnreadableFile, match="50.000"):
        sheet_of(book)
