"""XLSX: the first visible sheet that holds something; formulas by what they last showed, hidden parts told."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from xml.parsers.expat import ExpatError

from openpyxl import load_workbook
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from services.errors import UnreadableFile
from services.sources import heads, marks
from services.sources.marks import Marks
from services.sources.sheet import MOST_COLUMNS, MOST_ROWS, Note, Sheet, check_size
from services.tongue import N_

BROKEN = N_("Berkas XLSX ini rusak. Simpan ulang dari Excel, lalu unggah lagi.")
EXACT = 10**15  # a spreadsheet rounds longer whole numbers


@dataclass(slots=True)
class _Odd:
    """Cells whose value is not what was typed."""

    rounded: int = 0
    failed: int = 0


def read(path: Path) -> Sheet:
    """The sheet of a workbook that has passed the guards."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(path) as archive:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            return _read(book.worksheets, archive)
    except (zipfile.BadZipFile, ExpatError, KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise UnreadableFile(BROKEN) from error


def _read(worksheets: list[ReadOnlyWorksheet], archive: zipfile.ZipFile) -> Sheet:
    hidden = [w.title for w in worksheets if w.sheet_state != "visible"]
    found = [(w, _marks(w, archive)) for w in worksheets if w.sheet_state == "visible"]
    filled = [(w, m) for w, m in found if m.rows]
    if not filled:
        raise UnreadableFile(N_("Berkas ini kosong."))
    worksheet, chosen = filled[0]
    check_size(chosen.rows, chosen.width)
    odd = _Odd()
    sheet = heads.arrange(_rows(worksheet, chosen, odd), chosen)
    sheet.notes = [*_notes(hidden, [w.title for w, _ in filled[1:]], chosen, odd), *sheet.notes]
    return sheet


def _marks(worksheet: ReadOnlyWorksheet, archive: zipfile.ZipFile) -> Marks:
    with archive.open(worksheet._worksheet_path) as file:
        return marks.read(file)


def _rows(worksheet: ReadOnlyWorksheet, chosen: Marks, odd: _Odd) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not hidden, with their numbers. What the file says of its own size is not believed."""
    worksheet.reset_dimensions()
    values = worksheet.iter_rows(max_col=min(chosen.width, MOST_COLUMNS), values_only=True)
    for number, row in enumerate(values, start=1):
        if number > MOST_ROWS + heads.SEARCHED:
            check_size(number, chosen.width)
        if number not in chosen.hidden:
            cells = [as_text(value, odd) for value in row]
            yield number, cells + [""] * (chosen.width - len(cells))


def as_text(value: Any, odd: _Odd) -> str:
    """A cell as it would be written by hand."""
    match value:
        case None:
            return ""
        case bool():
            return "ya" if value else "tidak"
        case datetime():
            return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
        case date() | time():
            return value.isoformat()
        case int() | float() if value == value and abs(value) != float("inf"):
            odd.rounded += abs(value) >= EXACT
            return str(int(value)) if value == int(value) else repr(value)
        case str() if value.startswith("#") and value.rstrip("!?").isupper() and value.endswith(("!", "?", "/A")):
            odd.failed += 1
            return ""
    return str(value)


def _notes(hidden: list[str], others: list[str], chosen: Marks, odd: _Odd) -> Iterator[Note]:
    if hidden:
        yield Note(N_("Lembar tersembunyi tidak dibaca: %(names)s."), {"names": ", ".join(hidden)[:200]})
    if others:
        yield Note(
            N_("Hanya lembar pertama yang dibaca. Simpan lembar lain sebagai berkas sendiri: %(names)s."),
            {"names": ", ".join(others)[:200]},
        )
    for count, message in (
        (len(chosen.hidden), N_("%(n)s baris tersembunyi tidak dibaca; lepaskan saringannya bila perlu.")),
        (len(chosen.merged), N_("%(n)s sel gabungan: isinya berlaku untuk semua baris yang digabung.")),
        (chosen.uncomputed, N_("%(n)s rumus tanpa hasil tersimpan dibaca kosong.")),
        (odd.failed, N_("%(n)s rumus berhasil galat (seperti #N/A) dibaca kosong.")),
        (odd.rounded, N_("%(n)s angka lebih dari 15 digit sudah dibulatkan Excel.")),
    ):
        if count:
            yield Note(message, {"n": count})
