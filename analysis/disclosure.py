"""Disclosure: tables of persons in which no small count can be worked out, from all tables of a release together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from analysis.hiding import ALL, Release, Table, Unprotectable, check_rings

__all__ = ["ALL", "Published", "Table", "Unprotectable", "may_carry", "percent", "protect"]


@dataclass(frozen=True, slots=True)
class Published:
    """What may be shown of a table and its sums (`ALL` where an axis is summed): rounded, or None where hidden."""

    name: str
    axes: tuple[str, ...]
    cells: Mapping[tuple[str, ...], int | None]


def protect(
    tables: Sequence[Table],
    *,
    threshold: int = 10,
    rounding: int = 5,
    people: Table | None = None,
    exact: Collection[Mapping[str, str]] = (),
) -> tuple[Published, ...]:
    """Hide and round the counts of all tables of one release about the same people.

    Counts from 1 to `threshold` - 1 are hidden, sums too; all others are rounded to the nearest multiple of
    `rounding`, half up, each by itself, so rounded counts need not add up. Zero is shown as zero. Further cells are
    hidden until for every small count another table of whole persons, with another number in that place, would have
    been published in just the same way. The guarantee is against a reader who has every table of the release and
    knows the rule, who knows that a hidden count is at least one, that a shown one lies within its rounding and is
    not small; it is not against one who also asks why this cell was hidden and not its neighbour, nor does it say how
    far apart the possible numbers are (two at least). Who stands in a table alone knows that of himself.

    Args:
        tables: all tables of persons of the release; axes of the same name are the same property, and everybody
            stands exactly once in every table (an axis on which a person stands twice needs a release of its own).
        threshold: the smallest count that may be shown, persons.
        rounding: the step of what is shown, persons; at most `threshold`. 1 shows exact counts.
        people: counts over more axes, not published. It is needed where axes meet in a ring (area by group, group
            by age, age by area): only then is a possible answer known to be one of real persons.
        exact: cells that a reader knows exactly from elsewhere, such as open data with one row a person, as
            {axis: value}; {} is the total. They give no room, and none of them may be small.

    Returns:
        One `Published` per table, in the same order. The same tables in another order are hidden alike.

    Raises:
        ValueError: the tables contradict one another, a count is negative, a value is `ALL`, or an argument is out
            of range.
        Unprotectable: the axes meet in a ring and `people` does not cover it, or what is known exactly leaves no way.

    Source: cell suppression as in Hundepool et al., Statistical Disclosure Control (2012), ch. 4, with a witness
    sought for each small cell in place of a mixed-integer program; why tables without a ring always come from real
    persons: Beeri, Fagin, Maier and Yannakakis, J. ACM 30 (1983), Atserias and Kolaitis, PODS 2021, for counts.

    >>> found = protect([Table("usia", ("age",), {("17-24",): 13, ("25-44",): 13, ("45+",): 1})])[0]
    >>> found.cells  # 27 would be shown as 25, and 13 + 13 leaves one: so another count is hidden
    {('17-24',): None, ('25-44',): 15, ('45+',): None, ('*',): 25}
    """
    if not 1 <= rounding <= max(threshold, 1):
        raise ValueError(f"rounding to {rounding} does not go with a threshold of {threshold}")
    check_rings([*tables, people] if people else tables)
    release = Release(tables, threshold, rounding, people)
    release.finish(exact)
    for cell in release.small():
        if cell not in release.safe:
            release.make_room(cell)
    return tuple(_published(table, release) for table in tables)


def percent(part: int | None, whole: int | None) -> int | None:
    """The share of two published counts in whole percent, half up; None where one is hidden or the whole is zero.

    Shares are computed from what is shown, never from true counts, and so tell nothing more. Rounded parts may
    exceed their rounded whole a little; the share then stays at 100.

    >>> percent(15, 40), percent(None, 40), percent(0, 0)
    (38, None, None)
    """
    if part is None or not whole:
        return None
    return min((200 * part + whole) // (2 * whole), 100)


def may_carry(counts: Mapping[tuple[str, str], int], threshold: int = 10) -> set[tuple[str, str]]:
    """The pairs of values that may stand on the rows of open data; on the rows of all others both are left blank.

    A pair may stand where at least `threshold` persons have it. Whoever knows how many persons a value has subtracts
    the rows that show it from them; so the blanked pairs of every value are at least two and at least `threshold`
    persons together, for which the smallest others are blanked too, up to all of them.

    Args:
        counts: persons per pair, such as (group, kelurahan).
        threshold: persons a pair needs to stand.

    Returns:
        The pairs that may stand.

    >>> sorted(may_carry({("warga", "Kauman"): 30, ("warga", "Klego"): 4, ("warga", "Tirto"): 12}))
    [('warga', 'Kauman')]
    """
    blank = {pair for pair, count in counts.items() if 0 < count < threshold}
    lines: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for pair in sorted((pair for pair, count in counts.items() if count > 0), key=lambda pair: (counts[pair], pair)):
        for axis, value in enumerate(pair):
            lines.setdefault((axis, value), []).append(pair)
    before = -1
    while before != len(blank):
        before = len(blank)
        for _, line in sorted(lines.items()):
            blank |= set(_also_blank(line, blank, counts, threshold))
    return {pair for pair, count in counts.items() if count >= max(threshold, 1)} - blank


def _also_blank(line, blank, counts, threshold) -> Iterator[tuple[str, str]]:
    """The smallest pairs that must join those of a line that are blank."""
    gone = [pair for pair in line if pair in blank]
    number, persons = len(gone), sum(counts[pair] for pair in gone)
    for pair in line:
        if gone and pair not in blank and (number < 2 or persons < threshold):
            yield pair
            number, persons = number + 1, persons + counts[pair]


def _published(table: Table, release: Release) -> Published:
    """Every combination of the values of a table and their sums, in the order in which the table names them."""
    known = [release.values.get(axis, set()) for axis in table.axes]
    named = [dict.fromkeys(key[at] for key in table.cells) for at in range(len(table.axes))]
    orders = [[*first, *sorted(values - first.keys()), ALL] for first, values in zip(named, known, strict=True)]
    cells = {}
    for key in product(*orders):
        cells[key] = release.shows(pair for pair in zip(table.axes, key, strict=True) if pair[1] != ALL)
    return Published(table.name, table.axes, cells)
