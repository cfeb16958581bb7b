"""A story of a DOCX, the body, a text box or a note, becomes items in its order: paragraphs and rows of tables."""

from collections.abc import Iterator, Mapping
from typing import Protocol

from services.manuscripts.leavings import left_out
from services.manuscripts.lines import Item, Line
from services.manuscripts.numbering import BULLET
from services.manuscripts.parts import Element, Relation, W
from services.manuscripts.styles import Styles, number, value
from services.manuscripts.words import Shelf, Words, fields_of

CHANGES = {W + "ins": "inserted", W + "moveTo": "moved"}
BOOKMARKS = (W + "bookmarkStart", W + "bookmarkEnd")
# A paragraph whose end was deleted goes on in the next one.
ENDS = (f"{W}pPr/{W}rPr/{W}del", f"{W}pPr/{W}rPr/{W}moveFrom")


class Book(Shelf, Protocol):
    """What a story needs of the file it stands in."""

    styles: Styles

    def sign(self, paragraph: Element) -> str: ...
    def grow(self, letters: int) -> None: ...


class Story:
    """Walks what stands under one element, in order."""

    def __init__(self, book: Book, root: Element, links: Mapping[str, Relation]) -> None:
        self._book, self._root, self._links = book, root, links
        self._fields = fields_of(root, book.keep, book.drop)
        self._words = Words(book, self._fields, links)
        self._carried: tuple[Line, Element] | None = None

    def items(self) -> list[Item]:
        into: list[Item] = []
        self._walk(self._root, into)
        self._close_carried(into)
        return into

    def text(self) -> str:
        """The same on one line."""
        return " ".join(item.whole for item in self.items())

    def _walk(self, container: Element, into: list[Item], depth: int = 0) -> None:
        for child in self._kept(container):
            if child.tag == W + "p":
                self._paragraph(child, into)
            elif child.tag == W + "tbl":
                self._close_carried(into)
                self._table(child, into, depth)
            else:
                self._walk(child, into, depth)

    def _kept(self, container: Element) -> Iterator[Element]:
        """What is to be read under an element; bookmarks are followed and what is left out is counted on the way."""
        for child in container:
            word = left_out(child)
            if child.tag in BOOKMARKS:
                self._book.mark(child)
            elif word and self._fields.shows:
                self._book.drop(word)
            elif child.tag == W + "altChunk":
                self._book.drop("embedded")
            elif word is None:
                if child.tag in CHANGES:
                    self._book.keep(CHANGES[child.tag])
                yield child

    def _paragraph(self, paragraph: Element, into: list[Item]) -> None:
        line = self._carried[0] if self._carried else Line()
        self._carried = None
        self._words.read(paragraph, self._book.styles.of(paragraph), line)
        if any(paragraph.find(path) is not None for path in ENDS):
            self._carried = (line, paragraph)
        else:
            self._close(line, paragraph, into)

    def _close_carried(self, into: list[Item]) -> None:
        if self._carried:
            line, paragraph = self._carried
            self._carried = None
            self._close(line, paragraph, into)

    def _close(self, line: Line, paragraph: Element, into: list[Item]) -> None:
        is_title = self._book.styles.is_title(paragraph)
        depth = self._book.styles.depth(paragraph) or int(is_title)
        sign = self._book.sign(paragraph) if self._fields.shows or line.pieces else ""
        text, apart = line.heading() if depth else (line.text(), [])
        kind = "headings" if depth else "bullets" if sign == BULLET else "numbered" if sign else "paragraphs"
        if text:
            self._book.grow(len(text))
            into.append(Item(kind, text, sign, depth, is_title, line.lineages))
        into += [Item("paragraphs", note) for note in apart]
        for box in line.boxes:
            found = Story(self._book, box, self._links).items()
            if found:
                self._book.keep("text_boxes")
                into += found

    def _table(self, table: Element, into: list[Item], depth: int) -> None:
        shown = [item for row in self._within(table, W + "tr") if (item := self._row(row, depth))]
        if shown and self._fields.shows:
            self._book.keep("nested_tables" if depth else "tables")
        into += shown

    def _row(self, row: Element, depth: int) -> Item | None:
        """A row as one item: its cells beside one another, a table within one of them on its line."""
        cells, lineages = [], []
        for cell in self._within(row, W + "tc"):
            items: list[Item] = []
            self._walk(cell, items, depth + 1)
            self._close_carried(items)
            cells.append(" ".join(item.whole for item in items))
            lineages += [n for item in items for n in item.lineages]
            if (number(value(cell, "tcPr/gridSpan")) or 1) > 1 or value(cell, "tcPr/vMerge") == "restart":
                self._book.keep("merged_cells")
        text = ("; " if depth else " | ").join(cells)
        return Item("rows", text, lineages=lineages) if any(cells) else None

    def _within(self, container: Element, tag: str) -> Iterator[Element]:
        """The rows of a table or the cells of a row, also where controls or changes stand around them."""
        for child in self._kept(container):
            if child.tag == tag:
                yield child
            else:
                yield from self._within(child, tag)
