"""The numbers that Word shows before a paragraph, counted as Word counts them; a bullet is a dash."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from services.manuscripts.parts import Element, W
from services.manuscripts.styles import Styles, number, switched, value

BULLET = "– "
LEVELS, LONGEST = 9, 80
ROMANS = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list counts and shows its number."""

    start: int = 1
    form: str = "decimal"
    shape: str = ""
    restarts_after: int | None = None  # a level from 1 on; 0 never; None after any higher one
    is_legal: bool = False  # shows the numbers of higher levels in digits
    style: str = ""


class Numbering:
    """The lists of a file and where each of them has come to."""

    def __init__(self, roots: Iterable[Element], styles: Styles) -> None:
        self._styles = styles
        self._shapes: dict[str, list[Level]] = {}
        self._shape_of: dict[str, str] = {}
        self._own: dict[str, dict[int, Level]] = {}
        self._starts: dict[str, dict[int, int]] = {}
        self._links: dict[str, str] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[str, int]] = set()
        for root in roots:
            for shape in root.iter(W + "abstractNum"):
                self._read_shape(shape)
            for made in root.iter(W + "num"):
                self._read_list(made)

    def _read_shape(self, shape: Element) -> None:
        name = shape.get(W + "abstractNumId", "")
        levels = {number(e.get(W + "ilvl")): _level(e) for e in shape.iterchildren(W + "lvl")}
        self._shapes[name] = [levels.get(n, Level()) for n in range(LEVELS)]
        link = value(shape, "numStyleLink")
        if link:
            self._links[name] = link

    def _read_list(self, made: Element) -> None:
        name = made.get(W + "numId", "")
        self._shape_of[name] = value(made, "abstractNumId") or ""
        for override in made.iterchildren(W + "lvlOverride"):
            level, start = number(override.get(W + "ilvl")), number(value(override, "startOverride"))
            own = override.find(W + "lvl")
            if level is not None and own is not None:
                self._own.setdefault(name, {})[level] = _level(own)
            if level is not None and start is not None:
                self._starts.setdefault(name, {})[level] = start

    def sign(self, paragraph: Element) -> str:
        """The number or bullet of a paragraph with the space after it, empty where it has none; counts on."""
        found = self._styles.numbered(paragraph)
        if found is None:
            return ""
        list_id, level, style = found
        shape = self._shape(list_id)
        if shape is None:
            return ""
        levels = [self._own.get(list_id, {}).get(n, default) for n, default in enumerate(self._shapes[shape])]
        at = level if level is not None else _level_of(levels, style)
        if not 0 <= at < LEVELS:
            return ""
        return _shown(levels, self._count(list_id, shape, levels, at), at)

    def _shape(self, list_id: str) -> str | None:
        """The shape of a list, where need be by way of the style it is linked to."""
        shape = self._shape_of.get(list_id, "")
        if shape in self._links:
            shape = self._shape_of.get(self._styles.list_of(self._links[shape]) or "", shape)
        return shape if shape in self._shapes else None

    def _count(self, list_id: str, shape: str, levels: list[Level], at: int) -> list[int | None]:
        counts = self._counts.setdefault(shape, [None] * LEVELS)
        restarted = self._starts.get(list_id, {}).get(at)
        if restarted is not None and (list_id, at) not in self._begun:
            counts[at] = restarted
        else:
            before = counts[at]
            counts[at] = levels[at].start if before is None else before + 1
        self._begun.add((list_id, at))
        for deeper in range(at + 1, LEVELS):
            after = levels[deeper].restarts_after
            if after is None or (after and at + 1 <= after):
                counts[deeper] = None
        return counts


def _level(element: Element) -> Level:
    start = number(value(element, "start"))
    return Level(
        start=1 if start is None else start,
        form=value(element, "numFmt") or "decimal",
        shape=(value(element, "lvlText") or "")[:LONGEST],
        restarts_after=number(value(element, "lvlRestart")),
        is_legal=bool(switched(element, "isLgl")),
        style=value(element, "pStyle") or "",
    )


def _level_of(levels: list[Level], style: str) -> int:
    """The level that names the style by which a paragraph is numbered."""
    return next((n for n, level in enumerate(levels) if style and level.style == style), 0)


def _shown(levels: list[Level], counts: list[int | None], at: int) -> str:
    level = levels[at]
    if level.form == "bullet":
        return BULLET

    def part(match: re.Match[str]) -> str:
        upper = int(match[1]) - 1
        count = counts[upper]
        return written(
            levels[upper].start if count is None else count, "decimal" if level.is_legal else levels[upper].form
        )

    said = " ".join(re.sub(r"%([1-9])", part, level.shape).split())[:LONGEST]
    return f"{said} " if said else ""


def written(count: int, form: str) -> str:
    """A number as a list writes it; what has no letters or Roman numerals is written in digits.

    >>> [written(4, "lowerRoman"), written(28, "upperLetter"), written(7, "decimalZero"), written(0, "upperRoman")]
    ['iv', 'BB', '07', '0']
    """
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{count:02d}"
    if form in ("lowerLetter", "upperLetter") and 0 < count <= 26 * 20:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        return _roman(count) if form == "upperRoman" else _roman(count).lower()
    return str(count)


def _roman(count: int) -> str:
    said = ""
    for worth, letters in ROMANS:
        said += letters * (count // worth)
        count %= worth
    return said
