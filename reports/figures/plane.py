"""A plane of two scales: how a thing is doing, against how much it matters; every dot carries a number."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.figures.marks import LETTER, LINE, WIDTH, escape, frame, label, number, text, wrap

LEFT, RIGHT, RADIUS = 20, WIDTH - 2, 9.5
LOWEST, CROWD = 280, 60  # units of height that are room enough for so many dots
APART = 0.5
MOST_SITES = 5000

Place = tuple[float, float]  # in units, from the upper left


@dataclass(frozen=True, slots=True)
class Dot:
    """One thing on the plane: its whole name and its place on both scales."""

    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class _Plane:
    """Where the scales lie on the drawing."""

    x_range: tuple[float, float]
    y_range: tuple[float, float]
    top: float
    height: float
    radius: float

    def across(self, x: float) -> float:
        return self._between(x, self.x_range, LEFT + self.radius + 3, RIGHT - self.radius - 3)

    def down(self, y: float) -> float:
        return self._between(y, self.y_range, self.bottom - self.radius - 3, self.top + self.radius + 3)

    @property
    def bottom(self) -> float:
        return self.top + self.height

    @staticmethod
    def _between(value, scale, start, end) -> float:
        return start + (value - scale[0]) / (scale[1] - scale[0]) * (end - start)

    def sites(self) -> list[Place]:
        """Where a number may stand that cannot stand in its place: a fine grid, coarser on a large plane."""
        room = self.radius + 1
        step = max(self.radius / 2, math.sqrt((RIGHT - LEFT) * self.height / MOST_SITES))
        across, down = RIGHT - LEFT - 2 * room, self.height - 2 * room
        xs = [LEFT + room + at * step for at in range(int(across / step) + 1)]
        ys = [self.top + room + at * step for at in range(int(down / step) + 1)]
        return [(x, y) for x in xs for y in ys]


def quadrant(
    points: Sequence[Dot],
    *,
    id: str,
    title: str,
    description: str,
    x_name: str,
    y_name: str,
    x_range: tuple[float, float] = (1, 4),
    y_range: tuple[float, float] = (1, 4),
    x_middle: float,
    y_middle: float,
    corners: tuple[str, str, str, str],
) -> str:
    """Draw numbered dots on two scales, with a line at the middle of each.

    The number of a dot is its place in `points`, from 1: the key into the table beside the figure. Dots that
    would cover each other are moved apart, within their own quarter while it has room, and a line leads from the
    number to the true place. The name of a dot shows on hover.

    Args:
        points: the things to place.
        id: a name no other figure of the page has.
        title: what the figure is.
        description: what it shows, in a sentence.
        x_name, y_name: what the scales measure.
        x_range, y_range: lowest and highest value of each scale.
        x_middle, y_middle: where the plane is divided, in values of the scales.
        corners: short names of the quarters: top left, top right, bottom left, bottom right.

    Returns:
        Inline SVG, 340 units wide; without points the empty plane.

    Raises:
        ValueError: a value lies outside its scale, a scale has no length, or the id is no name.

    Source: importance-performance analysis (Martilla and James 1977, Journal of Marketing 41(1), 77-79).

    >>> drawn = quadrant([Dot("Rob", 1.5, 4)], id="q", title="Judul", description="Temuan", x_name="Keadaan",
    ...                  y_name="Penting", x_middle=2.5, y_middle=2.5, corners=("a", "b", "c", "d"))
    >>> "<title>1. Rob</title>" in drawn
    True
    """
    _check(points, x_range, y_range, x_middle, y_middle)
    heads = [wrap(name, (RIGHT - LEFT) / 2 - 8) for name in corners]
    top = LINE * (1 + max(len(heads[0]), len(heads[1]))) + 10
    height = LOWEST * max(1, len(points) / CROWD)
    plane = _Plane(x_range, y_range, top, height, RADIUS if len(points) < 100 else RADIUS + 3)
    middle = plane.across(x_middle), plane.down(y_middle)
    body = [text(0, LETTER, f"↑ {y_name}", "em"), *_corners(plane, heads, corners), *_lines(plane, middle)]
    body.extend(_dots(points, plane, middle))
    foot = plane.bottom + LINE * (1 + max(len(heads[2]), len(heads[3]))) + 10
    body.append(text(RIGHT, foot + LETTER, f"{x_name} →", "em", "end"))
    return frame(id, title, description, foot + LINE + 2, body)


def _check(points, x_range, y_range, x_middle, y_middle) -> None:
    xs, ys = [x_middle, *(p.x for p in points)], [y_middle, *(p.y for p in points)]
    for values, (low, high) in ((xs, x_range), (ys, y_range)):
        if not low < high:
            raise ValueError(f"a scale from {low} to {high} has no length")
        if not all(low <= value <= high for value in values):
            raise ValueError(f"a value lies outside the scale from {low} to {high}")


def _corners(plane: _Plane, heads: list[list[str]], corners: Sequence[str]) -> Iterator[str]:
    above, below = plane.top - 6, plane.bottom + LINE + LETTER + 4
    for at, (lines, whole) in enumerate(zip(heads, corners, strict=True)):
        x, anchor = (RIGHT, "end") if at % 2 else (LEFT, "start")
        y = below if at > 1 else above - LINE * (len(lines) - 1)
        yield label(x, y, lines, whole, "soft", anchor)


def _lines(plane: _Plane, middle: Place) -> Iterator[str]:
    x, y = map(number, middle)
    top, bottom = number(plane.top), number(plane.bottom)
    for value in range(math.ceil(plane.x_range[0]), math.floor(plane.x_range[1]) + 1):
        yield text(plane.across(value), plane.bottom + LETTER + 2, str(value), "soft", "middle")
    for value in range(math.ceil(plane.y_range[0]), math.floor(plane.y_range[1]) + 1):
        yield text(LEFT - 6, plane.down(value) + 4.5, str(value), "soft", "end")
    yield f'<rect class="none" x="{LEFT}" y="{top}" width="{RIGHT - LEFT}" height="{number(plane.height)}"/>'
    yield f'<path class="half" d="M{x} {top}V{bottom}M{LEFT} {y}H{RIGHT}"/>'


def _dots(points: Sequence[Dot], plane: _Plane, middle: Place) -> Iterator[str]:
    true = [(plane.across(point.x), plane.down(point.y)) for point in points]
    shown = _moved_apart(true, plane, middle)
    for (x, y), (at_x, at_y) in zip(true, shown, strict=True):
        if (x, y) != (at_x, at_y):
            yield f'<path class="axis" d="M{number(x)} {number(y)}L{number(at_x)} {number(at_y)}"/>'
            yield f'<circle class="bar" cx="{number(x)}" cy="{number(y)}" r="2.5"/>'
    for at, (point, (x, y)) in enumerate(zip(points, shown, strict=True), start=1):
        name = f"<title>{at}. {escape(point.label)}</title>"
        circle = f'<circle class="dot" cx="{number(x)}" cy="{number(y)}" r="{plane.radius}"/>'
        yield f"<g>{name}{circle}{text(x, y + 4.5, str(at), 'on', 'middle')}</g>"


def _moved_apart(true: Sequence[Place], plane: _Plane, middle: Place) -> list[Place]:
    """Places for the numbers, none over another: who stands alone stays, the rest follow in their order."""
    near = 2 * plane.radius + APART
    alone = [all(math.dist(a, b) >= near for at, b in enumerate(true) if at != here) for here, a in enumerate(true)]
    taken = {at: place for at, place in enumerate(true) if alone[at]}
    free = [site for site in plane.sites() if all(math.dist(site, place) >= near for place in taken.values())]
    for at, place in enumerate(true):
        if at not in taken:
            is_free = all(math.dist(place, other) >= near for other in taken.values())
            taken[at] = place if is_free else _nearest(place, free, middle)
            free = [site for site in free if math.dist(site, taken[at]) >= near]
    return [taken[at] for at in range(len(true))]


def _nearest(place: Place, free: Sequence[Place], middle: Place) -> Place:
    at_home = [site for site in free if _quarter(site, middle) == _quarter(place, middle)]
    return min(at_home or free or [place], key=lambda site: math.dist(site, place))


def _quarter(place: Place, middle: Place) -> tuple[bool, bool]:
    return place[0] < middle[0], place[1] < middle[1]
