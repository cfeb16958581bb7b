"""Hiding: which cells of linked tables must stay unseen, so that every small count could as well be another."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

ALL = "*"  # stands in a key where an axis is summed up
Key = frozenset[tuple[str, str]]

ENDLESS = 10**12
# What hiding costs: a cell inside a table, a count along one axis, the grand total. Cheap ways are tried first.
WEIGHTS, INSIDE = {0: 12, 1: 4}, 1
LADDER = (0, 1, 2, 3, 4, 6, 8, 12, 16, 24, 48, ENDLESS)
MOST_STEPS, MOST_MOVED = 300, 60


@dataclass(frozen=True, slots=True)
class Table:
    """True counts of persons by the values of each axis; a combination that is not named counts zero."""

    name: str
    axes: tuple[str, ...]
    cells: Mapping[tuple[str, ...], int]


class Unprotectable(ValueError):
    """No way of hiding keeps these tables safe, or their safety cannot be told."""


def check_rings(tables: Iterable[Table]) -> None:
    """Refuse axes that meet in a ring: there, numbers that add up need not come from any real persons.

    What only one table has is taken away, and tables within others, until nothing is left; a ring stays.

    >>> check_rings([Table("a", ("area", "group"), {}), Table("b", ("group", "age"), {})])
    """
    edges = {frozenset(table.axes) for table in tables}
    while len(edges) > 1:
        often = Counter(axis for edge in edges for axis in edge)
        less = {frozenset(axis for axis in edge if often[axis] > 1) for edge in edges}
        less = {edge for edge in less if not any(edge < other for other in less)}
        if less == edges:
            axes = ", ".join(sorted(set().union(*edges)))
            raise Unprotectable(f"the axes {axes} meet in a ring; hand in the counts over all of them as people")
        edges = less


class Release:
    """All cells of all tables under one number each, what adds up to what, and what a reader knows of each."""

    def __init__(self, tables: Sequence[Table], threshold: int, rounding: int, people: Table | None = None):
        self.threshold, self.rounding = threshold, rounding
        self.values: dict[str, set[str]] = {}
        self.counts: dict[Key, int] = {}
        self.sums: dict[tuple[Key, tuple[str, ...]], list[Key]] = {}
        self.unseen: set[Key] = set()
        self.safe: set[int] = set()
        for table in [*tables, people] if people else tables:
            self._check(table)
        for table in tables:
            self._add(table)
        if people:
            self._add_people(people, tables)

    def _check(self, table: Table) -> None:
        for key, count in table.cells.items():
            if count < 0 or ALL in key or len(key) != len(table.axes):
                raise ValueError(f"{table.name}: {key} cannot count {count}")
            for axis, value in zip(table.axes, key, strict=True):
                self.values.setdefault(axis, set()).add(value)

    def _of(self, axis: str) -> list[str]:
        return sorted(self.values.get(axis, ()))

    def _keys(self, axes: Iterable[str]) -> Iterator[Key]:
        """All combinations of values of some axes."""
        axes = tuple(axes)
        return (frozenset(zip(axes, found, strict=True)) for found in product(*map(self._of, axes)))

    def _add(self, table: Table) -> None:
        counts: Counter[Key] = Counter()
        for key, count in table.cells.items():
            pairs = tuple(zip(table.axes, key, strict=True))
            for size in range(len(pairs) + 1):
                counts.update({frozenset(kept): count for kept in combinations(pairs, size)})
        for size in range(len(table.axes) + 1):
            for axes in combinations(table.axes, size):
                for key in self._keys(axes):
                    if self.counts.setdefault(key, counts[key]) != counts[key]:
                        raise ValueError(f"{table.name}: {dict(key)} is {counts[key]}, elsewhere {self.counts[key]}")
                    for axis in set(table.axes) - set(axes):
                        self.sums[key, (axis,)] = [key | {(axis, value)} for value in self._of(axis)]

    def _add_people(self, people: Table, tables: Sequence[Table]) -> None:
        """Tie the tables to counts over more axes that nobody sees."""
        counts = {frozenset(zip(people.axes, key, strict=True)): count for key, count in people.cells.items()}
        whole = list(self._keys(people.axes))
        self.unseen = {key for key in whole if key not in self.counts}
        for kept in {frozenset(table.axes) & frozenset(people.axes) for table in tables}:
            parts: dict[Key, list[Key]] = {key: [] for key in self._keys(sorted(kept))}
            for key in whole:
                parts[frozenset(pair for pair in key if pair[0] in kept)].append(key)
            for key, found in parts.items():
                if self.counts.get(key) != sum(counts.get(part, 0) for part in found):
                    raise ValueError(f"{people.name}: {dict(key)} adds up to another count than in the tables")
                if found != [key]:
                    self.sums[key, ("*",)] = found
        for key in self.unseen:
            self.counts[key] = counts.get(key, 0)

    def finish(self, exact: Collection[Mapping[str, str]]) -> None:
        """Number the cells, and say of each what a reader knows."""
        keys = sorted(self.counts, key=lambda key: (len(key), sorted(key)))
        self.number = {key: at for at, key in enumerate(keys)}
        self.count = [self.counts[key] for key in keys]
        self.weight = [WEIGHTS.get(len(key), INSIDE) for key in keys]
        known = {frozenset(cell.items()) for cell in exact}
        if known - self.counts.keys() or known & self.unseen:
            raise ValueError("a cell that is known exactly stands in none of the tables")
        self.known = {self.number[key] for key in known}
        self.free = {self.number[key] for key in self.unseen}
        self.hidden = {at for at, count in enumerate(self.count) if 0 < count < self.threshold} - self.free
        if self.hidden & self.known:
            raise Unprotectable("a small count is known exactly")
        self.parts: list[list[tuple[int, int]]] = []
        self.within: list[list[tuple[int, int]]] = [[] for _ in keys]
        for (whole, _), parts in sorted(self.sums.items(), key=lambda found: (sorted(found[0][0]), found[0][1])):
            members = [(self.number[whole], -1), *((self.number[part], 1) for part in parts)]
            for cell, sign in members:
                self.within[cell].append((len(self.parts), sign))
            self.parts.append(members)

    def shows(self, cell: Iterable[tuple[str, str]]) -> int | None:
        """What may be shown of a cell: its rounded count, or None."""
        at = self.number[frozenset(cell)]
        return None if at in self.hidden else self.shown(self.count[at])

    def small(self) -> list[int]:
        """The cells that must not be found out, the smallest first."""
        return sorted(self.hidden, key=lambda cell: (self.count[cell], cell))

    def shown(self, count: int) -> int:
        """A count rounded half up."""
        return (count + self.rounding // 2) // self.rounding * self.rounding

    def cost(self, cell: int, step: int) -> int:
        """What must be hidden for the cell to count one more or one less: nothing, the cell, or it cannot."""
        count = self.count[cell]
        if cell in self.free:
            return 0 if count + step >= 0 else ENDLESS
        if cell in self.known or count == 0 or count + step < 1:
            return ENDLESS
        fits = count + step >= self.threshold and self.shown(count + step) == self.shown(count)
        return 0 if cell in self.hidden or fits else self.weight[cell]

    def make_room(self, cell: int) -> None:
        """Find another table that would look the same and counts otherwise here, hiding as little as it takes."""
        for allowed in LADDER:
            for step in (1, -1):
                search = _Search(self, MOST_STEPS, (step,) if allowed == ENDLESS else (1, -1))
                if self.cost(cell, step) < ENDLESS and search.move(cell, step, allowed):
                    self.hidden |= {moved for moved, by in search.moved.items() if self.cost(moved, by)} - self.free
                    self.safe |= search.moved.keys()
                    return
        raise Unprotectable("what is known exactly leaves only one possible count in a small cell")


class _Search:
    """One search, in depth, for single persons more and fewer such that every sum still adds up."""

    def __init__(self, release: Release, steps: int, towards: tuple[int, ...]):
        self.release, self.steps, self.towards = release, steps, towards
        self.moved: dict[int, int] = {}
        self.uneven: dict[int, int] = {}  # by how much the parts of a sum exceed it

    def move(self, cell: int, step: int, allowed: int) -> bool:
        """Count one more or less in a cell, then make good what it upset; undone where that fails."""
        self.steps -= 1
        allowed -= self.release.cost(cell, step) if self.release.cost(cell, step) < ENDLESS else 0
        self._put(cell, step)
        if self._mend(allowed):
            return True
        self._put(cell, -step)
        return False

    def _put(self, cell: int, step: int) -> None:
        self.moved[cell] = self.moved.get(cell, 0) + step
        if not self.moved[cell]:
            del self.moved[cell]
        for at, sign in self.release.within[cell]:
            self.uneven[at] = self.uneven.get(at, 0) + sign * step
            if not self.uneven[at]:
                del self.uneven[at]

    def _mend(self, allowed: int) -> bool:
        if not self.uneven:
            return True
        if self.steps <= 0 or len(self.moved) >= MOST_MOVED:
            return False
        fewest = min((self._ways(at, allowed) for at in self.uneven), key=len)
        return any(self.move(cell, step, allowed) for _, _, cell, step in fewest if self.steps > 0)

    def _ways(self, at: int, allowed: int) -> list[tuple[int, int, int, int]]:
        """What would even out a sum: what upsets the fewest others first, then the cheapest."""
        found, towards = [], -1 if self.uneven[at] > 0 else 1
        for cell, sign in self.release.parts[at]:
            step = sign * towards
            cost = self.release.cost(cell, step)
            if step in self.towards and cell not in self.moved and cost <= allowed and cost < ENDLESS:
                found.append((self._upset(cell, step), cost, cell, step))
        return sorted(found)

    def _upset(self, cell: int, step: int) -> int:
        even = ((self.uneven.get(at, 0), sign * step) for at, sign in self.release.within[cell])
        return sum(abs(before + by) - abs(before) for before, by in even)
