"""CSV as offices save it: UTF-8, UTF-16 or Windows-1252; comma, semicolon or tab; a ragged row is its own fault."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from services.errors import UnreadableFile
from services.sources.sheet import LONGEST_CELL, MOST_ROWS, Line, Note, Sheet, check_size
from services.tongue import N_

DELIMITERS = ",;\t"
ROUNDED = re.compile(r"^\d[.,]\d+[eE]\+\d+$")
BROKEN = N_("Baris %(number)s: bentuk CSV rusak (tanda kutip tidak ditutup, atau kutip di tengah isi).")


def decode(content: bytes) -> tuple[str, list[Note]]:
    """The text of a file, and what has to be said about its letters.

    What is neither UTF-8 nor marked as UTF-16 is taken for Windows-1252, which Excel writes on many office machines; a
    file that mixes both is refused, because half of its words would be spoilt.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16"), [Note(N_("Huruf dibaca sebagai UTF-16."))]
        except UnicodeDecodeError as error:
            raise UnreadableFile(N_("Huruf berkas ini rusak. Simpan ulang sebagai CSV UTF-8.")) from error
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        return _old_windows(content, error), [
            Note(N_("Huruf dibaca sebagai Windows-1252; periksa huruf seperti é dan tanda kutip di pratinjau."))
        ]


def _old_windows(content: bytes, error: UnicodeDecodeError) -> str:
    is_mixed = re.search(rb"[\xc3-\xc5][\x80-\xbf]|\xe2\x80[\x80-\xbf]", content) is not None
    try:
        if is_mixed or b"\x00" in content:
            raise error
        return content.decode("cp1252")
    except UnicodeDecodeError as refused:
        raise UnreadableFile(N_("Huruf berkas ini bercampur atau rusak. Simpan ulang sebagai CSV UTF-8.")) from refused


def read(content: bytes) -> Sheet:
    """The rows of a CSV file; its first row that is not empty is the head."""
    text, notes = decode(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    csv.field_size_limit(LONGEST_CELL)
    try:
        head = next((row for row in reader if any(cell.strip() for cell in row)), None)
        if head is None:
            raise UnreadableFile(N_("Berkas ini kosong."))
        check_size(0, len(head))
        sheet = Sheet("csv", [name.strip() for name in head], notes=notes)
        sheet.lines = list(_lines(reader, len(head)))
    except csv.Error as error:
        raise UnreadableFile(BROKEN, number=reader.line_num) from error
    rounded = sum(1 for line in sheet.lines for cell in line.cells if ROUNDED.match(cell))
    if rounded:
        sheet.notes.append(Note(N_("%(n)s angka panjang sudah dibulatkan Excel (seperti 8,12E+10)."), {"n": rounded}))
    return sheet


def _delimiter(text: str) -> str:
    first = next((line for line in text.split("\n") if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _lines(reader: Iterator[list[str]], width: int) -> Iterator[Line]:
    """The rows with the numbers that a spreadsheet shows, the head being row 1; empty ones are counted and left out."""
    for number, cells in enumerate(reader, start=2):
        if number - 1 > MOST_ROWS:
            check_size(number - 1, width)
        if len(cells) == width:
            if any(cell.strip() for cell in cells):
                yield Line(number, cells)
        elif cells:
            fault = Note(N_("berisi %(n)s kolom, seharusnya %(width)s"), {"n": len(cells), "width": width})
            yield Line(number, cells, fault)
