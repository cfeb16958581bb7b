"""XLSX: one sheet, the first visible one where none is named; formulas by what they last showed, hidden parts told."""

import zipfile
from collections.abc import Iterable, Iterator
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
from services.sources.sheet import MOST_COLUMNS, MOST_ROWS, Note, Sheet, Tab, check_size
from services.tongue import N_

BROKEN = N_("Berkas XLSX ini rusak. Simpan ulang dari Excel, lalu unggah lagi.")
EXACT = 10**15  # a spreadsheet rounds longer whole numbers


@dataclass(slots=True)
class _Odd:
    """Cells whose value is not what was typed."""

    rounded: int = 0
    failed: int = 0


def read(path: Path, wanted: str = "") -> Sheet:
    """A sheet of a workbook that has passed the guards: the one with this name, else the first visible one."""
    try:
        with path.open("rb") as file, zipfile.ZipFile(path) as archive:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            return _read(book.worksheets, archive, wanted)
    except (zipfile.BadZipFile, ExpatError, KeyError, ValueError, TypeError, AttributeError, IndexError) as error:
        raise UnreadableFile(BROKEN) from error


def _read(worksheets: list[ReadOnlyWorksheet], archive: zipfile.ZipFile, wanted: str) -> Sheet:
    marked = [_marks(worksheet, archive) for worksheet in worksheets]
    tabs = [Tab(w.title, m.rows, w.sheet_state != "visible") for w, m in zip(worksheets, marked, strict=True)]
    at = _chosen(tabs, wanted)
    chosen = marked[at]
    check_size(chosen.rows, chosen.width)
    odd = _Odd()
    sheet = heads.arrange(_rows(worksheets[at], chosen, odd), chosen)
    sheet.name, sheet.tabs = tabs[at].name, tabs
    sheet.notes = [*_notes(tabs, tabs[at], chosen, odd), *sheet.notes]
    return sheet


def _chosen(tabs: list[Tab], wanted: str) -> int:
    """Where the sheet stands that is to be read; a hidden one is read only by its name."""
    filled = [at for at, tab in enumerate(tabs) if tab.rows]
    if not wanted:
        at = next((at for at in filled if not tabs[at].is_hidden), None)
        if at is None:
            raise UnreadableFile(N_("Berkas ini kosong."))
        return at
    at = next((at for at in filled if tabs[at].name == wanted), None)
    if at is None:
        names = _named(tabs[at] for at in filled)
        raise UnreadableFile(
            N_("Lembar “%(name)s” tidak ada atau kosong. Yang ada: %(names)s."), name=wanted, names=names
        )
    return at


def _named(tabs: Iterable[Tab]) -> str:
    return ", ".join(f"{tab.name} ({tab.rows})" for tab in tabs)[:400]


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


def _notes(tabs: list[Tab], read: Tab, chosen: Marks, odd: _Odd) -> Iterator[Note]:
    hidden = [tab for tab in tabs if tab.is_hidden and tab is not read]
    others = [tab for tab in tabs if tab.rows and not tab.is_hidden and tab is not read]
    if hidden:
        yield Note(N_("Lembar tersembunyi tidak dibaca: %(names)s."), {"names": _named(hidden)})
    if others or read.is_hidden:
        yield Note(N_("Yang dibaca lembar “%(name)s” (%(n)s baris berisi)."), {"name": read.name, "n": read.rows})
    if others:
        yield Note(N_("Lembar lain, dengan banyak barisnya: %(names)s."), {"names": _named(others)})
    for count, message in (
        (len(chosen.hidden), N_("%(n)s baris tersembunyi tidak dibaca; lepaskan saringannya bila perlu.")),
        (len(chosen.merged), N_("%(n)s sel gabungan: isinya berlaku untuk semua baris yang digabung.")),
        (chosen.uncomputed, N_("%(n)s rumus tanpa hasil tersimpan dibaca kosong.")),
        (odd.failed, N_("%(n)s rumus berhasil galat (seperti #N/A) dibaca kosong.")),
        (odd.rounded, N_("%(n)s angka lebih dari 15 digit sudah dibulatkan Excel.")),
    ):
        if count:
            yield Note(message, {"n": count})
