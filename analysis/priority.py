"""Stage 8, priority: criteria on fixed published scales, every part shown, and how far a place can move."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from copy import copy

import numpy as np

from analysis.types import Pairs, Part, Plan, Rank
from analysis.voices import COLUMNS, Voices, heaviness

DRAWS, WEIGHT_DRAWS, FIRST, Z = 200, 10_000, 10, 1.96
BROAD, WIDE, PROVEN, ALIGNED = 0.1, 9, 0.4, 3
NEUTRAL, PRIOR_VOICES = 50.0, 2
UNRATED = -9.0
DEFAULT_WEIGHTS = (
    ("breadth", 25.0),
    ("gap", 20.0),
    ("spread", 15.0),
    ("consensus", 15.0),
    ("evidence", 10.0),
    ("alignment", 15.0),
)


class Table:
    """Voices that cannot be told apart as one row each, with how many there are; sums by theme, group and area.

    `count` (c,) is the number of voices of each row; every measure takes a weight of that shape in its place, so that
    a sample of the voices costs as much as a sample of the rows. `heavy` (groups,) is what each group weighs where
    groups are held against one another, None where they count the same.
    """

    def __init__(self, voices: Voices, heavy: np.ndarray | None = None) -> None:
        self.heavy = heavy
        self.themes, self.groups, self.areas, self.speakers = (
            voices.themes,
            voices.groups,
            voices.areas,
            voices.speakers,
        )
        columns = [getattr(voices, name) for name in COLUMNS]
        key = np.zeros(len(voices), dtype=np.int64)
        for column in columns:
            said = np.nan_to_num(column.astype(float), nan=UNRATED)
            known = np.unique(said)
            key = key * len(known) + np.searchsorted(known, said)
        _, first, count = np.unique(key, return_index=True, return_counts=True)
        self.theme, self.group, self.area, self.condition, self.importance, self.objects, self.proven = (
            c[first] for c in columns
        )
        self.count = count.astype(float)

    def without(self, group: int) -> "Table":
        """What is left when one group says nothing."""
        rest, kept = copy(self), self.group != group
        for name in (*COLUMNS, "count"):
            setattr(rest, name, getattr(self, name)[kept])
        rest.speakers = np.where(np.arange(len(self.speakers)) == group, 0, self.speakers)
        return rest

    def cells(self, weight: np.ndarray) -> np.ndarray:
        """Sums by theme and group, shape (themes, groups)."""
        shape = (len(self.themes), max(len(self.groups), 1))
        flat = np.bincount(self.theme * shape[1] + self.group, weights=weight, minlength=shape[0] * shape[1])
        return flat.reshape(shape)


def wilson(hits: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Lower bound of a share (Wilson 1927, 95 %), 0 where the total is 0: a few voices do not make a big share.

    >>> wilson(np.array([1, 100, 0]), np.array([1, 100, 0])).round(2).tolist()
    [0.21, 0.96, 0.0]
    """
    n = np.maximum(total, 1e-9)
    share = hits / n
    centre = share + Z**2 / (2 * n)
    spread = Z * np.sqrt(np.maximum(share * (1 - share), 0) / n + Z**2 / (4 * n**2))
    return np.where(total > 0, np.maximum((centre - spread) / (1 + Z**2 / n), 0), 0)


def breadth(table: Table, weight: np.ndarray) -> np.ndarray:
    """How much of each group says it, groups counted equally; 100 when a tenth of every group surely does.

    The whole of a group are the people of it who said anything at all, so that no theme depends on another.

    >>> from analysis.voices import Voice
    >>> table = Table(Voices.of([Voice("ROB", "citizen", "a", 1, 4, False, True)] * 30))
    >>> breadth(table, table.count).tolist()
    [100.0]
    """
    heard = table.speakers > 0
    cells = table.cells(weight)[:, heard]
    if not heard.any():
        return np.zeros(len(table.themes))
    total = np.broadcast_to(table.speakers[heard], cells.shape)
    share = 100 * np.minimum(wilson(np.minimum(cells, total), total) / BROAD, 1)
    return share.mean(axis=1) if table.heavy is None else np.average(share, axis=1, weights=table.heavy[heard])


def gap(table: Table, weight: np.ndarray) -> np.ndarray:
    """Importance less condition, groups counted equally; 0 at -3, 100 at +3, 50 where nobody rated.

    Two imagined voices at 50 stand beside the real ones, so that a single voice does not reach an end of the scale.

    >>> from analysis.voices import Voice
    >>> table = Table(Voices.of([Voice("ROB", "citizen", "a", 1, 4, False, True)] * 8))
    >>> gap(table, table.count).tolist()
    [90.0]
    """
    distance = _group_mean(table, weight, table.importance) - _group_mean(table, weight, table.condition)
    raters = _sum(table, weight * ~np.isnan(table.importance) * ~np.isnan(table.condition))
    value = np.where(np.isnan(distance), NEUTRAL, (distance + 3) / 6 * 100)
    return (value * raters + NEUTRAL * PRIOR_VOICES) / (raters + PRIOR_VOICES)


def spread(table: Table, weight: np.ndarray) -> np.ndarray:
    """From how many kelurahan it comes; 100 from nine of them.

    >>> from analysis.voices import Voice
    >>> table = Table(Voices.of([Voice("ROB", "citizen", area, 1, 4, False, True) for area in "abc"]))
    >>> spread(table, table.count).round(1).tolist()
    [33.3]
    """
    known = table.area >= 0
    width = max(len(table.areas), 1)
    flat = np.bincount(
        table.theme[known] * width + table.area[known], weights=weight[known], minlength=len(table.themes) * width
    )
    return 100 * np.minimum((flat.reshape(-1, width) > 0).sum(axis=1) / WIDE, 1)


def consensus(table: Table, weight: np.ndarray) -> np.ndarray:
    """Whether the voices surely pull one way: 0 where half object or too few speak to tell.

    >>> from analysis.voices import Voice
    >>> table = Table(Voices.of([Voice("ROB", "citizen", "a", 1, 4, n < 5, True) for n in range(10)]))
    >>> consensus(table, table.count).tolist()
    [0.0]
    """
    total, against = _sum(table, weight), _sum(table, weight * table.objects)
    larger = np.maximum(against, total - against)
    return 100 * np.maximum(2 * wilson(larger, total) - 1, 0)


def evidence(table: Table, weight: np.ndarray) -> np.ndarray:
    """The share of voices with a reference, two imagined voices without one counted in; 100 from 40 %.

    >>> from analysis.voices import Voice
    >>> table = Table(Voices.of([Voice("ROB", "citizen", "a", 1, 4, False, n < 2) for n in range(8)]))
    >>> evidence(table, table.count).tolist()
    [50.0]
    """
    total = _sum(table, weight) + PRIOR_VOICES
    return 100 * np.minimum(_sum(table, weight * table.proven) / total / PROVEN, 1)


CRITERIA: Mapping[str, Callable[[Table, np.ndarray], np.ndarray]] = {
    "breadth": breadth,
    "gap": gap,
    "spread": spread,
    "consensus": consensus,
    "evidence": evidence,
}


def alignment(missions: Mapping[str, int]) -> Callable[[str], float]:
    """How many missions of the plan a theme serves; 100 from three.

    >>> alignment({"ROB": 3})("ROB"), alignment({})("ROB")
    (100.0, 0.0)
    """
    return lambda theme: 100 * min(missions.get(theme, 0) / ALIGNED, 1)


def _sum(table: Table, weight: np.ndarray) -> np.ndarray:
    return np.bincount(table.theme, weights=weight, minlength=len(table.themes))


def _group_mean(table: Table, weight: np.ndarray, rating: np.ndarray) -> np.ndarray:
    given = ~np.isnan(rating)
    sums = table.cells(np.where(given, np.nan_to_num(rating) * weight, 0))
    counts = table.cells(np.where(given, weight, 0))
    means = np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0)
    heard = (counts > 0) @ (np.ones(counts.shape[1]) if table.heavy is None else table.heavy)
    sums = np.nansum(means if table.heavy is None else means * table.heavy, axis=1)
    return np.where(heard > 0, sums / np.where(heard > 0, heard, 1), np.nan)


def rank(
    voices: Voices,
    every_sender: Voices,
    served: Mapping[str, AbstractSet[str]],
    plan: Plan,
    seed: int,
) -> tuple[Rank, ...]:
    """Order the themes that have a voice by the weighted sum of the criteria, the first place first.

    `served` leads from a theme to the codes of the missions it serves. Each scale is fixed and no theme's score rests
    on another theme, so adding, deleting or renaming one never swaps two others. The range is the 5th to 95th
    percentile of the place over 200 draws of the voices (bootstrap within groups); it speaks of these voices and is no
    statement about people who said nothing: this is not a random sample. Groups count the same unless the plan gives
    one of them another weight.

    >>> from analysis.voices import Voice
    >>> said = [Voice("ROB", "citizen", "a", 1, 4, False, True)] * 9
    >>> said.append(Voice("JALAN", "citizen", "a", 3, 2, True, False))
    >>> found = rank(Voices.of(said), Voices.of(said), {}, Plan(), 1)
    >>> [(row.theme, row.place) for row in found]
    [('ROB', 1), ('JALAN', 2)]
    """
    if not len(voices):
        return ()
    weights = dict(plan.weights or DEFAULT_WEIGHTS)
    heavy = heaviness(voices.groups, plan.group_weights)
    table, aligned = Table(voices, heavy), _aligned(voices.themes, served)
    heard = np.flatnonzero(np.bincount(table.theme, minlength=len(table.themes)))
    parts = _parts(table, table.count, aligned)
    scores = _total(parts, weights)
    places = _places(scores[heard])
    low, high = _range(table, aligned, weights, seed, places, heard)
    every = Table(every_sender, heavy)
    open_places = _places(_total(_parts(every, every.count, aligned), weights)[heard])
    without = {group: _without(table, aligned, weights, number, heard) for number, group in enumerate(table.groups)}
    firm = _acceptability({code: values[heard] for code, values in parts.items()}, seed)
    order = sorted(range(len(heard)), key=lambda i: (places[i], table.themes[heard[i]]))
    names = [table.themes[i] for i in heard]
    return tuple(
        Rank(
            theme=names[i],
            parts=_shown(table, int(heard[i]), parts, weights),
            score=round(float(scores[heard[i]]), 2),
            place=int(places[i]),
            low=int(low[i]),
            high=int(high[i]),
            ties_with=tuple(names[j] for j in order if j != i and places[j] == places[i]),
            without_collapse=int(open_places[i]),
            leave_out=tuple((group, int(without[group][i])) for group in table.groups),
            acceptability=round(float(firm[i]), 3),
        )
        for i in order
    )


def as_they_came(voices: Voices, served: Mapping[str, AbstractSet[str]], plan: Plan) -> Pairs:
    """The place of each theme if a group weighed as many as the people of it who spoke: (theme, place), as they stand.

    Held beside `rank`, in which a small group counts as much as a large one, it shows what that does.

    >>> from analysis.voices import Voice
    >>> said = [Voice("JALAN", "citizen", None, None, None, False, False)] * 30
    >>> said += [Voice("ROB", group, None, None, None, False, False) for group in ("agency", "academic")] * 4
    >>> ready = Voices.of(said)
    >>> as_they_came(ready, {}, Plan()), [row.theme for row in rank(ready, ready, {}, Plan(), 1)]
    ((('JALAN', 1), ('ROB', 2)), ['ROB', 'JALAN'])
    """
    if not len(voices):
        return ()
    table, aligned = Table(voices, np.maximum(voices.speakers, 1)), _aligned(voices.themes, served)
    scores = _total(_parts(table, table.count, aligned), dict(plan.weights or DEFAULT_WEIGHTS))
    heard = np.flatnonzero(np.bincount(table.theme, minlength=len(table.themes)))
    found = zip((table.themes[i] for i in heard), _places(scores[heard]).tolist(), strict=True)
    return tuple(sorted(found, key=lambda pair: (pair[1], pair[0])))


def _aligned(themes: Sequence[str], served: Mapping[str, AbstractSet[str]]) -> np.ndarray:
    value = alignment({theme: len(codes) for theme, codes in served.items()})
    return np.array([value(theme) for theme in themes])


def _parts(table: Table, weight: np.ndarray, aligned: np.ndarray) -> dict[str, np.ndarray]:
    return {code: measure(table, weight) for code, measure in CRITERIA.items()} | {"alignment": aligned}


def _acceptability(parts: Mapping[str, np.ndarray], seed: int) -> np.ndarray:
    """The share of 10,000 sets of random weights with which each theme stands among the first ten (SMAA).

    Source: Lahdelma, Hokkanen and Salminen 1998; weights uniform over all that add up to one.
    """
    values = np.stack(list(parts.values()))
    drawn = np.random.default_rng(seed).dirichlet(np.ones(len(values)), WEIGHT_DRAWS)
    scores = (drawn @ values).round(1)
    if scores.shape[1] <= FIRST:
        return np.ones(scores.shape[1])
    tenth = np.partition(scores, -FIRST, axis=1)[:, -FIRST]
    return (scores >= tenth[:, None]).mean(axis=0)


def _total(parts: Mapping[str, np.ndarray], weights: Mapping[str, float]) -> np.ndarray:
    whole = sum(weights.get(code, 0) for code in parts) or 1
    return sum(values * weights.get(code, 0) for code, values in parts.items()) / whole


def _places(scores: np.ndarray) -> np.ndarray:
    """Competition places of the scores to one decimal: equal scores share a place."""
    rounded = np.round(scores, 1)
    return 1 + (rounded[None, :] > rounded[:, None]).sum(axis=1)


def _without(
    table: Table, aligned: np.ndarray, weights: Mapping[str, float], group: int, heard: np.ndarray
) -> np.ndarray:
    rest = table.without(group)
    if not rest.count.size:
        return np.ones(len(heard), dtype=int)
    return _places(_total(_parts(rest, rest.count, aligned), weights)[heard])


def _range(
    table: Table,
    aligned: np.ndarray,
    weights: Mapping[str, float],
    seed: int,
    places: np.ndarray,
    heard: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    members = [np.flatnonzero(table.group == g) for g in range(len(table.groups))]
    drawn = np.empty((DRAWS, len(places)))
    for row in range(DRAWS):
        weight = np.zeros(len(table.theme))
        for own in members:
            if own.size:
                voices = table.count[own]
                weight[own] = draw.multinomial(int(voices.sum()), voices / voices.sum())
        drawn[row] = _places(_total(_parts(table, weight, aligned), weights)[heard])
    low = np.floor(np.percentile(drawn, 5, axis=0))
    high = np.ceil(np.percentile(drawn, 95, axis=0))
    return np.minimum(low, places), np.maximum(high, places)


def _shown(table: Table, i: int, parts: Mapping[str, np.ndarray], weights: Mapping[str, float]) -> tuple[Part, ...]:
    mine = np.flatnonzero(table.theme == i)
    count = table.count[mine]
    by_group = [(g, mine[table.group[mine] == g]) for g in sorted(set(table.group[mine].tolist()))]
    details = {
        "breadth": (("groups", tuple(table.groups[g] for g, _ in by_group)),),
        "gap": (
            ("condition_mean", _mean(table.condition[mine], count)),
            ("importance_mean", _mean(table.importance[mine], count)),
            (
                "condition_by_group",
                tuple((table.groups[g], _mean(table.condition[own], table.count[own])) for g, own in by_group),
            ),
        ),
        "spread": (("areas", tuple(table.areas[a] for a in sorted(set(table.area[mine].tolist())) if a >= 0)),),
        "consensus": (("voices", int(count.sum())), ("objections", int((table.objects[mine] * count).sum()))),
        "evidence": (("voices", int(count.sum())), ("with_reference", int((table.proven[mine] * count).sum()))),
        "alignment": (),
    }
    return tuple(
        Part(code, round(float(values[i]), 1), weights.get(code, 0.0), details[code]) for code, values in parts.items()
    )


def _mean(ratings: np.ndarray, count: np.ndarray) -> float | None:
    known = ~np.isnan(ratings)
    return round(float(ratings[known] @ count[known] / count[known].sum()), 2) if known.any() else None
