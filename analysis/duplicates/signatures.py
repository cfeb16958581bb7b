"""What is kept of a text to compare it: the least 5-gram hash in each of 256 and of 64 bins."""

from collections.abc import Sequence

import numpy as np

from analysis.duplicates.shingles import chunks, grams, lengths_of, mix_wide

BINS, FINE = 64, 256
BIN_BITS, FINE_BITS = 6, 8
TRIES = 8
EMPTY = np.uint32(0xFFFFFFFF)


def sketches(flats: Sequence[str], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Marks to find neighbours by, uint8 (n, 64), and a sketch to compare them by, uint8 (n, 256), of n texts.

    One permutation split into bins (Li, Owen and Zhang 2012), of each value eight bits (Li and König 2010). An empty
    bin is 0 in the sketch; among the marks it borrows (`signatures`). A text of fewer than five letters has zeros.

    >>> marks, sketch = sketches(["rob masuk rumah", "rob masuk rumah kami"], 1)
    >>> marks.shape, int((sketch[0] > 0).sum()), int(((sketch[0] == sketch[1]) & (sketch[0] > 0)).sum())
    ((2, 64), 11, 10)
    """
    marks = np.empty((len(flats), BINS), dtype=np.uint8)
    fine = np.empty((len(flats), FINE), dtype=np.uint8)
    for part in chunks(lengths_of(flats)):
        least = _least(*grams(flats[part], seed))
        byte = np.maximum(least.astype(np.uint8), 1)
        byte[least == EMPTY] = 0
        fine[part] = byte.reshape(-1, FINE)
        marks[part] = _fill(_fold(least), seed)
    return marks, fine


def signatures(flats: Sequence[str], seed: int) -> np.ndarray:
    """The least hash in each of 64 bins, uint32 (n, 64); an empty bin borrows one.

    It asks bins drawn at random until one is full (Shrivastava 2017), and after eight tries the next one. A text of
    fewer than five letters has zeros.

    >>> one, other = signatures(["rob masuk rumah kami", "rob masuk rumah kami"], 1)
    >>> bool((one == other).all())
    True
    """
    found = np.empty((len(flats), BINS), dtype=np.uint32)
    for part in chunks(lengths_of(flats)):
        found[part] = _fill(_fold(_least(*grams(flats[part], seed))), seed)
    return found


def _least(values: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    texts = len(bounds) - 1
    place = np.repeat(np.arange(0, texts * FINE, FINE), np.diff(bounds))
    place += values >> np.uint32(32 - FINE_BITS)
    least = np.full(texts * FINE, EMPTY)
    np.minimum.at(least, place, values)
    return least


def _fold(least: np.ndarray) -> np.ndarray:
    """Four fine bins make one."""
    return np.minimum(np.minimum(least[0::4], least[1::4]), np.minimum(least[2::4], least[3::4]))


def _fill(least: np.ndarray, seed: int) -> np.ndarray:
    filled = least.copy()
    empty = np.flatnonzero(least == EMPTY)
    for lender in _lenders(seed):
        lent = least[empty - empty % BINS + lender[empty % BINS]]
        filled[empty] = lent
        empty = empty[lent == EMPTY]
    filled, rows = filled.reshape(-1, BINS), np.unique(empty // BINS)
    filled[rows] = _next_full(least.reshape(-1, BINS)[rows], filled[rows])
    return filled


def _next_full(least: np.ndarray, filled: np.ndarray) -> np.ndarray:
    """For bins that are empty still, the next full one round the ring; zeros where none is."""
    ring = np.tile(least, 2)
    ahead = np.where(ring != EMPTY, np.arange(2 * BINS), 2 * BINS)
    following = np.minimum.accumulate(ahead[:, ::-1], axis=1)[:, ::-1][:, :BINS]
    lent = np.take_along_axis(ring, np.minimum(following, 2 * BINS - 1), axis=1)
    found = np.where(filled == EMPTY, lent, filled)
    found[found == EMPTY] = 0
    return found


def _lenders(seed: int) -> np.ndarray:
    """For each try and each bin the bin that is asked, (tries, 64)."""
    drawn = np.arange(TRIES * BINS, dtype=np.uint64) + np.uint64((seed * 7_919 + 1) % (1 << 63))
    return (mix_wide(drawn) >> np.uint64(64 - BIN_BITS)).astype(np.int64).reshape(TRIES, BINS)
