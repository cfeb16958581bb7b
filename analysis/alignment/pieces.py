"""Stage 9b, pieces: paragraphs that came apart, and paragraphs that went into one."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from analysis.alignment.likeness import Compared, shared
from analysis.alignment.links import Links
from analysis.alignment.versions import Version

MADE_OF, MADE_OF_BESIDE = 0.6, 0.4  # so much of a piece stands in the whole; beside another piece less is enough
OF_ITS_OWN = 0.4  # and so much of it in what the other pieces left of the whole
TELLING = 1.0  # what shared words weigh at least where the piece stands apart from the others
BESIDE = 1.1  # how much more it counts that a neighbour is a piece of the same whole
TOGETHER = 0.5  # so much of a whole do all its pieces hold
WHOLLY = 0.9  # so much of each other do a whole and the neighbours hold that are nothing else
ALMOST, LITTLE, BROUGHT = 0.85, 0.5, 0.7  # a part that is like another one counts by what it alone brought


def link_runs(links: Links, old: Version, new: Version, found: Sequence[Compared]) -> None:
    """Link neighbours that are, word for word but for a few, what is one paragraph in the other version.

    Args:
        links: they grow.
        old, new: the versions.
        found: the pairs to choose from.

    >>> from analysis.alignment.likeness import compare
    >>> from analysis.alignment.versions import weigh
    >>> versions, links = weigh(["rob naik", "pompa mati"], ["rob naik pompa mati"]), Links(2, 1)
    >>> link_runs(links, *versions, [compare(*versions, (0, 0)), compare(*versions, (1, 0))])
    >>> links.new
    [[0], [0]]
    """
    merged = [(pair.new, pair.old) for pair in found if pair.shared >= WHOLLY * old.totals[pair.old]]
    split = [(pair.old, pair.new) for pair in found if pair.shared >= WHOLLY * new.totals[pair.new]]
    for whole, run in _runs(merged, new, old):
        if all(links.is_free(part, whole) for part in run):
            for part in run:
                links.add(part, whole)
    for whole, run in _runs(split, old, new):
        if all(links.is_free(whole, part) for part in run):
            for part in run:
                links.add(whole, part)


def _runs(offered: Iterable[tuple[int, int]], wholes: Version, parts: Version) -> list[tuple[int, list[int]]]:
    """The runs of neighbours that make up a whole, by the wholes."""
    inside = defaultdict(set)
    for whole, part in offered:
        if parts.totals[part]:
            inside[whole].add(part)
    found = []
    for whole, members in sorted(inside.items()):
        for first in sorted(members):
            words: Counter[str] = Counter()
            run, size = [], 0.0
            while first + len(run) in members and size < WHOLLY * wholes.totals[whole]:
                part = first + len(run)
                run.append(part)
                words.update(parts.words[part])
                size += parts.totals[part]
            common = shared(words, wholes.words[whole])
            if len(run) > 1 and common >= WHOLLY * max(size, wholes.totals[whole]):
                found.append((whole, run))
                break
    return found


def link_splits(links: Links, old: Version, new: Version, found: Iterable[Compared]) -> None:
    """Link free new paragraphs to the old one of which they are pieces.

    Args:
        links: they grow.
        old, new: the versions.
        found: the pairs to choose from.

    >>> from analysis.alignment.likeness import compare
    >>> from analysis.alignment.versions import weigh
    >>> versions, links = weigh(["rob naik pompa mati"], ["rob naik", "pompa mati"]), Links(1, 2)
    >>> link_splits(links, *versions, [compare(*versions, (0, 0)), compare(*versions, (0, 1))])
    >>> links.new
    [[0, 1]]
    """
    pieces = _pieces(((pair.old, pair.new, pair.shared) for pair in found), links.old, new.totals)
    for whole, part in _gather(pieces, links.new, old, new):
        links.add(whole, part)


def link_merges(links: Links, old: Version, new: Version, found: Iterable[Compared]) -> None:
    """Link free old paragraphs to the new one into which they went.

    Args:
        links: they grow.
        old, new: the versions.
        found: the pairs to choose from.

    >>> from analysis.alignment.likeness import compare
    >>> from analysis.alignment.versions import weigh
    >>> versions, links = weigh(["rob naik", "pompa mati"], ["rob naik pompa mati"]), Links(2, 1)
    >>> links.add(0, 0)
    >>> link_merges(links, *versions, [compare(*versions, (1, 0))])
    >>> links.new
    [[0], [0]]
    """
    pieces = _pieces(((pair.new, pair.old, pair.shared) for pair in found), links.new, old.totals)
    for whole, part in _gather(pieces, links.old, new, old):
        links.add(part, whole)


def _pieces(
    offered: Iterable[tuple[int, int, float]], linked: Sequence[Sequence[int]], totals: Sequence[float]
) -> dict[int, list[int]]:
    """For each whole the free parts that are mostly made of it and of no other one more, the largest first."""
    around = [*linked, []]
    best: dict[int, tuple[float, int, float]] = {}
    for whole, part, common in offered:
        if linked[part]:
            continue
        is_beside = whole in around[part - 1] or whole in around[part + 1]
        if common >= (MADE_OF_BESIDE if is_beside else MADE_OF) * totals[part] and common > 0:
            best[part] = max(best.get(part, (0.0, 0, 0.0)), (common * (BESIDE if is_beside else 1), -whole, common))
    found = defaultdict(list)
    for part in sorted(best, key=lambda p: (-best[p][2], p)):
        found[-best[part][1]].append(part)
    return found


def _gather(
    pieces: Mapping[int, Sequence[int]], linked: Sequence[Sequence[int]], wholes: Version, parts: Version
) -> list[tuple[int, int]]:
    """The pairs of whole and part that hold: each part has something of its own, and together they are the whole."""
    found = []
    for whole, offered in sorted(pieces.items()):
        held, taken = linked[whole], []
        rest = dict(wholes.words[whole])
        for part in held:
            _take(rest, parts.words[part])
        for part in offered:
            near = any(abs(part - other) == 1 for other in chain(held, offered))
            words = parts.words[part]
            own = shared(words, rest)
            is_own = own >= OF_ITS_OWN * parts.totals[part] and (own >= TELLING or near)
            if is_own or _has_brought(words, [parts.words[one] for one in (*held, *taken)], wholes.words[whole], rest):
                taken.append(part)
                _take(rest, words)
        is_whole = sum(rest.values()) <= (1 - TOGETHER) * wholes.totals[whole]
        if len(held) + len(taken) > 1 and is_whole:
            found += [(whole, part) for part in taken]
    return found


def _has_brought(
    part: Mapping[str, float], others: Iterable[Mapping[str, float]], whole: Mapping[str, float], rest: dict[str, float]
) -> bool:
    """Whether what a part has beyond the others is what the whole has beyond them, though it is otherwise like them."""
    if shared(part, whole) < ALMOST * sum(part.values()):
        return False
    beyond = dict(part)
    for other in others:
        _take(beyond, other)
    brought = shared(beyond, rest)
    return brought >= LITTLE and brought >= BROUGHT * sum(beyond.values())


def _take(rest: dict[str, float], words: Mapping[str, float]) -> None:
    """Leave of the weights in `rest` what the words do not hold."""
    for word, weight in words.items():
        if word in rest:
            rest[word] = max(rest[word] - weight, 0.0)
