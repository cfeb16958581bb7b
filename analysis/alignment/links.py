"""Stage 9b, links between two versions while they grow, where others are to be expected, and what stands in order."""

from collections.abc import Sequence

REACH = 8  # so far from where a paragraph is expected it is looked for


class Links:
    """For each old paragraph its new ones and for each new one its old ones, the main one first; empty while free.

    Args:
        old, new: how many paragraphs each version has.

    >>> links = Links(3, 2)
    >>> links.add(0, 1)
    >>> links.new, links.old, links.is_free(1, 0)
    ([[1], [], []], [[], [0]], True)
    """

    def __init__(self, old: int, new: int) -> None:
        self.new: list[list[int]] = [[] for _ in range(old)]
        self.old: list[list[int]] = [[] for _ in range(new)]

    def add(self, old: int, new: int) -> None:
        self.new[old].append(new)
        self.old[new].append(old)

    def is_free(self, old: int, new: int) -> bool:
        return not self.new[old] and not self.old[new]

    def free_old(self) -> list[int]:
        return [n for n, linked in enumerate(self.new) if not linked]

    def free_new(self) -> list[int]:
        return [n for n, linked in enumerate(self.old) if not linked]

    def is_together(self, old: int, new: int) -> bool:
        """Whether two places are linked, or both lie before the first or behind the last paragraph."""
        if 0 <= old < len(self.new):
            return new in self.new[old]
        return new == (-1 if old < 0 else len(self.old))

    def is_left(self, old: int, new: int) -> bool:
        """Whether both paragraphs are there, and neither is linked."""
        return 0 <= old < len(self.new) and 0 <= new < len(self.old) and self.is_free(old, new)


class Places:
    """Where free paragraphs are to be expected, by the links that stand when it is made.

    Args:
        links: the links.

    >>> links = Links(3, 4)
    >>> links.add(0, 0)
    >>> links.add(2, 3)
    >>> Places(links).near(1), Places(links).is_near(1, 2), Places(links).is_near(1, 3)
    ({1: 2, 2: 2}, True, False)
    """

    def __init__(self, links: Links) -> None:
        self.before, self.after = _neighbours(links.new)
        self.left, self.right = _neighbours(links.old)
        self.place = [news[0] if news else -1 for news in links.new] + [len(links.old), -1]
        self.is_free = [not olds for olds in links.old]

    def expected(self, old: int) -> tuple[int, int]:
        """Where an old paragraph would stand by the linked one before it, and by the one after it."""
        before, after = self.before[old], self.after[old]
        return self.place[before] + old - before, self.place[after] + old - after

    def is_near(self, old: int, new: int) -> bool:
        """Whether a new paragraph is among those of `near`."""
        if not self.is_free[new] or min(abs(new - at) for at in self.expected(old)) > REACH:
            return False
        first, last = self.place[self.before[old]], self.place[self.after[old]]
        return self.left[new] == first or self.right[new] == last

    def near(self, old: int) -> dict[int, int]:
        """The free new paragraphs about there, with how many of the two linked neighbours stand close to both."""
        before, after = self.before[old], self.after[old]
        first, last = self.place[before], self.place[after]
        places = {n for at in self.expected(old) for n in range(max(at - REACH, 0), at + REACH + 1)}
        found = {}
        for new in sorted(places):
            if new < len(self.is_free) and self.is_free[new]:
                is_after, is_before = self.left[new] == first, self.right[new] == last
                if is_after or is_before:
                    found[new] = (is_after and max(old - before, new - first) <= REACH) + (
                        is_before and max(after - old, last - new) <= REACH
                    )
        return found


def _neighbours(linked: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    """For each paragraph the nearest linked one before it, or -1, and after it, or their number."""
    before, after, last = [], [0] * len(linked), -1
    for number, others in enumerate(linked):
        before.append(last)
        last = number if others else last
    last = len(linked)
    for number in reversed(range(len(linked))):
        after[number] = last
        last = number if linked[number] else last
    return before, after


def in_order(places: Sequence[int], sizes: Sequence[int]) -> list[bool]:
    """Which of some places belong to the longest run that never falls; of equally long runs the heaviest.

    Args:
        places: n numbers from 0.
        sizes: what each weighs where two runs are equally long.

    Returns:
        n times whether it stands in the run.

    Source: longest increasing subsequence (Fredman 1975, Discrete Mathematics 11(1), 29-35), over a Fenwick tree.

    >>> in_order([1, 0], [30, 80]), in_order([2, 3, 0], [1, 1, 9])
    ([False, True], [True, True, False])
    """
    best = [(0, 0, -1)] * (max(places, default=0) + 2)
    before = []
    for number, (place, size) in enumerate(zip(places, sizes, strict=True)):
        at, top = place + 1, (0, 0, -1)
        while at:
            top = max(top, best[at], key=_length)
            at &= at - 1
        before.append(top[2])
        mine, at = (top[0] + 1, top[1] + size, number), place + 1
        while at < len(best):
            best[at] = max(best[at], mine, key=_length)
            at += at & -at
    stays, number = [False] * len(places), max(best, key=_length)[2]
    while number >= 0:
        stays[number], number = True, before[number]
    return stays


def _length(run: tuple[int, int, int]) -> tuple[int, int]:
    return run[:2]
