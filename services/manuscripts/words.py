"""The words of one paragraph of a DOCX as a reader sees them: links, fields, notes, symbols, pictures, changes."""

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

from services.manuscripts.fields import Fields
from services.manuscripts.leavings import BOX, is_elsewhere, left_out
from services.manuscripts.lines import Line
from services.manuscripts.parts import Element, R, Relation, W, is_shown

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/"
VML = "{urn:schemas-microsoft-com:vml}"
DESCRIPTION = DRAWING + "wordprocessingDrawing}docPr"
SEEN = {
    DRAWING + "picture}pic": "images",
    VML + "imagedata": "images",
    DRAWING + "chart}chart": "charts",
    "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart": "charts",
    DRAWING + "diagram}relIds": "diagrams",
}
# Letters of the symbol fonts that stand for words in offices; others have no letter.
WINGDINGS = {0x6F: "☐", 0xA8: "☐", 0xFC: "✓", 0xFE: "☑", 0xFD: "☒", 0x78: "☒", 0xE0: "→", 0xA7: "▪", 0x6C: "●"}
SYMBOL = {0xB7: "•", 0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xB4: "×", 0xAE: "→", 0xB9: "≠", 0xB0: "°"}
NEAR = 20  # pieces in which an address is looked for before it is added


class Shelf(Protocol):
    """What a paragraph needs of its book."""

    def is_hidden(self, run: Element, style: str) -> bool: ...
    def claim(self) -> list[int]: ...
    def mark(self, element: Element) -> None: ...
    def note(self, kind: str, name: str) -> str: ...
    def keep(self, kind: str) -> None: ...
    def drop(self, kind: str) -> None: ...


class Words:
    """Reads the paragraphs of one story: the body, a text box, or a note."""

    def __init__(self, shelf: Shelf, fields: Fields, links: Mapping[str, Relation]) -> None:
        self._shelf, self._fields, self._links = shelf, fields, links
        self._line, self._style = Line(), ""
        self._muted = False
        self._visits: dict[object, Callable[[Element], None]] = {
            W + "t": lambda e: self._say(e.text or ""),
            W + "noBreakHyphen": lambda _e: self._say("-"),
            W + "r": self._run,
            W + "sym": self._symbol,
            W + "hyperlink": self._link,
            W + "fldChar": lambda e: self._address(self._fields.char(e)),
            W + "instrText": lambda e: self._fields.told(e.text or ""),
            W + "fldSimple": self._field,
            W + "footnoteReference": lambda e: self._note("footnotes", e),
            W + "endnoteReference": lambda e: self._note("endnotes", e),
            W + "bookmarkStart": shelf.mark,
            W + "bookmarkEnd": shelf.mark,
            W + "ins": lambda e: self._changed("inserted", e),
            W + "moveTo": lambda e: self._changed("moved", e),
            W + "drawing": self._picture,
            W + "pict": self._picture,
            W + "object": self._object,
            M + "oMath": lambda _e: self._lose("equations"),
            BOX: self._box,
        }
        for blank in ("tab", "br", "cr", "ptab"):
            self._visits[W + blank] = lambda _e: self._say(" ")

    def read(self, paragraph: Element, style: str, line: Line) -> Line:
        """Add the words of a paragraph to a line."""
        self._line, self._style = line, style
        self._into(paragraph)
        return line

    @property
    def _shows(self) -> bool:
        return self._fields.shows and not self._muted

    def _into(self, element: Element) -> None:
        for child in element:
            word = left_out(child)
            if word is None:
                visit = self._visits.get(child.tag, self._into)
                visit(child)
            elif word:
                self._lose(word)

    def _say(self, text: str) -> None:
        if text and self._shows:
            if not text.isspace():
                self._line.lineages += self._shelf.claim()
            self._line.pieces.append(text)

    def _lose(self, kind: str) -> None:
        if self._shows:
            self._shelf.drop(kind)

    def _run(self, run: Element) -> None:
        if self._muted or not self._shelf.is_hidden(run, self._style):
            return self._into(run)
        if next(run.iter(W + "t"), None) is not None:
            self._lose("hidden")
        self._muted = True
        self._into(run)
        self._muted = False
        return None

    def _symbol(self, element: Element) -> None:
        try:
            code = int(element.get(W + "char", ""), 16)
        except ValueError:
            code = 0
        if 0xE000 <= code < 0xF900:
            letters = WINGDINGS if element.get(W + "font", "").lower().startswith("wingdings") else SYMBOL
            said = letters.get(code & 0xFF, "")
        else:
            said = chr(code) if 0x20 <= code < 0xD800 else ""
        if said:
            self._say(said)
        else:
            self._lose("symbols")

    def _changed(self, kind: str, element: Element) -> None:
        if self._shows:
            self._shelf.keep(kind)
        self._into(element)

    def _link(self, element: Element) -> None:
        self._into(element)
        relation = self._links.get(element.get(R + "id", ""))
        self._address(relation.target if relation and relation.is_outside else "")

    def _address(self, address: str) -> None:
        """An address after its words, unless they are the address."""
        if not address or not self._shows:
            return
        self._shelf.keep("links")
        near = "".join(self._line.pieces[-NEAR:])
        if is_shown(address) and address.removeprefix("mailto:") not in near:
            self._say(f" ({address})")

    def _field(self, element: Element) -> None:
        self._fields.begin(element.get(W + "instr", ""))
        self._into(element)
        self._address(self._fields.end())

    def _note(self, kind: str, element: Element) -> None:
        if not self._shows:
            return
        text = self._shelf.note(kind, element.get(W + "id", ""))
        if text:
            self._shelf.keep(kind)
            self._line.notes.add(len(self._line.pieces))
            self._say(f" (catatan: {text})")

    def _box(self, element: Element) -> None:
        if self._shows:
            self._line.boxes.append(element)

    def _object(self, element: Element) -> None:
        self._lose("objects")
        self._look(element, counts=False)

    def _picture(self, element: Element) -> None:
        self._look(element, counts=True)

    def _look(self, element: Element, *, counts: bool) -> None:
        """Count what is drawn, say how it is described, and put text boxes aside."""
        if not self._shows:
            return
        described, has_seen = [], not counts
        for found in _outside_boxes(element):
            if found.tag == BOX:
                self._box(found)
            elif found.tag == DESCRIPTION:
                described += [found.get("descr", ""), _aside(found.get("title", ""))]
            elif found.tag in SEEN and counts:
                has_seen = True
                self._shelf.drop(SEEN[found.tag])
            elif isinstance(found.tag, str) and found.tag.startswith(VML):
                described.append(found.get("alt", ""))
                self._say(found.get("string", ""))
        if has_seen:
            self._say("".join(described))


def _aside(words: str) -> str:
    return f" ({words})" if words else ""


def _outside_boxes(element: Element) -> Iterator[Element]:
    """An element and what is in it in its order, but not what is in text boxes; those come as one."""
    waiting = [element]
    while waiting:
        found = waiting.pop()
        yield found
        if found.tag != BOX:
            waiting += [child for child in reversed(found) if left_out(child) is None]


def fields_of(root: Element, keep: Callable[[str], None], drop: Callable[[str], None]) -> Fields:
    """The fields of a story, none of them open yet."""
    return Fields(root, lambda sign: is_elsewhere(sign, root), keep, drop)
