"""Stage 5, dimensions: the two likeliest, with the words that caused them; the person's choice is never changed."""

import math
from collections.abc import Mapping, Sequence

from analysis.types import Cue, DimensionMark

SHARPNESS = 0.9


def suggest(
    by_theme: Sequence[tuple[str, float, tuple[Cue, ...]]],
    dimension_of: Mapping[str, str | None],
    text_keys: Sequence[str],
    keywords: Mapping[str, frozenset[str]],
) -> tuple[DimensionMark, ...]:
    """The top two dimensions from the dimensions' own keywords and the best matching themes.

    Confidence is a softmax over the evidence of all dimensions, one of them being "none of these" at zero.
    """
    evidence: dict[str, float] = {code: 0.0 for code in keywords}
    cues: dict[str, list[str]] = {code: [] for code in keywords}
    for key in dict.fromkeys(text_keys):
        for code, known in keywords.items():
            if key in known:
                evidence[code] += 1.0
                cues[code].append(key)
    for theme, score, words in by_theme[:5]:
        code = dimension_of.get(theme)
        if code in evidence:
            evidence[code] += score / 2
            cues[code] += [cue.word for cue in words]
    total = 1 + sum(math.exp(SHARPNESS * value) for value in evidence.values() if value)
    ranked = sorted((c for c in evidence if evidence[c] > 0), key=lambda c: (-evidence[c], c))[:2]
    return tuple(
        DimensionMark(c, round(math.exp(SHARPNESS * evidence[c]) / total, 3), tuple(dict.fromkeys(cues[c]))[:6])
        for c in ranked
    )
