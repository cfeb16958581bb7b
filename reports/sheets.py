"""What a table is before it becomes a file: columns, rows, fixed words; light enough for every process to know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

Value = str | int | float | bool | date | None

# How a text begins that a spreadsheet may take for a formula.
LIKE_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the key that stands in row 1, what it is called, what it means, and its width in characters."""

    key: str
    label: str
    meaning: str
    width: float = 18


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of data; the rows may be a generator and are read once."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of a workbook, in the language of its reader."""

    explanation: str = "Keterangan"
    overflow: str = "Lanjutan"
    continued: str = "lanjutan"
    number: str = "Nomor"
    sheet: str = "Lembar"
    cell: str = "Sel"
    part: str = "Bagian"
    made: str = "Dibuat"
    column: str = "Kolom"
    label: str = "Nama"
    meaning: str = "Arti"


INDONESIAN = Words()


def as_utc(moment: datetime) -> datetime:
    """The same moment in UTC; one without a zone is taken as UTC.

    >>> as_utc(datetime(2026, 11, 2, 8, 30)).isoformat()
    '2026-11-02T08:30:00+00:00'
    """
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
