"""What of a text a document can hold, and from which side it is read."""

import unicodedata

from reports.cells import clean

# U+2400 and its row are pictures of the control characters; DEL has its own.
PICTURES = {**{at: 0x2400 + at for at in range(32) if chr(at) not in "\t\n"}, 0x7F: 0x2421}
NO_CHARACTERS = dict.fromkeys([*range(0x80, 0xA0), 0xFFFE, 0xFFFF], 0xFFFD)
REPLACED = PICTURES | NO_CHARACTERS


def visible(text: str) -> str:
    """The text with everything replaced that no document can hold, so that it can be seen that something was there.

    Control characters become their pictures (NUL is ␀, U+2400), but a tab and the line break stay; every kind of
    line break is one. Halves of a surrogate pair, the controls U+0080 to U+009F and U+FFFE, U+FFFF become U+FFFD.

    Source: XML 1.0, 2.2 Characters; Unicode, block Control Pictures.

    >>> visible("a\\x00b\\r\\nc\\x1b\\ud800")
    'a␀b\\nc␛�'
    """
    lines = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    return lines.translate(REPLACED)


def is_from_right(text: str) -> bool:
    """Whether the first letter that has a direction is written from right to left.

    Source: Unicode Standard Annex 9, rules P2 and P3 (without isolates).

    >>> is_from_right("1. سلام"), is_from_right("rob سلام")
    (True, False)
    """
    for character in text:
        match unicodedata.bidirectional(character):
            case "R" | "AL":
                return True
            case "L":
                return False
    return False
