"""A paper as plain data: what stands on it, in order; documents, prints and typeset make files of it."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from reports.letters import visible
from reports.sheets import Column, Value, as_utc

SIZES = {"A4": (210, 297), "F4": (215, 330), "A3": (297, 420)}  # millimetres, upright
LOOKS = ("plain", "quote", "note", "small", "removed", "added")
DEEPEST = 3  # levels of headings
MANY, MOST = 8, 14  # columns from which a table is set smaller
TAGS = {"id": "id-ID", "en": "en-GB", "jv": "jv-Latn-ID"}


@dataclass(frozen=True, slots=True)
class Words:
    """The fixed words of a paper in one language."""

    page: str
    of: str
    made: str
    yes: str
    no: str
    nothing: str
    comma: str
    months: tuple[str, ...]


_MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember"
_ENGLISH = "January February March April May June July August September October November December"
WORDS = {
    "id": Words("Halaman", "dari", "Dibuat", "ya", "tidak", "Belum ada isinya.", ",", tuple(_MONTHS.split())),
    "en": Words("Page", "of", "Made", "yes", "no", "Nothing here yet.", ".", tuple(_ENGLISH.split())),
    "jv": Words("Kaca", "saka", "Digawe", "ya", "ora", "Durung ana isine.", ",", tuple(_MONTHS.split())),
}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading below the title of the paper; level 1 to 3."""

    text: str
    level: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.level <= DEEPEST:
            raise ValueError(f"a heading of level {self.level}: there are 1 to {DEEPEST}")


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; line breaks stay. People's own words are a quote, in the serif, with who said it as `source`.

    `lead` stands before the text in bold. Removed text is struck through, added text underlined.
    """

    text: str
    look: Literal["plain", "quote", "note", "small", "removed", "added"] = "plain"
    lead: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        if self.look not in LOOKS:
            raise ValueError(f"{self.look!r} is no look of a text: {', '.join(LOOKS)}")


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and what is known about each; an empty value is a line to be filled in with ink."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Counts:
    """Up to about four large figures beside one another, each with what it counts."""

    pairs: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table. The labels of the columns are its head, repeated on every page; a row is not broken.

    `widths` are the parts of 100 that the columns take; without them the widths of the columns decide. `height` is
    the least height of a row in millimetres, for tables that are filled in with ink. `marked` and `marked_columns`
    hold the numbers, from 0, of rows and columns that are set off.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    caption: str = ""
    widths: Sequence[float] = ()
    is_bordered: bool = True
    height: float = 0
    marked: Collection[int] = ()
    marked_columns: Collection[int] = ()

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("a table has columns")
        if self.widths and (len(self.widths) != len(self.columns) or min(self.widths) <= 0):
            raise ValueError(f"{len(self.widths)} widths, {len(self.columns)} columns; each is above 0")
        for at, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {at}: {len(row)} values, {len(self.columns)} columns")

    @property
    def parts(self) -> list[float]:
        """The widths of the columns in parts of 100."""
        widths = self.widths or [max(column.width, _longest_word(column.label) + 4) for column in self.columns]
        return [100 * width / sum(widths) for width in widths]

    def is_marked(self, row: int, column: int) -> bool:
        """Whether a cell is set off."""
        return row in self.marked or column in self.marked_columns


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of reports.figures, with what it is and what it shows. Its numbers follow as a Grid."""

    svg: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list, numbered from 1 or with dots."""

    texts: Sequence[str]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True)
class Signatures:
    """Who signs: for each a name of the line, room for ink, and a line."""

    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Heading | Text | Facts | Counts | Grid | Figure | Items | Signatures | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper: its title, what stands on it, and what its foot says on every page.

    `facts` are pairs such as ("Putaran", "Putaran 1"); `made_at` is the moment of the run behind it, told in its own
    zone (UTC if it has none), and the only time in the file.
    """

    title: str
    blocks: Sequence[Block]
    facts: Sequence[tuple[str, str]]
    made_at: datetime
    size: Literal["A4", "F4", "A3"] = "A4"
    is_landscape: bool = False
    language: str = "id"
    subtitle: str = ""
    words: Words = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.size not in SIZES:
            raise ValueError(f"{self.size!r} is no size of paper: {', '.join(SIZES)}")
        if self.language not in WORDS:
            raise ValueError(f"papers are not made in {self.language!r}: {', '.join(WORDS)}")
        object.__setattr__(self, "words", WORDS[self.language])

    @property
    def measures(self) -> tuple[int, int]:
        """Breadth and height of the page in millimetres."""
        breadth, height = SIZES[self.size]
        return (height, breadth) if self.is_landscape else (breadth, height)

    @property
    def foot(self) -> list[tuple[str, str]]:
        """The facts, and when it was made."""
        return [*self.facts, (self.words.made, told_at(self.made_at, self.language))]


def told_at(moment: datetime, language: str = "id") -> str:
    """A moment in words, in its own zone; one without a zone is UTC.

    >>> told_at(datetime(2026, 11, 2, 8, 5)), told_at(datetime(2026, 11, 2, 8, 5), "en")
    ('2 November 2026 08.05 UTC', '2 November 2026 08:05 UTC')
    """
    moment = moment if moment.tzinfo else as_utc(moment)
    mark = ":" if language == "en" else "."
    return f"{told_on(moment, language)} {moment:%H}{mark}{moment:%M} {moment:%Z}"


def told_on(day: date, language: str = "id") -> str:
    """A day in words.

    >>> told_on(date(2026, 8, 17)), told_on(date(2026, 8, 17), "en")
    ('17 Agustus 2026', '17 August 2026')
    """
    return f"{day.day} {WORDS[language].months[day.month - 1]} {day.year}"


def told(value: Value, language: str = "id") -> str:
    """A value of a table as it is read on paper; a fraction has two decimals at most.

    Args:
        value: str, int, float, bool, date, datetime or None.
        language: id, en or jv.

    Raises:
        TypeError: the value is of another type.

    >>> told(3.14159), told(2.0), told(True), told(date(2026, 11, 2)), told(None)
    ('3,14', '2', 'ya', '2 November 2026', '')
    """
    words = WORDS[language]
    match value:
        case None:
            return ""
        case str():
            return visible(value)
        case bool():
            return words.yes if value else words.no
        case int():
            return str(int(value))
        case float():
            return _decimal(value, words.comma)
        case datetime():
            return told_at(value, language)
        case date():
            return told_on(value, language)
        case _:
            raise TypeError(f"{type(value).__name__} has no place on a paper")


def _longest_word(label: str) -> int:
    return max(map(len, label.split()), default=0)


def _decimal(value: float, comma: str) -> str:
    if not math.isfinite(value):
        return str(value)
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return ("0" if written == "-0" else written).replace(".", comma)


def is_number(value: Value) -> bool:
    """Whether a value is set to the right.

    >>> is_number(3), is_number(True), is_number("3")
    (True, False, False)
    """
    return isinstance(value, int | float) and not isinstance(value, bool)


def crowding(grid: Grid) -> int:
    """How small a table must be set: 0 as usual, 1 smaller, 2 smallest.

    >>> crowding(Grid([Column("a", "A", "")] * 9, []))
    1
    """
    return (len(grid.columns) > MANY) + (len(grid.columns) > MOST)
