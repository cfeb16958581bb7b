"""Themes: ours beside BERTopic, NMF and LDA on the same words, on public sets with labels and on texts made here.

Every tool gets the texts as strings and the number of labels, and answers with a label for each text. Its CPU time
counts all of that, and on all sides the same reading of words; for BERTopic also the same TF-IDF and latent semantic
analysis that ours begins with, handed over as `embeddings`. One thread each, a process each, and a first run on a few
texts that is not counted, so that no compiling is (Numba's takes BERTopic half a minute).
"""

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from bertopic import BERTopic
from bertopic.dimensionality import BaseDimensionalityReduction
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
from threadpoolctl import threadpool_limits

from analysis import corpus, features, themes
from analysis.types import Text
from benchmarks import generated
from benchmarks.apart import apart
from benchmarks.public import themed
from benchmarks.rows import Row, interval, show, timed

STAGE, SEED, NEW, BANDS = "themes", 1, 0.01, 200
PUBLIC, SIZES = ("banking77", "clinc150", "hoasa", "casa"), (1_000, 10_000, 100_000)
FIRST = 300
Corpus = tuple[list[str], np.ndarray, str]


def run(sets: Path | None) -> list[Row]:
    """NMI, ARI, share without a theme, documents per CPU second, memory, and how stable ours is."""
    rows: list[Row] = []
    for name in (*(PUBLIC if sets else ()), *(f"generated {size}" for size in SIZES)):
        rows += measure(name, sets)
    return rows + _against(rows)


def measure(name: str, sets: Path | None) -> list[Row]:
    """All tools on one set."""
    rows: list[Row] = []
    found: dict[str, np.ndarray] = {}
    truth = labelled_set(name, sets)[1]
    for tool in TOOLS:
        (found[tool], seconds), memory = apart(_work, tool, name, sets)
        labels = found[tool]
        nmi = normalized_mutual_info_score(truth, labels)
        rows += [
            Row(STAGE, name, tool, "NMI", float(nmi)),
            Row(STAGE, name, tool, "ARI", float(adjusted_rand_score(truth, labels))),
            Row(STAGE, name, tool, "without a theme", float((labels < 0).mean()), "share"),
            Row(STAGE, name, tool, "speed", len(truth) / seconds, "docs/CPU s"),
            Row(STAGE, name, tool, "peak memory", memory, "MB"),
        ]
        print(show(rows[-5:]), file=sys.stderr, flush=True)
    for tool in TOOLS:
        if tool.startswith("BERTopic"):
            rows.append(_difference(name, tool, truth, found["ours"], found[tool]))
    return rows + _stability(name, sets)


def labelled_set(name: str, sets: Path | None) -> Corpus:
    """Texts, the number of the label of each (n,), and their language."""
    if name.startswith("generated"):
        texts, labels = generated.texts(int(name.split()[1]))
        return texts, labels, "id"
    if sets is None:
        raise ValueError(f"{name} needs a folder of sets")
    labelled, language = themed(sets, name)
    return labelled.texts, np.unique(labelled.labels, return_inverse=True)[1], language


def read(texts: list[str], language: str) -> tuple[csr_matrix, list[str]]:
    """Counts of the stems of content words (n, words), and the texts as such words for a tool that wants strings."""
    kept = corpus.read(Text(f"{number:07d}", text) for number, text in enumerate(texts))
    words = features.build(kept, np.full(len(kept), language == "en"))
    names = np.array(words.names, dtype=object)
    bounds = kept.bounds.tolist()
    keys = (words.token_keys[start:end] for start, end in zip(bounds, bounds[1:], strict=False))
    return words.counts, [" ".join(names[own[own >= 0]]) for own in keys]


def ours(texts: list[str], language: str, count: int) -> np.ndarray:
    """Our themes with their words."""
    counts, _ = read(texts, language)
    labels, _ = themes.cluster(counts, count, SEED)
    themes.explain(counts, labels, count)
    return labels


def bertopic_kmeans(texts: list[str], language: str, count: int) -> np.ndarray:
    """BERTopic with KMeans on our vectors as they are."""
    means = KMeans(count, n_init=1, random_state=SEED)
    return _bertopic(texts, language, count, umap_model=BaseDimensionalityReduction(), hdbscan_model=means)


def bertopic_umap_kmeans(texts: list[str], language: str, count: int) -> np.ndarray:
    """BERTopic with its UMAP, then KMeans."""
    return _bertopic(texts, language, count, hdbscan_model=KMeans(count, n_init=1, random_state=SEED))


def bertopic_default(texts: list[str], language: str, count: int) -> np.ndarray:
    """BERTopic as it comes: UMAP and HDBSCAN, which leave texts without a theme and choose the number."""
    return _bertopic(texts, language, count)


def _bertopic(texts: list[str], language: str, count: int, **parts: object) -> np.ndarray:
    counts, strings = read(texts, language)
    np.random.seed(SEED)  # UMAP as BERTopic sets it up draws from here
    topics, _ = BERTopic(embedding_model=None, **parts).fit_transform(
        [text or "-" for text in strings], embeddings=themes.vectors(counts, count, SEED)
    )
    return np.array(topics)


def nmf(texts: list[str], language: str, count: int) -> np.ndarray:
    """scikit-learn's NMF on TF-IDF."""
    weighted = TfidfTransformer(sublinear_tf=True).fit_transform(read(texts, language)[0])
    return (
        NMF(min(count, *weighted.shape), init="nndsvd", random_state=SEED, max_iter=400, tol=1e-3)
        .fit_transform(weighted)
        .argmax(axis=1)
    )


def lda(texts: list[str], language: str, count: int) -> np.ndarray:
    """scikit-learn's online LDA on counts."""
    model = LatentDirichletAllocation(count, learning_method="online", random_state=SEED)
    return model.fit_transform(read(texts, language)[0]).argmax(axis=1)


TOOLS: dict[str, Callable[[list[str], str, int], np.ndarray]] = {
    "ours": ours,
    "BERTopic, KMeans": bertopic_kmeans,
    "BERTopic, UMAP and KMeans": bertopic_umap_kmeans,
    "BERTopic, default": bertopic_default,
    "NMF": nmf,
    "LDA": lda,
}


def _work(tool: str, name: str, sets: Path | None) -> tuple[np.ndarray, float]:
    texts, labels, language = labelled_set(name, sets)
    with threadpool_limits(1):
        TOOLS[tool](texts[:FIRST], language, 5)
        return timed(lambda: TOOLS[tool](texts, language, int(labels.max()) + 1))


def _difference(name: str, tool: str, truth: np.ndarray, one: np.ndarray, other: np.ndarray) -> Row:
    def gap(rows: np.ndarray) -> float:
        mine, theirs = (
            normalized_mutual_info_score(truth[rows], one[rows]),
            normalized_mutual_info_score(truth[rows], other[rows]),
        )
        return float(mine - theirs)

    low, high = interval(len(truth), gap, BANDS)
    return Row(STAGE, name, "ours", f"NMI over {tool}", gap(np.arange(len(truth))), "", low, high)


def _stability(name: str, sets: Path | None) -> list[Row]:
    """ARI between the labels of the first 99 % of texts before and after the last hundredth comes in."""
    texts, labels, language = labelled_set(name, sets)
    order = np.random.default_rng(SEED).permutation(len(texts))
    counts, count = read(texts, language)[0][order], int(labels.max()) + 1
    old = len(texts) - max(round(len(texts) * NEW), 1)
    before, _ = themes.cluster(counts[:old], count, SEED)
    warm, _ = themes.cluster(counts, count, SEED, np.r_[before, np.full(len(texts) - old, -1)])
    cold, _ = themes.cluster(counts, count, SEED)
    gain = normalized_mutual_info_score(labels[order], warm) - normalized_mutual_info_score(labels[order], cold)
    return [
        Row(STAGE, name, "ours, from stored themes", "ARI after +1 %", float(adjusted_rand_score(before, warm[:old]))),
        Row(STAGE, name, "ours, anew", "ARI after +1 %", float(adjusted_rand_score(before, cold[:old]))),
        Row(STAGE, name, "ours, from stored themes", "NMI over anew", float(gain)),
    ]


def _against(rows: list[Row]) -> list[Row]:
    """How many times as fast ours is, on each set."""
    speeds = {(row.dataset, row.tool): row.value for row in rows if row.measure == "speed"}
    fast = [row for row in rows if row.measure == "speed" and row.tool == "ours"]
    return [
        replace(row, measure=f"times as fast as {tool}", value=row.value / speeds[row.dataset, tool], unit="")
        for row in fast
        for tool in TOOLS
        if tool != "ours"
    ]


if __name__ == "__main__":
    print(show(run(Path(sys.argv[2]) if sys.argv[1:2] == ["--sets"] else None)))
