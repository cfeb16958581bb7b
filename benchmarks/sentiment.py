"""Sentiment: the shipped lexicon beside linear models that are trained here, measured here and thrown away.

SmSA is judged on its validation part by models of its training part. NusaX (Indonesian, Javanese) is judged on its
validation parts by models of its two training parts, and of these with SmSA. A text that the lexicon calls mixed
counts as neutral, for the sets know three labels.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.svm import LinearSVC

from analysis import sentiment, words
from analysis.normalise import spelled
from benchmarks.public import Labelled, columns, nusax, smsa
from benchmarks.rows import Row, interval, show, timed

STAGE = "sentiment"
LABELS = np.array(sentiment.SENTIMENTS[:3])
STRENGTH = 0.3
CLITICS = ("nipun", "ipun", "ne", "e")
SHORTEST = 4
# A NusaX text stands for three of SmSA, which is twenty times as large.
WEIGHT = 3
# Speed is taken on at least so many texts, by repeating them.
FEWEST = 5_000


def run(sets: Path | None) -> list[Row]:
    """Macro-F1 with its interval, and texts per CPU second; without a folder of sets there is nothing to measure."""
    if sets is None:
        return []
    valid = smsa(sets, "valid")
    # NusaX was made of SmSA: a text that is asked must not have been learned.
    asked = [text for code in ("id", "jv") for text in nusax(sets, code, "valid").texts]
    large = smsa(sets, "train").without([*valid.texts, *asked])
    small = nusax(sets, "id", "train") + nusax(sets, "jv", "train")
    rows = _measure("SmSA", valid, {"": large})
    for code, name in (("id", "NusaX Indonesian"), ("jv", "NusaX Javanese")):
        both = Labelled(small.texts * WEIGHT, small.labels * WEIGHT) + large
        rows += _measure(name, nusax(sets, code, "valid"), {"": small, ", SmSA beside it": both})
    return rows


def _measure(name: str, valid: Labelled, trains: dict[str, Labelled]) -> list[Row]:
    meant = _numbers(valid.labels)
    many = valid.texts * (1 + FEWEST // len(valid.texts))
    found, seconds = timed(lambda: lexicon(many))
    rows = [_quality(name, "our lexicon", meant, found[: len(meant)]), _speed(name, "our lexicon", many, seconds)]
    for suffix, train in trains.items():
        for tool, has_marks, has_lexicon in (
            ("linear", False, False),
            ("linear, negation marks", True, False),
            ("linear, negation marks and lexicon", True, True),
        ):
            model = Linear(train, has_marks, has_lexicon)
            found, seconds = timed(lambda model=model: model.predict(many))
            rows.append(_quality(name, tool + suffix, meant, found[: len(meant)]))
            rows.append(_speed(name, tool + suffix, many, seconds))
    return rows


def lexicon(texts: Sequence[str]) -> np.ndarray:
    """What the shipped lexicon says, as places in `LABELS`; mixed is neutral."""
    found = sentiment.sentiments(*columns(texts))
    return np.where(found == sentiment.SENTIMENTS.index("mixed"), 1, found)


class Linear:
    """A linear support vector machine (liblinear) on weighted counts of words, with or without marks and lexicon.

    Wang and Manning (2012) found such models hard to beat on short texts. Javanese words of the bilingual list count as
    the Indonesian ones.
    """

    def __init__(self, train: Labelled, has_marks: bool, has_lexicon: bool) -> None:
        self.has_marks, self.has_lexicon = has_marks, has_lexicon
        self.columns: dict[str, int] = {}
        tokens, bounds, vocabulary = columns(train.texts)
        self.columns = {word: place for place, word in enumerate(dict.fromkeys(map(_meant, vocabulary)))}
        self.weigh = TfidfTransformer(sublinear_tf=True)
        counts = self._counts(tokens, bounds, vocabulary)
        inputs = self._inputs(self.weigh.fit_transform(counts), tokens, bounds, vocabulary)
        self.model = LinearSVC(C=STRENGTH, class_weight="balanced", random_state=1, max_iter=5_000)
        self.model.fit(inputs, _numbers(train.labels))

    def predict(self, texts: Sequence[str]) -> np.ndarray:
        """Places in `LABELS`, from the raw texts on."""
        tokens, bounds, vocabulary = columns(texts)
        weighed = self.weigh.transform(self._counts(tokens, bounds, vocabulary))
        return self.model.predict(self._inputs(weighed, tokens, bounds, vocabulary))

    def _counts(self, tokens: np.ndarray, bounds: np.ndarray, vocabulary: Sequence[str]) -> csr_matrix:
        """Counts of the words that the model knows, shape (n, 2 columns)."""
        width = len(self.columns)
        place = np.array([self.columns.get(_meant(word), width) for word in vocabulary], dtype=np.int64)
        counts = sentiment.marked(tokens, bounds, vocabulary)
        is_negated, word = np.divmod(counts.indices, max(len(vocabulary), 1))
        target = place[word] + width * (is_negated if self.has_marks else 0)
        kept = place[word] < width
        text = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        cells = (counts.data[kept].astype(float), (text[kept], target[kept]))
        return csr_matrix(cells, shape=(counts.shape[0], 2 * width))

    def _inputs(
        self, weighed: csr_matrix, tokens: np.ndarray, bounds: np.ndarray, vocabulary: Sequence[str]
    ) -> csr_matrix:
        if not self.has_lexicon:
            return weighed
        return hstack([weighed, csr_matrix(sentiment.signals(tokens, bounds, vocabulary))]).tocsr()


def _meant(word: str) -> str:
    known, full = words.bilingual(), spelled(word)
    bases = (
        full[: -len(clitic)] for clitic in CLITICS if full.endswith(clitic) and len(full) - len(clitic) >= SHORTEST
    )
    return known.get(full) or next((known.get(base, base) for base in bases), full)


def _numbers(labels: Sequence[str]) -> np.ndarray:
    place = {label: number for number, label in enumerate(LABELS)}
    return np.array([place[label] for label in labels])


def macro_f1(meant: np.ndarray, found: np.ndarray) -> float:
    """The mean of the three F1; one that neither side uses counts 0."""
    table = np.bincount(meant * 3 + found, minlength=9).reshape(3, 3)
    return float(np.mean(2 * np.diag(table) / np.maximum(table.sum(axis=0) + table.sum(axis=1), 1)))


def _quality(name: str, tool: str, meant: np.ndarray, found: np.ndarray) -> Row:
    low, high = interval(len(meant), lambda rows: macro_f1(meant[rows], found[rows]))
    return Row(STAGE, name, tool, "macro-F1", macro_f1(meant, found), "", low, high, f"n={len(meant)}")


def _speed(name: str, tool: str, many: Sequence[str], seconds: float) -> Row:
    return Row(
        STAGE, name, tool, "speed", len(many) / seconds, "docs/CPU s", note="from raw text on; a small set is repeated"
    )


if __name__ == "__main__":
    print(show(run(Path(sys.argv[1]) if len(sys.argv) > 1 else None)))
