"""What a paper holds before it becomes a file: tables, what is laid out on paper, slides, data."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reports.paper import Block, Grid, Heading, Text
from reports.sheets import Column, Sheet, Value
from services.errors import Refusal
from services.tongue import N_

MOST_ROWS_ON_PAPER = 5_000
WIDE = 13  # columns from which a table is laid out on paper in several parts


class TooLong(Refusal):
    """More rows than a paper that somebody edits or prints can hold; a spreadsheet can."""


@dataclass(frozen=True, slots=True)
class Content:
    """A paper that can become a file.

    `sheets[0]` is the table with the agreed columns. `blocks` lays the paper out and is asked only where it is put on
    paper; without it the table is laid out. `keeps` are the columns that begin each part of a wide table.
    """

    title: str
    is_personal: bool
    sheets: Sequence[Sheet] = ()
    blocks: Callable[[], Sequence[Block]] | None = None
    size: str = "F4"
    is_landscape: bool = True
    facts: Sequence[tuple[str, str]] = ()
    notes: Sequence[str] = ()
    keeps: int = 2
    data: Any = None
    slides: Callable[[], Sequence[Any]] | None = None
    subtitle: str = ""
    marked: frozenset[int] = frozenset()


def layout(content: Content) -> list[Block]:
    """What stands on paper: the blocks, or else the table, a wide one in parts that begin with the same columns."""
    notes: list[Block] = [Text(note, "note") for note in content.notes]
    if content.blocks is not None:
        return [*notes, *content.blocks()]
    found = notes
    for sheet in content.sheets[:1]:
        found += grids(sheet, content.keeps, content.marked)
    return found


def grids(sheet: Sheet, keeps: int = 2, marked: Iterable[int] = ()) -> list[Block]:
    """A table as it stands on paper. Every column is there: a wide table goes on in further parts."""
    rows = bounded(sheet.rows)
    parts = _parts(sheet.columns, keeps)
    if len(parts) == 1:
        return [Grid(sheet.columns, rows, marked=frozenset(marked))]
    blocks: list[Block] = []
    for number, wanted in enumerate(parts, start=1):
        blocks.append(Heading(f"{sheet.name} ({number}/{len(parts)})", 2))
        columns = [sheet.columns[at] for at in wanted]
        blocks.append(Grid(columns, [[row[at] for at in wanted] for row in rows], marked=frozenset(marked)))
    return blocks


def bounded(rows: Iterable[Sequence[Value]]) -> list[Sequence[Value]]:
    """The rows as a list, refused where no paper could hold them."""
    found = []
    for row in rows:
        found.append(row)
        if len(found) > MOST_ROWS_ON_PAPER:
            raise TooLong(N_("Terlalu banyak baris untuk dicetak. Ambil sebagai .xlsx atau .csv, atau saring dahulu."))
    return found


def _parts(columns: Sequence[Column], keeps: int) -> list[list[int]]:
    """Which columns stand in which part.

    >>> _parts([Column(str(n), "", "") for n in range(14)], 1)
    [[0, 1, 2, 3, 4, 5, 6, 7], [0, 8, 9, 10, 11, 12, 13]]
    """
    if len(columns) <= WIDE:
        return [list(range(len(columns)))]
    first, rest = list(range(keeps)), list(range(keeps, len(columns)))
    count = -(-len(rest) // (WIDE - keeps))
    each = -(-len(rest) // count)
    return [first + rest[at : at + each] for at in range(0, len(rest), each)]
