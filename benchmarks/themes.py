"""Themes: ours beside BERTopic, NMF and LDA on the same words, on public sets with labels and on texts made here.

Every tool gets the texts as strings and the number of labels, and answers with a label for each text. Its CPU time
counts all of that, and on all sides the same reading of words; for BERTopic also the same TF-IDF and latent semantic
analysis that ours begins with, handed over as `embeddings`. One thread each, a process each, and a first run on a few
texts that is not counted, so that no compiling is (Numba's takes BERTopic half a minute). A peer that has used
`MOST` CPU seconds on a set is ended there, and the table says so: that is a result too.
"""

import sys
from collections.abc import Callable
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
from benchmarks.apart import Ended, allow, apart
from benchmarks.likeness import ari, gain, nmi
from benchmarks.public import themed
from benchmarks.rows import Row, show, timed

STAGE, SEED, NEW, OURS = "themes", 1, 0.01, "ours"
MOST = 300.0
OVER = f"at most: ended, over {MOST / 60:g} CPU min"
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
        print(f"{STAGE}: {name}, {tool} ...", file=sys.stderr, flush=True)
        try:
            (found[tool], seconds), memory = apart(_work, tool, name, sets)
        except Ended as ended:
            if tool == OURS:
                raise
            rows.append(_ended(name, tool, len(truth), ended.is_over))
            continue
        rows += _figures(name, tool, truth, found[tool], seconds, memory)
        print(show(rows[-5:]), file=sys.stderr, flush=True)
    peers = [tool for tool in found if tool.startswith("BERTopic")]
    more = [row for tool in peers for row in _differences(name, tool, truth, found[OURS], found[tool])]
    more += _stability(name, sets)
    print(show(more), file=sys.stderr, flush=True)
    return rows + more


def _ended(name: str, tool: str, texts: int, is_over: bool) -> Row:
    """What is told of a peer without a result: that it is slower than so many texts a second, or that it failed."""
    if not is_over:
        return Row(STAGE, name, tool, "no result", 1.0, note="failed")
    return Row(STAGE, name, tool, "speed", texts / MOST, "docs/CPU s", note=OVER)


def _figures(name: str, tool: str, truth: np.ndarray, labels: np.ndarray, seconds: float, memory: float) -> list[Row]:
    return [
        Row(STAGE, name, tool, "NMI", float(normalized_mutual_info_score(truth, labels))),
        Row(STAGE, name, tool, "ARI", float(adjusted_rand_score(truth, labels))),
        Row(STAGE, name, tool, "without a theme", float((labels < 0).mean()), "share"),
        Row(STAGE, name, tool, "speed", len(truth) / seconds, "docs/CPU s"),
        Row(STAGE, name, tool, "peak memory", memory, "MB"),
    ]


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
        if tool != OURS:
            allow(MOST)
        return timed(lambda: TOOLS[tool](texts, language, int(labels.max()) + 1))


def _differences(name: str, tool: str, truth: np.ndarray, one: np.ndarray, other: np.ndarray) -> list[Row]:
    told = (("NMI", nmi), ("ARI", ari))
    return [Row(STAGE, name, OURS, f"{what} over {tool}", value, "", low, high)
            for what, measure_ in told for value, low, high in [gain(measure_, truth, one, other)]]  # fmt: skip


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
    """How many times as fast ours is, on each set; at least, where a peer was ended."""
    speeds = {(row.dataset, row.tool): row for row in rows if row.measure == "speed"}
    found = []
    for (name, tool), peer in speeds.items():
        if tool != OURS:
            times = speeds[name, OURS].value / peer.value
            note = "at least" if peer.note == OVER else ""
            found.append(Row(STAGE, name, OURS, f"times as fast as {tool}", times, note=note))
    return found


if __name__ == "__main__":
    print(show(run(Path(sys.argv[2]) if sys.argv[1:2] == ["--sets"] else None)))
