"""Stage 6c, proposals: free clusters for what fits no theme of the codebook, or for everything where there is none."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from scipy.sparse import csr_matrix, hstack

from analysis import codebook, learning, matching, themes
from analysis.corpus import Corpus
from analysis.features import Features
from analysis.placing import NO_SHARED_WORDS, NOWHERE, PINNED, REASONS, Placing

FEWEST_FOR_A_PROPOSAL = 8
TURNS = 2
NAMED_BY = 6
# As many concepts a text on average show that people speak of their city (civic sets 3, other public sets at most 1.3);
# a concept counts as so many words.
CIVIC, ALOUD = 2.0, 2


def propose(
    corpus: Corpus,
    features: Features,
    placing: Placing,
    matcher: matching.Matcher,
    *,
    count: int | None,
    seed: int,
    previous: Mapping[str, str],
    roots: np.ndarray,
    jobs: int = 1,
) -> matching.Matcher:
    """Cluster what stands nowhere and add the clusters to the placing as themes; returns the matcher with their words.

    `count` asks for a number of clusters. `previous` leads from ids of texts to the themes they stood in before: where
    it knows at least half of the texts, the clusters begin there and keep their ids. A mark of a person that names a
    theme outside the codebook holds its text there, and the cluster grows round it. With a codebook the clusters and
    its themes then compete for every text by the same sums of word weights, and a cluster without such a word is none.

    >>> from analysis.pipeline import analyse
    >>> from analysis.types import Plan, Text
    >>> said = ["pompa rob mati", "buku sekolah habis"]
    >>> found = analyse([Text(f"{n:02}", said[n % 2]) for n in range(20)], plan=Plan(), themes=2)
    >>> sorted((theme.is_proposed, theme.received) for theme in found.themes)
    [(True, 10), (True, 10)]
    """
    loose = np.flatnonzero((placing.theme < 0) & (placing.reason != 1))
    pinned = {n: t for n, t in corpus.pinned.items() if t not in placing.themes}
    has_codebook = bool(matcher.themes)
    if has_codebook and loose.size < FEWEST_FOR_A_PROPOSAL:
        loose = np.array([n for n in loose if n in pinned], dtype=np.int64)
    if not loose.size:
        return matcher
    pins = sorted({pinned[n] for n in loose.tolist() if n in pinned})
    fixed = np.array([pins.index(pinned[n]) if n in pinned else -1 for n in loose.tolist()])
    earlier = [previous.get(corpus.ids[n]) for n in loose.tolist()] if previous else [None] * loose.size
    known = sorted({t for t in earlier if t and t not in placing.themes and t not in pins})
    start = _start(earlier, known)
    counts = features.counts[loose]
    said = counts if has_codebook else _with_concepts(counts, features.names)
    labels, margins = themes.cluster(said, count or themes.how_many(loose.size), seed, start, fixed, jobs=jobs)
    terms = themes.explain(counts, labels, int(labels.max()) + 1)
    ids = _ids(labels, terms, features.names, known if start is not None else [], fixed, pins, earlier)
    _add(placing, loose, labels, margins, ids, fixed)
    model = themes.fit_model(counts, labels, len(ids))
    grown = _grow(matcher, model, ids, has_codebook, placing, corpus, features, roots)
    if has_codebook:
        _dissolve(placing, grown)
        for _ in range(TURNS):
            _compete(placing, grown, corpus)
    return grown


def _with_concepts(counts: csr_matrix, names: Sequence[str]) -> csr_matrix:
    """The counts with columns for the concepts of civic life, so that texts meet that say one thing in other words.

    Where texts speak of something else (hotels, banking) the concepts would only blur it: then the counts stay.
    """
    spoken = csr_matrix(counts @ codebook.concept_columns(names))
    if spoken.nnz < CIVIC * counts.shape[0]:
        return counts
    spoken.data[:] = 1
    return hstack([counts, *[spoken] * ALOUD], format="csr", dtype=np.float32)


def _start(earlier: Sequence[str | None], known: Sequence[str]) -> np.ndarray | None:
    """Labels of an earlier result for the same texts (-1 where new), or None where it knew fewer than half."""
    number = {theme: n for n, theme in enumerate(known)}
    labels = np.array([number.get(theme, -1) if theme else -1 for theme in earlier])
    return labels if known and 2 * (labels >= 0).sum() >= len(labels) else None


def _ids(
    labels: np.ndarray,
    terms: tuple[np.ndarray, np.ndarray],
    names: Sequence[str],
    known: Sequence[str],
    fixed: np.ndarray,
    pins: Sequence[str],
    earlier: Sequence[str | None],
) -> list[str]:
    """Ids of the clusters: what a person named, the id it began with, the one most of its texts had, else a digest."""
    total = int(labels.max()) + 1
    ids: list[str] = []
    members = [np.flatnonzero(labels == label) for label in range(total)]
    for label in range(total):
        own = fixed[members[label]]
        if own.size and own.max() >= 0:
            ids.append(pins[int(own.max())])
            continue
        if label < len(known):
            ids.append(known[label])
            continue
        old = _commonest([earlier[n] for n in members[label].tolist()])
        words = " ".join(names[w] for w, weight in zip(terms[0][label], terms[1][label], strict=True) if weight > 0)
        spoken = " ".join(words.split()[:NAMED_BY])
        fresh = f"M-{hashlib.sha256(spoken.encode()).hexdigest()[:8]}"
        taken = {*ids, *pins, *known}
        ids.append(old if old and old not in taken else fresh if fresh not in taken else f"{fresh}-{label}")
    return ids


def _commonest(values: Sequence[str | None]) -> str | None:
    """The value that more than half have, or None."""
    known = [value for value in values if value]
    best = max(sorted(set(known)), key=known.count, default=None)
    return best if best and 2 * known.count(best) > len(values) else None


def _add(
    placing: Placing, loose: np.ndarray, labels: np.ndarray, margins: np.ndarray, ids: Sequence[str], fixed: np.ndarray
) -> None:
    base = len(placing.themes)
    placing.themes += ids
    placing.is_free += [True] * len(ids)
    placing.theme[loose] = base + labels
    placing.reason[loose] = 0
    placing.margin[loose] = np.where(fixed >= 0, PINNED, margins)


def _grow(
    matcher: matching.Matcher,
    model: themes.Model,
    ids: Sequence[str],
    has_codebook: bool,
    placing: Placing,
    corpus: Corpus,
    features: Features,
    roots: np.ndarray,
) -> matching.Matcher:
    """The matcher with the words of the clusters as further themes, in the order in which they were added."""
    singles, pairs = len(features.names), len(matcher.columns) - len(features.names)
    if has_codebook:
        base = len(placing.themes) - len(ids)
        labels = np.where(placing.theme >= base, placing.theme - base, NOWHERE)
        loud = np.where(placing.margin == PINNED, learning.HUMAN, 1.0) * (roots == np.arange(len(corpus)))
        says = learning.learn(matcher.present[:, :singles], labels, len(ids), loud)
    else:
        says = model.odds()
    fresh = np.vstack([says, np.zeros((pairs, len(ids)), dtype=np.float32)])
    return replace(
        matcher,
        themes=(*matcher.themes, *ids),
        weights=np.hstack([matcher.weights, fresh]),
        favoured=np.concatenate([matcher.favoured, np.full(len(ids), -1, dtype=np.int32)]),
    )


def _dissolve(placing: Placing, matcher: matching.Matcher) -> None:
    """Take back the clusters that no word speaks for: nobody could say why such a theme exists. People's marks stay."""
    said = dict(zip(matcher.themes, (matcher.weights > 0).any(axis=0).tolist(), strict=True))
    silent = [n for n, free in enumerate(placing.is_free) if free and not said[placing.themes[n]]]
    marked = set(placing.theme[placing.margin == PINNED].tolist())
    stray = np.isin(placing.theme, [n for n in silent if n not in marked])
    placing.theme[stray], placing.margin[stray] = NOWHERE, 0
    placing.reason[stray] = REASONS.index(NO_SHARED_WORDS)


def _compete(placing: Placing, matcher: matching.Matcher, corpus: Corpus) -> None:
    """Move a text to the theme for which its words say most, where they say enough; people's marks stay."""
    numbers, points = matching.best(matcher, 2)
    place = np.array([placing.themes.index(theme) for theme in matcher.themes], dtype=np.int32)
    free = placing.theme >= 0
    free[list(corpus.pinned)] = False
    free &= np.isin(placing.theme, place)
    moved = free & (points[:, 0] >= codebook.ENOUGH)
    placing.theme[moved] = place[numbers[moved, 0]]
    placing.margin[moved] = points[moved, 0] - points[moved, 1]
