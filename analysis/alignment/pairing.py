"""Stage 9b, pairing: of many pairs with their worth those, each paragraph in at most one, that are worth most."""

from collections import defaultdict
from collections.abc import Mapping
from heapq import heappop, heappush

FINE = 1_000_000  # worth is counted in whole millionths, so that sums are the same on every machine


def pair_up(worth: Mapping[tuple[int, int], float], least: float) -> list[tuple[int, int]]:
    """The pairs that are worth most together.

    Args:
        worth: pairs of old and new paragraphs with what each is worth, 0 to 2.
        least: what leaving an old paragraph alone is worth; pairs that are not worth more stay out.

    Returns:
        Pairs of old and new paragraphs, by the old.

    Source: shortest augmenting paths (Jonker and Volgenant 1987, Computing 38, 325-340), over the pairs there are.

    >>> pair_up({(0, 0): 0.9, (0, 1): 0.8, (1, 0): 0.7, (2, 2): 0.2}, 0.3)
    [(0, 1), (1, 0)]
    """
    table = _Table()
    for (old, new), value in sorted(worth.items()):
        if value > least:
            table.costs[old].append((new, round((2 - value) * FINE)))
    for old in sorted(table.costs):
        table.costs[old].append((_alone(old), round((2 - least) * FINE)))
        table.place(old)
    return sorted((old, new) for new, old in table.owner.items() if new >= 0)


def _alone(old: int) -> int:
    """The place of an old paragraph that is left alone."""
    return -1 - old


class _Table:
    """Who has which place so far, and the prices that make every choice a cheapest one."""

    def __init__(self) -> None:
        self.costs: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.owner: dict[int, int] = {}
        self.has: dict[int, int] = {}
        self.paid: dict[int, int] = defaultdict(int)
        self.rebate: dict[int, int] = defaultdict(int)

    def place(self, start: int) -> None:
        """Give one more its place; others move over where that is cheaper for all."""
        reached: dict[int, int] = {}
        came: dict[int, int] = {}
        done: set[int] = set()
        open_places: list[tuple[int, bool, int]] = []
        row, far = start, 0
        while True:
            for place, cost in self.costs[row]:
                distance = far + cost - self.paid[row] - self.rebate[place]
                if place not in done and distance < reached.get(place, distance + 1):
                    reached[place], came[place] = distance, row
                    # of places equally far a free one is the end of the search
                    heappush(open_places, (distance, place in self.owner, place))
            far, _, place = heappop(open_places)
            while place in done:
                far, _, place = heappop(open_places)
            done.add(place)
            if place not in self.owner:
                break
            row = self.owner[place]
        self._settle(start, done, reached, far)
        self._shift(start, place, came)

    def _settle(self, start: int, done: set[int], reached: Mapping[int, int], far: int) -> None:
        self.paid[start] += far
        for place in done:
            self.rebate[place] -= far - reached[place]
            if place in self.owner:
                self.paid[self.owner[place]] += far - reached[place]

    def _shift(self, start: int, place: int, came: Mapping[int, int]) -> None:
        row = -1
        while row != start:
            row = came[place]
            before = self.has.get(row, place)
            self.owner[place], self.has[row] = row, place
            place = before
