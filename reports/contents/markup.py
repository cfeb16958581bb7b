"""Markup: the texts, attributes, comments and instructions of XML and HTML, split words put together again."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.parsers import expat

from reports.contents.bounds import Unreadable

# Elements whose text is one text, however many runs and spans it is cut into (Word, Excel, PowerPoint, ODF, SVG).
WHOLE = frozenset("p si is h text title desc comment instrText".split())
SPACES = {"tab": " ", "br": "\n", "cr": "\n", "line-break": "\n", "s": " ", "noBreakHyphen": "-"}
DELETED = frozenset(("del", "delText", "moveFrom"))
# Drawing instructions without a long number are no text.
DRAWN = frozenset("d points transform viewBox x y dx dy values stroke-dasharray".split())
DRAWING = re.compile(r"(?:(?!\d{9})[\d.,\s()+-]|(?<![a-zA-Z])[a-zA-Z](?![a-zA-Z])|translate|scale|rotate|matrix)*")
DULL = re.compile(
    r"inlineStr|[A-Za-z#.]{0,3}\d{0,7}%?|#?[0-9A-Fa-f]{6}(?:[0-9A-Fa-f]{2})?|true|false|https?://(?:schemas|www)\.[\w.]+/[\w/.#-]*|[\d.]{1,6}"
)
BLOCKS = frozenset(
    "address article aside blockquote body br button caption dd details dialog div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 head header hr html label legend li link main meta nav noscript ol option p pre"
    " script section select style summary table tbody td template textarea tfoot th thead title tr ul svg desc".split()
)


def xml_texts(content: bytes) -> Iterator[tuple[str, str]]:
    """Every text of an XML document with the place it stands, in the order of the document.

    Runs of one paragraph or cell are joined; where deletions are tracked, the text is told with and without them. A
    place is a cell of a spreadsheet (`B2`), an attribute (`p@title`), `comment`, or the name of an element.

    Raises:
        Unreadable: it is not well formed, or declares a document type (in which entities are made).

    >>> list(xml_texts(b"<p><r>0812</r><r>-0000</r></p>"))
    [('p', '0812-0000'), ('p', '0812 -0000')]
    """
    walker = _Walker()
    _parse(walker.parser, content)
    return iter(walker.found)


def elements(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """Every element with its attributes, names without prefixes.

    >>> elements(b'<a x="1"><b:c/></a>')
    [('a', {'x': '1'}), ('c', {})]
    """
    found: list[tuple[str, dict[str, str]]] = []
    parser = _parser()
    parser.StartElementHandler = lambda name, attributes: found.append(
        (_local(name), {_local(key): value for key, value in attributes.items()})
    )
    _parse(parser, content)
    return found


def html_texts(text: str) -> Iterator[tuple[str, str]]:
    """Every text of an HTML page: between tags, in attributes, comments, declarations, scripts and styles.

    Raises:
        Unreadable: a declaration in it makes no sense.

    >>> list(html_texts('<p data-x="fulan@contoh">08<b>12</b></p><!-- rahasia -->'))
    [('p@data-x', 'fulan@contoh'), ('p', '0812'), ('p', '08 12'), ('comment', ' rahasia ')]
    """
    page = _Page()
    try:
        page.feed(text)
        page.close()
    except AssertionError as error:  # how the parser says that a declaration makes no sense
        raise Unreadable("broken", f"is not HTML: {error}") from error
    page.flush()
    if page.rawdata:
        page.found.append(("text", page.rawdata))
    return iter(page.found)


def _parser():
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _parse(parser, content: bytes) -> None:
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unreadable("broken", f"is not well-formed XML: {error}") from error


def _refuse(*_facts: object) -> None:
    raise Unreadable("doctype", "declares a document type; not opened, for entities are made in it")


def _spaced(text: str) -> str:
    """One space where there are many, as a reader sees it."""
    return " ".join(text.split())


def _is_text(key: str, value: str) -> bool:
    """Whether an attribute may say something to somebody."""
    return not DULL.fullmatch(value) and not (key in DRAWN and DRAWING.fullmatch(value))


def _local(name: str) -> str:
    return name.rpartition(":")[2]


class _Walker:
    """Reads one XML document."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self.names: list[str] = []
        self.wholes: list[tuple[str, list[tuple[str, bool]]]] = []
        self.cell, self.deleted = "", 0
        self.parser = _parser()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.CommentHandler = lambda text: self.found.append(("comment", text))
        self.parser.ProcessingInstructionHandler = lambda name, text: self.found.append((f"?{name}", text))

    def start(self, qualified: str, attributes: dict[str, str]) -> None:
        name = _local(qualified)
        self.names.append(name)
        if name == "c":
            self.cell = attributes.get("r", "")
        self.deleted += name in DELETED
        if name in WHOLE:
            self.wholes.append((name, []))
        elif name in SPACES and self.wholes:
            self.wholes[-1][1].append((SPACES[name], False))
        for key, value in attributes.items():
            if _is_text(_local(key), value):
                self.found.append((f"{name}@{_local(key)}", value))

    def end(self, _name: str) -> None:
        name = self.names.pop()
        self.deleted -= name in DELETED
        if name in WHOLE:
            self.finish(*self.wholes.pop())
        elif name == "c":
            self.cell = ""

    def text(self, text: str) -> None:
        if self.wholes:
            self.wholes[-1][1].append((text, self.deleted > 0))
        elif text.strip():
            self.found.append((self.cell or self.names[-1], text))

    def finish(self, name: str, pieces: list[tuple[str, bool]]) -> None:
        texts = ["".join(text for text, _ in pieces), " ".join(text for text, _ in pieces)]
        if any(is_deleted for _, is_deleted in pieces):
            texts += ["".join(text for text, is_deleted in pieces if is_deleted == kept) for kept in (False, True)]
        self.found.extend((self.cell or name, text) for text in dict.fromkeys(map(_spaced, texts)) if text)


class _Page(HTMLParser):
    """Reads one HTML page, however careless."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.tag, self.pieces = "text", []

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS:
            self.flush()
            self.tag = tag
        for key, value in attrs:
            if key == "srcdoc" and value:
                self.found.extend((f"srcdoc: {place}", text) for place, text in html_texts(value))
            elif value and _is_text(key, value):
                self.found.append((f"{tag}@{key}", value))

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.flush()

    def handle_data(self, data):
        self.pieces.append(data)

    def handle_comment(self, data):
        self.found.append(("comment", data))

    def handle_decl(self, decl):
        self.found.append(("declaration", decl))

    def unknown_decl(self, data):
        self.found.append(("declaration", data))

    def handle_pi(self, data):
        self.found.append(("?", data))

    def flush(self):
        for text in dict.fromkeys((_spaced("".join(self.pieces)), _spaced(" ".join(self.pieces)))):
            if text:
                self.found.append((self.tag, text))
        self.pieces = []
