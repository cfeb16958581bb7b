"""Stage 9a, paragraphs: the blocks of a draft become chapters of numbered paragraphs; what is left out is said."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

MARK = re.compile(r"\[([A-Z][A-Z0-9]{0,11}(?:-[A-Z0-9]{1,12}){1,4})\]:?\s*")
DEPTH = {f"h{n}": n for n in range(1, 7)}
# The parser leaves out blocks that stand deeper than this; they are kept as they were written. Within a line fewer
# levels do, and many would make rows of brackets slow.
DEEPEST, DEEPEST_IN_LINE = 100, 20


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One unit that can be commented on; `line` is 1-based, `has_own_mark` False where the mark was given here."""

    mark: str
    text: str
    section: str
    note: str
    line: int
    has_own_mark: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A draft as it was read; `left_out` counts what has no text of its own (images, rules) by its kind."""

    title: str
    preface: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    left_out: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a file in its order.

    `depth` is that of a heading from 1 on, 0 of anything else; `line` says where it stands, from 1 on; `sign` is the
    number or bullet before its text, with the space that follows it.
    """

    depth: int
    text: str
    line: int
    sign: str = ""

    @property
    def whole(self) -> str:
        return self.sign + self.text


def read_markdown(text: str) -> Document:
    """Read a draft in Markdown.

    Arguments: `text`, Markdown after CommonMark with tables, without reference links, whose definitions would
    swallow "[P-DIS-04]: kata". A paragraph, list item, table row, quotation or code block is one paragraph; what
    becomes of the blocks `arrange` says.

    Returns a Document; its texts are plain, without Markdown's signs, and nothing with words in it is left out.

    >>> found = read_markdown("# Naskah\\n\\n## Bencana\\n\\n[P-DIS-01] Rob *naik*. {opd: BPBD}\\n\\nLanjutan.")
    >>> [(p.mark, p.text, p.note) for p in found.chapters[0].paragraphs]
    [('P-DIS-01', 'Rob naik.', 'opd: BPBD'), ('P-DIS-01.2', 'Lanjutan.', '')]
    """
    tokens = _parser().parse(text)
    return arrange(list(_blocks(tokens, re.split(r"\r\n?|\n", text))), _left_out(tokens))


def arrange(blocks: Sequence[Block], left_out: Sequence[tuple[str, int]] = ()) -> Document:
    """Make a document of what was read from a file, by the same rules for every kind of file.

    Arguments: `blocks` in the order of the file, their texts plain and on one line; `left_out`, what the reader has
    counted. The only heading of the first level is the title where others stand below it; the highest of the others
    are chapters, deeper ones name sections; what stands before the first is the preface. A mark such as [P-DIS-04]
    at the head of a text is kept; without one it is numbered after the last mark ("P-DIS-04.2") or within its chapter
    ("7.3"). A note in braces at its end, such as {elemen: struktur; opd: BPBD}, is split off and kept as it stands.

    Returns a Document; no block is lost. Raises nothing: blocks without a heading are one chapter without a title.

    Source: our own rules; what a draft looks like is said in `docs/operations.md`.

    >>> found = arrange([Block(1, "Bencana", 1, "I. "), Block(0, "[P-DIS-01] Rob naik.", 2, "a) ")])
    >>> found.chapters[0].title, found.chapters[0].paragraphs[0].text
    ('I. Bencana', 'a) Rob naik.')
    """
    title, depth = _title(blocks)
    starts = [n for n, b in enumerate(blocks) if b.depth and b.depth == depth]
    preface = [b.whole for b in blocks[: starts[0] if starts else 0] if b.depth != 1]
    ends = [*starts[1:], len(blocks)]
    chapters = [
        Chapter(blocks[start].whole, _numbered(blocks[start + 1 : end], number))
        for number, (start, end) in enumerate(zip(starts, ends, strict=False), start=1)
    ]
    if not starts:
        chapters = [Chapter("", _numbered(blocks, 1))] if blocks else []
    return Document(title, tuple(preface), tuple(chapters), tuple(left_out))


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": DEEPEST}).enable("table").disable("reference")
    parser.core.ruler.before("inline", "flatter", _flatter)
    return parser


def _flatter(state: StateCore) -> None:
    state.md.options["maxNesting"] = DEEPEST_IN_LINE


def _title(blocks: Sequence[Block]) -> tuple[str, int]:
    """The title, empty where no heading is one, and the depth of the chapters, 0 where there is no heading."""
    tops = [b.whole for b in blocks if b.depth == 1]
    below = [b.depth for b in blocks if b.depth > 1]
    if len(tops) == 1 and below:
        return tops[0], min(below)
    return "", 1 if tops else min(below, default=0)


def _numbered(blocks: Sequence[Block], chapter: int) -> tuple[Paragraph, ...]:
    found: list[Paragraph] = []
    section, last, count = "", "", 0
    for block in blocks:
        if block.depth:
            section = block.whole
            continue
        own = MARK.match(block.text)
        last, count = (own[1], 1) if own else (last, count + 1)
        mark = last if own else f"{last}.{count}" if last else f"{chapter}.{count}"
        body = block.text[own.end() :] if own else block.text
        plain, note = _without_note(body.strip())
        found.append(Paragraph(mark, (block.sign + plain) if plain else "", section, note, block.line, bool(own)))
    return tuple(found)


def _without_note(body: str) -> tuple[str, str]:
    """The text and the note at its end; by hand, because an expression would be slow on many colons."""
    start = body.rfind("{")
    inner = body[start + 1 : -1]
    if start < 0 or not body.endswith("}") or ":" not in inner or "}" in inner:
        return body, ""
    return body[:start].rstrip(), inner.strip()


def _blocks(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[Block]:
    heading, line, before, sign = 0, 0, "", ""
    row: list[str] = []
    lists: list[int | None] = []
    for token in tokens:
        block = None
        if token.type == "heading_open":
            heading = DEPTH[token.tag]
        elif token.type == "heading_close":
            heading = 0
        elif token.type in ("ordered_list_open", "bullet_list_open"):
            lists.append(_first(token))
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type in ("list_item_open", "list_item_close"):
            sign = _bullet(lists) if token.nesting == 1 else ""
        elif token.type == "tr_close":
            row += _surplus(lines[line - 1], len(row)) if before == "td_close" else []
            block = Block(0, " | ".join(row) if any(row) else "", line, sign)
            row = []
        elif token.type in ("fence", "code_block"):
            block = Block(0, f"{token.info.strip()}\n{token.content}".strip(), _line(token), sign)
        elif token.type == "inline":
            line, words = _line(token), _plain(token)
            if before in ("th_open", "td_open"):
                row.append(words)
            else:
                block = Block(heading, words, line, sign)
        if token.level >= DEEPEST - 1 and token.type in ("blockquote_open", "list_item_open"):
            block = Block(0, _written(token, lines), _line(token), sign)
        if block and block.text:
            yield block
            sign = ""
        before = token.type


def _first(token: Token) -> int | None:
    """The number with which a list begins; None where it has bullets."""
    start = token.attrGet("start")
    if token.type == "bullet_list_open":
        return None
    return 1 if start is None else int(start)


def _surplus(line: str, columns: int) -> list[str]:
    """The cells of a row for which its table has no column."""
    cells = [cell.strip() for cell in escapedSplit(line.lstrip("> \t").strip())]
    return [cell for cell in cells[not cells[0] :][columns:] if cell]


def _written(token: Token, lines: Sequence[str]) -> str:
    """What stands too deep to be taken apart, as it was written."""
    start, end = token.map or (0, 0)
    return " ".join(word for line in lines[start:end] for word in line.lstrip("> \t").split())


def _bullet(lists: list[int | None]) -> str:
    """The sign of a list item; an ordered list counts on."""
    number = lists[-1]
    if number is None:
        return "– "
    lists[-1] = number + 1
    return f"{number}. "


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0


def _plain(inline: Token) -> str:
    """The words of a line: breaks become spaces, a link keeps its address, an image its description."""
    return " ".join("".join(_pieces(inline.children or [])).split())


def _pieces(children: Sequence[Token]) -> list[str]:
    pieces: list[str] = []
    start, link = 0, None
    for child in children:
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            pieces.append(" ")
        elif child.type == "image":
            pieces += [*_pieces(child.children or []), _aside(child.attrGet("title"))]
        elif child.type == "link_open":
            start, link = len(pieces), child
        elif child.type == "link_close" and link and link.markup != "autolink":
            address = str(link.attrGet("href") or "")
            pieces += [_aside(address if address not in "".join(pieces[start:]) else ""), _aside(link.attrGet("title"))]
    return pieces


def _aside(words: str | int | float | None) -> str:
    return f" ({words})" if words else ""


def _left_out(tokens: Sequence[Token]) -> tuple[tuple[str, int], ...]:
    images = sum(c.type == "image" for t in tokens for c in t.children or [])
    rules = sum(t.type == "hr" for t in tokens)
    return tuple((kind, n) for kind, n in (("image", images), ("rule", rules)) if n)
