"""Stage 1c, features: the stems of each text as columns, and the pairs of neighbours that a codebook knows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix

from analysis import javanese, language, words
from analysis.corpus import Corpus
from analysis.normalise import spelled
from analysis.stem import ENGLISH, stem

SHORT = 3  # an English word as short as that is another in Indonesian: bin, tap, net
# They say how, not what; in a label such as "no content" they would match half of all complaints.
UNSAID = frozenset("tidak bukan belum jangan tanpa kurang sama lain isi ada not no".split())


def is_content(word: str) -> bool:
    """Whether a (normalised) word says what a text is about.

    >>> is_content("rob"), is_content("yang"), is_content("ngarep"), is_content("tidak")
    (True, False, False, False)
    """
    if len(word) < 2 or word in words.stopwords() or word in UNSAID:
        return False
    return _javanese(word) not in words.stopwords()


def key_of(word: str, language: str) -> str:
    """The stem of a word by its language; a Javanese or English word of civic life leads to its Indonesian one.

    >>> key_of("banyune", "jv") == key_of("air", "id"), key_of("water", "en") == key_of("air", "id")
    (True, True)
    """
    meant = words.english().get(word) if language == ENGLISH or len(word) > SHORT else None
    meant = meant or (None if language == ENGLISH else _javanese(word))
    return stem(meant) if meant else stem(word, language)


@cache
def _javanese(word: str) -> str | None:
    return words.javanese().get(word) or javanese.meaning(word, words.javanese(), words.own())


@dataclass(slots=True)
class Features:
    """The stems of n texts: `counts` (n, k) float32 by text and stem, `first` the token where each first stands.

    `names` are the k stems; `forms` the word to show for each, the commonest. `has_content` (n,) is False for a text
    of function words alone, whose every word then counts. `token_keys` (t,) is the stem of each token, -1 for none.
    """

    names: list[str]
    forms: list[str]
    counts: csr_matrix
    first: np.ndarray
    has_content: np.ndarray
    token_keys: np.ndarray

    def present(self) -> csr_matrix:
        """The counts as ones, float32."""
        return csr_matrix(
            (np.ones(self.counts.nnz, dtype=np.float32), self.counts.indices, self.counts.indptr), self.counts.shape
        )


def languages(corpus: Corpus) -> tuple[np.ndarray, np.ndarray]:
    """The language of each text, (n,) int8 into `language.LANGUAGES`, as told or as read, and whether that is a guess.

    >>> from analysis.corpus import read
    >>> from analysis.types import Text
    >>> codes, is_guess = languages(read([Text("1", "the pump is broken"), Text("2", "pompa rob", language="jv")]))
    >>> [language.LANGUAGES[code] for code in codes], is_guess.tolist()
    (['en', 'jv'], [False, False])
    """
    codes, is_guess = language.languages(corpus.masked, corpus.tokens, corpus.bounds, corpus.words)
    for number, told in enumerate(corpus.told_language):
        if told in language.KNOWN:
            codes[number], is_guess[number] = language.LANGUAGES.index(told), False
    return codes, is_guess


def build(corpus: Corpus, is_english: np.ndarray) -> Features:
    """Stem the vocabulary once for each language and count the stems of each text.

    `is_english` (n,) says which texts are stemmed as English; all others as Indonesian.

    >>> from analysis.corpus import read
    >>> from analysis.types import Text
    >>> stems = build(read([Text("1", "pompa rob, pompa"), Text("2", "the pump")]), np.array([False, True]))
    >>> stems.names[:2], stems.counts[:, :2].toarray().tolist(), stems.token_keys.tolist()
    (['pompa', 'rob'], [[2.0, 1.0], [1.0, 0.0]], [0, 1, 0, -1, 0])
    """
    written = [spelled(word) for word in corpus.words]
    number: dict[str, int] = {}
    tables = []
    for stemmer in ("id", ENGLISH):
        tables.append([number.setdefault(key_of(word, stemmer), len(number)) for word in written])
    owners = corpus.owners
    english = np.asarray(is_english, dtype=np.int8)[owners]
    keys = np.array(tables, dtype=np.int32).reshape(2, -1)[english, corpus.tokens]
    says = np.array([is_content(word) for word in written], dtype=bool)[corpus.tokens]
    has_content = np.zeros(len(corpus), dtype=bool)
    has_content[owners[says]] = True
    keys = np.where(says | ~has_content[owners], keys, -1).astype(np.int32)
    used = np.flatnonzero(keys >= 0)
    counts, first = _count(owners[used], keys[used], (len(corpus), len(number)))
    forms = _forms(keys[used], corpus.tokens[used], written, len(number))
    return Features(list(number), forms, counts, used[first] if used.size else first, has_content, keys)


def _count(rows: np.ndarray, columns: np.ndarray, shape: tuple[int, int]) -> tuple[csr_matrix, np.ndarray]:
    """Counts by row and column, and for each the place where it first stood; rows come in order."""
    width = max(shape[1], 1)
    codes, first, times = np.unique(rows.astype(np.int64) * width + columns, return_index=True, return_counts=True)
    starts = np.searchsorted(codes, np.arange(shape[0] + 1, dtype=np.int64) * width)
    kind = np.int32 if len(codes) < 2**31 else np.int64
    matrix = csr_matrix((times.astype(np.float32), (codes % width).astype(kind), starts.astype(kind)), shape)
    return matrix, first


def _forms(keys: np.ndarray, tokens: np.ndarray, written: Sequence[str], count: int) -> list[str]:
    """The commonest word of each stem; of two as common the first in the alphabet."""
    codes, times = np.unique(keys.astype(np.int64) * max(len(written), 1) + tokens, return_counts=True)
    totals: list[dict[str, int]] = [{} for _ in range(count)]
    for code, time in zip(codes.tolist(), times.tolist(), strict=True):
        key, word = divmod(code, len(written))
        totals[key][written[word]] = totals[key].get(written[word], 0) + time
    return [min(seen, key=lambda form: (-seen[form], form)) if seen else "" for seen in totals]


def pairs(corpus: Corpus, features: Features, wanted: Iterable[str]) -> tuple[list[str], csr_matrix, np.ndarray]:
    """Where two content words that a codebook knows as a pair stand side by side.

    Returns the pairs whose two stems both occur (`a b`, in alphabetical order), a (n, pairs) matrix of ones, and for
    each of its entries the token at which the pair first stands.

    >>> from analysis.corpus import read
    >>> from analysis.types import Text
    >>> said = read([Text("1", "rob di pompa"), Text("2", "mati pompa rob")])
    >>> names, beside, first = pairs(said, build(said, np.zeros(2, dtype=bool)), ["pompa rob", "rob pompa", "air rob"])
    >>> names, beside.toarray().tolist(), first.tolist()
    (['pompa rob', 'rob pompa'], [[0.0, 1.0], [1.0, 0.0]], [0, 4])
    """
    number = {name: n for n, name in enumerate(features.names)}
    known = sorted({p for p in wanted if p.count(" ") == 1 and all(part in number for part in p.split())})
    width = max(len(number), 1)
    codes = np.array([number[a] * width + number[b] for a, b in (p.split() for p in known)], dtype=np.int64)
    used = np.flatnonzero(features.token_keys >= 0)
    keys, owners = features.token_keys[used].astype(np.int64), corpus.owners[used]
    order = np.argsort(codes, kind="stable")
    if not codes.size or used.size < 2:
        return known, csr_matrix((len(corpus), len(known)), dtype=np.float32), np.zeros(0, dtype=np.int64)
    both = keys[:-1] * width + keys[1:]
    place = np.minimum(np.searchsorted(codes[order], both), len(codes) - 1)
    hit = np.flatnonzero((codes[order][place] == both) & (owners[:-1] == owners[1:]))
    matrix, first = _count(owners[hit], order[place[hit]], (len(corpus), len(known)))
    matrix.data[:] = 1
    return known, matrix, used[hit[first]]
