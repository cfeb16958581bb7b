"""Pictures: what is written beside the points of a PNG; what the points themselves show nobody reads here."""

import zlib
from collections.abc import Iterator

from reports.contents.bounds import Bounds, Unreadable
from reports.contents.runs import decoded, runs

PNG = b"\x89PNG\r\n\x1a\n"
POINTS = frozenset((b"IHDR", b"PLTE", b"IDAT", b"fdAT", b"tRNS", b"IEND"))


def png_texts(content: bytes, bounds: Bounds) -> Iterator[tuple[str, str]]:
    """The texts of every chunk of a PNG but those of its points, packed ones unpacked, and of what follows its end.

    Raises:
        Unreadable: a chunk is longer than the file, its check sum is wrong, or a packed text is broken.

    Source: W3C Portable Network Graphics specification, third edition, 5.3 and 11.3.3.

    >>> list(png_texts(PNG + bytes(4) + b"IEND" + zlib.crc32(b"IEND").to_bytes(4) + b"Fulanah", Bounds()))
    [('after the end', 'Fulanah')]
    """
    at, kind = len(PNG), b""
    while kind != b"IEND":
        size, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        data, check = content[at + 8 : at + 8 + size], content[at + 8 + size : at + 12 + size]
        if len(check) < 4 or zlib.crc32(kind + data) != int.from_bytes(check):
            raise Unreadable("broken", "is no whole PNG")
        at += 12 + size
        if kind not in POINTS:
            place = kind.decode("latin-1")
            yield from ((place, text) for text in _chunk(kind, data, bounds))
    yield from (("after the end", text) for text in runs(content[at:]))


def _chunk(kind: bytes, data: bytes, bounds: Bounds) -> Iterator[str]:
    if kind in (b"zTXt", b"iCCP"):
        key, _, packed = data.partition(b"\x00")
        data = key + b"\x00" + bounds.inflate(packed[1:])
    elif kind == b"iTXt":
        key, _, rest = data.partition(b"\x00")
        language, translated, text = (*rest[2:].split(b"\x00", 2), b"", b"")[:3]
        data = b"\n".join((key, language, translated, bounds.inflate(text) if rest[:1] == b"\x01" else text))
    elif kind == b"tEXt":
        data = data.replace(b"\x00", b"\n")
    text = decoded(data) if kind in (b"tEXt", b"iTXt") else None
    yield from [text] if text is not None else runs(data)
