"""Where a sheet's table begins: titles above its head, heads in two rows, blocks of one kelurahan, rows of totals."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from services.errors import UnreadableFile
from services.sources.marks import Area, Marks
from services.sources.sheet import Line, Note, Sheet
from services.tongue import N_

SEARCHED = 30
FULL = 0.6  # a head names at least this part of the columns
BLOCK = re.compile(r"(?i)(?:kelurahan|kel\.|desa)\s*:?\s*([^\d\W][\w .'-]{2,60})")
TOTAL = re.compile(r"(?i)(?:sub)?\s*(?:jumlah|total)\b.*")
BLOCK_HEAD = "kelurahan (judul blok)"
Numbered = tuple[int, list[str]]


def arrange(rows: Iterable[Numbered], marks: Marks) -> Sheet:
    """The table of a sheet: its head, its rows, and the kelurahan named above a block of them."""
    source = iter(rows)
    first = list(islice(source, SEARCHED))
    at = _head_at([cells for _, cells in first])
    depth = _depth(first[at][0], marks.merged)
    head = _head(first[at : at + depth], marks.merged)
    table = _Table(head, marks, _block_in(chain.from_iterable(cells for _, cells in first[:at])))
    lines = list(table.lines(chain(first[at + depth :], source)))
    titles = sum(any(cells) for _, cells in first[:at])
    return _finish(table, lines, titles)


def _head_at(rows: list[list[str]]) -> int:
    """The first row that names enough columns; a number names none."""
    names = [sum(bool(cell.strip()) and not _is_number(cell) for cell in row) for row in rows]
    if not any(names):
        raise UnreadableFile(N_("Kepala tabel tidak ditemukan di %(n)s baris pertama."), n=SEARCHED)
    wanted = FULL * max(names)
    return next(at for at, n in enumerate(names) if n >= wanted)


def _is_number(cell: str) -> bool:
    return cell.strip(" ().,").replace(".", "").isdecimal()


def _depth(number: int, merged: list[Area]) -> int:
    """How many rows the head has: as many as its tallest merged cell, three at most."""
    return max((min(a.bottom - a.top + 1, 3) for a in merged if a.top == number), default=1)


def _head(rows: list[Numbered], merged: list[Area]) -> list[str]:
    names: list[list[str]] = [[] for _ in rows[0][1]]
    for number, cells in rows:
        spread = {
            column: cells[a.left - 1]
            for a in merged
            if a.top == number and a.left <= len(cells)
            for column in range(a.left, a.right + 1)
        }
        for column, cell in enumerate(cells, start=1):
            name = " ".join((cell or spread.get(column, "")).split())
            if name and name not in names[column - 1]:
                names[column - 1].append(name)
    return [" / ".join(parts) for parts in names]


def _block_in(cells: Iterable[str]) -> str:
    found = (BLOCK.fullmatch(cell.strip()) for cell in cells)
    return next((match[1].strip() for match in found if match), "")


class _Table:
    """Reads the rows below a head; remembers the block they stand in and counts what is no row."""

    def __init__(self, head: list[str], marks: Marks, block: str) -> None:
        self.head, self.block = head, block
        self.has_blocks = bool(block)
        self.left = Counter[str]()
        self.filling = {(a.top, a.left): a.bottom for a in marks.merged if a.bottom > a.top}
        self.filled: dict[int, tuple[str, int]] = {}

    def lines(self, rows: Iterable[Numbered]) -> Iterator[Line]:
        for number, cells in rows:
            own = [cell for cell in cells if cell.strip()]
            if not own or self._is_no_row(cells, own):
                continue
            yield Line(number, [*self._filled_down(number, cells), self.block])

    def _is_no_row(self, cells: list[str], own: list[str]) -> bool:
        block = _block_in(own) if len(own) == 1 and len(cells) > 2 else ""
        if block:
            self.block, self.has_blocks = block, True
        elif TOTAL.fullmatch(own[0].strip()):
            self.left["totals"] += 1
        elif len(own) > 2 and [c.strip(" ().") for c in own] == [str(n) for n in range(1, len(own) + 1)]:
            self.left["numbers"] += 1  # the row of column numbers that official tables have below their head
        else:
            return False
        return True

    def _filled_down(self, number: int, cells: list[str]) -> list[str]:
        for column, cell in enumerate(cells, start=1):
            last = self.filling.get((number, column))
            if last is not None:
                self.filled[column] = (cell, last)
        return [
            self.filled[column][0] if column in self.filled and number <= self.filled[column][1] else cell
            for column, cell in enumerate(cells, start=1)
        ]


def _finish(table: _Table, lines: list[Line], titles: int) -> Sheet:
    head = [*table.head, BLOCK_HEAD]
    empty = {at for at, name in enumerate(head) if not name and not any(line.cells[at].strip() for line in lines)}
    if not table.has_blocks:
        empty.add(len(head) - 1)
    kept = [at for at in range(len(head)) if at not in empty]
    sheet = Sheet("xlsx", [head[at] for at in kept])
    sheet.lines = [Line(line.number, [line.cells[at] for at in kept]) for line in lines]
    for count, message in (
        (titles, N_("%(n)s baris judul di atas kepala tabel tidak diambil.")),
        (table.left["totals"], N_("%(n)s baris jumlah tidak diambil.")),
    ):
        if count:
            sheet.notes.append(Note(message, {"n": count}))
    return sheet
