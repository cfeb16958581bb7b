"""Stage 6b, learning: the codebook's words are joined by the words of points that were placed."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

FEWEST, STRONGEST, STRENGTH, PATIENCE = 3, 1.2, 0.35, 8
HUMAN = 5


def learn(
    documents: Sequence[Sequence[str]], labels: Sequence[str | None], is_human: Sequence[bool]
) -> dict[str, dict[str, float]]:
    """Weights of words by theme, from documents (lists of stems, each text once) and where they were placed.

    Log-odds of a word in a theme against the whole with the whole as prior (Monroe, Colaresi and Quinn 2008), shrunk
    by how often it was seen, so that the codebook speaks first and marks of people five times as loud as the
    machine's. Words in fewer than three texts of a theme teach nothing.

    >>> learn([["rob", "pompa"]] * 4 + [["jalan"]] * 4, ["A"] * 4 + ["B"] * 4, [False] * 8)["A"]["pompa"] > 0
    True
    """
    inside: dict[str, Counter[str]] = defaultdict(Counter)
    whole: Counter[str] = Counter()
    for keys, label, human in zip(documents, labels, is_human, strict=True):
        weight = HUMAN if human else 1
        for key in set(keys):
            whole[key] += weight
            if label is not None:
                inside[label][key] += weight
    return {theme: _weights(inside[theme], whole) for theme in sorted(inside)}


def _weights(own: Mapping[str, int], whole: Mapping[str, int]) -> dict[str, float]:
    size, total = sum(own.values()), sum(whole.values())
    found = {}
    for key in sorted(own):
        count = own[key]
        if count < FEWEST:
            continue
        odds = math.log((count + 1) / (size + total / 100)) - math.log((whole[key] + 1) / (total + total / 100))
        weight = min(STRENGTH * odds, STRONGEST) * count / (count + PATIENCE)
        if weight > 0.02:
            found[key] = round(weight, 4)
    return found
