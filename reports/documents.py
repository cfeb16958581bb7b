"""A paper as a text document that an office opens and edits: DOCX with real headings, heads of tables and a foot."""

import io
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from reports.blanks import EDGE, MARKED, NUMBERED, WASH, W, blank, elements
from reports.letters import is_from_right, visible
from reports.paper import (
    Block,
    Counts,
    Facts,
    Figure,
    Grid,
    Heading,
    Items,
    PageBreak,
    Paper,
    Signatures,
    Text,
    crowding,
    is_number,
    told,
)
from reports.parcels import parcel, parts
from reports.runs import run

MARGIN = 18  # millimetres, on all sides
TWIPS = 1440 / 25.4  # of a millimetre
INK_HEIGHT, INK_WIDTH = 9, 45  # millimetres of a line for ink, and parts of 100 that a name takes
SIGNERS = 3  # beside one another
BODY = "word/document.xml"
CELLS = ("Cell", "TightCell", "TightestCell")
LOOKS = {
    "plain": "Normal",
    "quote": "Quote",
    "note": "Note",
    "small": "Small",
    "removed": "Removed",
    "added": "Added",
}


def document(paper: Paper) -> bytes:
    """Return a DOCX file of the paper.

    Headings are headings, lists are lists and the first row of a table is marked as its head and repeated on every
    page; no row is broken. The foot of every page says what the paper is, its facts and its page. The file has a
    title, a language and the moment of the paper; no author, no template and nothing of the machine or its clock.

    A figure cannot stand in it: SVG has no place in the format without a picture of dots beside it. Its title and
    its description stand instead; its numbers follow as the Grid that the caller hands in after it.

    Every text is kept whole; what XML cannot hold is replaced as `reports.letters.visible` says (NUL becomes ␀).

    Args:
        paper: what stands on it.

    Returns:
        The bytes of the file. The same paper gives the same bytes.

    Raises:
        TypeError: a value of a table or a block is of another type.

    Source: ECMA-376, part 1, 17 (WordprocessingML).

    >>> from datetime import datetime
    >>> document(Paper("Rob", [Text("Air masuk rumah.")], [], datetime(2026, 11, 2)))[:2]
    b'PK'
    """
    made = Document(io.BytesIO(blank(paper.title, paper.made_at, paper.language)))
    _set_page(made.sections[0], paper)
    written = [_head(paper)]
    for block in paper.blocks:
        number = _numbering(made) if isinstance(block, Items) and block.is_numbered else 0
        written.append(_block(block, paper, number))
    saved = io.BytesIO()
    made.save(saved)
    content = parts(saved.getvalue())
    # put in as text: moved as elements, the cells of a long table take minutes
    before, end, after = content[BODY].partition(b"<w:sectPr")
    content[BODY] = b"".join([before, *(block.encode() for block in written), end, after])
    return parcel(content)


def _set_page(section, paper: Paper) -> None:
    breadth, height = paper.measures
    section.page_width, section.page_height = Mm(breadth), Mm(height)
    section.orientation = WD_ORIENT.LANDSCAPE if paper.is_landscape else WD_ORIENT.PORTRAIT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    section.header_distance = section.footer_distance = Mm(8)
    foot = section.footer.paragraphs[0]._p
    for element in elements(_foot(paper), f'xmlns:w="{W}"'):
        foot.addprevious(element)
    foot.getparent().remove(foot)


def _numbering(made) -> int:
    """A numbering of its own, so that every numbered list begins at 1."""
    numbering = made.part.numbering_part.element
    number = numbering.add_num(NUMBERED)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return number.numId


def _head(paper: Paper) -> str:
    return _paragraph(paper.title, "Title") + (_paragraph(paper.subtitle, "Subtitle") if paper.subtitle else "")


def _foot(paper: Paper) -> str:
    facts = " · ".join([paper.title, *(f"{name}: {value}" for name, value in paper.foot)])
    words = paper.words
    count = f"{run(words.page + ' ')}{_field('PAGE')}{run(f' {words.of} ')}{_field('NUMPAGES')}"
    aside = '<w:pPr><w:pStyle w:val="Footer"/><w:jc w:val="right"/></w:pPr>'
    return f"{_paragraph(' '.join(facts.split()), 'Footer')}<w:p>{aside}{count}</w:p>"


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr="{name}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _block(block: Block, paper: Paper, number: int) -> str:
    match block:
        case Heading(text, level):
            return _paragraph(text, f"Heading{level}")
        case Text():
            return _text(block)
        case Facts(pairs):
            return _facts(pairs, paper)
        case Counts(pairs):
            return _counts(pairs, paper)
        case Grid():
            return _table(block, paper)
        case Figure(title=title, description=description):
            return _paragraph(title, "Caption") + _paragraph(description, "Normal")
        case Items(texts, is_numbered):
            look, own = ("ListNumber", _list(number)) if is_numbered else ("ListBullet", "")
            return "".join(_paragraph(text, look, more=own) for text in texts)
        case Signatures(lines):
            return _signatures(lines, paper)
        case PageBreak():
            return '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
        case _:
            raise TypeError(f"{type(block).__name__} is no block of a paper")


def _list(number: int) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'


def _text(block: Text) -> str:
    if not block.source:
        return _paragraph(block.text, LOOKS[block.look], block.lead)
    words = _paragraph(block.text, LOOKS[block.look], block.lead, "<w:keepNext/>")
    return words + _paragraph(f"— {block.source}", "Source")


def _paragraph(text: str, look: str, lead: str = "", more: str = "", end: str = "", runs: str = "") -> str:
    """One paragraph: `more` and `end` go into its properties, before and after its direction; `runs` into its runs."""
    whole = f"{lead}{text}"
    is_turned = is_from_right(whole)
    direction = "<w:bidi/>" if is_turned else ""
    turned = "<w:rtl/>" if is_turned else ""
    bold = run(f"{lead} ", f"<w:b/><w:bCs/>{turned}") if lead else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{look}"/>{more}{direction}{end}</w:pPr>{bold}{run(text, runs + turned)}</w:p>'


def _breadth(paper: Paper) -> float:
    return (paper.measures[0] - 2 * MARGIN) * TWIPS


def _widths(shares: Sequence[float], paper: Paper) -> list[int]:
    return [round(_breadth(paper) * share / 100) for share in shares]


def _frame(widths: Sequence[int], look: str, rows: Iterable[str], name: str = "", is_headed: bool = False) -> str:
    caption = f'<w:tblCaption w:val="{escape(" ".join(visible(name).split()))}"/>' if name else ""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    first = f'w:firstRow="{int(is_headed)}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0"'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{look}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{"0620" if is_headed else "0600"}" {first} '
        f'w:noHBand="1" w:noVBand="1"/>{caption}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{"".join(rows)}</w:tbl>'
        '<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>'
    )


def _row(cells: Iterable[str], height: float = 0, is_head: bool = False) -> str:
    room = f'<w:trHeight w:val="{round(height * TWIPS)}" w:hRule="atLeast"/>' if height else ""
    head = "<w:tblHeader/>" if is_head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{room}{head}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(content: str, width: int, fill: str = "", span: int = 1, line: str = "") -> str:
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    bordered = f'<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="{line}"/></w:tcBorders>'
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>{spanned}{bordered if line else ""}{shade}'
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{content}</w:tc>"


def _table(grid: Grid, paper: Paper) -> str:
    widths, look = _widths(grid.parts, paper), CELLS[crowding(grid)]
    name = _paragraph(grid.caption, "Caption") if grid.caption else ""
    line = "" if grid.is_bordered else EDGE
    heads = (
        _cell(_paragraph(column.label, look, runs="<w:b/><w:bCs/>"), width, WASH if grid.is_bordered else "", line=line)
        for column, width in zip(grid.columns, widths, strict=True)
    )
    rows = [_row(heads, is_head=True), *_rows(grid, paper, widths, look)]
    return name + _frame(widths, "TableGrid" if grid.is_bordered else "TableNormal", rows, grid.caption, is_headed=True)


def _rows(grid: Grid, paper: Paper, widths: Sequence[int], look: str) -> Iterator[str]:
    if not grid.rows:
        yield _row([_cell(_paragraph(paper.words.nothing, look), sum(widths), span=len(widths))])
    for at, row in enumerate(grid.rows):
        cells = (
            _value(told(value, paper.language), widths[column], look, is_number(value), grid.is_marked(at, column))
            for column, value in enumerate(row)
        )
        yield _row(cells, grid.height)


def _value(text: str, width: int, look: str, is_to_the_right: bool, is_marked: bool) -> str:
    side = '<w:jc w:val="right"/>' if is_to_the_right else ""
    content = _paragraph(text, look, end=side, runs="<w:b/><w:bCs/>" if is_marked else "")
    return _cell(content, width, MARKED if is_marked else "")


def _facts(pairs: Sequence[tuple[str, str]], paper: Paper) -> str:
    name, value = _widths((100 - INK_WIDTH - 25, INK_WIDTH + 25), paper)
    rows = (
        _row(
            [
                _cell(_paragraph(label, "Cell"), name),
                _cell(_paragraph(known, "Cell"), value, line="" if known else EDGE),
            ],
            0 if known else INK_HEIGHT,
        )
        for label, known in pairs
    )
    return _frame([name, value], "TableNormal", rows) if pairs else ""


def _counts(pairs: Sequence[tuple[str, str]], paper: Paper) -> str:
    widths = _widths([100 / len(pairs)] * len(pairs), paper) if pairs else []
    cells = (
        _cell(_paragraph(figure, "Count") + _paragraph(what, "Cell"), width)
        for (figure, what), width in zip(pairs, widths, strict=True)
    )
    return _frame(widths, "TableNormal", [_row(cells)]) if pairs else ""


def _signatures(lines: Sequence[str], paper: Paper) -> str:
    beside = min(SIGNERS, len(lines)) or 1
    widths = _widths([100 / beside] * beside, paper)
    rows = []
    for start in range(0, len(lines), beside):
        names = [*lines[start : start + beside], *[""] * beside][:beside]
        room = '<w:spacing w:before="1000"/>'
        cells = (
            _cell(_paragraph(name, "Cell") + _paragraph("(…………………………)" if name else "", "Cell", end=room), width)
            for name, width in zip(names, widths, strict=True)
        )
        rows.append(_row(cells))
    return _frame(widths, "TableNormal", rows) if lines else ""
