"""Stage 1a, normalise: one Unicode form, lower case, common short spellings written out."""

import re
import unicodedata

from analysis import words

LONGEST = 20_000
DOUBLED = re.compile(r"\b([^\W\d_]{2,30})2\b")
STRETCHED = re.compile(r"([^\W\d_])\1{2,}")
WORD = re.compile(r"[^\W_]+")


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without control and half characters, cut at 20,000, and the flags that say so.

    >>> clean("se\\x00lokan")
    ('selokan', ('cleaned',))
    """
    kept = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    flags = () if kept == text.replace("\r", "") else ("cleaned",)
    if len(kept) > LONGEST:
        return kept[:LONGEST], (*flags, "too_long")
    return kept, flags


def normalise(text: str) -> str:
    """Lower case in NFC; `ibu2` becomes `ibu`, `bauuuu` `bau`, `yg` `yang`.

    >>> normalise("Ibu2 yg kebanjiraaan")
    'ibu yang kebanjiran'
    """
    plain = unicodedata.normalize("NFC", text).lower()
    plain = STRETCHED.sub(r"\1", DOUBLED.sub(r"\1", plain))
    known = words.spelling()
    return WORD.sub(lambda match: known.get(match[0], match[0]), plain)
