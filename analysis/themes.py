"""Stage 6c, themes: free clusters for what no codebook theme fits, or for everything where there is no codebook."""

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

COMPONENTS, MANY_COMPONENTS, MANY_THEMES = 50, 100, 40
PASSES, MOST, SAMPLE, SMOOTHING = 10, 60, 50_000, 0.1
ENOUGH_TO_DROP_LONE_WORDS = 100


def how_many(texts: int) -> int:
    """The number of themes to look for: the root of half the texts, at least 2 and at most 60 (a guess)."""
    return int(min(max(round((texts / 2) ** 0.5), 2), MOST))


def cluster(
    documents: Sequence[Sequence[str]],
    count: int,
    seed: int,
    start: np.ndarray | None = None,
    fixed: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Group documents (lists of stems) into at most `count` themes.

    TF-IDF, latent semantic analysis (50 components, 100 for many themes), KMeans on a sample, then hard-EM passes of
    a multinomial model that relabels its own clusters: each assignment is a sum of word weights. `start` (n,), with
    -1 for texts not yet placed, warm-starts the passes from an earlier result, so that a few new texts move few old
    ones. `fixed` (n,), -1 where free, numbers the themes that people named; those come after the free ones and their
    texts stay. Returns labels (n,) and margins (n,) in nats.
    """
    counts, _ = _count(documents)
    pins = np.full(len(documents), -1) if fixed is None else fixed
    if counts.shape[1] == 0:
        return np.maximum(pins, 0), np.zeros(len(documents))
    with threadpool_limits(1):
        labels = _start(counts, min(count, len(documents)), seed) if start is None else start
        total = int(labels.max()) + 1
        labels = np.where(pins >= 0, pins + total, labels)
        total = int(labels.max()) + 1
        for _ in range(PASSES):
            fresh, margins = _assign(counts, _log_words(counts, labels, total), labels, total)
            fresh = np.where(pins >= 0, labels, fresh)
            if np.array_equal(fresh, labels):
                break
            labels = fresh
    return labels, margins


def explain(documents: Sequence[Sequence[str]], labels: np.ndarray, count: int) -> list[list[tuple[str, float]]]:
    """The words of each theme by class TF-IDF, the heaviest first."""
    counts, vocabulary = _count(documents)
    if counts.shape[1] == 0:
        return [[] for _ in range(count)]
    sums = (_members(labels, count) @ counts).toarray()
    share = sums / np.maximum(sums.sum(axis=1, keepdims=True), 1)
    weight = share * np.log(1 + sums.sum() / count / np.maximum(sums.sum(axis=0), 1))
    order = np.argsort(-weight, axis=1, kind="stable")[:, :12]
    return [
        [(vocabulary[w], round(float(weight[k, w]), 4)) for w in order[k] if weight[k, w] > 0] for k in range(count)
    ]


def _count(documents: Sequence[Sequence[str]]) -> tuple[csr_matrix, list[str]]:
    fewest = 2 if len(documents) >= ENOUGH_TO_DROP_LONE_WORDS else 1
    for least in (fewest, 1):
        try:
            vectoriser = CountVectorizer(analyzer=lambda keys: keys, min_df=least)
            return vectoriser.fit_transform(documents), list(vectoriser.get_feature_names_out())
        except ValueError:  # no words at all
            continue
    return csr_matrix((len(documents), 0)), []


def _start(counts: csr_matrix, count: int, seed: int) -> np.ndarray:
    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    wanted = COMPONENTS if count <= MANY_THEMES else MANY_COMPONENTS
    components = min(wanted, weighted.shape[1] - 1, weighted.shape[0] - 1)
    if components < 2:
        return np.arange(counts.shape[0]) % count
    with np.errstate(divide="ignore", invalid="ignore"):  # equal texts leave no variance to explain
        dense = normalize(TruncatedSVD(components, random_state=seed).fit_transform(weighted))
    dense = dense.round(9) + 0.0
    means = KMeans(min(count, len({row.tobytes() for row in dense})), n_init=4, random_state=seed)
    sample = dense[:: max(len(dense) // SAMPLE, 1)]
    means.fit(sample if len(sample) >= means.n_clusters else dense)
    return means.predict(dense).astype(int)


def _members(labels: np.ndarray, count: int) -> csr_matrix:
    placed = np.flatnonzero(labels >= 0)
    return csr_matrix((np.ones(placed.size), (labels[placed], placed)), shape=(count, len(labels)))


def _log_words(counts: csr_matrix, labels: np.ndarray, count: int) -> np.ndarray:
    sums = (_members(labels, count) @ counts).toarray() + SMOOTHING
    return np.log(sums / sums.sum(axis=1, keepdims=True))


def _assign(counts: csr_matrix, logs: np.ndarray, labels: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    sizes = np.bincount(labels[labels >= 0], minlength=count) + 1.0
    scores = counts @ logs.T + np.log(sizes / sizes.sum())
    if count < 2:
        return np.zeros(len(labels), dtype=int), np.ones(len(labels))
    two = np.partition(scores, -2, axis=1)[:, -2:]
    return scores.argmax(axis=1), two[:, 1] - two[:, 0]
