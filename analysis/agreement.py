"""Agreement between people who coded the same points without seeing each other's marks."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from statistics import quantiles

DRAWS, Z = 2_000, 1.96
# The outer two of 39 cuts into 40 parts are the ends of the middle 95 %.
PARTS = 40

# How often each code was given to a point, and the share of its marks that differ, summed over its marks.
Pattern = tuple[tuple[tuple[str, int], ...], float]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A coefficient (1 is perfect, 0 is what chance gives) with its 95 % interval, and the plain share of agreement.

    `units` is the number of points it rests on.
    """

    value: float
    low: float
    high: float
    share: float
    units: int


def kappa(first: Sequence[str], second: Sequence[str]) -> Agreement:
    """Cohen's kappa (1960) of two people, with the large-sample interval of Fleiss, Cohen and Everitt (1969).

    Two people who both use one single code agree perfectly. Raises ValueError for unequal or empty lists.

    >>> found = kappa(["a", "b", "a", "b"], ["a", "b", "b", "b"])
    >>> found.value, found.share
    (0.5, 0.75)
    """
    if not first or len(first) != len(second):
        raise ValueError("two equally long lists with at least one mark each are needed")
    units = len(first)
    table = {pair: n / units for pair, n in sorted(Counter(zip(first, second, strict=True)).items())}
    rows, columns = ({code: n / units for code, n in Counter(marks).items()} for marks in (first, second))
    observed = math.fsum(share for (one, other), share in table.items() if one == other)
    expected = math.fsum(share * columns.get(code, 0.0) for code, share in rows.items())
    if math.isclose(expected, 1):
        return Agreement(1.0, 1.0, 1.0, 1.0, units)
    value = (observed - expected) / (1 - expected)
    error = Z * _kappa_error(table, rows, columns, value, expected, units)
    return _rounded(value, value - error, value + error, observed, units)


def _kappa_error(
    table: Mapping[tuple[str, str], float],
    rows: Mapping[str, float],
    columns: Mapping[str, float],
    value: float,
    expected: float,
    units: int,
) -> float:
    def part(one: str, other: str, share: float) -> float:
        sides = columns.get(one, 0.0) + rows.get(other, 0.0)
        return share * ((1 - sides * (1 - value)) ** 2 if one == other else (sides * (1 - value)) ** 2)

    whole = math.fsum(part(*pair, share) for pair, share in table.items())
    rest = (value - expected * (1 - value)) ** 2
    return math.sqrt(max(whole - rest, 0) / units) / (1 - expected)


def alpha(marks: Mapping[str, Sequence[str]], seed: int = 1) -> Agreement:
    """Krippendorff's alpha (2004, nominal codes) of any number of people, each having coded any of the points.

    `marks` leads from a point to the codes it was given, one for each person; points with fewer than two say nothing.
    The interval is a bootstrap over points (2,000 draws, `seed`). Raises ValueError where no point has two codes.

    >>> alpha({"p": ["a", "a"], "q": ["b", "b"], "r": ["a", "b"]}).value
    0.4444
    """
    kept = [given for given in marks.values() if len(given) > 1]
    if not kept:
        raise ValueError("at least one point with two codes is needed")
    # Points that were marked alike are drawn as one kind: there are far fewer kinds than points.
    times = Counter(_pattern(given) for given in kept)
    patterns = sorted(times)
    value = _alpha([(pattern, times[pattern]) for pattern in patterns])
    draw, ends = Random(seed), list(accumulate(times[pattern] for pattern in patterns))
    drawn = [_alpha(Counter(draw.choices(patterns, cum_weights=ends, k=len(kept))).items()) for _ in range(DRAWS)]
    cuts = quantiles(drawn, n=PARTS, method="inclusive")
    share = math.fsum(times[p] * (1 - p[1] / sum(n for _, n in p[0])) for p in patterns) / len(kept)
    return _rounded(value, cuts[0], cuts[-1], share, len(kept))


def _pattern(given: Sequence[str]) -> Pattern:
    counts, size = Counter(given), len(given)
    return tuple(sorted(counts.items())), (size**2 - sum(n**2 for n in counts.values())) / (size - 1)


def _alpha(chosen: Iterable[tuple[Pattern, int]]) -> float:
    whole: Counter[str] = Counter()
    differ = 0.0
    for (counts, apart), times in chosen:
        differ += times * apart
        for code, n in counts:
            whole[code] += times * n
    total = sum(whole.values())
    expected = total**2 - sum(n**2 for n in whole.values())
    return 1.0 if expected == 0 else 1 - differ * (total - 1) / expected


def _rounded(value: float, low: float, high: float, share: float, units: int) -> Agreement:
    ends = max(low, -1.0), min(high, 1.0)
    return Agreement(
        round(value, 4), round(min(ends[0], value), 4), round(max(ends[1], value), 4), round(share, 4), units
    )


def wilson(hits: int, checked: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), which stays honest for few points and near 0 and 1.

    Raises ValueError for no points and for more hits than points.

    >>> [round(end, 3) for end in wilson(10, 10)]
    [0.722, 1.0]
    """
    if not 0 <= hits <= checked or not checked:
        raise ValueError("at least one point and no more hits than points are needed")
    share, spread = hits / checked, Z**2 / checked
    middle = share + spread / 2
    half = Z * math.sqrt(share * (1 - share) / checked + spread / (4 * checked))
    return max((middle - half) / (1 + spread), 0.0), min((middle + half) / (1 + spread), 1.0)


def still_to_check(hits: int, checked: int, error: float) -> int:
    """How many more points must be checked until a share is known to within `error` (0–1) at 95 %.

    The share seen so far counts with two imagined points on either side (Agresti and Coull 1998), so that ten hits of
    ten do not end the work. Raises ValueError for an error of 0 or less and for more hits than points.

    >>> still_to_check(0, 0, 0.05), still_to_check(380, 384, 0.05)
    (381, 0)
    """
    if error <= 0 or not 0 <= hits <= checked:
        raise ValueError("an error above 0 and no more hits than points are needed")
    share = (hits + 2) / (checked + 4)
    return max(math.ceil(Z**2 * share * (1 - share) / error**2 - 4) - checked, 0)


def confusions(first: Sequence[str], second: Sequence[str]) -> list[tuple[str, str, int]]:
    """Pairs of codes that two people gave to the same point, the commonest first: what the codebook leaves unclear.

    >>> confusions(["a", "b", "a"], ["b", "a", "a"])
    [('a', 'b', 2)]
    """
    found: Counter[tuple[str, str]] = Counter()
    for one, other in zip(first, second, strict=True):
        if one != other:
            found[min(one, other), max(one, other)] += 1
    return sorted(((a, b, n) for (a, b), n in found.items()), key=lambda row: (-row[2], row[0], row[1]))


def by_code(first: Sequence[str], second: Sequence[str]) -> dict[str, float]:
    """For each code the share of points with it on which both agreed (positive agreement, Dice 1945).

    >>> by_code(["a", "b", "a"], ["a", "a", "a"])
    {'a': 0.8, 'b': 0.0}
    """
    both: defaultdict[str, int] = defaultdict(int)
    for one, other in zip(first, second, strict=True):
        both[one] += one == other
    times = Counter(first) + Counter(second)
    return {code: round(2 * both[code] / times[code], 4) for code in sorted(times)}
