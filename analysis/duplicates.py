"""Stage 3, duplicates: equal, near-equal and built on the same letter; grouped, never deleted."""

import re
import zlib
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

SHINGLE, VALUES, BANDS, ROWS = 5, 63, 21, 3
NEAR, TEMPLATE, SMALLEST = 0.5, 0.7, 30
SPACES = re.compile(r"[\W_]+")
PRIME = np.uint64((1 << 61) - 1)


def flatten(text: str) -> str:
    """Letters and digits only, single spaces: what two sendings share when they say the same.

    >>> flatten("Rob,  MASUK rumah!!")
    'rob masuk rumah'
    """
    return SPACES.sub(" ", text.lower()).strip()


def shingles(flat: str) -> np.ndarray:
    """Hashes of the distinct character 5-grams, sorted (uint64); a shorter text is its own only one."""
    grams = {flat[i : i + SHINGLE] for i in range(max(len(flat) - SHINGLE + 1, 1))}
    return np.array(sorted(zlib.crc32(g.encode()) for g in grams), dtype=np.uint64)


def group(flats: Sequence[str], seed: int) -> list[int]:
    """For each text the number of its group (the first text of the group stands for it).

    Equal texts first; of the others those whose MinHash bands meet and whose 5-grams agree at least half (Jaccard);
    then texts that hold at least 70 % of a group's letter beside words of their own.
    """
    parent = list(range(len(flats)))
    first: dict[str, int] = {}
    for number, flat in enumerate(flats):
        parent[number] = first.setdefault(flat, number)
    distinct = [n for n in first.values() if len(flats[n]) >= SMALLEST]
    grams = {n: shingles(flats[n]) for n in distinct}
    for a, b in sorted(_candidates(distinct, grams, seed)):
        if _jaccard(grams[a], grams[b]) >= NEAR:
            _join(parent, a, b)
    _join_templates(parent, distinct, grams)
    return [_root(parent, n) for n in range(len(flats))]


def _candidates(numbers: list[int], grams: dict[int, np.ndarray], seed: int) -> set[tuple[int, int]]:
    draw = np.random.default_rng(seed)
    slope = draw.integers(1, 1 << 31, VALUES, dtype=np.uint64)
    shift = draw.integers(0, 1 << 31, VALUES, dtype=np.uint64)
    buckets: dict[tuple[int, bytes], int] = {}
    pairs = set()
    for number in numbers:
        signature = ((grams[number][:, None] * slope + shift) % PRIME).min(axis=0)
        for band in range(BANDS):
            key = (band, signature[band * ROWS : (band + 1) * ROWS].tobytes())
            earlier = buckets.setdefault(key, number)
            if earlier != number:
                pairs.add((earlier, number))
    return pairs


def _jaccard(a: np.ndarray, b: np.ndarray) -> float:
    shared = np.intersect1d(a, b, assume_unique=True).size
    return shared / (a.size + b.size - shared)


def _join_templates(parent: list[int], numbers: list[int], grams: dict[int, np.ndarray]) -> None:
    groups: dict[int, list[int]] = defaultdict(list)
    for number in range(len(parent)):
        groups[_root(parent, number)].append(number)
    letters = [root for root, members in groups.items() if len(members) >= 2 and root in grams]
    for root in letters:
        core = grams[root]
        for number in numbers:
            if _root(parent, number) != _root(parent, root):
                shared = np.intersect1d(core, grams[number], assume_unique=True).size
                if shared / core.size >= TEMPLATE:
                    _join(parent, root, number)


def _root(parent: list[int], number: int) -> int:
    while parent[number] != number:
        parent[number] = parent[parent[number]]
        number = parent[number]
    return number


def _join(parent: list[int], a: int, b: int) -> None:
    low, high = sorted((_root(parent, a), _root(parent, b)))
    parent[high] = low
