"""Tables that offices bring: a CSV file becomes numbered rows; what cannot be read is an error of that row."""

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from services.errors import UnreadableFile
from services.texts import is_clean

MAX_BYTES, MAX_CELL = 64 * 2**20, 2**20
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class RowError:
    """`number` is the row in the file, the header being row 1."""

    number: int
    reason: str


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
            yield number, RowError(number, f"berisi {len(cells)} kolom, seharusnya {len(header)}")
            continue
        yield number, {name: cell for name, cell, wanted in zip(header, cells, is_read, strict=True) if wanted}


def check_clean(row: Row) -> None:
    """Refuse a row with characters that could not be kept."""
    for column, cell in row.items():
        if not is_clean(cell):
            raise BadRow(f"{column} memuat karakter kendali atau huruf rusak")


def known(row: Row, column: str, names: Collection[str]) -> str | None:
    """A cell that must name one of `names`; None where it is empty."""
    value = row.get(column, "").strip()
    if value and value not in names:
        raise BadRow(f"{column} “{value[:40]}” tidak dikenal; yang ada: {', '.join(sorted(names))}")
    return value or None


def word(row: Row, column: str, kind: type[StrEnum]) -> Any:
    """A cell that must be a word of the procedure; None where it is empty or "unspecified"."""
    value = row.get(column, "").strip()
    if value in ("", "unspecified"):
        return None
    if value not in list(kind):
        raise BadRow(f"{column} “{value[:40]}” tidak dikenal; yang ada: {', '.join(kind)}")
    return kind(value)


def number(row: Row, column: str, low: int, high: int) -> int | None:
    """A cell that must be a whole number from `low` to `high`; None where it is empty."""
    value = row.get(column, "").strip()
    if not value:
        return None
    if not (value.isascii() and value.isdecimal() and len(value) < 10 and low <= int(value) <= high):
        raise BadRow(f"{column} “{value[:40]}” bukan angka {low} sampai {high}")
    return int(value)


def plain(name: str) -> str:
    """A name as it is compared: without case and spaces."""
    return "".join(name.casefold().split())
