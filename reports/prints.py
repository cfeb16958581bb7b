"""A paper as a page to print, from the browser, on A4 or F4: the sheet of styles does the rest."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from reports.letters import visible
from reports.paper import (
    TAGS,
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
from reports.sheets import Value

WIDTHS = 1000  # units of all columns together; the sheet of styles is not asked for widths
BREAK = Markup("<br>\n")
TIGHT = ("", " tight", " tightest")


def page(paper: Paper, *, stylesheet: str = "", css: str = "") -> bytes:
    """Return a complete HTML page: no script, no style attributes, nothing from elsewhere but the sheet of styles.

    Every text is escaped; what no document can hold is replaced as `visible` says. On paper the facts stand at the
    foot of every page and the sheet counts the pages; the head of a table is repeated, its rows are not broken.
    Figures stand inline as SVG; they are taken for markup as they are, so they must come from reports.figures.
    Widths of columns are `<col width>` attributes, which a content policy allows.

    Args:
        paper: what stands on it.
        stylesheet: the address of the sheet (styles/report.scss) for a page of the site.
        css: the sheet itself for a file that leaves the site; the page then needs no other file.

    Returns:
        UTF-8. The same paper gives the same bytes.

    Raises:
        ValueError: the sheet would end the element that holds it.
        TypeError: a value of a table or a block is of another type.

    Source: HTML Living Standard; CSS Paged Media Module Level 3 (named pages, page counters in margin boxes).

    >>> from datetime import datetime
    >>> made = page(Paper("Rob & sampah", [Text("<b>")], [], datetime(2026, 11, 2)), stylesheet="/report.css")
    >>> b"Rob &amp; sampah" in made, b"&lt;b&gt;" in made
    (True, True)
    """
    return (
        Markup(
            '<!doctype html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
            '<meta name="viewport" content="width=device-width,initial-scale=1">\n<title>{}</title>\n'
            '<link rel="icon" href="data:,">\n{}</head>\n<body class="report {}">\n'
            '<table class="pages" role="presentation"><tbody><tr><td><main>\n'
            '<header><h1 dir="auto">{}</h1>{}</header>\n'
            "{}</main></td></tr></tbody>\n<tfoot><tr><td>{}</td></tr></tfoot></table>\n</body>\n</html>\n"
        )
        .format(
            TAGS[paper.language],
            visible(paper.title),
            _sheets(stylesheet, css),
            paper.size.lower() + ("-wide" if paper.is_landscape else ""),
            _lines(paper.title),
            _paragraph(paper.subtitle, "lead") if paper.subtitle else "",
            Markup("").join(_block(block, paper) for block in paper.blocks),
            _foot(paper),
        )
        .encode()
    )


def _sheets(stylesheet: str, css: str) -> Markup:
    if "</" in css or "<!--" in css:
        raise ValueError("a sheet of styles cannot hold markup")
    linked = Markup('<link rel="stylesheet" href="{}">\n').format(stylesheet) if stylesheet else Markup("")
    return linked + (Markup("<style>\n{}</style>\n").format(Markup(css)) if css else "")


def _foot(paper: Paper) -> Markup:
    facts = (Markup("<span>{}: {}</span>").format(visible(name), visible(value)) for name, value in paper.foot)
    title = Markup("<b>{}</b>").format(visible(paper.title))
    return Markup('<footer dir="auto">{}</footer>').format(Markup(" · ").join([title, *facts]))


def _block(block: Block, paper: Paper) -> Markup:
    match block:
        case Facts(pairs=things) | Counts(pairs=things) | Items(texts=things) | Signatures(lines=things) if not things:
            return Markup("")  # an empty list is read out as one
        case Heading(text, level):
            return Markup('<h{0} dir="auto">{1}</h{0}>\n').format(level + 1, _lines(text))
        case Text():
            return _text(block)
        case Facts(pairs):
            return _pairs(pairs, "facts")
        case Counts(pairs):
            return _pairs(pairs, "counts")
        case Grid():
            return _table(block, paper)
        case Figure(svg, title, description):
            shown = "<figure><figcaption><b>{}</b> {}</figcaption>{}</figure>\n"
            return Markup(shown).format(_lines(title), _lines(description), Markup(svg))
        case Items(texts, is_numbered):
            items = Markup("").join(Markup('<li dir="auto">{}</li>\n').format(_lines(text)) for text in texts)
            return Markup("<{0}>\n{1}</{0}>\n").format("ol" if is_numbered else "ul", items)
        case Signatures(lines):
            shown = Markup("").join(Markup("<li>{}<span></span></li>").format(_lines(line)) for line in lines)
            return Markup('<ul class="sign" role="list">{}</ul>\n').format(shown)
        case PageBreak():
            return Markup('<div class="break"></div>\n')
        case _:
            raise TypeError(f"{type(block).__name__} is no block of a paper")


def _text(block: Text) -> Markup:
    lead = Markup("<b>{}</b> ").format(_lines(block.lead)) if block.lead else Markup("")
    words = _lines(block.text)
    match block.look:
        case "quote":
            source = Markup("<footer>{}</footer>").format(_lines(block.source)) if block.source else ""
            return Markup('<blockquote dir="auto"><p>{}{}</p>{}</blockquote>\n').format(lead, words, source)
        case "removed":
            words = Markup("<del>{}</del>").format(words)
        case "added":
            words = Markup("<ins>{}</ins>").format(words)
    source = Markup(" <small>{}</small>").format(_lines(block.source)) if block.source else ""
    return Markup('<p class="{}" dir="auto">{}{}{}</p>\n').format(block.look, lead, words, source)


def _paragraph(text: str, look: str) -> Markup:
    return Markup('<p class="{}" dir="auto">{}</p>').format(look, _lines(text))


def _pairs(pairs: Iterable[tuple[str, str]], kind: str) -> Markup:
    line = Markup('<div><dt>{}</dt><dd dir="auto"{}>{}</dd></div>\n')
    shown = (line.format(_lines(name), "" if value else Markup(' class="ink"'), _lines(value)) for name, value in pairs)
    if kind == "counts":
        shown = (line.format(_lines(name), "", _lines(value)) for value, name in pairs)
    return Markup('<dl class="{}">\n{}</dl>\n').format(kind, Markup("").join(shown))


def _table(grid: Grid, paper: Paper) -> Markup:
    look = ("bordered" if grid.is_bordered else "open") + TIGHT[crowding(grid)]
    widths = (Markup('<col width="{:.1f}%">').format(part) for part in grid.parts)
    heads = (Markup('<th scope="col">{}</th>').format(_lines(column.label)) for column in grid.columns)
    caption = Markup("<caption>{}</caption>\n").format(_lines(grid.caption)) if grid.caption else ""
    parts = [
        Markup('<table class="{}">\n{}<colgroup>{}</colgroup>\n').format(look, caption, Markup("").join(widths)),
        Markup("<thead><tr>{}</tr></thead>\n<tbody>\n").format(Markup("").join(heads)),
        *(_rows(grid, paper)),
        Markup("</tbody></table>\n"),
    ]
    return Markup("").join(parts)


def _rows(grid: Grid, paper: Paper) -> Iterator[Markup]:
    if not grid.rows:
        yield Markup('<tr><td colspan="{}">{}</td></tr>\n').format(len(grid.columns), paper.words.nothing)
    height = Markup(' height="{:.0f}"').format(grid.height / 25.4 * 96) if grid.height else Markup("")
    for at, row in enumerate(grid.rows):
        cells = (
            _cell(told(value, paper.language), _looks(grid, at, column, value), height)
            for column, value in enumerate(row)
        )
        yield Markup("<tr>{}</tr>\n").format(Markup("").join(cells))


def _looks(grid: Grid, row: int, column: int, value: Value) -> str:
    return " ".join(["n"] * is_number(value) + ["marked"] * grid.is_marked(row, column))


def _cell(text: str, looks: str, height: Markup) -> Markup:
    named = Markup(' class="{}"').format(looks) if looks else ""
    return Markup('<td{}{} dir="auto">{}</td>').format(named, height, _lines(text))


def _lines(text: str) -> Markup:
    return BREAK.join(visible(text).split("\n"))
