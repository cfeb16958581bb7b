"""Runs: text that stands somewhere in bytes, whatever they are, and bytes that are text as a whole."""

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE, BOM_UTF32_BE, BOM_UTF32_LE
from collections.abc import Iterator

SHORTEST = 6  # the shortest thing that is looked for, a@b.cd
NARROW = re.compile(
    rb"(?:[\t\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}){6,}"
)
WIDE_LITTLE, WIDE_BIG = re.compile(rb"(?:[\t\x20-\x7e]\x00){6,}"), re.compile(rb"(?:\x00[\t\x20-\x7e]){6,}")
MARKS = (
    (BOM_UTF8, "utf-8"),
    (BOM_UTF32_LE, "utf-32-le"),
    (BOM_UTF32_BE, "utf-32-be"),
    (BOM_UTF16_LE, "utf-16-le"),
    (BOM_UTF16_BE, "utf-16-be"),
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def runs(content: bytes) -> Iterator[str]:
    """Every run of printable characters, in UTF-8 and in both orders of UTF-16.

    >>> list(runs(b"\\x01\\x02fulan@contoh\\x00\\xff0\\x008\\x001\\x002\\x000\\x000\\x00"))
    ['fulan@contoh', '081200']
    """
    for found in NARROW.finditer(content):
        yield found[0].decode("utf-8", "replace")
    for shape, encoding in ((WIDE_LITTLE, "utf-16-le"), (WIDE_BIG, "utf-16-be")):
        for found in shape.finditer(content):
            yield found[0].decode(encoding)


def decoded(content: bytes) -> str | None:
    """The bytes as one text, or None where they are none: by their mark, as UTF-8, UTF-16 or Windows-1252.

    >>> decoded("é".encode()), decoded("rob".encode("utf-16")), decoded(b"caf\\xe9"), decoded(bytes(range(30)))
    ('é', 'rob', 'café', None)
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return _as(content[len(mark) :], encoding)
    if b"\x00" in content:
        return _as(content, _wide(content)) if _wide(content) else None
    text = _as(content, "utf-8")
    return text if text is not None else _as(content, "cp1252")


def _wide(content: bytes) -> str | None:
    half = len(content) // 2
    if content[1::2].count(0) > 0.8 * half:
        return "utf-16-le"
    return "utf-16-be" if content[::2].count(0) > 0.8 * half else None


def _as(content: bytes, encoding: str) -> str | None:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if CONTROLS.search(text) else text
