"""Groups from pairs, and how large they are."""

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components


def merge(roots: np.ndarray, one: np.ndarray, other: np.ndarray) -> None:
    """Join the groups of each pair, in place.

    `roots` holds for each of n texts the least number of its group, np.int64 (n,); `one` and `other` are numbers of
    texts, np.int64 (pairs,).

    >>> roots = np.arange(5)
    >>> merge(roots, np.array([4, 3]), np.array([3, 1]))
    >>> roots.tolist()
    [0, 1, 2, 1, 1]
    """
    if not one.size:
        return
    left, right = roots[one], roots[other]
    # numbered by marking them: to sort millions of pairs would take three times as long
    is_meant = np.zeros(len(roots), dtype=bool)
    is_meant[left] = is_meant[right] = True
    names = np.flatnonzero(is_meant)
    number = np.empty(len(roots), dtype=np.int32 if len(roots) < 2**31 else np.int64)
    number[names] = np.arange(len(names))
    left, right = number[left], number[right]
    links = coo_array((np.ones(len(one), dtype=np.int8), (left, right)), shape=(len(names), len(names)))
    _, part = connected_components(links, directed=False)
    least = np.full(part.max() + 1, len(roots), dtype=np.int64)
    np.minimum.at(least, part, names)
    now = np.arange(len(roots))
    now[names] = least[part]
    roots[:] = now[roots]


def sizes(roots: np.ndarray) -> np.ndarray:
    """How many texts stand in the group of each, np.int64 (n,); `roots` as for `merge`.

    >>> sizes(np.array([0, 1, 0])).tolist()
    [2, 1, 2]
    """
    return np.bincount(roots, minlength=len(roots))[roots]
