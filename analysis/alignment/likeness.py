"""Stage 9b, likeness: how much of two paragraphs is the same, and which pairs are worth looking at."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import nsmallest
from typing import NamedTuple

from analysis.alignment.versions import Version

LEAST, MOST = 0.15, 24  # of the lighter paragraph; of pairs that share less, or of more pairs of one, none is looked at
STEPS_EACH, STEPS = 200, 300_000  # the rarest words find pairs, until so many steps are made
CLEAR, FAINT = 0.6, 0.75  # a paragraph mostly made of another is not offered to one that shares far less with it


class Compared(NamedTuple):
    """An old and a new paragraph, what the words weigh that both have, and their likeness (0 to 1)."""

    old: int
    new: int
    shared: float
    likeness: float


def shared(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """What the words weigh that two paragraphs have in common.

    >>> shared({"rob": 2.0, "naik": 1.0}, {"rob": 1.0, "surut": 1.0})
    1.0
    """
    if len(one) > len(other):
        one, other = other, one
    return math.fsum(min(one[word], other[word]) for word in one.keys() & other.keys())


def compare(old: Version, new: Version, pair: tuple[int, int]) -> Compared:
    """Weigh a pair.

    Args:
        old, new: the versions.
        pair: an old and a new paragraph.

    Returns:
        The pair with its likeness: the root of two shares, of what both have in what they have together (Dice), and
        in the lighter one; so a paragraph that grew is like what it was, and a word that stands in a long text is not.

    >>> from analysis.alignment.versions import weigh
    >>> versions = weigh(["rob naik", "pompa"], ["rob naik", "lampu"])
    >>> compare(*versions, (0, 0)).likeness, compare(*versions, (1, 1)).likeness
    (1.0, 0.0)
    """
    common = shared(old.words[pair[0]], new.words[pair[1]])
    one, other = old.totals[pair[0]], new.totals[pair[1]]
    if not common:
        return Compared(*pair, 0.0, 0.0)
    return Compared(*pair, common, min(math.sqrt(2 * common / (one + other) * common / min(one, other)), 1.0))


def candidates(old: Version, new: Version, olds: Sequence[int], news: Sequence[int]) -> list[Compared]:
    """The pairs that share something, found by their rarest words and not by trying all.

    Args:
        old, new: the versions.
        olds, news: which paragraphs to look at.

    Returns:
        Of each old paragraph the 24 best pairs (of those about as good the ones as far down), of each new one the best,
        by the old and then the new.

    >>> from analysis.alignment.versions import weigh
    >>> found = candidates(*weigh(["rob naik", "pompa mati"], ["lampu", "rob surut"]), [0, 1], [0, 1])
    >>> [(pair.old, pair.new) for pair in found]
    [(0, 1)]
    """
    holders = _holders(old, new, olds, news)
    found: set[tuple[int, int]] = set()
    best: dict[int, tuple[float, int]] = {}
    for o in olds:
        sums: dict[int, float] = defaultdict(float)
        for word, weight in old.words[o].items():
            for n in holders.get(word, ()):
                sums[n] += weight
        lighter = {n: min(old.totals[o], new.totals[n]) for n in sums}
        good = [n for n, value in sums.items() if value >= LEAST * lighter[n]]
        aside = {n: abs(n * len(old.flats) - o * len(new.flats)) for n in good}
        found.update(
            (o, n) for n in nsmallest(MOST, good, key=lambda n: (-round(sums[n] / lighter[n], 1), aside[n], n))
        )
        for n in good:
            best[n] = max(best.get(n, (0.0, 0)), (sums[n], -o))
    found.update((-o, n) for n, (_, o) in best.items())
    return [compare(old, new, pair) for pair in sorted(found)]


def _holders(old: Version, new: Version, olds: Sequence[int], news: Sequence[int]) -> dict[str, list[int]]:
    """The rarest words of both sides with the new paragraphs that hold them."""
    holders: dict[str, list[int]] = defaultdict(list)
    for n in news:
        for word in new.words[n]:
            holders[word].append(n)
    steps: dict[str, int] = defaultdict(int)
    for o in olds:
        for word in old.words[o]:
            if word in holders:
                steps[word] += len(holders[word])
    left, found = STEPS + STEPS_EACH * (len(olds) + len(news)), {}
    for word in sorted(steps, key=lambda w: (steps[w], w)):
        left -= steps[word]
        if left < 0:
            break
        found[word] = holders[word]
    return found


def unexplained(found: Iterable[Compared], old: Version, new: Version) -> list[Compared]:
    """The pairs but those in which one is made of a third paragraph much more clearly: it is a piece of that.

    >>> from analysis.alignment.versions import weigh
    >>> versions = weigh(["rob naik pompa mati lampu padam", "pompa tua"], ["rob naik", "pompa mati lampu padam"])
    >>> found = candidates(*versions, [0, 1], [0, 1])
    >>> len(found), [(pair.old, pair.new) for pair in unexplained(found, *versions)]
    (3, [(0, 1)])
    """
    found = list(found)
    best_old: dict[int, float] = defaultdict(float)
    best_new: dict[int, float] = defaultdict(float)
    for pair in found:
        best_old[pair.old] = max(best_old[pair.old], pair.shared)
        best_new[pair.new] = max(best_new[pair.new], pair.shared)

    def is_clear(pair: Compared) -> bool:
        return not any(
            best >= CLEAR * total and pair.shared < FAINT * best
            for best, total in ((best_old[pair.old], old.totals[pair.old]), (best_new[pair.new], new.totals[pair.new]))
        )

    return [pair for pair in found if is_clear(pair)]
