"""Papers: the texts of a PDF, on its pages by the tables that turn glyphs into letters, and in everything around."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from reports.contents.bounds import Bounds, Unreadable
from reports.contents.runs import decoded, runs

STREAM = re.compile(rb"stream\r?\n")
OBJECT = re.compile(rb"\bobj\b")
LENGTH = re.compile(rb"/Length\s+(\d+)(?!\s+\d+\s+R)")
FILTERS = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/\w+))")
TOKEN = re.compile(
    rb"(\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*\))*\))|<([0-9A-Fa-f\s]*)>"
    rb"|(-?\d+(?:\.\d*)?|-?\.\d+)|(BT|ET|T[dDm*]|'|\"|TJ|Tj)(?![\w*])|/[^\s/<>\[\]()]*|[A-Za-z*]+",
    re.DOTALL,
)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
PAIRS = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
ENTRY = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<([0-9A-Fa-f\s]*)>|\[([^\]]*)\])?")
CHAR = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>")
WIDE = 180  # thousandths of the letter's size: a wider step back is a space between words
BROADEST = 1.2  # no letter is wider, in its own size
MOST_IN_RANGE = 65_536
# Rows of numbers in which a file keeps how wide its letters are.
WIDTHS = re.compile(rb"(?:-?\d{1,6}(?:\.\d+)?[\s\[\]]+){6,}")


@dataclass(frozen=True, slots=True)
class Glyphs:
    """What the codes of one font stand for: codes of so many bytes, and their letters."""

    size: int
    letters: dict[int, str]

    def read(self, codes: bytes) -> str:
        """The text of some codes; unknown ones are left out."""
        steps = range(0, len(codes) - self.size + 1, self.size)
        return "".join(self.letters.get(int.from_bytes(codes[at : at + self.size]), "") for at in steps)


def pdf_texts(content: bytes, bounds: Bounds) -> Iterator[tuple[str, str | bytes]]:
    """Every text of a PDF: its properties, notes, links, bookmarks and metadata, and the lines of its pages.

    Every line is read with every table of letters in the file, so the right one is among them. Files that are
    attached and pictures come as bytes, to be read as files of their own.

    Raises:
        Unreadable: it is locked, packed in a way that is not unpacked here, or a font tells no letters.

    Source: ISO 32000-1, 7.3 (objects), 7.4 (filters), 9.4 (text), 9.10.3 (ToUnicode).

    >>> list(pdf_texts(b"%PDF-1.4\\n1 0 obj <</Title (Fulan \\\\(rob\\\\))>> endobj", Bounds()))[:1]
    [('object', 'Fulan (rob)')]
    """
    if re.search(rb"/Encrypt\b", content):
        raise Unreadable("locked", "is a locked PDF")
    plain, streams = _take_apart(content, bounds)
    objects = b"\n".join([plain, *(data for head, data in streams if b"/ObjStm" in head)])
    maps = [_glyphs(data) for _, data in streams if b"begincmap" in data]
    if len(re.findall(rb"/Identity-[HV]\b", objects)) > len(re.findall(rb"/ToUnicode\b", objects)):
        raise Unreadable("glyphs", "is a PDF with a font that does not tell its letters")
    yield from (("object", _plain(text)) for text in _strings(objects))
    yield from (("bytes", text) for text in runs(WIDTHS.sub(b" ", plain)))
    for head, data in streams:
        yield from _stream(head, data, maps)


def _take_apart(content: bytes, bounds: Bounds) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """What stands outside of streams, and every stream, unpacked, with the dictionary before it."""
    plain, streams, at = [], [], 0
    while found := STREAM.search(content, at):
        head = content[at : found.start()]
        head = head[[0, *(match.start() for match in OBJECT.finditer(head))][-1] :]
        length = LENGTH.search(head)
        end = found.end() + int(length[1]) if length else -1
        if not length or not content[end : end + 12].lstrip().startswith(b"endstream"):
            end = content.find(b"endstream", found.end())
        if end < 0:
            raise Unreadable("broken", "is a PDF that ends too early")
        plain.append(content[at : found.start()])
        streams.append((head, _unpacked(head, content[found.end() : end], bounds)))
        at = content.find(b"endstream", end) + len(b"endstream")
    return b"\n".join([*plain, content[at:]]), streams


def _unpacked(head: bytes, data: bytes, bounds: Bounds) -> bytes:
    named = FILTERS.search(head)
    filters = re.findall(rb"/(\w+)", (named[1] or named[2]) if named else b"")
    is_picture = re.search(rb"/Subtype\s*/Image\b", head) is not None
    if filters == [b"FlateDecode"] and not is_picture:
        # the bytes of a line break may stand before the end
        return bounds.inflate(data)
    if filters and not is_picture:
        raise Unreadable("closed", f"is a PDF with a part packed as {b' '.join(filters).decode()}")
    bounds.spend(len(data))
    return data


def _stream(head: bytes, data: bytes, maps: list[Glyphs]) -> Iterator[tuple[str, str | bytes]]:
    if re.search(rb"/(XRef|ObjStm)\b", head) or b"begincmap" in data:
        return
    if re.search(rb"/Subtype\s*/Image\b", head):
        if b"/DCTDecode" in head:
            yield "picture", data
    elif re.search(rb"/EmbeddedFile\b", head):
        yield "attachment", data
    elif re.search(rb"/(Metadata|Length1|Type1C|CIDFontType0C|OpenType)\b", head):
        yield "metadata" if b"/Metadata" in head else "font", data
    else:
        for line in _lines(data):
            read = [[_plain(part) for part in line], *([glyphs.read(part) for part in line] for glyphs in maps)]
            texts = [between.join(parts) for parts in read for between in ("", " ")]
            yield from (("page", text) for text in dict.fromkeys(texts) if text.strip())
        yield from (("page", text) for text in re.findall(r"%[^\n]*", data.decode("latin-1")))


def _lines(data: bytes) -> Iterator[list[bytes]]:
    """The strings of a page, joined until the pen is set down elsewhere, parted where it steps as wide as a space.

    Some programs set down every single letter: a step along the line, no wider than what was just written can be, goes
    on with the line.
    """
    line, written, size, numbers = [b""], 0, 0.0, (0.0, 0.0)
    for token in TOKEN.finditer(data):
        if token[1] is not None or token[2] is not None:
            written = len(_bytes(token))
            line[-1] += _bytes(token)
        elif token[3] is not None:
            numbers = numbers[1], float(token[3])
            if numbers[1] <= -WIDE:
                line.append(b"")
        elif token[0] == b"Tf":
            size = numbers[1]
        elif token[4] in (b"Td", b"TD") and numbers[1] == 0 and 0 <= numbers[0] <= BROADEST * size * written:
            continue
        elif token[4] not in (None, b"TJ", b"Tj"):
            yield [part for part in line if part]
            line, written = [b""], 0
    yield [part for part in line if part]


def _strings(objects: bytes) -> Iterator[bytes]:
    return (_bytes(token) for token in TOKEN.finditer(objects) if token[1] or token[2])


def _bytes(token: re.Match[bytes]) -> bytes:
    if token[1] is None:
        return _hex(token[2])
    return ESCAPE.sub(_escaped, token[1][1:-1])


def _escaped(found: re.Match[bytes]) -> bytes:
    if found[1][:1].isdigit() and found[1] not in (b"8", b"9"):
        return bytes([int(found[1], 8) & 255])
    return ESCAPES.get(found[1], found[1])


def _hex(digits: bytes) -> bytes:
    digits = b"".join(digits.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def _plain(text: bytes) -> str:
    found = decoded(text) if text.startswith((b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")) else None
    return found if found is not None else text.decode("latin-1")


def _glyphs(table: bytes) -> Glyphs:
    """A ToUnicode table."""
    letters: dict[int, str] = {}
    size = 1
    for section in PAIRS.finditer(table):
        shape = CHAR if section[1] == b"bfchar" else ENTRY
        for entry in shape.finditer(section[2]):
            first = _hex(entry[1])
            size = max(size, len(first))
            letters.update(_entry(int.from_bytes(first), entry, section[1] == b"bfchar"))
    return Glyphs(size, letters)


def _entry(first: int, entry: re.Match[bytes], is_single: bool) -> dict[int, str]:
    if is_single:
        return {first: _letters(_hex(entry[2]))}
    if entry[4] is not None:
        return {first + at: _letters(_hex(to)) for at, to in enumerate(re.findall(rb"<([0-9A-Fa-f\s]*)>", entry[4]))}
    last, to = int.from_bytes(_hex(entry[2])), _hex(entry[3] or b"")
    many = range(min(last - first + 1, MOST_IN_RANGE))
    return {first + at: _letters((int.from_bytes(to) + at).to_bytes(len(to))) for at in many} if to else {}


def _letters(code: bytes) -> str:
    return code.decode("utf-16-be", "replace")
