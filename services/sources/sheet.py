"""A sheet: the head of its columns, its rows with their numbers in the file, and what was left out."""

from dataclasses import dataclass, field

from services.errors import UnreadableFile
from services.tongue import N_

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 50_000, 100, 2**20
Value = str | int


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader of a report should know; the message is said later, in the reader's language."""

    message: str
    values: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file, its cells; `fault` says why it cannot be taken.

    Of a row whose words were erased while it waited, only the digest is left by which it is known.
    """

    number: int
    cells: list[str]
    fault: Note | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet of a workbook: its name, how many rows hold something, whether it is hidden."""

    name: str
    rows: int
    is_hidden: bool


@dataclass(slots=True)
class Sheet:
    """`kind` is csv, xlsx or chat; of a workbook `name` is the sheet that was read and `tabs` are all there are."""

    kind: str
    head: list[str]
    lines: list[Line] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    name: str = ""
    tabs: list[Tab] = field(default_factory=list)


def check_size(rows: int, columns: int) -> None:
    """Refuse what no list of voices has."""
    if rows > MOST_ROWS:
        raise UnreadableFile(
            N_("Lebih dari %(most)s baris; bagi menjadi beberapa berkas."), most=f"{MOST_ROWS:,}".replace(",", ".")
        )
    if columns > MOST_COLUMNS:
        raise UnreadableFile(
            N_("Ada %(n)s kolom, paling banyak %(most)s; hapus kolom yang tidak perlu."), n=columns, most=MOST_COLUMNS
        )
