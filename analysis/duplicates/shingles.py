"""What is compared: the character 5-grams and the runs of words of many texts at once, as hashes."""

from collections.abc import Iterator, Sequence

import numpy as np

GRAM, RUN = 5, 3
CHUNK_TEXTS, CHUNK_LETTERS = 4_000, 1 << 16
SPACE = np.uint32(32)


def chunks(lengths: np.ndarray) -> Iterator[slice]:
    """Slices of texts that fit the processor's cache: at most 4,000 texts and, but for one long text, 65,536 letters.

    >>> list(chunks(np.array([10, 300_000, 10])))
    [slice(0, 1, None), slice(1, 2, None), slice(2, 3, None)]
    """
    ends = np.cumsum(lengths)
    at = 0
    while at < len(lengths):
        before = ends[at - 1] if at else 0
        fits = int(np.searchsorted(ends, before + CHUNK_LETTERS, side="right"))
        stop = min(max(fits, at + 1), at + CHUNK_TEXTS, len(lengths))
        yield slice(at, stop)
        at = stop


def lengths_of(flats: Sequence[str]) -> np.ndarray:
    """Letters of each text, np.int64 (n,).

    >>> lengths_of(["rob", ""]).tolist()
    [3, 0]
    """
    return np.fromiter(map(len, flats), dtype=np.int64, count=len(flats))


def grams(flats: Sequence[str], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Hashes of all character 5-grams, text after text, and where each text begins.

    `flats` holds n texts, each as `flatten` leaves it (lone surrogates are read like any letter). Returns uint32 (m,)
    and np.int64 (n + 1,); a text of fewer than five letters has none. A gram is a polynomial of its letters with odd
    factors drawn from `seed`, then mixed.

    >>> values, bounds = grams(["rob masuk", "rob"], 1)
    >>> len(values), bounds.tolist()
    (5, [0, 5, 5])
    """
    letters = _letters(flats)
    lengths = lengths_of(flats)
    bounds = np.concatenate([[0], np.cumsum(np.maximum(lengths - GRAM + 1, 0))])
    if bounds[-1] == 0:
        return np.empty(0, dtype=np.uint32), bounds
    wide = len(letters) - GRAM + 1
    rolled = np.zeros(wide, dtype=np.uint32)
    for offset, factor in enumerate(_factors(seed, GRAM)):
        rolled += letters[offset : offset + wide] * factor
    ends = np.repeat(np.cumsum(lengths + 1) - 1, lengths + 1)[:wide]
    return mix(rolled[np.arange(GRAM, wide + GRAM) <= ends]), bounds


def runs(flats: Sequence[str], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Hashes of all runs of three words, text after text, and where each text begins.

    `flats` as for `grams`, none of them empty. Returns uint64 (m,) and np.int64 (n + 1,); a text of w words has
    max(w - 2, 0) runs.

    >>> values, bounds = runs(["rob masuk rumah kami", "rob masuk rumah"], 1)
    >>> bounds.tolist(), bool(values[0] == values[2])
    ([0, 2, 3], True)
    """
    words, counts = _words(flats, seed)
    bounds = np.concatenate([[0], np.cumsum(np.maximum(counts - RUN + 1, 0))])
    if bounds[-1] == 0:
        return np.empty(0, dtype=np.uint64), bounds
    wide = len(words) - RUN + 1
    rolled = np.zeros(wide, dtype=np.uint64)
    for offset in range(RUN):
        rolled = mix_wide(rolled + words[offset : offset + wide])
    ends = np.repeat(np.cumsum(counts), counts)[:wide]
    return rolled[np.arange(RUN, wide + RUN) <= ends], bounds


def _words(flats: Sequence[str], seed: int) -> tuple[np.ndarray, np.ndarray]:
    """A hash of each word, and the number of words of each text."""
    letters = _letters(flats)
    ends = np.flatnonzero(letters == SPACE)
    starts = np.concatenate([[0], ends[:-1] + 1])
    factor = _factors(seed, 1)[0]
    powers = np.multiply.accumulate(np.full(len(letters), factor), dtype=np.uint32)
    # a word is a polynomial of its letters: the difference of two sums, brought down to the power of its first letter
    sums = np.concatenate([np.zeros(1, dtype=np.uint32), np.cumsum(letters * powers, dtype=np.uint32)])
    words = (sums[ends] - sums[starts]) * _inverse(powers[starts])
    counts = np.fromiter((flat.count(" ") + 1 for flat in flats), dtype=np.int64, count=len(flats))
    return mix(words).astype(np.uint64), counts


def _inverse(odd: np.ndarray) -> np.ndarray:
    """What gives 1 (modulo 2**32) when multiplied with an odd number; each of Newton's steps doubles the right bits."""
    found = odd.copy()
    for _ in range(4):
        found *= np.uint32(2) - odd * found
    return found


def _letters(flats: Sequence[str]) -> np.ndarray:
    """Code points of the texts, one space after each."""
    return np.frombuffer((" ".join(flats) + " ").encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _factors(seed: int, count: int) -> list[np.uint32]:
    drawn = mix_wide(np.arange(1, count + 1, dtype=np.uint64) + np.uint64((seed * 1_000_003) % (1 << 63)))
    return [np.uint32(value | 1) for value in (drawn >> np.uint64(32)).tolist()]


def mix(values: np.ndarray) -> np.ndarray:
    """Spread uint32 values evenly, in place (finaliser of MurmurHash3, Appleby 2011, public domain).

    >>> len(set(mix(np.arange(100, dtype=np.uint32)).tolist()))
    100
    """
    return _spread(values, (16, 13, 16), (0x85EBCA6B, 0xC2B2AE35))


def mix_wide(values: np.ndarray) -> np.ndarray:
    """Spread uint64 values evenly, in place (the same for 64 bits).

    >>> len(set(mix_wide(np.arange(100, dtype=np.uint64)).tolist()))
    100
    """
    return _spread(values, (33, 33, 33), (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53))


def _spread(values: np.ndarray, shifts: tuple[int, int, int], factors: tuple[int, int]) -> np.ndarray:
    kind = values.dtype.type
    for shift, factor in zip(shifts, factors, strict=False):
        values ^= values >> kind(shift)
        values *= kind(factor)
    values ^= values >> kind(shifts[-1])
    return values
