"""Stage 5, dimensions: the two likeliest, with the words that caused them; the person's choice is never changed."""

import math
from collections.abc import Callable, Mapping, Sequence

from analysis.codebook import keys
from analysis.normalise import normalise
from analysis.tokenise import tokenise
from analysis.types import Cue, DimensionMark

SHARPNESS, SHOWN = 0.9, 6


def cues(phrases: Sequence[str]) -> frozenset[str]:
    """Stems, and pairs of stems, of a dimension's label and keywords; of a longer phrase only the pairs.

    >>> sorted(cues(["lampu jalan", "gelap"]))
    ['gelap', 'lampu jalan']
    """
    found = set()
    for phrase in phrases:
        for language in ("id", "en"):
            listed = keys(tokenise(normalise(phrase)), language)
            found |= {key for key in listed if " " in key} or set(listed)
    return frozenset(found)


def suggest(
    by_theme: Sequence[tuple[str, float, tuple[Cue, ...]]],
    dimension_of: Mapping[str, str | None],
    text_keys: Sequence[str],
    keywords: Mapping[str, frozenset[str]],
    written: Callable[[str], str],
) -> tuple[DimensionMark, ...]:
    """The top two dimensions from the dimensions' own keywords and the best matching themes.

    `written` shows a stem as the person wrote it. Confidence is a softmax over the evidence
    of all dimensions, one of them being "none of these" at zero.
    """
    evidence: dict[str, float] = {code: 0.0 for code in keywords}
    found: dict[str, list[str]] = {code: [] for code in keywords}
    for key in dict.fromkeys(text_keys):
        for code, known in keywords.items():
            if key in known:
                evidence[code] += 1.0
                found[code].append(key)
    for theme, score, words in by_theme[:5]:
        code = dimension_of.get(theme)
        if code in evidence:
            evidence[code] += score / 2
            found[code] += [cue.word for cue in words]
    ranked = sorted((c for c in evidence if evidence[c] > 0), key=lambda c: (-evidence[c], c))
    # Taken from the largest, so that a very long text does not leave the range of numbers.
    top = SHARPNESS * evidence[ranked[0]] if ranked else 0.0
    powers = {code: math.exp(SHARPNESS * evidence[code] - top) for code in ranked}
    total = math.exp(-top) + sum(powers.values())
    return tuple(
        DimensionMark(code, round(powers[code] / total, 3), tuple(dict.fromkeys(map(written, found[code])))[:SHOWN])
        for code in ranked[:2]
    )
