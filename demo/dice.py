"""Dice: chance that falls the same for the same seed, on every machine and in every version of Python."""

import random
from collections.abc import Iterable, Sequence
from statistics import NormalDist
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Only `Random.random` promises the same numbers for ever, so all else is made of it here."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)

    def share(self) -> float:
        """A number from 0 up to 1."""
        return self._random.random()

    def chance(self, share: float) -> bool:
        """True that often."""
        return self.share() < share

    def below(self, end: int) -> int:
        """A whole number from 0 up to `end`."""
        return int(self.share() * end)

    def pick(self, some: Sequence[T]) -> T:
        """One of them."""
        return some[self.below(len(some))]

    def weighted(self, weights: dict[T, float]) -> T:
        """One of them, each as often as it weighs."""
        left = self.share() * sum(weights.values())
        for thing, weight in weights.items():
            left -= weight
            if left < 0:
                return thing
        return next(reversed(weights))

    def shuffled(self, some: Iterable[T]) -> list[T]:
        """All of them, in another order."""
        return [thing for _, thing in sorted(((self.share(), thing) for thing in some), key=lambda pair: pair[0])]


Z90 = NormalDist().inv_cdf(0.9)


def length(rank: float, median: float, p90: float, longest: int) -> int:
    """A number of words: half of all ranks from 0 to 1 get less than `median`, a tenth more than `p90`."""
    spread = (p90 / median) ** (NormalDist().inv_cdf(min(max(rank, 1e-6), 1 - 1e-6)) / Z90)
    return max(1, min(longest, round(median * spread)))


def quota(total: int, shares: dict[T, float]) -> dict[T, int]:
    """Whole numbers in these shares that add up to `total`: what is left over goes to the largest remainders."""
    whole = sum(shares.values())
    exact = {thing: total * share / whole for thing, share in shares.items()}
    found = {thing: int(number) for thing, number in exact.items()}
    missing = total - sum(found.values())
    for thing in sorted(exact, key=lambda one: found[one] - exact[one])[:missing]:
        found[thing] += 1
    return found
