"""Slides for a meeting: a title, large figures, a short table, people's words, a list; PPTX on 16:9."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from pptx import Presentation

from reports.blank_slides import BODY_HEIGHT, BODY_Y, EDGE_X, INNER, LIGHT, OTHER, TITLE, blank_deck, foot
from reports.blanks import INK, NILA, SERIF, SOFT
from reports.letters import visible
from reports.paper import WORDS, Grid, is_number, told, told_at
from reports.parcels import parcel, parts
from reports.sheets import Column, Value
from reports.slide_marks import CELL_EDGE, POINT, Box, Pen, largest, lines

MOST_ROWS, MOST_COUNTS, MOST_QUOTES = 12, 4, 8
LARGEST = 20  # points of running text
GAP = 220_000  # EMU, as the rest
NOTE_HEIGHT = 640_000


@dataclass(frozen=True, slots=True)
class Opening:
    """The first slide: what the deck is."""

    title: str
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Up to four large figures, each with what it counts; a note below."""

    title: str
    pairs: Sequence[tuple[str, str]]
    note: str = ""

    def __post_init__(self) -> None:
        _check(self.pairs, MOST_COUNTS, "figures")


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of at most twelve rows; the labels of the columns are its head; `widths` are parts of 100."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[float] = ()
    note: str = ""

    def __post_init__(self) -> None:
        _check(self.rows, MOST_ROWS, "rows")
        Grid(self.columns, self.rows, widths=self.widths)  # refuses what does not fit


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said, word by word; who it was as far as that is told; what it is about."""

    text: str
    source: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Quotes:
    """Up to eight quotes, in the serif, in two columns from the third on."""

    title: str
    quotes: Sequence[Quote]

    def __post_init__(self) -> None:
        _check(self.quotes, MOST_QUOTES, "quotes")


@dataclass(frozen=True, slots=True)
class Points:
    """A list, numbered from 1 or with dots; a note below."""

    title: str
    texts: Sequence[str]
    is_numbered: bool = False
    note: str = ""


Slide = Opening | Figures | Rows | Quotes | Points


def deck(
    slides: Sequence[Slide],
    *,
    title: str,
    facts: Sequence[tuple[str, str]],
    made_at: datetime,
    language: str = "id",
) -> bytes:
    """Return a PPTX file of the slides.

    Every slide has a title in the place for titles, and its foot says the title of the deck, the facts, the moment
    and the number of the slide. There are no pictures, notes or movements; the file has a title, a language and the
    moment of its run, no author, no template and nothing of the machine or its clock. Every text is kept whole: letters
    become smaller, down to 9 points, and what is longer still runs over the edge. What XML cannot hold is replaced as
    `reports.letters.visible` says.

    Args:
        slides: in their order.
        title: what the deck is.
        facts: pairs such as ("Hitungan", "3").
        made_at: the moment of the run, told in its own zone; UTC if it has none.
        language: id, en or jv.

    Returns:
        The bytes of the file. The same slides give the same bytes.

    Raises:
        ValueError: the language is another one.
        TypeError: a slide or a value of a table is of another type.

    Source: ECMA-376, part 1, 19 (PresentationML) and 20 (DrawingML).

    >>> deck([Opening("Rob")], title="Rob", facts=[], made_at=datetime(2026, 11, 2))[:2]
    b'PK'
    """
    if language not in WORDS:
        raise ValueError(f"slides are not made in {language!r}: {', '.join(WORDS)}")
    made = Presentation(io.BytesIO(blank_deck(title, made_at, language)))
    said = [title, *(f"{name}: {value}" for name, value in facts), told_at(made_at, language)]
    line = escape(visible(" ".join(" · ".join(said).split())))
    for slide in slides:
        page = made.slides.add_slide(made.slide_layouts[TITLE if isinstance(slide, Opening) else OTHER])
        pen = Pen(page, language)
        _draw(pen, slide, language)
        pen.add(foot(pen.tag, LIGHT if isinstance(slide, Opening) else SOFT, line))
    saved = io.BytesIO()
    made.save(saved)
    return parcel(parts(saved.getvalue()))


def _check(things: Sequence, most: int, name: str) -> None:
    if len(things) > most:
        raise ValueError(f"{len(things)} {name}, a slide holds {most}")


def _draw(pen: Pen, slide: Slide, language: str) -> None:
    if not isinstance(slide, Slide):
        raise TypeError(f"{type(slide).__name__} is no slide")
    pen.write(pen.page.shapes.title, slide.title)
    match slide:
        case Opening():
            _open(pen, slide.subtitle)
        case Figures():
            _draw_figures(pen, slide)
        case Rows():
            _draw_table(pen, slide, language)
        case Quotes():
            _draw_quotes(pen, slide, language)
        case Points():
            _draw_points(pen, slide, language)


def _open(pen: Pen, subtitle: str) -> None:
    under = pen.page.placeholders[1]
    if subtitle:
        pen.write(under, subtitle)
    else:
        under._element.getparent().remove(under._element)


def _draw_figures(pen: Pen, slide: Figures) -> None:
    breadth = INNER // max(len(slide.pairs), 1)
    for at, (figure, what) in enumerate(slide.pairs):
        words = pen.words(figure, 60, NILA, is_bold=True) + pen.words(what, 18, INK)
        pen.box(Box(EDGE_X + at * breadth, BODY_Y + 500_000, breadth - GAP, 2_400_000), words)
    _note(pen, slide.note)


def _draw_points(pen: Pen, slide: Points, language: str) -> None:
    room = _room(slide.note)
    texts = slide.texts or [WORDS[language].nothing]
    size = largest(LARGEST, room, lambda size: (lines(texts, size, INNER) * size * 1.2 + 8 * len(texts)) * POINT)
    numbers = '<a:buFont typeface="+mj-lt"/><a:buAutoNum type="arabicPeriod"/>'
    bullet = "" if not slide.texts else numbers if slide.is_numbered else '<a:buChar char="•"/>'
    words = "".join(pen.words(text, size, INK, bullet=bullet, after=8) for text in texts)
    pen.box(Box(EDGE_X, BODY_Y, INNER, room), words)
    _note(pen, slide.note)


def _draw_quotes(pen: Pen, slide: Quotes, language: str) -> None:
    columns = 2 if len(slide.quotes) > 2 else 1
    breadth, height = INNER // columns, BODY_HEIGHT // max(-(-len(slide.quotes) // columns), 1)
    for at, quote in enumerate(slide.quotes):
        x, y = EDGE_X + at % columns * breadth, BODY_Y + at // columns * height
        _draw_quote(pen, quote, Box(x, y, breadth - GAP, height - GAP // 2))
    if not slide.quotes:
        pen.box(Box(EDGE_X, BODY_Y, INNER, 500_000), pen.words(WORDS[language].nothing, LARGEST, SOFT))


def _draw_quote(pen: Pen, quote: Quote, place: Box) -> None:
    def takes(size: int) -> float:
        others = bool(quote.label) * min(size, 13) + bool(quote.source) * min(size, 12)
        return (lines([quote.text], size, place.breadth) * size + others) * 1.25 * POINT

    size = largest(LARGEST, place.height, takes)
    words = pen.words(quote.label, min(size, 13), NILA, is_bold=True) if quote.label else ""
    words += pen.words(quote.text, size, INK, face=SERIF)
    words += pen.words(f"— {quote.source}", min(size, 12), SOFT) if quote.source else ""
    pen.box(place, words, line=min(place.height, round(takes(size))))


def _draw_table(pen: Pen, slide: Rows, language: str) -> None:
    widths = [round(INNER * part / 100) for part in Grid(slide.columns, slide.rows, widths=slide.widths).parts]
    texts = [[told(value, language) for value in row] for row in slide.rows]
    labels = [column.label for column in slide.columns]

    def takes(size: int) -> float:
        rooms = [width - 2 * CELL_EDGE for width in widths]
        highest = (
            max(lines([text], size, room) for text, room in zip(row, rooms, strict=True)) for row in [labels, *texts]
        )
        return sum(most * size * 1.2 + 6 for most in highest) * POINT

    size = largest(16, _room(slide.note), takes)
    cells = [
        [pen.cell(text, size, is_number=is_number(value)) for text, value in zip(row, values, strict=True)]
        for row, values in zip(texts, slide.rows, strict=True)
    ]
    first = pen.cell(WORDS[language].nothing, size, spans=f' gridSpan="{len(widths)}"')
    none = [first, *[pen.cell("", size, spans=' hMerge="1"')] * (len(widths) - 1)]
    rows = [[pen.cell(label, size, is_head=True) for label in labels], *(cells or [none])]
    pen.table(widths, round((size * 1.2 + 6) * POINT), rows, BODY_Y, slide.title)
    _note(pen, slide.note)


def _room(note: str) -> int:
    return BODY_HEIGHT - (NOTE_HEIGHT + 60_000 if note else 0)


def _note(pen: Pen, note: str) -> None:
    if note:
        size = largest(14, NOTE_HEIGHT, lambda size: lines([note], size, INNER) * size * 1.2 * POINT)
        place = Box(EDGE_X, BODY_Y + BODY_HEIGHT - NOTE_HEIGHT, INNER, NOTE_HEIGHT)
        pen.box(place, pen.words(note, size, SOFT))
