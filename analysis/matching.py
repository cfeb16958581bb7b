"""Stage 6a, matching: every text against every theme at once; a score is a sum of the weights of words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack

from analysis import codebook, words
from analysis.corpus import Corpus
from analysis.features import Features, pairs

ROWS = 20_000
BESIDE, AT = 0.5, 0.8  # how much a word counts right after one that says where


@dataclass(slots=True)
class Matcher:
    """Words against themes.

    `columns` are c stems and pairs of stems, `present` (n, c) float32 says which stand in a text, `weights` (c, k)
    float32 what each says for each of the k `themes`, which are in alphabetical order. `first` is, aligned with
    `present`, the token at which the column first stands in the text, and `loud` float32 how much it counts there: less
    where it says only where something is. `favoured` (k,) is the code of a theme's dimension in the corpus' own column,
    -1 where it has none.
    """

    columns: list[str]
    present: csr_matrix
    loud: np.ndarray
    first: np.ndarray
    themes: tuple[str, ...]
    weights: np.ndarray
    favoured: np.ndarray
    dimension: np.ndarray

    def scores(self, with_choice: bool) -> Iterator[tuple[slice, np.ndarray]]:
        """Scores (rows, k) block by block; `with_choice` a theme of the dimension that the person chose counts more."""
        for at in range(0, self.present.shape[0], ROWS):
            rows = slice(at, min(at + ROWS, self.present.shape[0]))
            found = self.said(rows) @ self.weights
            if with_choice:
                chosen = self.dimension[rows]
                same = (chosen[:, None] == self.favoured[None, :]) & (chosen[:, None] >= 0)
                found[same] *= np.float32(codebook.SAME_DIMENSION)
            yield rows, found

    def said(self, rows: slice) -> csr_matrix:
        """What stands in some texts (rows, c), float32, each by how much it counts there."""
        pointers = self.present.indptr[rows.start : rows.stop + 1]
        entries = slice(int(pointers[0]), int(pointers[-1]))
        shape = (rows.stop - rows.start, self.present.shape[1])
        return csr_matrix((self.loud[entries], self.present.indices[entries], pointers - pointers[0]), shape)

    def columns_of(self, themes: Sequence[str]) -> np.ndarray:
        """The column of `weights` that each of some themes has, int64 (themes,), -1 where it has none."""
        number = {theme: n for n, theme in enumerate(self.themes)}
        return np.array([number.get(theme, -1) for theme in themes], dtype=np.int64)


def open_matcher(corpus: Corpus, features: Features, frame: codebook.Frame, more_pairs: Iterable[str] = ()) -> Matcher:
    """Lay the words of a codebook over the words of the texts; misspelt long words count as what they stand for.

    `more_pairs` are pairs of stems to be told apart although no theme knows them.

    >>> from analysis import corpus, features
    >>> from analysis.types import CodebookTheme, Text
    >>> read = corpus.read([Text("1", "selokaan depan sekolah")])
    >>> stems = features.build(read, np.zeros(1, dtype=bool))
    >>> themes = [CodebookTheme("DRAIN", "Selokan", None), CodebookTheme("EDU", "Sekolah", None)]
    >>> matcher = open_matcher(read, stems, codebook.frame(themes))
    >>> matcher.themes, matcher.loud.tolist(), matcher.weights[matcher.columns.index("selokaan")].tolist()
    (('DRAIN', 'EDU'), [1.0, 0.5], [2.5, 0.0])
    """
    names, beside, at = pairs(corpus, features, {*frame.by_key, *more_pairs})
    columns = [*features.names, *names]
    present, first = _beside(features, beside, at)
    themes = tuple(sorted(frame.dimensions))
    place = {theme: n for n, theme in enumerate(themes)}
    weights = np.zeros((len(columns), len(themes)), dtype=np.float32)
    for column, key in enumerate(columns):
        for theme, weight in frame.by_key.get(codebook.corrected(key, frame), ()):
            weights[column, place[theme]] += weight
    code = {name: n for n, name in enumerate(corpus.dimension.names)}
    favoured = np.array([code.get(frame.dimensions[t] or "", -1) for t in themes], dtype=np.int32)
    loud = _loudness(corpus, first)
    return Matcher(columns, present, loud, first, themes, weights, favoured, corpus.dimension.codes)


def _loudness(corpus: Corpus, first: np.ndarray) -> np.ndarray:
    """How much each entry counts: a word after `depan` or `near` tells the place more than the matter."""
    beside, at = (np.array([word in listed for word in corpus.words], dtype=bool) for listed in words.places())
    loud, owners = np.ones(len(first), dtype=np.float32), corpus.owners
    own = owners[first]
    for back, listed, factor in ((1, at, AT), (2, beside, BESIDE), (1, beside, BESIDE)):
        before = np.maximum(first - back, 0)
        same = (first >= back) & (owners[before] == own)
        loud[same & listed[corpus.tokens[before]]] = factor
    return loud


def _beside(features: Features, beside: csr_matrix, at: np.ndarray) -> tuple[csr_matrix, np.ndarray]:
    """Stems and pairs in one matrix, each entry with the token where it stands; columns rise within a row."""
    present = features.present()
    if not beside.shape[1]:
        return present, features.first
    joined = hstack([present, beside], format="csr")
    joined.sort_indices()
    first = np.empty(joined.nnz, dtype=np.int64)
    is_pair = joined.indices >= present.shape[1]
    first[~is_pair], first[is_pair] = features.first, at
    return joined, first


def best(matcher: Matcher, depth: int = 3, with_choice: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """The `depth` best themes of every text, shape (n, depth): numbers (-1 for none) and scores (0 for none).

    Of two themes with the same score the first in the alphabet is better.

    >>> from analysis import corpus, features
    >>> from analysis.types import CodebookTheme, Text
    >>> read = corpus.read([Text("1", "selokan depan sekolah"), Text("2", "entah")])
    >>> stems = features.build(read, np.zeros(2, dtype=bool))
    >>> themes = [CodebookTheme("DRAIN", "Selokan", None), CodebookTheme("EDU", "Sekolah", None)]
    >>> matcher = open_matcher(read, stems, codebook.frame(themes))
    >>> numbers, scores = best(matcher, depth=2)
    >>> numbers.tolist(), scores.tolist()
    ([[0, 1], [-1, -1]], [[2.5, 0.875], [0.0, 0.0]])
    """
    n, k = matcher.present.shape[0], len(matcher.themes)
    numbers = np.full((n, depth), -1, dtype=np.int32)
    scores = np.zeros((n, depth), dtype=np.float32)
    if not k:
        return numbers, scores
    for rows, found in matcher.scores(with_choice):
        found = np.round(found, 4)
        for turn in range(min(depth, k)):
            top = found.argmax(axis=1)
            value = found[np.arange(len(found)), top]
            numbers[rows, turn] = np.where(value > 0, top, -1)
            scores[rows, turn] = np.maximum(value, 0)
            found[np.arange(len(found)), top] = -np.inf
    return numbers, scores
