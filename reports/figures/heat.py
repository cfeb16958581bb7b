"""A heat map: how often each row meets each column, as a number on a pattern of five steps."""

import math
from collections.abc import Iterator, Sequence

from reports.figures.marks import BOLD, LETTER, LINE, WIDTH, frame, label, length, number, text, wrap

TILE = 5
STRIPES = (0.7, 1.5, 2.5, 3.6)  # units of a tile; the fifth step is solid
STEPS = len(STRIPES) + 1
CELL, GAP, SWATCH = 26, 12, 18
ROWS_A_BLOCK, COLUMNS_A_BAND = 10, 6
SQUEEZE = 0.79  # the most that a long word of a heading is pressed together


def heat_map(
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Sequence[Sequence[int]],
    *,
    id: str,
    title: str,
    description: str,
) -> str:
    """Draw how often each row meets each column.

    Every cell prints its number. The hatching grows denser in five steps of equal width between 1 and the largest
    count, so it reads without colour; zero is left empty. The name of a row stands above its cells; columns
    beyond six follow in a band below.

    Args:
        rows: names, for instance of dimensions.
        columns: names, for instance of groups.
        counts: one sequence per row with one count per column, none below zero.
        id: a name no other figure of the page has.
        title: what the figure is.
        description: what it shows, in a sentence.

    Returns:
        Inline SVG, 340 units wide. Without rows or columns it holds the title and the description alone.

    Raises:
        ValueError: the counts do not fit the names, a count is negative, or the id is no name.

    Source: equal-interval classes (Slocum et al., Thematic Cartography and Geovisualization, 3rd ed., chapter 5).

    >>> drawn = heat_map(["Ekonomi"], ["Warga"], [[37]], id="h", title="Judul", description="Temuan")
    >>> "Ekonomi" in drawn, "Warga" in drawn, ">37</text>" in drawn
    (True, True, True)
    """
    if len(counts) != len(rows) or any(len(row) != len(columns) for row in counts):
        raise ValueError("counts must have one row per name of a row and one value per name of a column")
    if any(count < 0 for row in counts for count in row):
        raise ValueError("a count cannot be below zero")
    most = max((count for row in counts for count in row), default=0)
    body, height = [_patterns(id)], 0
    band = math.ceil(len(columns) / math.ceil(len(columns) / COLUMNS_A_BAND)) if columns else 1
    for first in range(0, len(columns) if rows else 0, band):
        for start in range(0, len(rows), ROWS_A_BLOCK):
            part, block = slice(first, first + band), slice(start, start + ROWS_A_BLOCK)
            cells = [row[part] for row in counts[block]]
            height = _draw_block(body, height, rows[block], columns[part], cells, most, id)
    height = _draw_key(body, height, most, id) if body[1:] else height
    return frame(id, title, description, height, body)


def step_of(count: int, most: int) -> int:
    """Which of the steps 1 to 5 a count belongs to, or 0 for none.

    >>> [step_of(count, 10) for count in (0, 1, 2, 3, 10)]
    [0, 1, 1, 2, 5]
    """
    return -(-STEPS * count // most) if count else 0


def _patterns(id: str) -> str:
    tile = f'width="{TILE}" height="{TILE}" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    ground = f'<path class="hole" d="M0 0h{TILE}v{TILE}H0z"/>'
    patterns = (
        f'<pattern id="{id}-{step}" {tile}>{ground}<path class="bar" d="M0 0h{stripe}v{TILE}H0z"/></pattern>'
        for step, stripe in enumerate(STRIPES, start=1)
    )
    return f"<defs>{''.join(patterns)}</defs>"


def _draw_block(body, y, rows, columns, cells, most, id) -> float:
    breadth = WIDTH / len(columns)
    heads = [_heading(name, breadth - 4) for name in columns]
    lines = max(map(len, heads))
    for at, (name, head) in enumerate(zip(columns, heads, strict=True)):
        middle, top = breadth * (at + 0.5), y + LINE * (lines - len(head)) + LETTER
        body.append(label(middle, top, head, name, "soft", "middle", breadth - 4))
    y += LINE * lines + 6
    for name, row in zip(rows, cells, strict=True):
        shown = wrap(name, WIDTH * BOLD)
        body.append(label(0, y + LETTER, shown, name, "em"))
        y += LINE * len(shown) + 3
        body.extend(_cell(breadth * at, y, breadth, count, step_of(count, most), id) for at, count in enumerate(row))
        y += CELL + GAP
    return y


def _heading(name: str, room: float) -> list[str]:
    longest = max(map(length, name.split()), default=0)
    return wrap(name, max(room, min(longest, room / SQUEEZE)))


def _cell(x: float, y: float, breadth: float, count: int, step: int, id: str) -> str:
    box = f'x="{number(x + 1)}" y="{number(y)}" width="{number(breadth - 2)}" height="{CELL}"'
    middle, base = x + breadth / 2, y + CELL / 2 + 4.5
    if not step:
        return f'<rect class="none" {box}/>{text(middle, base, "0", "soft", "middle")}'
    plate = min(length(str(count)) + 10, breadth - 4)
    place = f'x="{number(middle - plate / 2)}" y="{number(y + 4)}" width="{number(plate)}" height="{CELL - 8}"'
    drawn = f'<rect {_look(step, id)} {box}/><rect class="hole" {place} rx="3"/>'
    return f"{drawn}{text(middle, base, str(count), 'em', 'middle')}"


def _look(step: int, id: str) -> str:
    return 'class="seg bar"' if step == STEPS else f'class="seg" fill="url(#{id}-{step})"'


def _draw_key(body: list[str], y: float, most: int, id: str) -> float:
    """Draw which counts a pattern stands for, from left to right and on as many lines as it takes."""
    x: float = 0
    for step, words in _key(most):
        taken = SWATCH + 6 + length(words) + 10
        if x + taken > WIDTH + 10:
            x, y = 0, y + LINE + 8
        look = _look(step, id) if step else 'class="none"'
        body.append(f'<rect {look} x="{number(x + 1)}" y="{number(y + 1)}" width="{SWATCH}" height="14"/>')
        body.append(text(x + SWATCH + 6, y + LETTER, words, "soft"))
        x += taken
    return y + LINE + 2


def _key(most: int) -> Iterator[tuple[int, str]]:
    yield 0, "0"
    for step in range(1, STEPS + 1):
        low, high = (step - 1) * most // STEPS + 1, step * most // STEPS
        if low <= high:
            yield step, str(low) if low == high else f"{low}–{high}"
