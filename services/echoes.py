"""Echoes: points that ask again for what was refused before, found by the rare words that both say."""

import math
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from analysis.words import stopwords, weak
from models import POINT_SEARCH, RefusedItem, RefusedMatch, Triage
from models.vocabulary import MatchState
from services import search

STEP = 2_000
# Two words at least, and so much of what both say: found on the invented register of `demo/`.
FEWEST, ALIKE = 2, 0.3
LESS = 0.3  # what a word of every subject weighs


@dataclass(frozen=True, slots=True)
class Index:
    """The items by their stems: which items hold one, what it weighs, and how heavy each item is."""

    holds: Mapping[str, tuple[int, ...]]
    weight: Mapping[str, float]
    norm: Mapping[int, float]


def match(session: Session, most: int = STEP) -> int:
    """Hold points that were read against the register, at most so many; returns how many points were looked at.

    What a person agreed to or denied stays. Without a register nothing is looked at, so the first one meets all.
    """
    items = session.execute(select(RefusedItem.id, RefusedItem.text).order_by(RefusedItem.id)).all()
    if not items:
        return 0
    rows = session.execute(
        select(Triage.point_id, POINT_SEARCH.c.words)
        .join(POINT_SEARCH, POINT_SEARCH.c.rowid == Triage.point_id)
        .where(Triage.is_compared.is_(False), Triage.is_aside.is_(False))
        .order_by(Triage.point_id)
        .limit(most)
    ).all()
    ids = [row.point_id for row in rows]
    if ids:
        known = index(tuple(map(tuple, items)))
        _keep(session, ids, {number: alike(said.split(), known) for number, said in rows})
    return len(ids)


def _keep(session: Session, ids: list[int], found: Mapping[int, Mapping[int, tuple[float, tuple[str, ...]]]]) -> None:
    pairs = session.execute(
        select(RefusedMatch.point_id, RefusedMatch.item_id).where(RefusedMatch.point_id.in_(ids))
    ).all()
    there = {tuple(pair) for pair in pairs}
    made = [
        {
            "point_id": point_id,
            "item_id": item_id,
            "similarity": round(value, 3),
            "words": list(shared),
            "state": MatchState.SUGGESTED,
        }
        for point_id, items in found.items()
        for item_id, (value, shared) in items.items()
        if (point_id, item_id) not in there
    ]
    if made:
        session.execute(insert(RefusedMatch), made)
    session.execute(
        update(Triage)
        .where(Triage.point_id.in_(ids))
        .values(is_compared=True)
        .execution_options(synchronize_session=False)
    )


@lru_cache(maxsize=4)
def index(items: tuple[tuple[int, str], ...]) -> Index:
    """The items (id, text) by the stems of their words; what stands in few of them weighs most.

    >>> found = index(((1, "Bangun jalan layang di Tirto"), (2, "Bangun rumah pompa")))
    >>> found.holds["bangun"], found.weight["bangun"] < found.weight["pompa"]
    ((1, 2), True)
    """
    keys = {number: sorted(_keys(search.stems(said))) for number, said in items}
    spread = Counter(key for held in keys.values() for key in held)
    most = 1 + math.log(1 + len(items))
    weight = {key: (most - math.log(1 + n)) * (LESS if key in _weak() else 1) for key, n in spread.items()}
    holds = {key: tuple(number for number, held in keys.items() if key in held) for key in spread}
    norm = {number: math.sqrt(sum(weight[key] ** 2 for key in held)) for number, held in keys.items()}
    return Index(holds, weight, norm)


def alike(said: Collection[str], known: Index) -> dict[int, tuple[float, tuple[str, ...]]]:
    """The items of which a text's stems say enough: item -> how alike (0 to 1) and by which stems.

    >>> known = index(((1, "Bangun jalan layang di Tirto"), (2, "Bangun rumah pompa")))
    >>> alike(search.stems("Usul jalan layang Tirto dibangun"), known)[1][1]
    ('bangun', 'jalan', 'layang', 'tirto')
    """
    keys = _keys(said)
    shared: dict[int, list[str]] = {}
    for key in sorted(keys & known.holds.keys()):
        for number in known.holds[key]:
            shared.setdefault(number, []).append(key)
    # A word that no item holds is as rare as can be; it says that the text speaks of something else too.
    own = math.sqrt(sum(known.weight.get(key, LESS if key in _weak() else 1.0) ** 2 for key in keys))
    found = {}
    for number, some in shared.items():
        value = sum(known.weight[key] ** 2 for key in some) / (own * known.norm[number])
        if len(some) >= FEWEST and value >= ALIKE:
            found[number] = (value, tuple(some))
    return found


def _keys(said: Collection[str]) -> frozenset[str]:
    return frozenset(key for key in said if len(key) > 2 and key not in _joining())


@lru_cache(maxsize=1)
def _joining() -> frozenset[str]:
    return frozenset(key for said in stopwords() for key in search.stems(said))


@lru_cache(maxsize=1)
def _weak() -> frozenset[str]:
    return frozenset(key for said in weak() for key in search.stems(said))
