"""Stage 9b, the words of two versions: what of a paragraph counts as its text, and how telling each word is."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from analysis.alignment.numbering import unnumbered
from analysis.normalise import UNREADABLE, spelled
from analysis.stem import stem
from analysis.words import stopwords, weak

SIGNS = str.maketrans({**dict.fromkeys("“”„«»", '"'), **dict.fromkeys("‘’‚`´", "'"), **dict.fromkeys("‐‑‒–—−", "-")})
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+")
AROUND_SIGNS = re.compile(r" ?([^\w\s]) ?")
WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
LONGEST_WORD, MOST_TIMES = 40, 5
# How much of its weight a word keeps that stands in every text, says little, or is a figure that an edit changes.
COMMON, WEAK, FIGURE = 0.2, 0.7, 0.4


def flatten(text: str) -> str:
    """What of a paragraph counts as its text: two that are flat alike are the same paragraph.

    Args:
        text: a paragraph as it stands; marks such as [P-DIS-04], numbering, bullets, a note in braces at its end,
            capitals, white space, invisible signs and the shape of quotation marks and dashes do not count.

    Returns:
        The flat text; where nothing but numbering stands there, what kind it is ("Pasal 5." is "pasal#").

    >>> flatten("[P-DIS-04] Rob  “naik” , lagi. {opd: BPBD}"), flatten("b) Pompa"), flatten("Pasal 5")
    ('rob"naik",lagi.', 'pompa', 'pasal#')
    """
    plain = " ".join(UNREADABLE.sub("", UNSEEN.sub("", unicodedata.normalize("NFKC", text))).split())
    rest = unnumbered(_without_note(plain))
    return AROUND_SIGNS.sub(r"\1", (rest or plain).translate(SIGNS).lower())


def _without_note(text: str) -> str:
    start = text.rfind("{")
    inner = text[start + 1 : -1]
    return text[:start].rstrip() if start >= 0 and text.endswith("}") and ":" in inner and "}" not in inner else text


def keys(flat: str) -> list[str]:
    """The words of a flat text by their stems, and its figures; a text of signs alone is its own word.

    >>> keys("pengangkutan sampah naik 2,5 persen"), keys("🌊"), keys("")
    (['angkut', 'sampah', 'naik', '2,5', 'persen'], ['🌊'], [])
    """
    found = WORD.findall(flat)
    if not found:
        return [flat] if flat else []
    return [word if word[0].isdigit() else stem(spelled(word[:LONGEST_WORD])) for word in found]


@dataclass(frozen=True, slots=True)
class Version:
    """The n paragraphs of one version: the flat text of each, its words with what they weigh, and that together.

    A word that comes several times in a paragraph weighs so many times more, up to five.
    """

    flats: tuple[str, ...]
    words: tuple[Mapping[str, float], ...]
    totals: tuple[float, ...]


def weigh(old: Sequence[str], new: Sequence[str]) -> tuple[Version, Version]:
    """Two versions whose words are weighed alike.

    Args:
        old, new: the paragraphs of each, in their order.

    Returns:
        The two, with each word's weight: the fewer paragraphs hold it, the more, at most 1. What counts is the version
        in which more of them do, so that a word is as rare when it stayed as when it came or went.

    Source: inverse document frequency (Sparck Jones 1972, Journal of Documentation 28(1), 11-21).

    >>> before, after = weigh(["rob naik, rob lagi"], ["rob surut"])
    >>> dict(before.words[0]), after.totals
    ({'rob': 2.0, 'naik': 1.0, 'lagi': 0.2}, (2.0,))
    """
    flats = [tuple(flatten(text) for text in side) for side in (old, new)]
    counts = [[Counter(keys(flat)) for flat in side] for side in flats]
    held = [Counter(chain.from_iterable(side)) for side in counts]
    size = max(len(old), len(new))
    rarity = {key: math.log1p(size / max(one[key] for one in held)) / math.log1p(size) for one in held for key in one}
    weight = {key: _share(key) * value for key, value in rarity.items()}
    return _version(flats[0], counts[0], weight), _version(flats[1], counts[1], weight)


@cache
def _common() -> frozenset[str]:
    return frozenset(map(stem, stopwords()))


@cache
def _weak() -> frozenset[str]:
    return frozenset(map(stem, weak()))


def _share(key: str) -> float:
    if key[0].isdigit():
        return FIGURE
    return COMMON if key in _common() else WEAK if key in _weak() else 1.0


def _version(flats: tuple[str, ...], counts: Sequence[Counter[str]], weight: Mapping[str, float]) -> Version:
    words = tuple({key: min(times, MOST_TIMES) * weight[key] for key, times in one.items()} for one in counts)
    return Version(flats, words, tuple(sum(one.values()) for one in words))
