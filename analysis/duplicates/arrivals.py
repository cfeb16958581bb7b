"""One text that arrives when a million are there: what to store of each, and how to find its group."""

from collections.abc import Sequence
from typing import Self

import numpy as np

from analysis.duplicates.near import needed
from analysis.duplicates.shingles import GRAM, lengths_of, mix_wide
from analysis.duplicates.signatures import signatures

BANDS, ROWS, HELD = 21, 3, 4
SMALLEST = 30


def bands(flat: str, seed: int) -> list[int]:
    """What to store of a text so that near-equal ones are found: 21 whole numbers of 64 bits with sign.

    `flat` as `flatten` leaves it. Two texts that have one number in common are candidates (locality-sensitive hashing,
    Indyk and Motwani 1998); `is_near` decides. With a Jaccard index of 0.5 they share one in 94 % of cases, with 0.7 in
    all but 0.02 %. A text of fewer than 30 letters gives none: it is only ever equal to another. A store need not hand
    out every holder of a number: the first four are enough, for a campaign shares all.

    >>> one, other = bands("rob masuk rumah kami setiap sore", 1), bands("rob masuk rumah kami setiap sore ya", 1)
    >>> len(one), len(set(one) & set(other)) > 0, bands("setuju", 1)
    (21, True, [])
    """
    return keys_of([flat], seed)[0].tolist() if len(flat) >= SMALLEST else []


def keys_of(flats: Sequence[str], seed: int) -> np.ndarray:
    """The same for n texts at once, np.int64 (n, 21); zeros for texts of fewer than 30 letters.

    >>> keys_of(["rob masuk rumah kami setiap sore", "setuju"], 1).shape
    (2, 21)
    """
    least = signatures(flats, seed)[:, : BANDS * ROWS].astype(np.uint64)
    keys = np.zeros((len(flats), BANDS), dtype=np.uint64)
    for row in range(ROWS):
        keys = mix_wide(keys + least[:, row::ROWS] + np.uint64(row + 1))
    keys[lengths_of(flats) < SMALLEST] = 0
    return keys.view(np.int64)


def is_near(flat: str, other: str) -> bool:
    """Whether two texts, as `flatten` leaves them, are equal or differ in some letters or words only.

    The 5-grams themselves are counted; `group` reads them off a sketch and may tell otherwise within a few hundredths
    of the border.

    >>> is_near("rob masuk rumah kami setiap sore", "rob masuk rumah kami tiap sore")
    False
    >>> is_near("rob masuk rumah kami setiap sore dan pompa mati", "rob masuk rumah kami stiap sore dan pompa mati")
    True
    """
    if flat == other:
        return True
    if min(len(flat), len(other)) < SMALLEST:
        return False
    mine, theirs = ({text[at : at + GRAM] for at in range(len(text) - GRAM + 1)} for text in (flat, other))
    shared = len(mine & theirs)
    return bool(shared >= needed(np.array(len(flat) + len(other))) * (len(mine) + len(theirs) - shared))


class Index:
    """The bands of n texts in order, to look one more text up in microseconds; 250 bytes a text.

    >>> flats = ["rob masuk rumah kami setiap sore dan pompa mati", "jalan depan pasar berlubang sejak bulan lalu"]
    >>> index = Index.of(flats, seed=1)
    >>> index.find("rob masuk rumah kami stiap sore dan pompa mati", flats), index.find("lampu jalan mati", flats)
    (0, None)
    """

    def __init__(self, keys: np.ndarray, seed: int) -> None:
        """`keys`, np.int64 (n, 21), are the stored bands in the order of the texts, made with the same `seed`.

        Raises ValueError for another shape.
        """
        if keys.ndim != 2 or keys.shape[1] != BANDS:
            raise ValueError(f"keys must have {BANDS} columns, not shape {keys.shape}")
        self._seed = seed
        self._orders = [np.argsort(column, kind="stable").astype(np.int32) for column in keys.T]
        self._sorted = [column[order] for column, order in zip(keys.T, self._orders, strict=True)]

    @classmethod
    def of(cls, flats: Sequence[str], seed: int) -> Self:
        """An index of n texts as `flatten` leaves them."""
        return cls(keys_of(flats, seed), seed)

    def candidates(self, flat: str) -> list[int]:
        """Numbers of stored texts that may be near, those that share most bands first; at most four for each band."""
        found: dict[int, int] = {}
        for key, keys, order in zip(bands(flat, self._seed), self._sorted, self._orders, strict=False):
            at = int(np.searchsorted(keys, key))
            held = order[at : at + HELD][keys[at : at + HELD] == key]
            for number in held.tolist():
                found[number] = found.get(number, 0) + 1
        return sorted(found, key=lambda number: (-found[number], number))

    def find(self, flat: str, flats: Sequence[str]) -> int | None:
        """The number of a stored text that `flat` is near to, or None; `flats` are the texts in their order."""
        return next((number for number in self.candidates(flat) if is_near(flat, flats[number])), None)
