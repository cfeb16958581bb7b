"""Stage 6b, learning: a theme's words are joined by the words of the texts that were placed in it."""

import numpy as np
from scipy.sparse import csr_matrix

FEWEST, STRONGEST, STRENGTH, PATIENCE = 3, 1.2, 0.35, 8
LEAST = 0.02
HUMAN = 5


def learn(present: csr_matrix, labels: np.ndarray, count: int, weight: np.ndarray) -> np.ndarray:
    """Weights of words by theme, shape (words, count), float32; 0 where a word says nothing of a theme.

    Log-odds of a word in a theme against the whole with the whole as prior (Monroe, Colaresi and Quinn 2008), shrunk
    by how often it was seen, so that the codebook speaks first. Words in fewer than three texts of a theme teach
    nothing.

    Args:
        present: (texts, words), ones.
        labels: (texts,), the theme a text was placed in; -1 for a text that counts among all texts only.
        count: the number of themes.
        weight: (texts,), how loudly a text teaches: 0 not at all, 1 a machine's placing, 5 (`HUMAN`) a person's mark.

    >>> said = csr_matrix(np.array([[1, 1, 0]] * 4 + [[0, 0, 1]] * 4, dtype=np.float32))
    >>> weights = learn(said, np.repeat([0, 1], 4), 2, np.ones(8))
    >>> bool(weights[1, 0] > 0), float(weights[1, 1])
    (True, 0.0)
    """
    taught = np.flatnonzero((labels >= 0) & (weight > 0))
    who = csr_matrix((weight[taught].astype(np.float32), (labels[taught], taught)), (count, present.shape[0]))
    inside = who @ present
    whole = np.asarray(weight.astype(np.float32) @ present, dtype=np.float64).ravel()
    weights = np.zeros((count, present.shape[1]), dtype=np.float32)
    total = whole.sum()
    for theme in range(count):
        row = slice(inside.indptr[theme], inside.indptr[theme + 1])
        words, times = inside.indices[row], inside.data[row].astype(np.float64)
        size = times.sum()
        odds = np.log((times + 1) / (size + total / 100)) - np.log((whole[words] + 1) / (total + total / 100))
        value = np.minimum(STRENGTH * odds, STRONGEST) * times / (times + PATIENCE)
        weights[theme, words] = np.where((times >= FEWEST) & (value > LEAST), value, 0).round(4)
    return weights.T
