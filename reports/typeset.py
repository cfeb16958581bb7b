"""A paper as typeset pages: Typst markup, and PDF where that program is installed."""

import shutil
import subprocess
from collections.abc import Iterator, Sequence

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
from reports.sheets import as_utc

PROGRAM = "typst"
LONGEST = 300  # seconds
WHOLE = 1200  # letters of a text that may be kept on one page; a longer one would run over its edge
SIZES = ("9pt", "8pt", "6.8pt")  # of letters in tables, by how crowded they are
NILA, SOFT, BANG, IJO, WASH, EDGE, MARKED = (
    'rgb("#1c2b62")',
    'rgb("#4b5269")',
    'rgb("#a61e3a")',
    'rgb("#0b5f4e")',
    'rgb("#f1f4fb")',
    'rgb("#69718c")',
    'rgb("#fff5da")',
)
SANS = '("Segoe UI", "Roboto", "Noto Sans", "Arial", "Liberation Sans")'
SERIF = '("Charter", "Iowan Old Style", "Noto Serif", "Georgia", "Liberation Serif")'
# the looks of the figures, as styles/report.scss has them
LOOKS = (
    "text{font:13px sans-serif;fill:#1a1e2d}.soft{fill:#4b5269}.em{fill:#1c2b62;font-weight:700}"
    ".on{fill:#fff;font-weight:700}.none{fill:#fff;stroke:#cbd2e4}.half{fill:none;stroke:#69718c;stroke-dasharray:5 4}"
    ".dot{fill:#1c2b62;stroke:#fff}.bar{fill:#1c2b62}.bg{fill:#dfe5f3}.hole{fill:#fff}.seg{stroke:#1c2b62;stroke-width:1}"
    ".axis{fill:none;stroke:#69718c}.span{fill:#a61e3a}.at{fill:#fff;stroke:#1c2b62;stroke-width:2}"
)


class NotInstalled(RuntimeError):
    """The program that sets pages is not on this machine."""


class NotSet(RuntimeError):
    """The program could not make pages of a paper; the text says why."""


def pdf(paper: Paper) -> bytes:
    """Return the paper as PDF, set by the `typst` program of this machine.

    Version 0.13 or later. It takes the fonts of the system, reads no other file, and fetches no packages, as the
    markup names none. The moment in the file is that of the paper.

    Raises:
        NotInstalled: there is no `typst` on the PATH.
        NotSet: the program ended with an error, or took longer than five minutes.
        TypeError: as `source`.

    Source: Typst, command line reference (`typst compile`).

    >>> issubclass(NotInstalled, RuntimeError)
    True
    """
    program = shutil.which(PROGRAM)
    if program is None:
        raise NotInstalled(f"{PROGRAM} is not installed: put it on the PATH, or print the page from a browser")
    moment = int(as_utc(paper.made_at).timestamp())
    command = [program, "compile", "--format", "pdf", "--creation-timestamp", str(moment), "-", "-"]
    try:
        done = subprocess.run(command, input=source(paper).encode(), capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired as error:
        raise NotSet(f"{PROGRAM} took longer than {LONGEST} seconds") from error
    if done.returncode:
        raise NotSet(done.stderr.decode(errors="replace").strip())
    return done.stdout


def source(paper: Paper) -> str:
    """Return Typst markup of the paper. Every text in it is a string literal, so none can be run.

    Headings, lists, quotes and tables are what they are, so that a tagged PDF has them; the head of a table is
    repeated, its rows are not broken; the foot has the facts and the page. What no document can hold is replaced as
    `reports.letters.visible` says. A figure stands as SVG, which is handed over as bytes in the markup.

    Args:
        paper: what stands on it.

    Returns:
        The markup. The same paper gives the same markup.

    Raises:
        TypeError: a value of a table or a block is of another type.

    Source: Typst, language reference.

    >>> from datetime import datetime
    >>> made = source(Paper("Rob", [Text('#sys.version "x"')], [], datetime(2026, 11, 2)))
    >>> r'#par(text("#sys.version \\\"x\\\""))' in made
    True
    """
    return "".join([_settings(paper), *(f"{_block(block, paper)}\n" for block in paper.blocks)])


def literal(text: str) -> str:
    """A text as a string literal: quotes, backslashes and line breaks escaped.

    >>> print(literal('a"b' + chr(92) + chr(10) + "#c"))
    "a\\"b\\\\\\n#c"
    """
    shown = visible(text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + shown.replace("\n", "\\n").replace("\t", "\\t") + '"'


def _settings(paper: Paper) -> str:
    breadth, height = paper.measures
    moment = as_utc(paper.made_at)
    words = paper.words
    page, of = literal(f"{words.page} "), literal(f" {words.of} ")
    count = f"{page} + str(here().page()) + {of} + str(counter(page).final().first())"
    facts = " · ".join([paper.title, *(f"{name}: {value}" for name, value in paper.foot)])
    looks = f"7.5pt, fill: {SOFT}"
    foot = f"context [#text({looks}, {literal(' '.join(facts.split()))}) #h(1fr) #text({looks}, {count})]"
    date = f"datetime(year: {moment.year}, month: {moment.month}, day: {moment.day})"
    return (
        f"#set document(title: {literal(' '.join(paper.title.split()))}, author: (), date: {date})\n"
        f"#set page(width: {breadth}mm, height: {height}mm, margin: 18mm, footer: {foot})\n"
        f'#set text(font: {SANS}, size: 10.5pt, lang: "{paper.language}", fill: rgb("#1a1e2d"), fallback: true)\n'
        "#set par(leading: 0.6em, spacing: 0.9em)\n"
        "#set table.cell(breakable: false)\n"
        f"#show heading: set text(fill: {NILA})\n"
        f'#text(18pt, weight: "bold", fill: {NILA}, {literal(paper.title)})\n\n'
        + (f"#text(12pt, fill: {SOFT}, {literal(paper.subtitle)})\n\n" if paper.subtitle else "")
    )


def _block(block: Block, paper: Paper) -> str:
    match block:
        case Heading(text, level):
            return f"#heading(level: {level}, {literal(text)})"
        case Text():
            return _text(block)
        case Facts(pairs):
            return _facts(pairs)
        case Counts(pairs):
            return _counts(pairs)
        case Grid():
            return _table(block, paper)
        case Figure(svg, title, description):
            return _figure(svg, title, description)
        case Items(texts, is_numbered):
            items = ", ".join(_words(text) for text in texts)
            return f"#{'enum' if is_numbered else 'list'}({items})" if texts else ""
        case Signatures(lines):
            return _signatures(lines)
        case PageBreak():
            return "#pagebreak()"
        case _:
            raise TypeError(f"{type(block).__name__} is no block of a paper")


def _words(text: str, looks: str = "") -> str:
    turned = "dir: rtl, " if is_from_right(text) else ""
    return f"text({turned}{looks}{literal(text)})"


def _paragraph(content: str, text: str) -> str:
    return f"#align(right, par({content}))" if is_from_right(text) else f"#par({content})"


def _text(block: Text) -> str:
    lead = f'text(weight: "bold", {literal(block.lead + " ")}) + ' if block.lead else ""
    source_line = f"#text(8.5pt, fill: {SOFT}, {literal('— ' + block.source)})\n" if block.source else ""
    is_long = str(len(block.text) > WHOLE).lower()
    match block.look:
        case "quote":
            said = f"{lead}{_words(block.text, f'font: {SERIF}, ')}"
            bar = f"stroke: (left: 2pt + {BANG}), inset: (left: 8pt, y: 2pt), breakable: {is_long}"
            return f"#block({bar}, quote(block: true, {said}))\n{source_line}"
        case "note":
            box = f"fill: {WASH}, stroke: 0.5pt + {EDGE}, inset: 6pt, width: 100%, breakable: {is_long}"
            return f"#block({box}, {lead}{_words(block.text)})\n{source_line}"
        case "small":
            shown = f"{lead}{_words(block.text, 'size: 8.5pt, ')}"
        case "removed":
            shown = f"{lead}strike({_words(block.text, f'fill: {BANG}, ')})"
        case "added":
            shown = f"{lead}underline({_words(block.text, f'fill: {IJO}, ')})"
        case _:
            shown = f"{lead}{_words(block.text)}"
    return f"{_paragraph(shown, block.text)}\n{source_line}"


def _facts(pairs: Sequence[tuple[str, str]]) -> str:
    line = f"box(width: 90mm, height: 7mm, stroke: (bottom: 0.5pt + {EDGE}))"
    cells = (f"text(fill: {SOFT}, {literal(name)}), {_words(value) if value else line}" for name, value in pairs)
    return f"#grid(columns: (30%, 1fr), row-gutter: 5pt, {', '.join(cells)})" if pairs else ""


def _counts(pairs: Sequence[tuple[str, str]]) -> str:
    cells = (
        f'[#text(24pt, weight: "bold", fill: {NILA}, {literal(value)}) \\ #{_words(name)}]' for value, name in pairs
    )
    return f"#grid(columns: {len(pairs)}, column-gutter: 10mm, {', '.join(cells)})" if pairs else ""


def _figure(svg: str, title: str, description: str) -> str:
    caption = f'#text(weight: "bold", {literal(title)}) #{_words(description)}'
    if not svg:
        return caption
    named = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1).replace(
        ">", f"><style>{LOOKS}</style>", 1
    )
    drawn = f'image(bytes({literal(named)}), format: "svg", width: 110mm, alt: {literal(f"{title}. {description}")})'
    return f"{caption}\n\n#{drawn}"


def _table(grid: Grid, paper: Paper) -> str:
    widths = ", ".join(f"{part:.2f}%" for part in grid.parts)
    stroke = f"0.5pt + {EDGE}" if grid.is_bordered else f"(top: none, left: none, right: none, bottom: 0.5pt + {EDGE})"
    heads = ", ".join(f'text(weight: "bold", {literal(column.label)})' for column in grid.columns)
    fill = f"(x, y) => if y == 0 {{ {WASH} }}" if grid.is_bordered else "none"
    rows = ",\n  ".join(_rows(grid, paper))
    caption = f'#text(9.5pt, weight: "bold", fill: {NILA}, {literal(grid.caption)})\n\n' if grid.caption else ""
    return (
        f"{caption}#[\n#set text(size: {SIZES[crowding(grid)]})\n"
        f"#table(columns: ({widths},), inset: 3pt, stroke: {stroke}, fill: {fill},\n"
        f"  table.header({heads}),\n  {rows})\n]"
    )


def _rows(grid: Grid, paper: Paper) -> Iterator[str]:
    if not grid.rows:
        yield f"table.cell(colspan: {len(grid.columns)}, {literal(paper.words.nothing)})"
    for at, row in enumerate(grid.rows):
        texts = [told(value, paper.language) for value in row]
        is_long = max(map(len, texts)) > WHOLE
        cells = (
            _cell(text, grid.height, is_number(value), is_long, grid.is_marked(at, column))
            for column, (text, value) in enumerate(zip(texts, row, strict=True))
        )
        yield ", ".join(cells)


def _cell(text: str, height: float, is_to_the_right: bool, is_long: bool, is_marked: bool) -> str:
    words = _words(text, 'weight: "bold", ' if is_marked else "")
    words = f"align(right, {words})" if is_to_the_right else words
    words = f"block(height: {height}mm, {words})" if height else words
    looks = ["breakable: true"] * is_long + [f"fill: {MARKED}"] * is_marked
    return f"table.cell({', '.join(looks)}, {words})" if looks else words


def _signatures(lines: Sequence[str]) -> str:
    cells = (f"block(breakable: false, [#{_words(line)} #v(18mm) #line(length: 80%, stroke: 0.5pt)])" for line in lines)
    return f"#grid(columns: (1fr, 1fr, 1fr), row-gutter: 8mm, {', '.join(cells)})" if lines else ""
