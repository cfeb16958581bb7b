"""A balance: for every dimension and element how much is digital, both, and not digital."""

from collections.abc import Sequence

from reports.figures.fills import look, patterns
from reports.figures.marks import BOLD, LETTER, LINE, WIDTH, frame, label, length, number, text, wrap

FILLS = ("solid", "diagonal", "empty")
PARTS = len(FILLS)
NAME, ENDS = 92, (262, 300, WIDTH)  # where the bars begin, and where the three numbers end
ROOM = 132  # units of the longest bar
THICK, STEP, SWATCH = 14, 22, 14


def balance(
    rows: Sequence[str],
    columns: Sequence[str],
    parts: Sequence[str],
    counts: Sequence[Sequence[Sequence[int]]],
    *,
    id: str,
    title: str,
    description: str,
    most: int,
) -> str:
    """Draw a bar of three parts for every row and column, with the three numbers beside it.

    The name of a row stands above the lines of its columns. The parts are told apart by pattern, solid, hatched and
    empty, in the order of the key at the top, and so are the numbers. All bars share one scale.

    Args:
        rows: names of the dimensions, for instance seven.
        columns: names of the elements, for instance three.
        parts: the three names of the parts, for instance digital, both, not digital.
        counts: one sequence per row, in it one per column, in it three counts, none below zero.
        id: a name no other figure of the page has.
        title: what the figure is.
        description: what it shows, in a sentence.
        most: the sum at which a bar is as long as it can be; at least the largest sum of a cell.

    Returns:
        Inline SVG, 340 units wide; without rows or columns it holds the title and the description alone.

    Raises:
        ValueError: the counts do not fit the names, one is below zero, a bar is longer than the scale, or the id is
            no name.

    Source: divided bars on a common scale (Cleveland and McGill 1984, J. Am. Stat. Assoc. 79(387), 531-554).

    >>> names = (["Ekonomi"], ["Tata kelola"], ["digital", "keduanya", "bukan digital"])
    >>> drawn = balance(*names, [[[5, 2, 9]]], id="n", title="Judul", description="Temuan", most=20)
    >>> [f">{count}</text>" in drawn for count in (5, 2, 9)]
    [True, True, True]
    """
    _check(rows, columns, parts, counts, most)
    body = [patterns(id)]
    height: float = 0
    if rows and columns:
        height = _draw_key(body, parts, id)
        for name, cells in zip(rows, counts, strict=True):
            height = _draw_row(body, height, name, columns, cells, most, id)
    return frame(id, title, description, height, body if rows and columns else [])


def _check(rows, columns, parts, counts, most) -> None:
    if len(parts) != PARTS:
        raise ValueError(f"{len(parts)} parts, a bar has {PARTS}")
    cells = [cell for row in counts for cell in row]
    fits = len(counts) == len(rows) and all(len(row) == len(columns) for row in counts)
    if not fits or any(len(cell) != PARTS for cell in cells):
        raise ValueError("counts must have one row per name of a row, in it one cell per name of a column")
    if any(count < 0 for cell in cells for count in cell):
        raise ValueError("a count cannot be below zero")
    if any(sum(cell) > most for cell in cells):
        raise ValueError(f"a bar is longer than the scale from 0 to {most}")


def _draw_key(body: list[str], parts: Sequence[str], id: str) -> float:
    """Name the three parts, and show their patterns above the numbers that belong to them."""
    y: float = 0
    for fill, name in zip(FILLS, parts, strict=True):
        lines = wrap(name, WIDTH - SWATCH - 8)
        body.append(f'<rect {look(fill, id)} x="1" y="{number(y + 2)}" width="{SWATCH}" height="{SWATCH - 2}"/>')
        body.append(label(SWATCH + 8, y + LETTER, lines, name, "soft"))
        y += LINE * max(len(lines), 1) + 3
    for fill, end in zip(FILLS, ENDS, strict=True):
        place = f'x="{number(end - SWATCH - 1)}" y="{number(y - SWATCH - 1)}"'
        body.append(f'<rect {look(fill, id)} {place} width="{SWATCH}" height="{SWATCH - 2}"/>')
    return y + 4


def _draw_row(body, y, name, columns, cells, most, id) -> float:
    lines = wrap(name, WIDTH * BOLD)
    body.append(label(0, y + LETTER, lines, name, "em"))
    y += LINE * max(len(lines), 1) + 4
    for column, cell in zip(columns, cells, strict=True):
        y = _draw_line(body, y, column, cell, most, id)
    return y + 8


def _draw_line(body, y, column, cell, most, id) -> float:
    lines = wrap(column, NAME - 8)
    room = max(LINE * len(lines), THICK)
    top = y + (room - THICK) / 2
    body.append(label(0, y + LETTER, lines, column, "soft"))
    x: float = NAME
    for fill, count in zip(FILLS, cell, strict=True):
        breadth = ROOM * count / most if count else 0
        if count:
            place = f'x="{number(x)}" y="{number(top)}" width="{number(breadth)}" height="{THICK}"'
            body.append(f"<rect {look(fill, id)} {place}/>")
        x += breadth
    body.append(f'<path class="axis" d="M{NAME} {number(top - 2)}v{THICK + 4}"/>')
    base = top + THICK / 2 + 4.5
    for end, count in zip(ENDS, cell, strict=True):
        body.append(text(end, base, str(count), "em" if count else "soft", "end", min(length(str(count)), 34)))
    return y + room + STEP - THICK
