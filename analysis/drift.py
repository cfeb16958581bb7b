"""Drift: what a fit from nothing would change of the themes that stand; a warm fit keeps old mistakes too."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from analysis.types import Theme

FEW = 3


@dataclass(frozen=True, slots=True)
class Flow:
    """Texts that stand in `before` and would stand in `after`; None is no theme."""

    before: str | None
    after: str | None
    texts: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A theme that only the fit from nothing has, with the themes most of its texts stand in now."""

    name: str
    texts: int
    out_of: tuple[tuple[str | None, int], ...]


@dataclass(frozen=True, slots=True)
class Drift:
    """How two placings of the same texts differ; `agreement` is the adjusted Rand index, 1 for the same groups."""

    texts: int
    moved: int
    agreement: float
    flows: tuple[Flow, ...]
    proposals: tuple[Proposal, ...]


def compare(before: Mapping[str, str | None], themes: Sequence[Theme]) -> Drift:
    """Hold the themes of a fit from nothing against where the texts stand.

    A free theme of the fit is the standing theme with which it shares most, where that is more than half of both; ids
    and names say nothing there, because they come from the words. Every other free theme is a proposal. Source of the
    index: Hubert and Arabie 1985.

    Args:
        before: id of each text and the theme it stands in, None for none.
        themes: themes of the fit. Texts of theirs that `before` does not know are left out.

    >>> compare({"1": "A", "2": "A", "3": None}, []).moved
    2
    """
    after: dict[str, int] = {}
    for number, theme in enumerate(themes):
        after.update(dict.fromkeys((member for member in theme.members if member in before), number))
    pairs = Counter((place, after.get(text)) for text, place in before.items())
    known = _same(pairs, themes, Counter(before.values()))
    moves: Counter[tuple[str | None, str | None]] = Counter()
    for (place, number), n in pairs.items():
        if number is None or number in known:
            moves[place, None if number is None else known[number]] += n
    fresh = [number for number in range(len(themes)) if number not in known]
    proposals = [
        _proposal(themes[number].name, {place: n for (place, at), n in pairs.items() if at == number})
        for number in fresh
    ]
    flows = [Flow(one, other, n) for (one, other), n in moves.items() if one != other]
    return Drift(
        texts=len(before),
        moved=sum(flow.texts for flow in flows) + sum(proposal.texts for proposal in proposals),
        agreement=_agreement(pairs),
        flows=tuple(sorted(flows, key=lambda f: (-f.texts, f.before or "", f.after or ""))),
        proposals=tuple(sorted((p for p in proposals if p.texts), key=lambda p: (-p.texts, p.name))),
    )


def _same(
    pairs: Mapping[tuple[str | None, int | None], int], themes: Sequence[Theme], sizes: Mapping[str | None, int]
) -> dict[int, str]:
    """Which standing theme each theme of the fit is; those of a codebook are known by their ids."""
    known = {number: theme.id for number, theme in enumerate(themes) if not theme.is_proposed}
    whole: Counter[int] = Counter()
    for (_, number), n in pairs.items():
        if number is not None:
            whole[number] += n
    coded = set(known.values())
    for (place, number), n in pairs.items():
        is_free = number is not None and number not in known and place is not None and place not in coded
        if is_free and 2 * n > whole[number] and 2 * n > sizes[place]:
            known[number] = place
    return known


def _proposal(name: str, places: Mapping[str | None, int]) -> Proposal:
    most = sorted(places.items(), key=lambda pair: (-pair[1], pair[0] or ""))
    return Proposal(name, sum(places.values()), tuple(most[:FEW]))


def _agreement(pairs: Mapping[tuple[str | None, int | None], int]) -> float:
    """The adjusted Rand index of two placings, from how many texts stand in each pair of themes."""
    one: Counter[str | None] = Counter()
    other: Counter[int | None] = Counter()
    for (place, number), n in pairs.items():
        one[place] += n
        other[number] += n
    together = sum(comb(n, 2) for n in pairs.values())
    here, there = (sum(comb(n, 2) for n in side.values()) for side in (one, other))
    every = comb(sum(pairs.values()), 2)
    chance = here * there / every if every else 0.0
    most = (here + there) / 2
    return 1.0 if most == chance else round((together - chance) / (most - chance), 4)
