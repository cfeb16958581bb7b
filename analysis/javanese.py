"""Stage 1c, Javanese: the word in the list behind an inflected or otherwise spelt one, by rules of the language."""

from collections.abc import Container, Iterator, Mapping, Sequence

# Possessives and articles stand on every noun, so a short base is safe; the others only on a base of four letters.
OWNED = ("nipun", "ipun", "nya", "ne", "ku", "mu", "e")
MADE = ("kaken", "aken", "kake", "ake", "kna", "en", "ke", "ni", "no", "na", "an", "i")
# What a verb begins with; the letter that the nasal hid is put back.
BEGUN = ("dipun", "di", "dak", "tak", "kok", "ke", "ka", "sa", "se")
NASAL = (("nge", ("",)), ("ng", ("", "k")), ("ny", ("s", "c")), ("n", ("t", "")), ("m", ("p", "w", "")))
SHORT, LONG = 3, 4


def variants(word: str) -> set[str]:
    """A word of the list and how else people spell it: `dh` and `th` without the h, a final open a as o.

    >>> sorted(variants("kutha")), sorted(variants("kanca"))
    (['kuta', 'kutha', 'kutho', 'kuto'], ['kanca', 'kanco', 'konco'])
    """
    spelt = {word}
    if len(word) > SHORT and word.endswith("a"):
        before = word[:-1]
        at = max(before.rfind(vowel) for vowel in "aiueo")
        spelt.add(before + "o")
        if at >= 0 and before[at] == "a":
            spelt.add(before[:at] + "o" + before[at + 1 :] + "o")
    return spelt | {one.replace("dh", "d").replace("th", "t") for one in spelt}


def meaning(word: str, known: Mapping[str, str], own: Container[str]) -> str | None:
    """What the base of an inflected Javanese word means, None where no rule leads to a known word.

    Args:
        word: a lower-case word.
        known: Javanese words and their Indonesian ones.
        own: words that are Indonesian as they stand and are left alone.

    >>> known = {"uwuh": "sampah", "dandan": "perbaiki", "simpen": "simpan"}
    >>> [meaning(word, known, ()) for word in ("uwuhe", "didandani", "nyimpenake", "sampah")]
    ['sampah', 'perbaiki', 'simpan', None]
    """
    if word in own or len(word) <= SHORT:
        return None
    return next((known[base] for base in _bases(word) if base in known), None)


def unowned(word: str) -> list[str]:
    """A word without the ending that says whose it is, Javanese or Indonesian, where four letters are left.

    >>> unowned("lemahe"), unowned("sumurku"), unowned("rob")
    (['lemah'], ['sumur'], [])
    """
    return _without(word, OWNED, LONG)


def _without(word: str, ends: Sequence[str], least: int) -> list[str]:
    return [word[: -len(end)] for end in ends if word.endswith(end) and len(word) - len(end) >= least]


def _bases(word: str) -> Iterator[str]:
    """What is left without an ending, a beginning, or both; the surest first."""
    owned, made = _without(word, OWNED, SHORT), _without(word, MADE, LONG)
    yield from owned
    yield from made
    for whole in (word, *owned, *made):
        for base in _unbegun(whole):
            if len(base) >= LONG:
                yield base


def _unbegun(word: str) -> Iterator[str]:
    for begin in BEGUN:
        if word.startswith(begin):
            yield word[len(begin) :]
    for begin, letters in NASAL:
        if word.startswith(begin):
            yield from (letter + word[len(begin) :] for letter in letters)
