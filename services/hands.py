"""Hands: an order in which people moved themes, one after the other; a move never swaps two others."""

from collections.abc import Iterable, Mapping, Sequence

Tier = tuple[int, ...]  # themes that share a place


def tiers(values: Mapping[int, float]) -> list[Tier]:
    """Themes from the largest value to the smallest; equal values stand together.

    >>> tiers({7: 3.0, 8: 5.0, 9: 3.0})
    [(8,), (7, 9)]
    """
    found: dict[float, list[int]] = {}
    for key in sorted(values):
        found.setdefault(values[key], []).append(key)
    return [tuple(found[value]) for value in sorted(found, reverse=True)]


def moved(order: Sequence[Tier], moves: Iterable[tuple[int, int | None]], values: Mapping[int, float]) -> list[Tier]:
    """An order after people moved themes, one after the other; a move never swaps two others.

    A theme goes before what stands at its new place; None puts it back by its value, without a value out of the order.

    >>> moved([(1,), (2, 3), (4,)], [(4, 1)], {1: 9, 2: 5, 3: 5, 4: 1})
    [(4,), (1,), (2, 3)]
    """
    tiers_ = list(order)
    held: set[int] = set()
    for key, place in moves:
        tiers_ = [rest for tier in tiers_ if (rest := tuple(k for k in tier if k != key))]
        if place is None:
            held.discard(key)
            _put_back(tiers_, key, values, held)
        else:
            held.add(key)
            _put(tiers_, key, place)
    return tiers_


def _put(tiers_: list[Tier], key: int, place: int) -> None:
    ahead = 0
    for at, tier in enumerate(tiers_):
        if ahead + 1 >= place:
            tiers_.insert(at, (key,))
            return
        ahead += len(tier)
    tiers_.append((key,))


def _put_back(tiers_: list[Tier], key: int, values: Mapping[int, float], held: set[int]) -> None:
    if key not in values:
        return
    for at, tier in enumerate(tiers_):
        own = [values[k] for k in tier if k not in held]
        if own and own[0] == values[key]:
            tiers_[at] = tuple(sorted((*tier, key)))
            return
        if own and own[0] < values[key]:
            tiers_.insert(at, (key,))
            return
    tiers_.append((key,))
