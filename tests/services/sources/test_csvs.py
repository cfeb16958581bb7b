"""CSV as offices save it: B20 to B25 of the bad inputs, each beside what can be read."""

import pytest

from services.errors import UnreadableFile
from services.sources import csvs

ROWS = "kelurahan;keluhan\nTirto;Café “Kali” – tutup\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_of_office_machines_are_understood(encoding):
    sheet = csvs.read(ROWS.encode(encoding))
    assert sheet.head == ["kelurahan", "keluhan"]
    assert [(line.number, line.cells) for line in sheet.lines] == [(2, ["Tirto", "Café “Kali” – tutup"])]


@pytest.mark.parametrize(("encoding", "said"), [("utf-16", "UTF-16"), ("cp1252", "Windows-1252")])
def test_unusual_letters_are_told(encoding, said):
    assert [said in note.message for note in csvs.read(ROWS.encode(encoding)).notes] == [True]
    assert csvs.read(ROWS.encode()).notes == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_delimiter_is_found_and_a_decimal_comma_stays(delimiter):
    sheet = csvs.read(f'a{delimiter}b\n"1,5"{delimiter}x\n'.encode())
    assert sheet.lines[0].cells == ["1,5", "x"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"\n\n;;\n", "kosong"),
        ("é;ya\n".encode() + "é\n".encode("cp1252"), "bercampur"),
        (b"\xff\xfea\x00b", "rusak"),
        (b"a\x00b\xff\n", "bercampur"),
        (b'a,b\n1,"tidak ditutup\n', "Baris 2"),
        (b'a,b\n1,"du"a\n', "Baris 2"),
        (b",".join([b"k"] * 101) + b"\n", "101 kolom"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(content, said):
    with pytest.raises(UnreadableFile, match=said):
        csvs.read(content)


def test_an_unclosed_quote_far_down_is_named_by_its_row():
    with pytest.raises(UnreadableFile, match="Baris 9000"):
        csvs.read(b"a,b\n" + b"1,2\n" * 8998 + b'1,"2')


def test_a_ragged_row_is_a_fault_of_that_row_alone():
    one, two, three = csvs.read(b"a,b\n1\n1,2\n1,2,3\n").lines
    assert (one.fault.values, two.fault, three.fault.values) == (
        {"n": 1, "width": 2},
        None,
        {"n": 3, "width": 2},
    )


def test_a_head_alone_has_no_rows_and_empty_rows_keep_the_numbers():
    assert csvs.read(b"a,b\n").lines == []
    assert [line.number for line in csvs.read(b"a,b\n1,2\n,\n\n3,4\n").lines] == [2, 5]


def test_a_million_rows_are_refused_while_reading():
    with pytest.raises(UnreadableFile, match="50.000"):
        csvs.read(b"a,b\n" + b"1,2\n" * 50_001)
    assert len(csvs.read(b"a,b\n" + b"1,2\n" * 50_000).lines) == 50_000


def test_numbers_that_a_spreadsheet_rounded_are_told():
    assert csvs.read(b'a,b\n"8,12E+10",x\n').notes[0].values == {"n": 1}
    assert csvs.read(b"a,b\n0812-0000-0000,x\n").notes == []
