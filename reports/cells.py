"""What a spreadsheet can hold: texts of a cell, their parts when they are longer, names of sheets."""

import re
from collections.abc import Iterable, Iterator

LONGEST_CELL = 32_767  # UTF-16 units a cell can hold
PART = 32_000  # UTF-16 units of one part of a longer text
LONGEST_NAME = 31
FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f-\x9f\ufffe\uffff]")
NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
LIKE_ESCAPES = re.compile("_(?=x[0-9A-Fa-f]{4}[_\x00-\x08\x0b-\x1f\ufffe\uffff])")


def clean(text: str) -> str:
    """The text with every half of a surrogate pair that stands alone replaced by U+FFFD.

    >>> clean("rob\\ud800") == "rob\\ufffd"
    True
    """
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def escape(text: str) -> str:
    """The text as XML can hold it: control characters as _xHHHH_, and a text that looks like that told apart.

    Source: ECMA-376, part 1, 22.9.2.19 ST_Xstring.

    >>> escape("rob\\x00"), escape("_x0041_")
    ('rob_x0000_', '_x005F_x0041_')
    """
    told_apart = LIKE_ESCAPES.sub("_x005F_", text)
    return NOT_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", told_apart)


def fits(text: str) -> bool:
    """Whether a cell can hold the text: at most 32,767 UTF-16 units; a character beyond U+FFFF takes two.

    >>> fits("a" * 32_767), fits("🌊" * 16_384)
    (True, False)
    """
    return len(text) <= LONGEST_CELL // 2 or len(text.encode("utf-16-le")) <= 2 * LONGEST_CELL


def split(text: str, most: int = PART) -> Iterator[str]:
    """Yield consecutive parts of at most `most` UTF-16 units that never divide a character.

    >>> list(split("ab🌊cd", most=3))
    ['ab', '🌊c', 'd']
    """
    content, start = text.encode("utf-16-le"), 0
    while start < len(content):
        end = start + 2 * most
        if end < len(content) and 0xD8 <= content[end - 1] < 0xDC:
            end -= 2  # the first half of a pair stays with its second
        yield content[start:end].decode("utf-16-le")
        start = end


def legal_name(name: str, taken: Iterable[str], otherwise: str) -> str:
    """A name a spreadsheet takes for a sheet, as near to the wished one as possible.

    Args:
        name: what is wished.
        taken: the case-folded names of the sheets that are there already.
        otherwise: what a sheet is called whose name has no legal character.

    Returns:
        At most 31 UTF-16 units, none of []:*?/\\ and no apostrophe at an end, not among the taken ones.

    >>> legal_name("Tema: rob/banjir", ["tema  rob banjir"], "Lembar")
    'Tema  rob banjir (2)'
    """
    base = _shorten(name, LONGEST_NAME) or _shorten(otherwise, LONGEST_NAME) or "Sheet"
    found, number = base, 1
    while found.casefold() in taken or found.casefold() == "history":  # Excel keeps that name for itself
        number += 1
        tail = f" ({number})"
        found = _shorten(base, LONGEST_NAME - len(tail)) + tail
    return found


def _shorten(name: str, most: int) -> str:
    legal = FORBIDDEN_IN_NAMES.sub(" ", clean(name)).strip(" '")
    return next(split(legal, most), "").strip(" '")
