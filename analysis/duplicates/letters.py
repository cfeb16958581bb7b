"""Tier three: letters with words of one's own, where several came within days."""

from collections.abc import Sequence

import numpy as np

from analysis.duplicates.merging import merge
from analysis.duplicates.shingles import RUN, chunks, runs

BURST, WINDOW, UNDATED = 3, 7, 2**30
COVERED, FEWEST = 0.33, 10
BLOCK, SPAN = 1 << 20, 1 << 17
LOW = np.uint64(0xFFFFFFFF)


def join(flats: Sequence[str], lengths: np.ndarray, roots: np.ndarray, seed: int, days: np.ndarray) -> np.ndarray:
    """Join texts that are built on the same letter, in place; returns the later text of each join, np.int64 (joins,).

    `flats` holds n different texts, `lengths` their letters, `roots` their groups and `days` the days they came on, all
    np.int64 (n,); `UNDATED` where nobody knows the day.

    A run of three words counts where at least three texts hold it with no more than seven days from one to the next;
    a text without a day counts to the last such burst. Of the texts that such runs cover by a third, each joins one
    earlier text: of those that held such a run first the one that it meets most often, if what they share covers a
    third of the longer and ten words. One, not all: a sentence of one's own that stands in a second letter too must not
    make one of both letters.

    >>> letter = "kami warga menolak rencana pabrik di tepi sungai karena baunya"
    >>> flats = [f"{letter} {own}" for own in ("anak saya sakit", "tambak saya mati", "jalan jadi rusak")]
    >>> roots = np.arange(3)
    >>> join(flats, np.array([len(flat) for flat in flats]), roots, 1, np.array([5, 6, 8])).tolist()
    [1, 2]
    >>> roots.tolist()
    [0, 0, 0]
    """
    order = np.lexsort((np.arange(len(flats)), days))
    ordered = [flats[n] for n in order.tolist()]
    bounds = _bounds(ordered)
    if not bounds[-1]:
        return np.empty(0, dtype=np.int64)
    owner, burst = _bursts(_runs(ordered, lengths[order], bounds, seed), bounds, days[order].astype(np.int32))
    one, other, held = _partners(owner, burst)
    words = np.diff(bounds) + RUN - 1
    wanted = np.maximum(COVERED * np.maximum(words[one], words[other]), FEWEST) - (RUN - 1)
    doubt = np.flatnonzero((held < wanted) & (2 * held >= wanted))
    # the two may share more runs, which somebody else held first
    held[doubt] = _shared(ordered, lengths[order], one[doubt], other[doubt], seed)
    alike = held >= wanted
    one, other = order[one[alike]], order[other[alike]]
    # of a group the first text speaks: one that holds two letters must not take its whole group along
    leads = (roots[other] == other) & (roots[one] != other)
    one, other = one[leads], other[leads]
    merge(roots, one, other)
    return other


def _bounds(flats: Sequence[str]) -> np.ndarray:
    """Where the runs of each text begin."""
    counts = np.fromiter((flat.count(" ") for flat in flats), dtype=np.int64, count=len(flats))
    return np.concatenate([[0], np.cumsum(np.maximum(counts + 2 - RUN, 0))])


def _runs(flats: Sequence[str], lengths: np.ndarray, bounds: np.ndarray, seed: int) -> np.ndarray:
    values = np.empty(bounds[-1], dtype=np.uint64)
    for part in chunks(lengths):
        values[bounds[part.start] : bounds[part.stop]] = runs(flats[part], seed)[0]
    return values


def _often(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Places of the values that stand at least three times, value by value in order, and a number for each value.

    Overwrites `values`, the largest array there is: the place takes the last bits and the value keeps the first, which
    of a million texts are 40 and tell runs apart.
    """
    place_bits = np.uint64(max(len(values) - 1, 1).bit_length())
    for at in range(0, len(values), BLOCK):
        part = values[at : at + BLOCK]
        part >>= place_bits
        part <<= place_bits
        part |= np.arange(at, at + len(part), dtype=np.uint64)
    values.sort()
    new = np.ones(len(values), dtype=bool)
    for at in range(1, len(values), BLOCK):
        part = values[at - 1 : at + BLOCK] >> place_bits
        new[at : at + BLOCK] = part[1:] != part[:-1]
    sizes = np.diff(np.flatnonzero(new), append=len(values))
    often = np.repeat(sizes >= BURST, sizes)
    kind = np.repeat(np.arange(np.count_nonzero(sizes >= BURST), dtype=np.int32), sizes[sizes >= BURST])
    place = values[often]
    place &= (np.uint64(1) << place_bits) - np.uint64(1)
    return place.astype(np.int32 if len(values) < 2**30 else np.int64), kind


def _bursts(values: np.ndarray, bounds: np.ndarray, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Holders of each run that came in a burst, burst by burst: number of the text, number of the burst."""
    place, kind = _often(values)
    del values
    owner = np.repeat(np.arange(len(bounds) - 1, dtype=np.int32), np.diff(bounds))[place]
    once = ~(_as_before(kind) & _as_before(owner))
    place, kind, owner = place[once], kind[once], owner[once]
    day = days[owner]
    late = np.diff(day, prepend=day[:1]) > WINDOW
    burst = np.cumsum(~_as_before(kind) | (late & (day != UNDATED)), dtype=np.int32) - 1
    many = (np.bincount(burst) >= BURST)[burst]
    place, owner, burst = place[many], owner[many], burst[many]
    good = _covered(place, owner, bounds)[owner]
    return owner[good], burst[good]


def _as_before(values: np.ndarray) -> np.ndarray:
    return np.concatenate([[False], values[1:] == values[:-1]])[: len(values)]


def _covered(place: np.ndarray, owner: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """Of which texts the runs at `place` cover a good part of the words, bool (n,)."""
    starts = bounds + np.arange(len(bounds)) * (RUN - 1)
    covered = np.zeros(starts[-1] + 1, dtype=bool)
    word = place + owner * (RUN - 1)
    for offset in range(RUN):
        covered[word + offset] = True
    counted = np.concatenate([[0], np.cumsum(covered, dtype=np.int32)])
    return counted[starts[1:]] - counted[starts[:-1]] >= COVERED * np.diff(starts)


def _partners(owner: np.ndarray, burst: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each later holder of bursts one earlier text, and the number of runs in which they met.

    Partners are the first holders of bursts and nobody else: from one holder to the next a chain would lead astray.
    """
    later = _as_before(burst)
    first = np.maximum.accumulate(np.where(later, 0, np.arange(len(burst), dtype=np.int32)))
    leader, other = owner[first[later]], owner[later]
    found = [np.empty((3, 0), dtype=np.int64)]
    for low in range(0, int(other.max(initial=-1)) + 1, SPAN):
        part = np.flatnonzero((other >= low) & (other < low + SPAN))
        found.append(np.stack(_best(leader[part], other[part])))
    one, other, held = np.concatenate(found, axis=1)
    return one, other, held


def _best(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """For each text in `other` the one in `one` that stands beside it most often, the least where two are as good."""
    keys = other.astype(np.uint64) << np.uint64(32) | one.astype(np.uint64)
    keys.sort()
    begins = np.flatnonzero(~_as_before(keys))
    held = np.diff(begins, append=len(keys))
    one, other = (keys[begins] & LOW).astype(np.int64), (keys[begins] >> np.uint64(32)).astype(np.int64)
    order = np.lexsort((one, -held, other))
    order = order[~_as_before(other[order])]
    return one[order], other[order], held[order]


def _shared(flats: Sequence[str], lengths: np.ndarray, one: np.ndarray, other: np.ndarray, seed: int) -> np.ndarray:
    """How many different runs the two texts of each pair share, np.int64 (pairs,)."""
    found = np.zeros(len(one), dtype=np.int64)
    for part in chunks(lengths[one] + lengths[other]):
        mine, theirs = (_distinct(*runs([flats[n] for n in side[part].tolist()], seed)) for side in (one, other))
        both = np.sort(np.concatenate([mine, theirs]))
        pair = both[_as_before(both)] >> np.uint64(32)
        found[part] = np.bincount(pair.astype(np.int64), minlength=part.stop - part.start)
    return found


def _distinct(values: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """Number of the text and 32 bits of the hash in one key, each key once."""
    owner = np.repeat(np.arange(len(bounds) - 1, dtype=np.uint64), np.diff(bounds))
    keys = np.sort(owner << np.uint64(32) | values & LOW)
    return keys[~_as_before(keys)]
