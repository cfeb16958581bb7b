"""Contents: every text that a reader or a tool could dig out of a file that is to be published."""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from reports.contents import archives, listings, markup, papers, pictures
from reports.contents.bounds import DEEPEST, Bounds, Unreadable
from reports.contents.runs import decoded, runs

__all__ = ["Unreadable", "texts_in"]

Found = Iterator[tuple[str, str]]
# Packed in a way that is not unpacked here, or a form nobody reads: of these it cannot be said what stands in them.
CLOSED = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or locked Office file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"{\\rtf", "an RTF file"),
    (b"SQLite format 3", "a database"),
)
MACROS = "vbaproject.bin"
CLOSED_ENDINGS = (".br", ".zst", ".lzma", ".xlsb", ".tar", MACROS)
EMBEDDED = re.compile(r"data:[\w.+/-]*((?:;[\w=.+-]+)*),([\w+/=%.~:?#@!$&*-]*)")
XML_ENDINGS = (".xml", ".rels", ".svg", ".atom", ".rss", ".vml", ".xsl", ".opf")
HTML_ENDINGS = (".html", ".htm", ".xhtml")
JSON_ENDINGS = (".json", ".geojson", ".webmanifest", ".jsonld")
CSV_ENDINGS = (".csv", ".tsv")
FOLDED_ENDINGS = (".ics", ".vcf", ".eml")


def texts_in(name: str, content: bytes) -> Found:
    """Every text in a file with the place it stands, its own name first.

    What a file is, its bytes say before its name does. Read are archives (with XLSX, DOCX, PPTX, ODF; all their
    parts, names, comments), XML and SVG, HTML, JSON, CSV and any other text, PNG, PDF, gzip, and what is packed in
    any of them, data URIs too; of other bytes (JPEG with its EXIF, fonts) every run of printable characters. Runs of
    one paragraph or cell are joined, so that a number in two halves is found. Not read is what only the eye sees:
    the points of a picture, letters drawn as lines.

    Args:
        name: the file's name.
        content: its bytes.

    Yields:
        (place, text): the place is for people, such as "xl/worksheets/sheet2.xml (hidden): B7", "R3C2", "$.a[0]".

    Raises:
        Unreadable: of something in it cannot be said what it is: locked, broken, packed too densely or too deeply, XML
            with a document type, an old Office file, macros.

    >>> list(texts_in("data.csv", b"nama,isi\\r\\nrob,ya\\r\\n"))[:3]
    [('name', 'data.csv'), ('R1C1', 'nama'), ('R1C2', 'isi')]
    """
    yield "name", name
    yield from _texts(name, content, Bounds(), 0)


def _texts(name: str, content: bytes, bounds: Bounds, depth: int) -> Found:
    """The texts of one file or part, those that are packed in a text included."""
    if depth > DEEPEST:
        raise Unreadable("large", "is packed more deeply than any honest file")
    for place, text in _read(name, content, bounds, depth):
        if text:
            yield place, text
        if "data:" in text:
            for packed in _embedded(text):
                bounds.spend(len(packed))
                yield from _placed(f"{place} (data)", _texts("", packed, bounds, depth + 1))


def _read(name: str, content: bytes, bounds: Bounds, depth: int) -> Found:
    """Choose by the first bytes, then by the ending, then by whether it is text at all."""
    ending = name.lower()
    for start, kind in CLOSED:
        if content.startswith(start):
            raise Unreadable("closed", f"is {kind}")
    if ending.endswith(CLOSED_ENDINGS):
        raise Unreadable("closed", "cannot be opened here")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")) or ending.endswith((".zip", ".xlsx", ".docx", ".pptx")):
        return _archive(content, bounds, depth)
    if content.startswith(pictures.PNG):
        return pictures.png_texts(content, bounds)
    if content.startswith(b"\x1f\x8b"):
        return _texts(ending.removesuffix(".gz"), bounds.inflate(content, 16 + zlib.MAX_WBITS), bounds, depth + 1)
    if b"%PDF-" in content[:1024]:
        return _paper(content, bounds, depth)
    text = decoded(content)
    return (("bytes", found) for found in runs(content)) if text is None else _text(ending, content, text)


def _text(ending: str, content: bytes, text: str) -> Found:
    start = text.lstrip()[:200].lower()
    if ending.endswith(HTML_ENDINGS) or start.startswith(("<!doctype html", "<html")):
        return markup.html_texts(text)
    if ending.endswith(XML_ENDINGS) or start.startswith(("<?xml", "<?xpacket", "<svg")):
        return markup.xml_texts(content)
    if ending.endswith(JSON_ENDINGS):
        return listings.json_texts(text)
    if ending.endswith(CSV_ENDINGS):
        return listings.csv_texts(text)
    return listings.line_texts(text, ending.endswith(FOLDED_ENDINGS))


def _archive(content: bytes, bounds: Bounds, depth: int) -> Found:
    yield from archives.notes(content)
    for place, part in archives.parts(content, bounds):
        inner = place.removesuffix(" (hidden)").removesuffix(" (very hidden)")
        yield from _placed(place, _texts(inner, part, bounds, depth + 1))


def _paper(content: bytes, bounds: Bounds, depth: int) -> Found:
    for place, found in papers.pdf_texts(content, bounds):
        if isinstance(found, bytes):
            yield from _placed(place, _texts("", found, bounds, depth + 1))
        else:
            yield place, found


def _placed(place: str, found: Found) -> Found:
    return ((f"{place}: {inner}", text) for inner, text in found)


def _embedded(text: str) -> Iterator[bytes]:
    for found in EMBEDDED.finditer(text):
        packed = unquote_to_bytes(found[2])
        if ";base64" in found[1].lower():
            try:
                packed = base64.b64decode(packed + b"=" * (-len(packed) % 4))
            except binascii.Error as error:
                raise Unreadable("broken", "holds a data URI that is broken") from error
        yield packed
