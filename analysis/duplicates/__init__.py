"""Stage 3, duplicates: equal, near-equal and built on the same letter; grouped, never deleted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.duplicates import letters, near
from analysis.duplicates.arrivals import SMALLEST, Index, bands, is_near
from analysis.duplicates.shingles import lengths_of

__all__ = ["Groups", "Index", "bands", "flatten", "group", "is_near"]

FEWEST_WORDS = 6
SPACES = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """Which texts are one: `roots`, np.int64 (n,), holds for each text the number of the first text of its group.

    `letters` are the roots of groups that only a letter holds together. `short` are the roots of groups of two or more
    texts of which none has six words: many people write "setuju", and that is no campaign. `equal`, np.int64 (n,), is
    the first text that says the same letter for letter.
    """

    roots: np.ndarray
    letters: frozenset[int]
    short: frozenset[int]
    equal: np.ndarray


def flatten(text: str) -> str:
    """Letters and digits only, single spaces: what two sendings share when they say the same.

    >>> flatten("Rob,  MASUK rumah!!")
    'rob masuk rumah'
    """
    return SPACES.sub(" ", text.lower()).strip()


def group(flats: Sequence[str], seed: int, days: Sequence[int | None] | np.ndarray | None = None) -> Groups:
    """Group the texts that say the same in the same words.

    `flats` holds n texts as `flatten` leaves them, in an order that does not depend on how they came in (by id);
    `days` the day each came on, counted from any day (None where nobody knows, or for all of them).

    Three tiers: equal texts; texts whose character 5-grams agree (`near.join`); texts that share a letter and were sent
    within days of one another (`letters.join`). Of equal texts the earliest day counts. Texts of fewer than 30 letters
    join only when they are equal. The same input and seed give the same groups, and the work grows with the number of
    letters, whatever they are. Raises ValueError where `days` has another length, or a day of 2**30 or more.

    >>> found = group(["rob masuk rumah"] * 2 + ["jalan rusak"], 1)
    >>> found.roots.tolist(), found.letters, found.short
    ([0, 0, 2], frozenset(), frozenset({0}))
    """
    known = _days(days, len(flats))
    first: dict[str, int] = {}
    equal = np.fromiter((first.setdefault(flat, n) for n, flat in enumerate(flats)), dtype=np.int64, count=len(flats))
    np.minimum.at(known, equal, known)
    numbers = np.fromiter((n for flat, n in first.items() if len(flat) >= SMALLEST), dtype=np.int64)
    distinct = [flats[n] for n in numbers.tolist()]
    del first
    lengths, parts = lengths_of(distinct), np.arange(len(distinct))
    joined = np.empty(0, dtype=np.int64)
    if len(distinct) > 1:
        near.join(distinct, lengths, parts, seed)
        joined = letters.join(distinct, lengths, parts, seed, known[numbers])
    ends = np.arange(len(flats))
    ends[numbers] = numbers[parts]
    roots = ends[equal]
    return Groups(roots, frozenset(roots[numbers[joined]].tolist()), _short(flats, roots), equal)


def _days(days: Sequence[int | None] | np.ndarray | None, count: int) -> np.ndarray:
    if days is None:
        return np.full(count, letters.UNDATED, dtype=np.int64)
    known = np.fromiter((letters.UNDATED if day is None else day for day in days), dtype=np.int64)
    if len(known) != count or known.max(initial=0) > letters.UNDATED:
        raise ValueError(f"one day below {letters.UNDATED} is needed for each of {count} texts")
    return known


def _short(flats: Sequence[str], roots: np.ndarray) -> frozenset[int]:
    sizes = np.bincount(roots, minlength=len(flats))
    members = np.flatnonzero(sizes[roots] > 1)
    wordy = {root for n, root in zip(members.tolist(), roots[members].tolist(), strict=True) if _is_wordy(flats[n])}
    return frozenset(np.flatnonzero(sizes > 1).tolist()) - wordy


def _is_wordy(flat: str) -> bool:
    return flat.count(" ") + 1 >= FEWEST_WORDS
