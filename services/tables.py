"""Tables that offices bring: a CSV file becomes numbered rows; what cannot be read is an error of that row."""

import csv
import io
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from models.vocabulary import LABELS
from services.errors import UnreadableFile
from services.texts import is_clean
from services.tongue import N_

MAX_BYTES, MAX_CELL = 64 * 2**20, 2**20
# What a spreadsheet makes of "1-4" or "1/5".
DAY = re.compile(r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[-/ ][^\W\d]{3,9})$")
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class RowError:
    """`number` is the row in the file, the header being row 1; `reason` the sentence in Indonesian.

    `message` and `values` are the same sentence for a page in another language, `column` and `expected` what was
    looked at and what should stand there.
    """

    number: int
    reason: str
    message: str = field(default="", compare=False)
    values: dict[str, Any] = field(default_factory=dict, compare=False)
    column: str = field(default="", compare=False)
    expected: str = field(default="", compare=False)


@dataclass(slots=True)
class Report:
    """What became of the rows; `unresolved` counts references to things that are not here (yet)."""

    added: int = 0
    known: int = 0
    changed: int = 0
    unresolved: int = 0
    errors: list[RowError] = field(default_factory=list)


class BadRow(ValueError):
    """One row cannot be taken; the text says why, in Indonesian."""

    def __init__(self, message: str, *, column: str = "", expected: str = "", **values: object) -> None:
        values |= {"column": column} if column else {}
        super().__init__(message % values if values else message)
        self.message, self.values, self.column, self.expected = message, values, column, expected

    def at(self, number: int) -> RowError:
        """The error of the row with this number."""
        return RowError(number, str(self), self.message, self.values, self.column, self.expected)


def read(
    path: Path, columns: Sequence[str], required: Collection[str], ignored_prefix: str | None = None
) -> list[tuple[int, Row | RowError]]:
    """The rows of a CSV file (UTF-8; comma, semicolon or tab) with their numbers; a ragged row becomes an error.

    Columns whose names begin with `ignored_prefix` are not read. Any other unknown column refuses the whole file,
    because leaving it out would lose what it says.
    """
    text = decode(path)
    delimiter = max(",;\t", key=text.split("\n", 1)[0].count)
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        is_read = [not (ignored_prefix and name.startswith(ignored_prefix)) for name in header]
        _check_header([n for n, wanted in zip(header, is_read, strict=True) if wanted], columns, required)
        return list(_numbered(reader, header, is_read))
    except csv.Error as error:
        raise UnreadableFile(f"Baris {reader.line_num}: bentuk CSV rusak ({error}).") from error


def decode(path: Path) -> str:
    """The text of a file, refused when it is too large, not there, or not UTF-8."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(f"Berkas lebih dari {MAX_BYTES // 2**20} MB; bagi menjadi beberapa berkas.")
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile("Berkas bukan UTF-8. Simpan ulang sebagai CSV UTF-8.") from error
    except OSError as error:
        raise UnreadableFile(f"Berkas tidak dapat dibuka: {error.strerror}.") from error


def _check_header(names: list[str], columns: Sequence[str], required: Collection[str]) -> None:
    problems = [f"kolom berulang: {n}" for n, times in Counter(names).items() if times > 1]
    problems += [f"kolom tidak dikenal: {n or '(tanpa nama)'}" for n in names if n not in columns]
    problems += [f"kolom {n} tidak ada" for n in columns if n in required and n not in names]
    if problems:
        raise UnreadableFile(f"{'; '.join(problems)}. Kolom yang dikenal: {', '.join(columns)}.")


def _numbered(
    reader: Iterator[list[str]], header: list[str], is_read: list[bool]
) -> Iterator[tuple[int, Row | RowError]]:
    for number, cells in enumerate(reader, start=2):
        if not cells:
            continue
        if len(cells) != len(header):
            message = N_("berisi %(n)s kolom, seharusnya %(width)s")
            yield number, BadRow(message, n=len(cells), width=len(header)).at(number)
            continue
        yield number, {name: cell for name, cell, wanted in zip(header, cells, is_read, strict=True) if wanted}


def check_clean(row: Row) -> None:
    """Refuse a row with characters that could not be kept."""
    for column, cell in row.items():
        if not is_clean(cell):
            raise BadRow(N_("%(column)s memuat karakter kendali atau huruf rusak"), column=column)


def known(row: Row, column: str, names: Collection[str]) -> str | None:
    """A cell that must name one of `names`; None where it is empty."""
    value = row.get(column, "").strip()
    if value and value not in names:
        raise unknown(column, value, sorted(names))
    return value or None


def unknown(column: str, value: str, names: Iterable[str]) -> BadRow:
    """The refusal of a cell that names nothing we know."""
    known = ", ".join(names)
    message = N_("%(column)s “%(value)s” tidak dikenal; yang ada: %(known)s")
    return BadRow(message, column=column, expected=known, value=value[:40], known=known)


def word(row: Row, column: str, kind: type[StrEnum]) -> Any:
    """A cell that must be a word of the procedure, or its label; None where it is empty or "unspecified"."""
    value = row.get(column, "").strip()
    if value in ("", "unspecified"):
        return None
    if value in list(kind):
        return kind(value)
    spoken = value.casefold()
    found = next((w for w in kind if spoken in [label.casefold() for label in LABELS.get(w, ())]), None)
    if found is None:
        raise unknown(column, value, kind)
    return found


def number(row: Row, column: str, low: int, high: int) -> int | None:
    """A cell that must be a whole number from `low` to `high`; None where it is empty."""
    value = row.get(column, "").strip()
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < 10 and low <= int(value) <= high):
        message = N_("%(column)s “%(value)s” bukan angka %(low)s sampai %(high)s")
        if DAY.match(value):
            message = N_("%(column)s “%(value)s” diubah Excel menjadi tanggal, bukan angka %(low)s sampai %(high)s")
        raise BadRow(message, column=column, expected=f"{low}–{high}", value=value[:40], low=low, high=high)
    return int(value)


def moment(row: Row, column: str) -> datetime | None:
    """A cell that must be a moment with its offset (`2026-09-01T08:30:00+07:00`); None where it is empty."""
    value = row.get(column, "").strip()
    if not value:
        return None
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        message = N_("%(column)s “%(value)s” bukan waktu dengan zonanya, misalnya 2026-09-01T08:30:00+07:00")
        raise BadRow(message, column=column, expected="2026-09-01T08:30:00+07:00", value=value[:40])
    return found.astimezone(UTC)


def plain(name: str) -> str:
    """A name as it is compared: without case and spaces."""
    return "".join(name.casefold().split())
