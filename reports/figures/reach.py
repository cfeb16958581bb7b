"""Ranges of places: where each thing stands in a ranking, and between which places it may stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.figures.marks import BOLD, LETTER, LINE, WIDTH, frame, label, length, number, text, wrap

EDGE = 10
ROWS_A_SCALE = 10
SHORTEST_SCALE, MOST_TICKS = 5, 9
TICKS = (5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)


@dataclass(frozen=True, slots=True)
class Span:
    """One thing of a ranking: its name, its place, and the lowest and highest place it may take."""

    label: str
    place: int
    low: int
    high: int


def ranges(rows: Sequence[Span], *, id: str, title: str, description: str, of: int) -> str:
    """Draw the range of places of each row on one shared scale.

    The name and the range in figures stand above a bar that reaches half a place beyond both ends; a diamond
    marks the place. The scale runs from 1 to `of` and is repeated every ten rows.

    Args:
        rows: in the order in which they are drawn.
        id: a name no other figure of the page has.
        title: what the figure is.
        description: what it shows, in a sentence.
        of: how many places the ranking has.

    Returns:
        Inline SVG, 340 units wide; without rows it holds the title and the description alone.

    Raises:
        ValueError: not 1 <= low <= place <= high <= of, or the id is no name.

    Source: ranges of ranks as intervals (Goldstein and Spiegelhalter 1996, J. R. Statist. Soc. A 159(3), 385-443).

    >>> drawn = ranges([Span("Rob", 1, 1, 3)], id="r", title="Judul", description="Temuan", of=20)
    >>> drawn.count('class="span"'), "1–3" in drawn
    (1, True)
    """
    for row in rows:
        if not 1 <= row.low <= row.place <= row.high <= of:
            raise ValueError(f"{row.label!r}: {row.low} <= {row.place} <= {row.high} is no range within 1 to {of}")
    scale = _Scale(max(of, SHORTEST_SCALE))
    body: list[str] = []
    height: float = 0
    for at, row in enumerate(rows):
        if at % ROWS_A_SCALE == 0:
            body.extend(scale.figures(height + LETTER))
            height += LINE + 6
        height = _draw(body, height, row, scale)
    return frame(id, title, description, height, body)


@dataclass(frozen=True, slots=True)
class _Scale:
    """Places from 1 to the last, evenly over the breadth of the figure."""

    last: int

    @property
    def step(self) -> float:
        return (WIDTH - 2 * EDGE) / self.last

    def middle(self, place: int) -> float:
        return EDGE + (place - 0.5) * self.step

    @property
    def ticks(self) -> list[int]:
        every = next((tick for tick in TICKS if self.last // tick <= MOST_TICKS), self.last)
        return [1, *range(every, self.last + 1, every)]

    def figures(self, y: float) -> Iterator[str]:
        return (text(self.middle(tick), y, str(tick), "soft", "middle") for tick in self.ticks)

    def line(self, y: float) -> str:
        marks = "".join(f"M{number(self.middle(tick))} {number(y - 4)}v8" for tick in self.ticks)
        return f'<path class="axis" d="M{EDGE} {number(y)}h{WIDTH - 2 * EDGE}{marks}"/>'


def _draw(body: list[str], y: float, row: Span, scale: _Scale) -> float:
    reach = str(row.low) if row.low == row.high else f"{row.low}–{row.high}"
    name = f"{row.place}. {row.label}"
    lines = wrap(name, (WIDTH - length(reach) - 12) * BOLD)
    body.append(label(0, y + LETTER, lines, name, "em"))
    body.append(text(WIDTH, y + LETTER, reach, "soft", "end"))
    y += LINE * len(lines) + 11
    breadth = (row.high - row.low + 1) * scale.step
    left, round_by = EDGE + (row.low - 1) * scale.step, min(5, breadth / 2)
    bar = f'x="{number(left)}" y="{number(y - 5)}" width="{number(breadth)}" height="10" rx="{number(round_by)}"'
    body.append(f'{scale.line(y)}<rect class="span" {bar}/>')
    body.append(f'<path class="at" d="M{number(scale.middle(row.place))} {number(y - 6)}l6 6-6 6-6-6z"/>')
    return y + LINE + 4
