"""Medians: what the scores of a scheme come to, criterion by criterion: medians, spans, sums, places and ranges."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Scheme, Score, Theme
from models.theme import LIVE

USG, WEIGHTED = "usg", "weighted"
SHIFTS = tuple(step / 100 for step in range(-20, 21, 5))  # of one weight at a time
PLACES = 6  # decimals in which two values are compared, so that equal ones stay equal


@dataclass(frozen=True, slots=True)
class Spread:
    """What the reviewers gave one theme by one criterion: how many, the median, the lowest and the highest.

    The span is told by its ends: of three or five reviewers, quartiles would be one of them each.
    """

    n: int
    median: float
    low: int
    high: int

    @property
    def apart(self) -> int:
        return self.high - self.low


@dataclass(frozen=True, slots=True)
class Scored:
    """One theme: what it was given by criterion, and the sum and the weighted mean where nothing of them is missing."""

    theme_id: int
    given: Mapping[str, Spread]
    usg: float | None
    weighted: float | None
    reviewers: int

    def value(self, order_by: str) -> float | None:
        return self.usg if order_by == USG else self.weighted

    def median(self, code: str) -> float | None:
        return self.given[code].median if code in self.given else None


def spread(values: Iterable[int]) -> Spread:
    """What some values come to.

    >>> spread([5, 2, 3]), spread([1, 4]).median
    (Spread(n=3, median=3.0, low=2, high=5), 2.5)
    """
    known = sorted(values)
    return Spread(len(known), float(median(known)), known[0], known[-1])


def of_scheme(session: Session, scheme: Scheme) -> dict[int, Scored]:
    """The living themes that somebody scored, from all reviewers; one statement. Whoever shows it asks if it may."""
    rows = session.execute(
        select(Score.theme_id, Score.criterion, Score.value, Score.person_id)
        .join(Theme, Theme.id == Score.theme_id)
        .where(Score.scheme_id == scheme.id, Theme.state.in_(LIVE))
    )
    values: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    people: dict[int, set[int]] = defaultdict(set)
    for theme_id, code, value, person_id in rows:
        values[theme_id][code].append(value)
        people[theme_id].add(person_id)
    weights = {family: weights_of(scheme.criteria, family) for family in (USG, WEIGHTED)}
    return {theme_id: _scored(theme_id, given, weights, len(people[theme_id])) for theme_id, given in values.items()}


def weights_of(criteria: Sequence[Mapping[str, Any]], family: str) -> dict[str, float]:
    """The weights of a family of stored criteria; U, S and G weigh one each."""
    return {row["code"]: 1.0 if family == USG else float(row["weight"]) for row in criteria if row["kind"] == family}


def _scored(
    theme_id: int, values: Mapping[str, list[int]], weights: Mapping[str, Mapping[str, float]], reviewers: int
) -> Scored:
    given = {code: spread(known) for code, known in values.items()}
    medians = {code: one.median for code, one in given.items()}
    mean = total(medians, weights[WEIGHTED])
    whole = sum(weights[WEIGHTED].values())
    weighted = None if mean is None or not whole else round(mean / whole, PLACES)
    return Scored(theme_id, given, total(medians, weights[USG]), weighted, reviewers)


def total(medians: Mapping[str, float], weights: Mapping[str, float]) -> float | None:
    """The weighted sum, None where a part of it was not given or there are no parts.

    >>> total({"u": 5, "s": 4, "g": 3.5}, {"u": 1, "s": 1, "g": 1}), total({"u": 5}, {"u": 1, "s": 1})
    (12.5, None)
    """
    if not weights or any(code not in medians for code in weights):
        return None
    return round(sum(medians[code] * weight for code, weight in weights.items()), PLACES)


def places(values: Mapping[int, float]) -> dict[int, int]:
    """Competition places, the largest value first; equal values share a place.

    >>> places({7: 3.0, 8: 5.0, 9: 3.0})
    {7: 2, 8: 1, 9: 2}
    """
    ordered = sorted(values.values(), reverse=True)
    first: dict[float, int] = {}
    for place, value in enumerate(ordered, start=1):
        first.setdefault(value, place)
    return {key: first[value] for key, value in values.items()}


def reaches(medians: Mapping[int, Mapping[str, float]], weights: Mapping[str, float]) -> dict[int, tuple[int, int]]:
    """The lowest and highest place of each theme while any one weight moves by up to a fifth, in steps of 5 %.

    Themes whose parts are not all given have no place and are left out.

    >>> reaches({1: {"a": 5, "b": 1}, 2: {"a": 1, "b": 5}}, {"a": 50, "b": 50})
    {1: (1, 2), 2: (1, 2)}
    """
    sums = {key: total(known, weights) for key, known in medians.items()}
    values = {key: value for key, value in sums.items() if value is not None}
    low, high = (dict(places(values)) for _ in range(2))
    for code, weight in weights.items():
        for shift in SHIFTS:
            moved = {key: round(v + shift * weight * medians[key][code], PLACES) for key, v in values.items()}
            for key, place in places(moved).items():
                low[key], high[key] = min(low[key], place), max(high[key], place)
    return {key: (low[key], high[key]) for key in values}
