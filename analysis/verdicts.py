"""How far groups part over one programme: a distance between what they would do with it."""

from collections.abc import Mapping
from itertools import combinations


def distance(votes: Mapping[str, Mapping[str, int]]) -> float:
    """The widest gap between two groups' verdicts, 0 (the same shares) to 1 (no verdict in common).

    Arguments: `votes`, for each group how often it gave each verdict. Every group counts the same, however many of
    it spoke. The gap between two groups is the total variation distance of their shares: half the sum of the
    differences, the share of one group that would have to change its mind to vote as the other.

    Returns 0.0 where fewer than two groups spoke. Raises nothing.

    >>> distance({"agency": {"keep": 1}, "citizen": {"adapt": 3, "keep": 1}})
    0.75
    >>> distance({"agency": {"keep": 1}})
    0.0
    """
    shares = [_shares(given) for group, given in sorted(votes.items()) if sum(given.values())]
    return max((_gap(one, other) for one, other in combinations(shares, 2)), default=0.0)


def _shares(given: Mapping[str, int]) -> dict[str, float]:
    total = sum(given.values())
    return {verdict: n / total for verdict, n in given.items()}


def _gap(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    return sum(abs(one.get(v, 0) - other.get(v, 0)) for v in sorted({*one, *other})) / 2
