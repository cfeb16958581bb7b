"""Spellings: one text in the plain letters and digits a reader takes it for, however it was written or escaped."""

import html
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import unquote

DASHES, DOTS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d\u30fc", "\u00b7\u2022\u2219\u22c5\u30fb"
MARKS = str.maketrans(
    {**dict.fromkeys(DASHES, "-"), **dict.fromkeys(DOTS, "."), "\u2044": "/", "\u2215": "/", "\t": " "}
)
UNSEEN = frozenset(("Cf", "Mn", "Me"))
ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}|&#?\w+;|\\(?:u|x|[0-9A-Fa-f]{2})|_x[0-9A-Fa-f]{4}_")
CODE = re.compile(
    r"\\u\{([0-9A-Fa-f]{1,6})\}|\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|_x([0-9A-Fa-f]{4})_|\\([0-9A-Fa-f]{2,6}) ?"
)
PRINTABLE = re.compile(r"=\r?\n|=([0-9A-F]{2})")
SCIENTIFIC = re.compile(r"\s*(\d\.\d+[eE]\+?\d{1,2})\s*")
DIGITS = {
    word: str(digit)
    for digit, words in enumerate(
        ("nol kosong zero", "satu siji one", "dua loro two", "tiga telu three", "empat papat four",
         "lima five", "enam enem six", "tujuh pitu seven", "delapan wolu eight", "sembilan sanga nine")
    )
    for word in words.split()
}  # fmt: skip
_DIGIT = "|".join(DIGITS)
SPOKEN = re.compile(rf"\b(?:{_DIGIT})(?:[ ,.-]{{1,3}}(?:{_DIGIT})){{8,}}\b", re.IGNORECASE)
ROUNDS = 4


def spellings(text: str) -> Iterator[str]:
    """The text in plain letters, then what it becomes as escapes are undone, each only where it differs.

    Undone are: full-width and other scripts' digits, signs without width, dashes and spaces of all kinds, HTML and
    percent escapes (also one in the other), escapes of JSON, CSS and spreadsheets, quoted-printable, whole numbers a
    spreadsheet wrote with an exponent, and digits in words.

    >>> list(spellings("%2B62&#56;12")), list(spellings("3.375014101990001E15"))[1]
    (['%2B62&#56;12', '+62812'], '3375014101990001')
    """
    base = plain(text)
    yield base
    found = base
    for _ in range(ROUNDS):
        if not ESCAPED.search(found):
            break
        before, found = found, plain(html.unescape(unquote(CODE.sub(_letter, found))))
        if found == before:
            break
    if found != base:
        yield found
    if PRINTABLE.search(text):
        yield plain(unquote(PRINTABLE.sub(lambda code: f"%{code[1]}" if code[1] else "", text)))
    if SCIENTIFIC.fullmatch(base):
        yield str(int(Decimal(base.strip())))
    if SPOKEN.search(base):
        yield SPOKEN.sub(lambda said: "".join(DIGITS[word.lower()] for word in re.findall(r"[^\W\d_]+", said[0])), base)


def plain(text: str) -> str:
    """The text in the letters and digits it is read as.

    >>> plain("０８\\u200b12\\u00a0\\u0660")
    '0812 0'
    """
    if text.isascii():
        return text.replace("\t", " ")
    parts = unicodedata.normalize("NFKD", text).translate(MARKS)
    return "".join(_shown(letter) for letter in parts)


def _shown(letter: str) -> str:
    if letter.isascii():
        return letter
    kind = unicodedata.category(letter)
    if kind in UNSEEN:
        return ""
    if kind == "Nd":
        return str(unicodedata.digit(letter))
    return " " if kind == "Zs" else letter


def _letter(code: re.Match[str]) -> str:
    number = int(next(part for part in code.groups() if part), 16)
    return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else code[0]
