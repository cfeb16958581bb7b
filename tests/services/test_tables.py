"""Tables that offices bring: rows keep their numbers, and what cannot be read is told, not guessed."""

import pytest

from models.vocabulary import Element
from services import tables
from services.errors import UnreadableFile
from services.tables import BadRow, RowError

COLUMNS = ("id", "nama", "catatan")


@pytest.fixture
def read(tmp_path):
    def read_text(content, ignored_prefix=None):
        path = tmp_path / "tabel.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tables.read(path, COLUMNS, {"id"}, ignored_prefix)

    return read_text


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_spelling_of_a_table_is_read(read, mark, newline, delimiter):
    text = f"{mark}id,nama\n1,satu\n2,dua\n".replace(",", delimiter).replace("\n", newline)
    assert read(text) == [(2, {"id": "1", "nama": "satu"}), (3, {"id": "2", "nama": "dua"})]


def test_a_header_in_quotes_a_cell_of_lines_and_an_empty_line_keep_the_numbers(read):
    assert read('"id","catatan"\n1,"a\nb"\n\n3,c\n') == [
        (2, {"id": "1", "catatan": "a\nb"}),
        (4, {"id": "3", "catatan": "c"}),
    ]


def test_a_ragged_row_is_an_error_of_its_own(read):
    one, two, three = read("id,nama\n1\n2,dua\n3,tiga,lebih\n")
    assert one == (2, RowError(2, "berisi 1 kolom, seharusnya 2"))
    assert two == (3, {"id": "2", "nama": "dua"})
    assert three == (4, RowError(4, "berisi 3 kolom, seharusnya 2"))


def test_columns_with_the_prefix_are_left_out_and_no_others(read):
    assert read("id,expected_x\n1,y\n", "expected_") == [(2, {"id": "1"})]
    with pytest.raises(UnreadableFile, match="kolom tidak dikenal: expected_x"):
        read("id,expected_x\n1,y\n")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "kolom id tidak ada"),
        (b"nama\nsatu\n", "kolom id tidak ada. Kolom yang dikenal: id, nama, catatan"),
        (b"id,id\n1,2\n", "kolom berulang: id"),
        (b"id,\n1,2\n", "kolom tidak dikenal: .tanpa nama."),
        (b"id,Nama\n1,2\n", "kolom tidak dikenal: Nama"),
        (b"id,nama\n1,\xe9\n", "bukan UTF-8"),
        ("id\n1\n".encode("utf-16"), "bukan UTF-8"),
        (b"\x89PNG\r\n\x1a\n", "bukan UTF-8"),
        (b'id,nama\n1,"tidak ditutup\n', "CSV rusak"),
        (b'id,nama\n1,"a"b\n', "Baris 2: bentuk CSV rusak"),
        (b"id,nama\n1," + b"x" * (2**20 + 1) + b"\n", "Baris 2: bentuk CSV rusak"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_what_was_expected(read, content, told):
    with pytest.raises(UnreadableFile, match=told):
        read(content)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="tidak dapat dibuka"):
        tables.decode(tmp_path / "tidak-ada.csv")
    large = tmp_path / "besar.csv"
    with large.open("wb") as file:
        file.truncate(tables.MAX_BYTES + 1)
    with pytest.raises(UnreadableFile, match="lebih dari 64 MB"):
        tables.decode(large)


@pytest.mark.parametrize(("cell", "value"), [("", None), (" ", None), ("1", 1), (" 4 ", 4), ("004", 4)])
def test_a_number_within_its_bounds_is_taken(cell, value):
    assert tables.number({"n": cell}, "n", 1, 4) == value
    assert tables.number({}, "n", 1, 4) is None


@pytest.mark.parametrize("cell", ["0", "5", "-1", "1.0", "1,0", "satu", "²", "٣", "1e0", "9" * 5000])
def test_anything_else_is_no_number(cell):
    with pytest.raises(BadRow, match="bukan angka 1 sampai 4"):
        tables.number({"n": cell}, "n", 1, 4)


def test_a_word_of_the_procedure_is_taken_and_another_told_with_what_there_is():
    assert tables.word({"e": " structure "}, "e", Element) is Element.STRUCTURE
    assert tables.word({"e": "unspecified"}, "e", Element) is None is tables.word({}, "e", Element)
    with pytest.raises(BadRow, match="“batu” tidak dikenal; yang ada: superstructure, infrastructure, structure"):
        tables.word({"e": "batu"}, "e", Element)


def test_a_name_must_be_one_of_those_there_are():
    assert tables.known({"d": " DIS "}, "d", {"DIS", "ECO"}) == "DIS"
    assert tables.known({"d": ""}, "d", {"DIS"}) is None is tables.known({}, "d", {"DIS"})
    with pytest.raises(BadRow, match="“dis” tidak dikenal; yang ada: DIS, ECO"):
        tables.known({"d": "dis"}, "d", {"ECO", "DIS"})


@pytest.mark.parametrize("cell", ["a\x00b", "\x1b[31m", "a\u0085b"])
def test_a_row_with_characters_that_cannot_be_kept_is_refused(cell):
    with pytest.raises(BadRow, match="nama memuat karakter kendali"):
        tables.check_clean({"id": "1", "nama": cell})


@pytest.mark.parametrize("cell", ["", " a\tb\r\nc ", "e\u0301", "👨‍👩‍👧", "\u202eابت", "=1+1"])
def test_every_other_row_is_let_through(cell):
    tables.check_clean({"id": "1", "nama": cell})


def test_names_are_compared_without_case_and_spaces():
    assert tables.plain(" Kali  Baros ") == tables.plain("KALIBAROS") != tables.plain("Kali-Baros")
