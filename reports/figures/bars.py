"""Small bars: one value each, from zero, on one fixed scale, the number beside its name."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reports.figures.marks import BOLD, LETTER, LINE, WIDTH, frame, label, length, number, text, wrap

THICK = 9


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its value, and the value in words (the value itself where there are none)."""

    label: str
    value: float
    words: str = ""

    @property
    def told(self) -> str:
        """The value as it is printed."""
        return self.words or number(self.value)


def bars(rows: Sequence[Bar], *, id: str, title: str, description: str, most: float) -> str:
    """Draw a bar for every row, its name and value above it.

    All bars begin at zero and share one scale that the caller fixes, so that figures of two runs can be laid beside
    one another; the track shows how far the scale goes.

    Args:
        rows: in the order in which they are drawn.
        id: a name no other figure of the page has.
        title: what the figure is.
        description: what it shows, in a sentence.
        most: the end of the scale, for instance 100; above zero.

    Returns:
        Inline SVG, 340 units wide; without rows it holds the title and the description alone.

    Raises:
        ValueError: a value lies outside 0 to `most` or is no number, or the id is no name.

    Source: bars from a common zero (Cleveland and McGill 1984, J. Am. Stat. Assoc. 79(387), 531-554).

    >>> drawn = bars([Bar("Rob", 37)], id="b", title="Judul", description="Temuan", most=100)
    >>> "Rob" in drawn, ">37</text>" in drawn
    (True, True)
    """
    check([row.value for row in rows], most)
    body: list[str] = []
    height: float = 0
    for row in rows:
        lines = wrap(row.label, (WIDTH - length(row.told) - 12) * BOLD)
        body.append(label(0, height + LETTER, lines, row.label, "em"))
        body.append(text(WIDTH, height + LETTER, row.told, "soft", "end"))
        height += LINE * max(len(lines), 1) + 4
        body.append(f'<path class="bg" d="{_shape(height, WIDTH)}"/>')
        body.append(f'<path class="bar" d="{_shape(height, WIDTH * row.value / most)}"/>' if row.value else "")
        height += THICK + 10
    return frame(id, title, description, height, body)


def check(values: Sequence[float], most: float) -> None:
    """Refuse a scale without length, and values that do not lie on it.

    Raises:
        ValueError: the scale is no number above zero, or a value lies outside of it.

    >>> check([0, 100], 100)
    """
    if not (math.isfinite(most) and most > 0):
        raise ValueError(f"a scale from 0 to {most} has no length")
    if not all(0 <= value <= most for value in values):
        raise ValueError(f"a value lies outside the scale from 0 to {most}")


def _shape(y: float, breadth: float) -> str:
    return f"M0 {number(y)}h{number(breadth)}v{THICK}H0z"
