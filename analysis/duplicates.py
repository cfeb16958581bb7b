"""Stage 3, duplicates: equal, near-equal and built on the same letter; grouped, never deleted."""

import re
import zlib
from collections.abc import Iterator, Sequence

import numpy as np

SHINGLE, BINS, ROWS = 5, 64, 3
NEAR, LIKELY, COVERED, SMALLEST = 0.5, 0.3, 0.45, 30
RUN, BURST, FEWEST_RUNS = 5, 3, 4
CHUNK = 4_000
SPACES = re.compile(r"[\W_]+")
FACTOR = np.uint64(0x9E3779B97F4A7C15)
EMPTY = np.uint64(0xFFFFFFFFFFFFFFFF)


def flatten(text: str) -> str:
    """Letters and digits only, single spaces: what two sendings share when they say the same.

    >>> flatten("Rob,  MASUK rumah!!")
    'rob masuk rumah'
    """
    return SPACES.sub(" ", text.lower()).strip()


def group(flats: Sequence[str], seed: int) -> tuple[list[int], set[int]]:
    """For each text the number of the first text of its group; and the groups that only a letter holds together.

    Three tiers: equal texts; texts whose MinHash bands meet and whose character 5-grams agree at least half
    (Jaccard); texts of which nearly half is a run of words that at least three texts share (a letter with words of
    one's own). Short texts join only when they are equal. Method: Broder 1997; Li, Owen and Zhang 2012 (one
    permutation), Shrivastava 2017 (empty bins).

    >>> group(["rob masuk rumah"] * 2 + ["jalan rusak"], 1)[0]
    [0, 0, 2]
    """
    parent = list(range(len(flats)))
    first: dict[str, int] = {}
    for number, flat in enumerate(flats):
        parent[number] = first.setdefault(flat, number)
    distinct = [n for n in first.values() if len(flats[n]) >= SMALLEST]
    _join_near(parent, distinct, flats, seed)
    by_letter = _join_letters(parent, distinct, flats)
    return [_root(parent, n) for n in range(len(flats))], {_root(parent, n) for n in by_letter}


def _join_near(parent: list[int], numbers: list[int], flats: Sequence[str], seed: int) -> None:
    signatures, grams = [], {}
    for at in range(0, len(numbers), CHUNK):
        chunk = numbers[at : at + CHUNK]
        values, bounds = _shingles([flats[n] for n in chunk], seed)
        signatures.append(_signatures(values, bounds))
        for place, number in enumerate(chunk):
            grams[number] = values[bounds[place] : bounds[place + 1]]
    if not signatures:
        return
    for a, b in _candidates(np.vstack(signatures)):
        one, other = numbers[a], numbers[b]
        if _root(parent, one) != _root(parent, other) and _jaccard(grams[one], grams[other]) >= NEAR:
            _join(parent, one, other)


def _shingles(flats: Sequence[str], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Hashes (uint64) of all character 5-grams, text after text, and where each text begins."""
    points = np.frombuffer("".join(flats).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    lengths = np.array([len(flat) for flat in flats])
    starts = np.concatenate([[0], np.cumsum(lengths)])
    rolled = np.full(len(points) - SHINGLE + 1, np.uint64(seed), dtype=np.uint64)
    for offset in range(SHINGLE):
        rolled = _mix(rolled + points[offset : offset + len(rolled)])
    inside = np.concatenate([np.arange(starts[i], starts[i + 1] - SHINGLE + 1) for i in range(len(flats))])
    return rolled[inside], np.concatenate([[0], np.cumsum(lengths - SHINGLE + 1)])


def _mix(values: np.ndarray) -> np.ndarray:
    mixed = values * FACTOR
    return mixed ^ (mixed >> np.uint64(29))


def _signatures(values: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """The least hash in each of 64 bins, shape (texts, 64); an empty bin borrows from the next full one."""
    texts = len(bounds) - 1
    owner = np.repeat(np.arange(texts), np.diff(bounds))
    place = owner * BINS + (values >> np.uint64(58)).astype(np.int64)
    found = np.full(texts * BINS, EMPTY)
    np.minimum.at(found, place, values)
    found = found.reshape(texts, BINS)
    for step in range(1, BINS):
        empty = found == EMPTY
        if not empty.any():
            break
        borrowed = np.roll(found, -1, axis=1)
        found = np.where(empty & (borrowed != EMPTY), _mix(borrowed + np.uint64(step)), found)
    return found


def _candidates(signatures: np.ndarray) -> Iterator[tuple[int, int]]:
    """Pairs of rows that agree in a band of three values and in a good part of all."""
    found = []
    for at in range(0, BINS - ROWS + 1, ROWS):
        band = np.zeros(len(signatures), dtype=np.uint64)
        for row in range(ROWS):
            band = _mix(band + signatures[:, at + row])
        order = np.argsort(band, kind="stable")
        same = np.concatenate([[False], band[order][1:] == band[order][:-1]])
        leader = np.maximum.accumulate(np.where(same, 0, np.arange(len(order))))
        later = np.flatnonzero(same)
        found += [
            np.stack([order[leader[later]], order[later]], axis=1),
            np.stack([order[later - 1], order[later]], axis=1),
        ]
    pairs = np.unique(np.concatenate(found), axis=0)
    alike = (signatures[pairs[:, 0]] == signatures[pairs[:, 1]]).mean(axis=1) >= LIKELY
    yield from pairs[alike].tolist()


def _jaccard(a: np.ndarray, b: np.ndarray) -> float:
    one, other = np.unique(a), np.unique(b)
    shared = np.intersect1d(one, other, assume_unique=True).size
    return shared / (one.size + other.size - shared)


def _join_letters(parent: list[int], numbers: list[int], flats: Sequence[str]) -> set[int]:
    """Join texts of which a shared run of words covers nearly half; returns one number of each join."""
    lists = [flats[n].split() for n in numbers]
    sizes = np.array([len(words) for words in lists], dtype=np.int64)
    if not sizes.size or sizes.sum() < RUN:
        return set()
    codes = np.array([zlib.crc32(word.encode("utf-8", "replace")) for words in lists for word in words], np.uint64)
    owner = np.repeat(np.arange(len(lists)), sizes)
    runs = np.zeros(len(codes) - RUN + 1, dtype=np.uint64)
    for offset in range(RUN):
        runs = _mix(runs + codes[offset : offset + len(runs)])
    runs = np.where(owner[: len(runs)] == owner[RUN - 1 :], runs, EMPTY)
    _, kind, times = np.unique(runs, return_inverse=True, return_counts=True)
    shared = (times[kind] >= BURST) & (runs != EMPTY)
    covered = np.zeros(len(codes), dtype=bool)
    for offset in range(RUN):
        covered[offset : offset + len(runs)] |= shared
    share = np.bincount(owner, weights=covered, minlength=len(lists)) / np.maximum(sizes, 1)
    return _join_covered(parent, numbers, kind, shared & (share[owner[: len(runs)]] >= COVERED), owner)


def _join_covered(
    parent: list[int], numbers: list[int], kind: np.ndarray, kept: np.ndarray, owner: np.ndarray
) -> set[int]:
    """Join each text with the first that holds the same run, where a good part of their runs agree."""
    places = np.flatnonzero(kept)
    first: dict[int, int] = {}
    pairs = dict.fromkeys((first.setdefault(int(kind[p]), int(owner[p])), int(owner[p])) for p in places)
    bounds = np.searchsorted(owner[: len(kind)], np.arange(len(numbers) + 1))
    joined: set[int] = set()
    for one, other in pairs:
        if _root(parent, numbers[one]) == _root(parent, numbers[other]):
            continue
        mine, theirs = (np.unique(kind[bounds[n] : max(bounds[n + 1] - RUN + 1, bounds[n])]) for n in (one, other))
        shared = np.intersect1d(mine, theirs, assume_unique=True).size
        # n runs in one stretch cover n + RUN - 1 words
        if shared + RUN - 1 >= COVERED * (max(mine.size, theirs.size) + RUN - 1) and shared >= FEWEST_RUNS:
            _join(parent, numbers[one], numbers[other])
            joined.add(numbers[one])
    return joined


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _join(parent: list[int], a: int, b: int) -> None:
    low, high = sorted((_root(parent, a), _root(parent, b)))
    parent[high] = low
