"""Stage 6c, themes: free clusters for what no codebook theme fits, or for everything where there is no codebook.

All functions take word counts, a CSR matrix of texts by words. A theme is a multinomial over words; a text goes where
the sum of its words' log-odds is highest, so every assignment can be explained by its words. The themes are found by
expectation and maximisation with falling temperature (Ueda and Nakano 1998), begun from KMeans in the space of latent
semantic analysis. Where there are many texts it begins with half as many themes again as wanted, and the nearest are
then merged, which leaves fewer bad optima.
"""

from dataclasses import dataclass

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix
from sklearn.cluster import KMeans
from sklearn.preprocessing import normalize
from sklearn.utils.extmath import randomized_svd
from threadpoolctl import threadpool_limits

COMPONENTS, MANY_COMPONENTS, MANY_THEMES = 50, 100, 40
MOST, TERMS = 60, 12
SAMPLE, BLOCK = 50_000, 16_384
# KMeans only begins: on so many texts a theme, in so many rounds. More starts change nothing after the passes, except
# on few texts; those are begun often instead of with a surplus of themes, of which each would have too little to say.
ROUNDS, STARTS, TRIES, FEW_TEXTS, A_THEME = 20, 3, 5, 2_500, 30
SURPLUS, BACKGROUND = 1.5, 0.1
COOLING, SETTLING = (3.0, 2.5, 2.0, 1.7, 1.4, 1.2, 1.0, 1.0), (1.5, 1.2, 1.0, 1.0)
PASSES, WARM_PASSES, STILL = 10, 3, 0.001
LOYALTY = 0.5  # nats by which another theme must be better before a text leaves the one it was stored in
# A word in fewer texts than this is left out: (texts, fewest).
LONE_WORDS = ((100, 2), (1_000, 3), (100_000, 5))


def how_many(texts: int) -> int:
    """The number of themes to look for: the root of half the texts, at least 2 and at most 60 (a guess).

    >>> how_many(0), how_many(200), how_many(1_000_000)
    (2, 10, 60)
    """
    return int(min(max(round((texts / 2) ** 0.5), 2), MOST))


@dataclass(frozen=True, slots=True)
class Model:
    """What is stored of the themes, so that a new text is placed at once.

    `weights` (words, themes) float32 are the log-odds of a word in a theme against the word in all texts, mixed with
    a tenth of the latter; 0 for words in too few texts. `prior` (themes,) float32 is the log of the share of texts.
    `scale` is the root of the mean number of different words in a text: words of longer texts count less.
    """

    weights: np.ndarray
    prior: np.ndarray
    scale: float

    def odds(self) -> np.ndarray:
        """The log-odds (words, themes): how much each word says for each theme, in nats."""
        return self.weights

    def assign(self, counts: csr_matrix, jobs: int = 1) -> tuple[np.ndarray, np.ndarray]:
        """The theme of each text (n,) and its margin (n,) in nats over the next best; the same on any `jobs`."""
        with threadpool_limits(1):
            return _assign(_presence(counts, np.ones(counts.shape[1], dtype=bool), self.scale), self, jobs)


def cluster(
    counts: csr_matrix,
    count: int,
    seed: int,
    start: np.ndarray | None = None,
    fixed: np.ndarray | None = None,
    jobs: int = 1,
) -> tuple[np.ndarray, np.ndarray]:
    """Group texts into at most `count` free themes.

    Args:
        counts: word counts (n, words), of words that say something; rows may be empty.
        count: themes wanted; fewer come out where there are fewer different texts.
        seed: of the sample, the decomposition and KMeans.
        start: labels (n,) of an earlier result, -1 for texts not yet placed. Their numbers are kept, nothing is
            clustered anew, and few old texts move.
        fixed: numbers (n,) of the themes that people named, -1 where free. These themes come after the free ones,
            and their texts stay.
        jobs: threads that assign blocks of texts; the result is the same.

    Returns:
        labels (n,) int64 from 0, and margins (n,) float32 in nats over the next best theme. A text without words is in
        the largest theme with margin 0.

    >>> words = csr_matrix(np.kron(np.eye(2), np.ones((4, 3))))
    >>> labels, margins = cluster(words, 2, seed=1)
    >>> len(set(labels[:4])), len(set(labels[4:])), bool(labels[0] != labels[4])
    (1, 1, True)
    """
    texts = counts.shape[0]
    pins = np.full(texts, -1) if fixed is None else np.asarray(fixed, dtype=np.int64)
    kept = _common(counts)
    if not kept.any():
        stored = np.zeros(texts, dtype=np.int64) if start is None else np.maximum(start, 0)
        free = int((stored if start is not None else stored[pins < 0]).max(initial=-1)) + 1
        return np.where(pins >= 0, pins + free, stored), np.zeros(texts, dtype=np.float32)
    with threadpool_limits(1):
        lengths = np.diff(counts.indptr)
        words = _presence(counts, kept, float(lengths[lengths > 0].mean() ** 0.5))
        if start is not None and start.max(initial=-1) >= 0:
            return _settle(words, np.asarray(start, dtype=np.int64), pins, WARM_PASSES, LOYALTY, jobs)
        rows = _sample(texts, pins, seed)
        labels = np.full(texts, -1)
        labels[rows] = _likeliest(_only(counts[rows], kept), words[rows], max(count, 1), seed)
        free = int(labels.max(initial=-1)) + 1
        labels, margins = _settle(words, labels, pins, PASSES, 0.0, jobs, free)
        used = np.unique(labels)
        return np.searchsorted(used, labels), margins


def fit_model(counts: csr_matrix, labels: np.ndarray, count: int) -> Model:
    """What the texts of each theme say, to be stored: `labels` (n,) from 0 to `count` - 1, -1 for texts to leave out.

    >>> model = fit_model(csr_matrix(np.eye(2, dtype=np.float32)), np.array([0, 1]), 2)
    >>> bool(model.odds()[0, 0] > 0 > model.odds()[0, 1])
    True
    """
    kept = _common(counts)
    lengths = np.diff(counts.indptr)
    scale = float(lengths[lengths > 0].mean() ** 0.5) if (lengths > 0).any() else 1.0
    return _learn(_presence(counts, kept, scale), labels, count, scale)


def explain(counts: csr_matrix, labels: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The heaviest words of each theme by class TF-IDF: columns and weights, both (count, 12), the heaviest first.

    Words that say nothing of a theme weigh 0. `labels` (n,) are -1 for texts to leave out. Source: the class-based
    weighting of Grootendorst 2022.

    >>> columns, weights = explain(csr_matrix(np.eye(2, dtype=np.float32)), np.array([0, 1]), 2)
    >>> columns[:, 0].tolist()
    [0, 1]
    """
    sums = np.asarray((_members(labels, count) @ counts).todense(), dtype=np.float64)
    share = sums / np.maximum(sums.sum(axis=1, keepdims=True), 1)
    weight = share * np.log(1 + sums.sum() / max(count, 1) / np.maximum(sums.sum(axis=0), 1))
    width = min(TERMS, weight.shape[1])
    order = np.argsort(-weight.round(9), axis=1, kind="stable")[:, :width]
    return order, np.take_along_axis(weight, order, axis=1)


def _common(counts: csr_matrix) -> np.ndarray:
    """Words that stand in enough texts to join any two of them; all words where there are few texts."""
    fewest = max((least for texts, least in LONE_WORDS if counts.shape[0] >= texts), default=1)
    times = np.bincount(counts.indices, minlength=counts.shape[1])
    for least in range(fewest, 0, -1):
        if (times >= least).any():
            return times >= least
    return times > 0


def _only(counts: csr_matrix, kept: np.ndarray) -> csr_matrix:
    """The counts without the words that are left out; the columns stay."""
    entries = kept[counts.indices]
    pointers = np.concatenate([[0], np.cumsum(entries)])[counts.indptr]
    return csr_matrix((counts.data[entries], counts.indices[entries], pointers), counts.shape)


def _presence(counts: csr_matrix, kept: np.ndarray, scale: float) -> csr_matrix:
    """Which of the kept words stand in each text; in a text of k of them each counts `scale` over the root of k."""
    said = _only(counts, kept)
    lengths = np.diff(said.indptr)
    said.data = np.repeat((scale / np.sqrt(np.maximum(lengths, 1))).astype(np.float32), lengths)
    return said


def _members(labels: np.ndarray, count: int) -> csr_matrix:
    placed = np.flatnonzero(labels >= 0)
    return csr_matrix((np.ones(placed.size, dtype=np.float32), (labels[placed], placed)), (count, len(labels)))


def _learn(words: csr_matrix, labels: np.ndarray, count: int, scale: float) -> Model:
    who = _members(labels, count)
    return _model(np.asarray((who @ words).todense(), dtype=np.float64), np.asarray(who.sum(axis=1)).ravel(), scale)


def _model(sums: np.ndarray, sizes: np.ndarray, scale: float) -> Model:
    """Log-odds of every word from its weight in each theme (themes, words) and the number of texts of each theme."""
    whole = sums.sum(axis=0)
    common = np.maximum(whole / max(whole.sum(), 1e-9), 1e-12)
    shares = sums / np.maximum(sums.sum(axis=1, keepdims=True), 1e-9)
    # Mixed with what all texts say, so that an unseen word speaks against every theme alike, a small one or a large.
    odds = np.where(whole > 0, np.log(BACKGROUND + (1 - BACKGROUND) * shares / common), 0)
    prior = np.log((sizes + 1) / (sizes + 1).sum())
    return Model(np.ascontiguousarray(odds.T, dtype=np.float32), prior.astype(np.float32), scale)


def _assign(words: csr_matrix, model: Model, jobs: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """The best theme of each text and by how much it is better than the next, block by block."""
    starts = range(0, words.shape[0], BLOCK)
    work = (delayed(_best)(words[at : at + BLOCK], model.weights, model.prior) for at in starts)
    done = [call(*given) for call, given, _ in work] if jobs == 1 else Parallel(jobs, prefer="threads")(work)
    if not done:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    return np.concatenate([labels for labels, _ in done]), np.concatenate([margins for _, margins in done])


def _best(words: csr_matrix, weights: np.ndarray, prior: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    scores = (words @ weights + prior).round(4)
    labels = scores.argmax(axis=1)
    if scores.shape[1] < 2:
        return labels, np.ones(len(labels), dtype=np.float32)
    two = np.partition(scores, -2, axis=1)[:, -2:]
    return labels, (two[:, 1] - two[:, 0]).astype(np.float32)


def _sample(texts: int, pins: np.ndarray, seed: int) -> np.ndarray:
    """At most 50,000 texts to find the themes in: drawn from those that no person placed."""
    free = np.flatnonzero(pins < 0)
    if free.size <= SAMPLE:
        return free
    return np.sort(np.random.default_rng(seed).choice(free, SAMPLE, replace=False))


def _likeliest(counts: csr_matrix, words: csr_matrix, count: int, seed: int) -> np.ndarray:
    """Few texts are themed several times, and the likeliest of the results is kept: there chance decides most."""
    tries = TRIES if 0 < words.shape[0] <= FEW_TEXTS else 1
    found = [_discover(counts, words, count, seed + turn) for turn in range(tries)]
    return max(found, key=lambda labels: round(_likelihood(words, labels), 3)) if tries > 1 else found[0]


def _likelihood(words: csr_matrix, labels: np.ndarray) -> float:
    """The log-likelihood of the texts' words, and of their themes, under the shares of each theme."""
    count = int(labels.max()) + 1
    sizes = np.bincount(labels, minlength=count)
    sums = np.asarray((_members(labels, count) @ words).todense(), dtype=np.float32)
    return float(_fit(sums).sum() + sizes @ np.log(np.maximum(sizes, 1) / len(labels)))


def _discover(counts: csr_matrix, words: csr_matrix, count: int, seed: int) -> np.ndarray:
    """Themes of texts that nobody placed: begun by KMeans, cooled, the nearest merged until `count` are left."""
    if words.nnz == 0:
        return np.zeros(words.shape[0], dtype=np.int64)
    labels = _begin(counts, count, seed)
    count = min(count, int(labels.max()) + 1)
    labels = _cool(words, labels, COOLING)
    while int(labels.max()) + 1 > count:
        labels = _merge(words, labels, count)
        labels = _cool(words, labels, SETTLING)
    return labels


def vectors(counts: csr_matrix, count: int, seed: int) -> np.ndarray:
    """Directions of the texts (n, components) float32 in latent semantic analysis of TF-IDF; rows without words are 0.

    50 components, 100 for more than 40 themes; fewer where there are fewer texts or words, and the words themselves
    where there are at most two of either. `count` is the number of themes that are looked for.

    >>> said = csr_matrix(np.array([[2, 1, 0, 0], [1, 2, 0, 0], [0, 0, 1, 1], [0, 0, 0, 0]], dtype=np.float32))
    >>> found = vectors(said, count=2, seed=0)
    >>> found.shape, np.linalg.norm(found, axis=1).round(3).tolist(), abs(float(found[0] @ found[2])) < 0.001
    ((4, 3), [1.0, 1.0, 1.0, 0.0], True)
    """
    texts, width = counts.shape
    times = np.bincount(counts.indices, minlength=width)
    value = (1 + np.log(counts.data)) * np.log((1 + texts) / (1 + times[counts.indices]))
    weighted = normalize(csr_matrix((value.astype(np.float32), counts.indices, counts.indptr), counts.shape))
    components = min(COMPONENTS if count <= MANY_THEMES else MANY_COMPONENTS, texts - 1, width - 1)
    if components < 2:  # at most two texts or two words
        return weighted.toarray()
    left, strength, _ = randomized_svd(weighted, components, n_iter=2, random_state=seed)
    return normalize(left * strength)


def _begin(counts: csr_matrix, count: int, seed: int) -> np.ndarray:
    """KMeans on the directions of the texts."""
    texts = counts.shape[0]
    dense = vectors(counts, count, seed).round(4) + 0.0
    is_small = texts <= FEW_TEXTS
    wanted = count if is_small else round(count * SURPLUS)
    some = np.sort(np.random.default_rng(seed).permutation(texts)[: max(A_THEME * wanted, FEW_TEXTS)])
    # more clusters than different texts would be a warning
    clusters = min(wanted, len({row.tobytes() for row in dense[some]}))
    means = KMeans(clusters, n_init=STARTS if is_small else 1, max_iter=ROUNDS, random_state=seed)
    labels = means.fit(dense[some]).predict(dense)
    return np.unique(labels, return_inverse=True)[1]


def _cool(words: csr_matrix, labels: np.ndarray, temperatures: tuple[float, ...]) -> np.ndarray:
    """Soft passes at falling temperature; the themes left empty are dropped."""
    count = int(labels.max()) + 1
    share = _members(labels, count).T.toarray()
    for temperature in temperatures:
        model = _model(np.asarray((words.T @ share).T, dtype=np.float64), share.sum(axis=0), 1.0)
        scores = (words @ model.weights + model.prior) / np.float32(temperature)
        share = np.exp(scores - scores.max(axis=1, keepdims=True))
        share /= share.sum(axis=1, keepdims=True)
    return np.unique(share.round(5).argmax(axis=1), return_inverse=True)[1]


def _merge(words: csr_matrix, labels: np.ndarray, count: int) -> np.ndarray:
    """Join the themes whose joining costs the texts' likelihood least, until `count` are left."""
    total = int(labels.max()) + 1
    sums = np.asarray((_members(labels, total) @ words).todense(), dtype=np.float32)
    sums = sums[:, sums.any(axis=0)]
    own = _fit(sums)
    cost = np.full((total, total), np.inf)
    for one in range(total - 1):
        cost[one, one + 1 :] = own[one] + own[one + 1 :] - _fit(sums[one] + sums[one + 1 :])
    names, alive = np.arange(total), np.ones(total, dtype=bool)
    for _ in range(total - count):
        one, other = divmod(int(cost.round(3).argmin()), total)
        names[names == other] = one
        sums[one] += sums[other]
        own[one] = _fit(sums[one : one + 1])[0]
        alive[other] = False
        cost[other, :] = cost[:, other] = np.inf
        others = np.flatnonzero(alive & (np.arange(total) != one))
        cost[np.minimum(one, others), np.maximum(one, others)] = own[one] + own[others] - _fit(sums[one] + sums[others])
    return np.unique(names[labels], return_inverse=True)[1]


def _fit(sums: np.ndarray) -> np.ndarray:
    """The log-likelihood of the words of themes (themes, words) under their own shares."""
    whole = sums.sum(axis=1)
    said = (sums * np.log(np.maximum(sums, 1e-9))).sum(axis=1, dtype=np.float64)
    return said - whole * np.log(np.maximum(whole, 1e-9))


def _settle(
    words: csr_matrix, labels: np.ndarray, pins: np.ndarray, passes: int, loyalty: float, jobs: int, free: int = 0
) -> tuple[np.ndarray, np.ndarray]:
    """Hard passes over all texts: learn from where the texts stand, place them again, until few of them move."""
    free = max(free, int(labels.max(initial=-1)) + 1)
    current = np.where(pins >= 0, pins + free, labels)
    count = max(free, int(current.max(initial=-1)) + 1)
    margins = np.zeros(len(labels), dtype=np.float32)
    for _ in range(passes):
        model = _learn(words, current, count, 1.0)
        if loyalty and (current >= 0).any():
            fresh, margins = _loyal(words, model, current, loyalty, jobs)
        else:
            fresh, margins = _assign(words, model, jobs)
        fresh = np.where(pins >= 0, pins + free, fresh)
        moved = float((fresh != current).mean()) if len(fresh) else 0.0
        current = fresh
        if moved <= STILL:
            break
    margins[np.diff(words.indptr) == 0] = 0
    return current.astype(np.int64), margins


def _loyal(
    words: csr_matrix, model: Model, labels: np.ndarray, loyalty: float, jobs: int
) -> tuple[np.ndarray, np.ndarray]:
    """As `_assign`, but a text stays where it was stored unless another theme is clearly better."""
    fresh, margins = _assign(words, model, jobs)
    moved = np.flatnonzero((labels >= 0) & (fresh != labels))
    for at in range(0, len(moved), BLOCK):
        rows = moved[at : at + BLOCK]
        chosen = words[rows]
        gain = np.asarray(chosen.multiply(_gain(chosen, model, fresh[rows], labels[rows])).sum(axis=1)).ravel()
        gain += model.prior[fresh[rows]] - model.prior[labels[rows]]
        stay = gain < loyalty
        fresh[rows[stay]] = labels[rows[stay]]
    return fresh, margins


def _gain(words: csr_matrix, model: Model, one: np.ndarray, other: np.ndarray) -> csr_matrix:
    owner = np.repeat(np.arange(words.shape[0]), np.diff(words.indptr))
    value = model.weights[words.indices, one[owner]] - model.weights[words.indices, other[owner]]
    return csr_matrix((value, words.indices, words.indptr), words.shape)
