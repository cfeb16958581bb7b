"""Stage 8, priority: criteria on fixed published scales, every part shown, and how far a place can move."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.types import Part, Plan, Rank

DRAWS, Z = 200, 1.96
BROAD, WIDE, PROVEN, ALIGNED = 0.1, 9, 0.4, 3
NEUTRAL, PRIOR_VOICES = 50.0, 2
DEFAULT_WEIGHTS = (
    ("breadth", 25.0),
    ("gap", 20.0),
    ("spread", 15.0),
    ("consensus", 15.0),
    ("evidence", 10.0),
    ("alignment", 15.0),
)


@dataclass(frozen=True, slots=True)
class Voice:
    """One person (or one group of near-identical texts) on one theme."""

    theme: str
    group: str
    area: str | None
    condition: int | None
    importance: int | None
    is_objection: bool
    has_evidence: bool
    missions: tuple[str, ...]
    types: tuple[str, ...] = ()


class Table:
    """Voices as columns: numbers for themes, groups and areas (-1 where unknown), ratings with NaN for none."""

    def __init__(self, voices: Sequence[Voice], themes: Sequence[str]) -> None:
        self.themes, self.groups = tuple(themes), tuple(sorted({v.group for v in voices}))
        self.areas = tuple(sorted({v.area for v in voices if v.area}))
        theme, group, area = (
            {name: n for n, name in enumerate(names)} for names in (self.themes, self.groups, self.areas)
        )
        self.theme = np.array([theme[v.theme] for v in voices], dtype=int)
        self.group = np.array([group[v.group] for v in voices], dtype=int)
        self.area = np.array([area[v.area] if v.area else -1 for v in voices], dtype=int)
        self.condition = np.array([v.condition or np.nan for v in voices], dtype=float)
        self.importance = np.array([v.importance or np.nan for v in voices], dtype=float)
        self.objects = np.array([v.is_objection for v in voices], dtype=float)
        self.proven = np.array([v.has_evidence for v in voices], dtype=float)

    def cells(self, weight: np.ndarray) -> np.ndarray:
        """Sums by theme and group, shape (themes, groups)."""
        shape = (len(self.themes), max(len(self.groups), 1))
        flat = np.bincount(self.theme * shape[1] + self.group, weights=weight, minlength=shape[0] * shape[1])
        return flat.reshape(shape)


def wilson(hits: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Lower bound of a share (Wilson 1927, 95 %), 0 where the total is 0: a few voices do not make a big share."""
    n = np.maximum(total, 1e-9)
    share = hits / n
    centre = share + Z**2 / (2 * n)
    spread = Z * np.sqrt(np.maximum(share * (1 - share), 0) / n + Z**2 / (4 * n**2))
    return np.where(total > 0, np.maximum((centre - spread) / (1 + Z**2 / n), 0), 0)


def breadth(table: Table, weight: np.ndarray) -> np.ndarray:
    """How much of each group says it, groups counted equally; 100 when a tenth of every group surely does."""
    cells = table.cells(weight)
    return 100 * np.minimum(wilson(cells, cells.sum(axis=0)) / BROAD, 1).mean(axis=1)


def gap(table: Table, weight: np.ndarray) -> np.ndarray:
    """Importance less condition, groups counted equally; 0 at -3, 100 at +3, 50 where nobody rated.

    Two imagined voices at 50 stand beside the real ones, so that a single voice does not reach an end of the scale.
    """
    distance = _group_mean(table, weight, table.importance) - _group_mean(table, weight, table.condition)
    raters = _sum(table, weight * ~np.isnan(table.importance) * ~np.isnan(table.condition))
    value = np.where(np.isnan(distance), NEUTRAL, (distance + 3) / 6 * 100)
    return (value * raters + NEUTRAL * PRIOR_VOICES) / (raters + PRIOR_VOICES)


def spread(table: Table, weight: np.ndarray) -> np.ndarray:
    """From how many kelurahan it comes; 100 from nine of them."""
    known = table.area >= 0
    width = max(len(table.areas), 1)
    flat = np.bincount(
        table.theme[known] * width + table.area[known], weights=weight[known], minlength=len(table.themes) * width
    )
    return 100 * np.minimum((flat.reshape(-1, width) > 0).sum(axis=1) / WIDE, 1)


def consensus(table: Table, weight: np.ndarray) -> np.ndarray:
    """Whether the voices surely pull one way: 0 where half object or too few speak to tell."""
    total, against = _sum(table, weight), _sum(table, weight * table.objects)
    larger = np.maximum(against, total - against)
    return 100 * np.maximum(2 * wilson(larger, total) - 1, 0)


def evidence(table: Table, weight: np.ndarray) -> np.ndarray:
    """The share of voices with a reference, two imagined voices without one counted in; 100 from 40 %."""
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
    """How many missions of the plan a theme serves; 100 from three."""
    return lambda theme: 100 * min(missions.get(theme, 0) / ALIGNED, 1)


def _sum(table: Table, weight: np.ndarray) -> np.ndarray:
    return np.bincount(table.theme, weights=weight, minlength=len(table.themes))


def _group_mean(table: Table, weight: np.ndarray, rating: np.ndarray) -> np.ndarray:
    given = ~np.isnan(rating)
    sums = table.cells(np.where(given, np.nan_to_num(rating) * weight, 0))
    counts = table.cells(np.where(given, weight, 0))
    means = np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0)
    heard = (counts > 0).sum(axis=1)
    return np.where(heard > 0, np.nansum(means, axis=1) / np.maximum(heard, 1), np.nan)


def rank(
    voices: Sequence[Voice],
    every_sender: Sequence[Voice],
    themes: Mapping[str, str | None],
    plan: Plan,
    seed: int,
) -> tuple[Rank, ...]:
    """Order the themes by the weighted sum of the criteria, the first place first.

    `themes` maps ids to dimensions. Each scale is fixed, so adding, deleting or renaming a theme never swaps two
    others. The range is the 5th to 95th percentile of the place over 200 draws of the voices (bootstrap within
    groups); it speaks of these voices and is no statement about people who said nothing.
    """
    if not voices:
        return ()
    weights = dict(plan.weights or DEFAULT_WEIGHTS)
    ids = sorted({v.theme for v in voices})
    aligned = _aligned(voices, themes, plan, ids)
    table = Table(voices, ids)
    parts = _parts(table, np.ones(len(voices)), aligned)
    scores = _total(parts, weights)
    places = _places(scores)
    low, high = _range(table, aligned, weights, seed, places)
    open_places = _places(_total(_parts_of(every_sender, ids, aligned), weights))
    without = {group: _without(voices, ids, aligned, weights, group) for group in table.groups}
    order = sorted(range(len(ids)), key=lambda i: (places[i], ids[i]))
    return tuple(
        Rank(
            theme=ids[i],
            parts=_shown(table, i, parts, weights),
            score=round(float(scores[i]), 2),
            place=int(places[i]),
            low=int(low[i]),
            high=int(high[i]),
            ties_with=tuple(ids[j] for j in order if j != i and places[j] == places[i]),
            without_collapse=int(open_places[i]),
            leave_out=tuple((group, int(without[group][i])) for group in table.groups),
        )
        for i in order
    )


def _aligned(voices: Sequence[Voice], themes: Mapping[str, str | None], plan: Plan, ids: Sequence[str]) -> np.ndarray:
    served: dict[str, set[str]] = {theme: set() for theme in ids}
    for voice in voices:
        served[voice.theme].update(voice.missions)
    for theme in ids:
        served[theme].update(m.code for m in plan.missions if themes.get(theme) in m.dimensions)
    value = alignment({theme: len(codes) for theme, codes in served.items()})
    return np.array([value(theme) for theme in ids])


def _parts(table: Table, weight: np.ndarray, aligned: np.ndarray) -> dict[str, np.ndarray]:
    return {code: measure(table, weight) for code, measure in CRITERIA.items()} | {"alignment": aligned}


def _parts_of(voices: Sequence[Voice], ids: Sequence[str], aligned: np.ndarray) -> dict[str, np.ndarray]:
    return _parts(Table(voices, ids), np.ones(len(voices)), aligned)


def _total(parts: Mapping[str, np.ndarray], weights: Mapping[str, float]) -> np.ndarray:
    whole = sum(weights.get(code, 0) for code in parts) or 1
    return sum(values * weights.get(code, 0) for code, values in parts.items()) / whole


def _places(scores: np.ndarray) -> np.ndarray:
    """Competition places of the scores to one decimal: equal scores share a place."""
    rounded = np.round(scores, 1)
    return 1 + (rounded[None, :] > rounded[:, None]).sum(axis=1)


def _without(
    voices: Sequence[Voice],
    ids: Sequence[str],
    aligned: np.ndarray,
    weights: Mapping[str, float],
    group: str,
) -> np.ndarray:
    rest = [v for v in voices if v.group != group]
    if not rest:
        return np.ones(len(ids), dtype=int)
    return _places(_total(_parts_of(rest, ids, aligned), weights))


def _range(
    table: Table,
    aligned: np.ndarray,
    weights: Mapping[str, float],
    seed: int,
    places: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    members = [np.flatnonzero(table.group == g) for g in range(len(table.groups))]
    drawn = np.empty((DRAWS, len(places)))
    for row in range(DRAWS):
        weight = np.zeros(len(table.theme))
        for own in members:
            weight[own] = draw.multinomial(own.size, np.full(own.size, 1 / own.size))
        drawn[row] = _places(_total(_parts(table, weight, aligned), weights))
    low = np.floor(np.percentile(drawn, 5, axis=0))
    high = np.ceil(np.percentile(drawn, 95, axis=0))
    return np.minimum(low, places), np.maximum(high, places)


def _shown(table: Table, i: int, parts: Mapping[str, np.ndarray], weights: Mapping[str, float]) -> tuple[Part, ...]:
    mine = table.theme == i
    details = {
        "breadth": (("groups", tuple(table.groups[g] for g in sorted(set(table.group[mine].tolist())))),),
        "gap": (
            ("condition_mean", _mean(table.condition[mine])),
            ("importance_mean", _mean(table.importance[mine])),
            (
                "condition_by_group",
                tuple(
                    (table.groups[g], _mean(table.condition[mine & (table.group == g)]))
                    for g in sorted(set(table.group[mine].tolist()))
                ),
            ),
        ),
        "spread": (
            ("areas", tuple(table.areas[a] for a in sorted(set(table.area[mine & (table.area >= 0)].tolist())))),
        ),
        "consensus": (("voices", int(mine.sum())), ("objections", int(table.objects[mine].sum()))),
        "evidence": (("voices", int(mine.sum())), ("with_reference", int(table.proven[mine].sum()))),
        "alignment": (),
    }
    return tuple(
        Part(code, round(float(values[i]), 1), weights.get(code, 0.0), details[code]) for code, values in parts.items()
    )


def _mean(ratings: np.ndarray) -> float | None:
    known = ratings[~np.isnan(ratings)]
    return round(math.fsum(known) / known.size, 2) if known.size else None
