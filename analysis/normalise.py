"""Stage 1a, normalise: one Unicode form, lower case, common short spellings written out."""

import re
import unicodedata
from functools import lru_cache

from analysis import words

LONGEST = 20_000
DOUBLED = re.compile(r"([^\W\d_]{2,30})2")
STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
WORD = re.compile(r"([^\W_]+)")
# Cc but for line break and tab, and halves of pairs (Cs)
UNREADABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]+")


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without control and half characters, cut at 20,000, and the flags that say so.

    >>> clean("se\\x00lokan")
    ('selokan', ('cleaned',))
    """
    if len(text) <= LONGEST and text.isprintable():
        return text, ()
    kept = text if UNREADABLE.search(text) is None else UNREADABLE.sub("", text)
    flags = () if kept == text or kept == text.replace("\r", "") else ("cleaned",)
    if len(kept) > LONGEST:
        return kept[:LONGEST], (*flags, "too_long")
    return kept, flags


@lru_cache(maxsize=100_000)
def spelled(word: str) -> str:
    """A lower-case word as it is written in full; a word that is so already stays.

    >>> spelled("yg"), spelled("bauuuu"), spelled("ibu2"), spelled("yang")
    ('yang', 'bau', 'ibu', 'yang')
    """
    double = DOUBLED.fullmatch(word)
    plain = STRETCHED.sub(r"\1", double[1] if double else word)
    return words.spelling().get(plain, plain)


def normalise(text: str) -> str:
    """Lower case in NFC; `ibu2` becomes `ibu`, `bauuuu` `bau`, `yg` `yang`.

    >>> normalise("Ibu2 yg kebanjiraaan")
    'ibu yang kebanjiran'
    """
    pieces = WORD.split((text if text.isascii() else unicodedata.normalize("NFC", text)).lower())
    pieces[1::2] = map(spelled, pieces[1::2])
    return "".join(pieces)
