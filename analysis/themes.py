"""Stage 6b, themes: free clusters for what no codebook theme fits, or for everything where there is no codebook."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

COMPONENTS, PASSES, MOST, SAMPLE = 50, 10, 60, 50_000


def how_many(texts: int) -> int:
    """The number of themes to look for: the root of half the texts, at least 2 and at most 60 (a guess)."""
    return int(min(max(round((texts / 2) ** 0.5), 2), MOST))


def cluster(
    documents: Sequence[Sequence[str]], count: int, seed: int, start: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Group documents (lists of keys) into at most `count` themes.

    TF-IDF, latent semantic analysis (50 components), KMeans on a sample, then hard-EM passes of a multinomial model
    that relabels its own clusters. `start` (n,), with -1 for texts not yet placed, warm-starts the passes from an
    earlier result, so that a few new texts move few old ones. Returns labels (n,), margins (n,) in nats and the
    vocabulary.
    """
    counts, vocabulary = _count(documents)
    if counts.shape[1] == 0:
        return np.zeros(len(documents), dtype=int), np.zeros(len(documents)), []
    count = min(count, len(documents))
    with threadpool_limits(1):
        labels = _start(counts, count, seed) if start is None else start
        for _ in range(PASSES):
            logs = _log_words(counts, labels, count)
            fresh, margins = _assign(counts, logs, labels, count)
            if np.array_equal(fresh, labels):
                break
            labels = fresh
    return labels, margins, vocabulary


def explain(documents: Sequence[Sequence[str]], labels: np.ndarray, count: int) -> list[list[tuple[str, float]]]:
    """The words of each theme by class TF-IDF, the heaviest first."""
    counts, vocabulary = _count(documents)
    if counts.shape[1] == 0:
        return [[] for _ in range(count)]
    sums = np.vstack([np.asarray(counts[labels == k].sum(axis=0)).ravel() for k in range(count)])
    share = sums / np.maximum(sums.sum(axis=1, keepdims=True), 1)
    weight = share * np.log(1 + sums.sum() / count / np.maximum(sums.sum(axis=0), 1))
    order = np.argsort(-weight, axis=1, kind="stable")[:, :12]
    return [
        [(vocabulary[w], round(float(weight[k, w]), 4)) for w in order[k] if weight[k, w] > 0] for k in range(count)
    ]


def _count(documents: Sequence[Sequence[str]]) -> tuple[csr_matrix, list[str]]:
    vectoriser = CountVectorizer(analyzer=lambda keys: [k for k in keys if " " not in k])
    try:
        return vectoriser.fit_transform(documents), list(vectoriser.get_feature_names_out())
    except ValueError:  # no words at all
        return csr_matrix((len(documents), 0)), []


def _start(counts: csr_matrix, count: int, seed: int) -> np.ndarray:
    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    components = min(COMPONENTS, weighted.shape[1] - 1, weighted.shape[0] - 1)
    if components < 2:
        return np.arange(counts.shape[0]) % count
    with np.errstate(divide="ignore", invalid="ignore"):  # equal texts leave no variance to explain
        dense = normalize(TruncatedSVD(components, random_state=seed).fit_transform(weighted))
    dense = dense.round(9)
    means = KMeans(min(count, len(np.unique(dense, axis=0))), n_init=4, random_state=seed)
    means.fit(dense[:: max(len(dense) // SAMPLE, 1)])
    return means.predict(dense)


def _log_words(counts: csr_matrix, labels: np.ndarray, count: int) -> np.ndarray:
    placed = np.flatnonzero(labels >= 0)
    member = csr_matrix((np.ones(placed.size), (labels[placed], placed)), shape=(count, len(labels)))
    sums = (member @ counts).toarray() + 0.1
    return np.log(sums / sums.sum(axis=1, keepdims=True))


def _assign(counts: csr_matrix, logs: np.ndarray, labels: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    sizes = np.bincount(labels[labels >= 0], minlength=count) + 1.0
    scores = counts @ logs.T + np.log(sizes / sizes.sum())
    ranked = np.sort(scores, axis=1)
    margins = ranked[:, -1] - ranked[:, -2] if count > 1 else np.ones(len(labels))
    return scores.argmax(axis=1), margins
