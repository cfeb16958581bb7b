"""A contrast of two groups: for each word or theme a bar to the left and one to the right, on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.figures.bars import check
from reports.figures.fills import look, patterns
from reports.figures.marks import BOLD, LETTER, LINE, WIDTH, frame, label, length, number, text, wrap

MIDDLE = WIDTH / 2
THICK, GAP, SWATCH = 14, 12, 14
LONGEST = MIDDLE - 44  # what is left beside a bar holds its value
LEFT, RIGHT = "solid", "diagonal"
ROWS_A_HEAD = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing that two groups speak of: its name, and a value of each; in words where the number is not enough."""

    label: str
    left: float
    right: float
    left_words: str = ""
    right_words: str = ""


def contrast(
    rows: Sequence[Pair],
    *,
    id: str,
    title: str,
    description: str,
    left_name: str,
    right_name: str,
    most: float,
) -> str:
    """Draw two bars for every row, from the middle to both sides, with their values at the ends.

    The left side is solid, the right one hatched. Both share one scale from zero that the caller fixes. The names of
    the sides are repeated every ten rows.

    Args:
        rows: in the order in which they are drawn.
        id: a name no other figure of the page has.
        title: what the figure is.
        description: what it shows, in a sentence.
        left_name, right_name: who stands on which side.
        most: the end of the scale, for instance 100 for parts of a hundred; above zero.

    Returns:
        Inline SVG, 340 units wide; without rows it holds the title and the description alone.

    Raises:
        ValueError: a value lies outside 0 to `most` or is no number, or the id is no name.

    Source: back-to-back bars (Cleveland and McGill 1984, J. Am. Stat. Assoc. 79(387), 531-554).

    >>> pair = Pair("rob", 62, 8)
    >>> names = {"left_name": "Warga", "right_name": "Dinas", "most": 100}
    >>> drawn = contrast([pair], id="c", title="Judul", description="Temuan", **names)
    >>> "Warga" in drawn, ">62</text>" in drawn, ">8</text>" in drawn
    (True, True, True)
    """
    check([value for row in rows for value in (row.left, row.right)], most)
    body = [patterns(id)]
    height: float = 0
    for at, row in enumerate(rows):
        if at % ROWS_A_HEAD == 0:
            height = _draw_head(body, height, left_name, right_name, id)
        height = _draw_row(body, height, row, most, id)
    return frame(id, title, description, height, body if rows else [])


def _draw_head(body: list[str], y: float, left_name: str, right_name: str, id: str) -> float:
    """Name both sides, each beside a piece of its pattern."""
    room = (MIDDLE - SWATCH - 14) * BOLD
    left, right = wrap(left_name, room), wrap(right_name, room)
    for x, fill in ((MIDDLE - 6 - SWATCH, LEFT), (MIDDLE + 6, RIGHT)):
        body.append(
            f'<rect {look(fill, id)} x="{number(x)}" y="{number(y + 2)}" width="{SWATCH}" height="{SWATCH - 2}"/>'
        )
    body.append(label(MIDDLE - SWATCH - 12, y + LETTER, left, left_name, "em", "end"))
    body.append(label(MIDDLE + SWATCH + 12, y + LETTER, right, right_name, "em"))
    return y + LINE * max(len(left), len(right), 1) + 8


def _draw_row(body: list[str], y: float, row: Pair, most: float, id: str) -> float:
    lines = wrap(row.label, WIDTH)
    body.append(label(MIDDLE, y + LETTER, lines, row.label, "", "middle"))
    y += LINE * max(len(lines), 1) + 3
    base = y + THICK / 2 + 4.5
    left, right = (LONGEST * value / most for value in (row.left, row.right))
    body.append(_bar(MIDDLE - left, y, left, LEFT, id) + _bar(MIDDLE, y, right, RIGHT, id))
    body.append(_value(MIDDLE - left - 5, base, row.left_words or number(row.left), "end"))
    body.append(_value(MIDDLE + right + 5, base, row.right_words or number(row.right), "start"))
    body.append(f'<path class="axis" d="M{number(MIDDLE)} {number(y - 2)}v{THICK + 4}"/>')
    return y + THICK + GAP


def _bar(x: float, y: float, breadth: float, fill: str, id: str) -> str:
    if not breadth:
        return ""
    return f'<rect {look(fill, id)} x="{number(x)}" y="{number(y)}" width="{number(breadth)}" height="{THICK}"/>'


def _value(x: float, y: float, words: str, anchor: str) -> str:
    room = x if anchor == "end" else WIDTH - x
    return text(x, y, words, "soft", anchor, max(room, min(length(words), 20)))
