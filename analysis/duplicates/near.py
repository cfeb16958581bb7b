"""Tier two: texts that differ in some letters or words."""

from collections.abc import Sequence

import numpy as np

from analysis.duplicates.merging import merge
from analysis.duplicates.signatures import BINS, sketches

TABLES, STEP, DEPTH, REACH = 16, 4, 8, 2
ALIKE, PHRASE, LEAST = 0.26, 24, 0.34
LOOSE, ROUNDS = 0.7, 16
BLOCK = 1_024
LOW_HALVES, ONES = np.uint64(0x00FF00FF00FF00FF), np.uint64(0x0001000100010001)


def join(flats: Sequence[str], lengths: np.ndarray, roots: np.ndarray, seed: int) -> None:
    """Join texts whose character 5-grams agree, in place.

    `flats` holds n different texts, `lengths` their letters and `roots` their groups, both np.int64 (n,). Each text is
    compared with its neighbours in sixteen orders of the marks (LSH forest: Bawa, Condie and Ganesan 2005), so that the
    work is linear whatever the texts are. The Jaccard index (Broder 1997) is read off the sketches of 256 bins: for a
    text of 100 letters its standard error is about 0.02, for a very long one 0.03.

    >>> flats = ["rob masuk rumah setiap sore di gang kami", "rob masuk rumah setiap sore di gang kamii", "x" * 40]
    >>> roots = np.arange(3)
    >>> join(flats, np.array([40, 41, 40]), roots, 1)
    >>> roots.tolist()
    [0, 0, 2]
    """
    marks, fine = sketches(flats, seed)
    links = []
    for table in range(TABLES):
        one, other = _neighbours(marks, table * STEP)
        apart = roots[one] != roots[other]
        one, other = one[apart], other[apart]
        near = _index(fine, one, other) >= needed(lengths[one] + lengths[other])
        merge(roots, one[near], other[near])
        links.append((one[near], other[near]))
    one, other = (np.concatenate(column) for column in zip(*links, strict=True))
    _cut(fine, lengths, roots, one, other)


def _cut(fine: np.ndarray, lengths: np.ndarray, roots: np.ndarray, one: np.ndarray, other: np.ndarray) -> None:
    """Take out of each group what does not resemble its first text, and group that anew by the same links.

    Without it a chain of short texts, each near to the next, would end far from where it began.
    """
    for left in reversed(range(ROUNDS)):
        member = np.flatnonzero(roots != np.arange(len(roots)))
        first = roots[member]
        far = member[_index(fine, first, member) < LOOSE * needed(lengths[first] + lengths[member])]
        if not far.size:
            return
        out = np.zeros(len(roots), dtype=bool)
        out[far] = True
        roots[far] = far
        both = out[one] & out[other]
        one, other = one[both], other[both]
        if left:
            merge(roots, one, other)


def needed(letters: np.ndarray) -> np.ndarray:
    """The least Jaccard index at which two texts are near, for the letters that both have together.

    A phrase of 24 letters is anybody's: it is taken off what two texts share, and of the rest a quarter must agree; but
    half of two long texts must be the same. So two texts of 40 letters need 0.62, of 100 letters 0.38, from 160 letters
    on 0.34. [the figures were tuned on public Indonesian texts; with one for all lengths short texts chain into one
    group in a hundred thousand]

    >>> needed(np.array([80, 200, 800])).round(2).tolist()
    [0.62, 0.38, 0.34]
    """
    beyond = PHRASE * (1 - ALIKE)
    return np.maximum((ALIKE * letters + beyond) / np.maximum(letters - beyond, 1), LEAST)


def _neighbours(marks: np.ndarray, first: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs that stand next to each other, or one apart, when sorted by eight marks, and agree in the first two."""
    columns = (np.arange(DEPTH) + first) % BINS
    number_bits = np.uint64(max(len(marks) - 1, 1).bit_length())
    keys = np.ascontiguousarray(marks[:, columns]).view(">u8").ravel().astype(np.uint64)
    # the number of the text stands in the last bits: sorting values is twice as fast as sorting places
    keys = keys >> number_bits << number_bits | np.arange(len(marks), dtype=np.uint64)
    keys.sort()
    order = (keys & ((np.uint64(1) << number_bits) - np.uint64(1))).astype(np.int64)
    two = keys >> np.uint64(48)
    close = [np.flatnonzero(two[reach:] == two[:-reach]) for reach in range(1, REACH + 1)]
    ones = np.concatenate([order[at] for at in close])
    return ones, np.concatenate([order[at + reach] for reach, at in enumerate(close, start=1)])


def _index(fine: np.ndarray, one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """The Jaccard index as the sketches have it: bins with the same mark among bins that either fills."""
    found = np.empty(len(one))
    for at in range(0, len(one), BLOCK):
        mine, theirs = fine.take(one[at : at + BLOCK], axis=0), fine.take(other[at : at + BLOCK], axis=0)
        filled = (mine | theirs) != 0
        found[at : at + BLOCK] = _count((mine == theirs) & filled) / np.maximum(_count(filled), 1)
    return found


def _count(flags: np.ndarray) -> np.ndarray:
    """True values of each row of 256, eight at a time (a sum along short rows of bytes takes ten times as long)."""
    eights = flags.view(np.uint64).sum(axis=1)
    halves = (eights & LOW_HALVES) + (eights >> np.uint64(8) & LOW_HALVES)
    return halves * ONES >> np.uint64(48)
