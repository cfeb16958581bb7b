"""Stage 1d, content: whether a text says anything, or is a trial of the form or an advertisement."""

import re
from collections.abc import Sequence

from analysis import words

LINK = re.compile(r"https?://|www\.|\bwa\.me\b|▇")
CUES_OF_AN_ADVERT, LONGEST_TRIAL = 2, 4


def has_link(masked: str) -> bool:
    """An address of the web, or something covered.

    >>> has_link("lihat www.contoh.example"), has_link("aww bagus")
    (True, False)
    """
    # Looking for four short words costs an eighth of the expression, and most texts hold none of them.
    may = "://" in masked or "www." in masked or "wa.me" in masked or "▇" in masked
    return may and LINK.search(masked) is not None


def trial_words() -> frozenset[str]:
    """Words of somebody who only tries the form.

    >>> "tes" in trial_words()
    True
    """
    return words.labelled("adverts.txt")["trial"]


def is_advert(masked: str, tokens: Sequence[str]) -> bool:
    """At least two words of selling, and a link or a (covered) telephone number beside them.

    >>> is_advert("Promo diskon, klik http://contoh.example", ["promo", "diskon", "klik", "http"])
    True
    """
    padded = f" {' '.join(tokens)} "
    cues = sum(f" {cue} " in padded for cue in words.labelled("adverts.txt")["advert"])
    return cues >= CUES_OF_AN_ADVERT and has_link(masked)
