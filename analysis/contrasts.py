"""Stage 7, contrasts: the words by which a group differs from the others."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from analysis.types import Contrast

CLEAR, FEWEST, MOST = 3.0, 3, 20


def contrasts(
    group: np.ndarray, groups: Sequence[str], present: csr_matrix, speaker: np.ndarray, forms: Sequence[str]
) -> tuple[Contrast, ...]:
    """Log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008) on counts of people.

    Only words with z over 3 that at least three people of the group used; a letter counts once in a group.

    Args:
        group: (n,) numbers into `groups`, -1 for nobody's group.
        present: (n, words), ones.
        speaker: (n,) who speaks in each text.
        forms: the word to show for each column.

    >>> said = csr_matrix(np.kron(np.eye(2), np.ones((20, 1))))
    >>> found = contrasts(np.repeat([0, 1], 20), ("agency", "citizen"), said, np.arange(40), ["izin", "rob"])
    >>> [(row.group, row.term, row.people) for row in found]
    [('agency', 'izin', 20), ('citizen', 'rob', 20)]
    """
    found: list[Contrast] = []
    if not len(group) or not len(groups):
        return ()
    wide = np.int64(speaker.max() + 1)
    rows = np.flatnonzero(group >= 0)
    people, who = np.unique(group[rows].astype(np.int64) * wide + speaker[rows], return_inverse=True)
    by_person = csr_matrix((np.ones(rows.size, dtype=np.float32), (who, rows)), (len(people), len(group))) @ present
    by_person.data[:] = 1
    of_group = (people // wide).astype(np.int64)
    member = csr_matrix((np.ones(len(people), dtype=np.float32), (of_group, np.arange(len(people)))))
    counts = np.asarray((member @ by_person).todense(), dtype=np.float64)
    everywhere = counts.sum(axis=0)
    for number in range(len(counts)):
        found += _of_group(groups[number], counts[number], everywhere, forms)
    return tuple(sorted(found, key=lambda row: row.group))


def _of_group(group: str, own: np.ndarray, everywhere: np.ndarray, forms: Sequence[str]) -> list[Contrast]:
    words = np.flatnonzero(own >= FEWEST)
    count, prior = own[words], everywhere[words]
    size, total, rest = own.sum(), everywhere.sum(), prior - count
    one = (count + prior) / np.maximum(size + total - count - prior, 1e-9)
    other = (rest + prior) / np.maximum(total - size + total - rest - prior, 1e-9)
    z = (np.log(one) - np.log(other)) / np.sqrt(1 / (count + prior) + 1 / (rest + prior))
    clear = [
        Contrast(group, forms[words[i]], round(float(z[i]), 2), int(count[i]), int(count[i]))
        for i in np.flatnonzero(z > CLEAR)
    ]
    return sorted(clear, key=lambda row: (-row.z, row.term))[:MOST]
