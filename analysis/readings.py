"""What was read in each text, put into words a block at a time, so that a million need not stand side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain
from typing import overload

import numpy as np

from analysis import matching
from analysis.corpus import Corpus
from analysis.dimensions import SHOWN as CUES
from analysis.dimensions import Marks
from analysis.features import Features
from analysis.kinds import Said
from analysis.language import LANGUAGES
from analysis.normalise import spelled
from analysis.placing import PINNED, REASONS, Placing
from analysis.sentiment import SENTIMENTS
from analysis.types import Cue, DimensionMark, Reading

# Few texts at a time: what is made for them stays in the cache, and is gone before cycles are looked for among it.
SHOWN, ROWS = 8, 128
UNSEEN = 0.0005  # what rounds to nothing is not shown
Rows = list[list[tuple[str, float]]]


def fingerprint(flat: str) -> int:
    """A signed 64-bit hash (BLAKE2b) of a flattened text, 0 for an empty one: equal texts are found again by it.

    >>> fingerprint("rob") == fingerprint("rob"), fingerprint("")
    (True, 0)
    """
    said = blake2b(flat.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(said, "big", signed=True) if flat else 0


@dataclass(slots=True, eq=False)
class Readings(Sequence[Reading]):
    """Readings of n texts by id; each is made when it is asked for and kept nowhere.

    `at` (k,) leads from a theme of the placing to its column in the matcher, -1 for one that has no words;
    `duplicate` (n,) is the first text of a group of near-identical ones, -1 for a text that stands alone.
    """

    corpus: Corpus
    features: Features
    placing: Placing
    matcher: matching.Matcher
    marks: Marks
    dimensions: tuple[str, ...]
    languages: np.ndarray
    is_guess: np.ndarray
    said: Said
    sentiments: np.ndarray
    duplicate: np.ndarray
    at: np.ndarray
    written: list[str] = field(init=False)
    rank: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.written = [spelled(word) for word in self.corpus.words]
        order = sorted(range(len(self.matcher.columns)), key=self.matcher.columns.__getitem__)
        self.rank = np.empty(len(order), dtype=np.int64)
        self.rank[order] = np.arange(len(order))

    def __len__(self) -> int:
        return len(self.corpus)

    def __iter__(self) -> Iterator[Reading]:
        blocks = (self._block(at, min(at + ROWS, len(self))) for at in range(0, len(self), ROWS))
        return chain.from_iterable(blocks)

    @overload
    def __getitem__(self, number: int) -> Reading: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Reading]: ...
    def __getitem__(self, number: int | slice) -> Reading | Sequence[Reading]:
        if isinstance(number, slice):
            return list(self)[number]
        place = range(len(self))[number]
        return self._block(place, place + 1)[0]

    def __repr__(self) -> str:
        return repr(tuple(self))

    def _block(self, start: int, end: int) -> list[Reading]:
        corpus, placing = self.corpus, self.placing
        words, marks = self._words(start, end), self._dimensions(start, end)
        types = self.said.marks(start, end, corpus.chosen_type)
        themes = placing.theme[start:end].tolist()
        margins, reasons = placing.margin[start:end].astype(float).round(3).tolist(), placing.reason[start:end].tolist()
        spoken, sentiments = self.languages[start:end].tolist(), self.sentiments[start:end].tolist()
        roots, guesses = self.duplicate[start:end].tolist(), self.is_guess[start:end].tolist()
        candidates = placing.candidates[start:end].tolist()
        names = placing.themes
        return [
            Reading(
                id=corpus.ids[start + i],
                language=LANGUAGES[spoken[i]],
                low_confidence=guesses[i],
                types=types[i],
                sentiment=SENTIMENTS[sentiments[i]],
                dimensions=marks[i],
                theme=names[themes[i]] if themes[i] >= 0 else None,
                theme_reason=REASONS[reasons[i]] or None,
                words=words[i],
                margin=margins[i],
                duplicate_group=f"D-{corpus.ids[roots[i]]}" if roots[i] >= 0 else None,
                masked_text=corpus.masked[start + i],
                flags=(*corpus.flags_of(start + i), "low_confidence") if guesses[i] else corpus.flags_of(start + i),
                candidates=tuple([names[c] for c in candidates[i] if c >= 0]),
                fingerprint=fingerprint(corpus.flats[start + i]),
            )
            for i in range(end - start)
        ]

    def _words(self, start: int, end: int) -> list[tuple[Cue, ...]]:
        """The words that speak for the theme each text stands in, the heaviest first."""
        theme = self.placing.theme[start:end]
        at = np.append(self.at, -1)[theme]
        column = np.where(self.placing.margin[start:end] != PINNED, at, -1)
        rows = self._heaviest(start, end, self.matcher.weights, column, SHOWN)
        return [tuple([Cue(word, weight) for word, weight in row]) for row in rows]

    def _dimensions(self, start: int, end: int) -> list[tuple[DimensionMark, ...]]:
        """The two likeliest dimensions of each text with the words that caused them."""
        codes = self.marks.codes[start:end].astype(np.int64)
        sure = self.marks.confidence[start:end].astype(float).round(3).tolist()
        cues = [self._heaviest(start, end, self.marks.cue_weights, codes[:, turn], CUES) for turn in (0, 1)]
        return [
            tuple(
                [
                    DimensionMark(
                        self.dimensions[code], sure[i][turn], tuple(dict.fromkeys(w for w, _ in cues[turn][i]))
                    )
                    for turn, code in enumerate(pair)
                    if code >= 0
                ]
            )
            for i, pair in enumerate(codes.tolist())
        ]

    def _heaviest(self, start: int, end: int, weights: np.ndarray, column: np.ndarray, most: int) -> Rows:
        """For each text the words with a weight in one column of `weights`, as they stand there, the heaviest first."""
        pointers = self.matcher.present.indptr
        entries = slice(int(pointers[start]), int(pointers[end]))
        owner = np.repeat(np.arange(end - start), np.diff(pointers[start : end + 1]))
        keys, of = self.matcher.present.indices[entries], column[owner]
        value = np.where(of >= 0, weights[keys, of], 0) if weights.shape[1] else np.zeros(len(keys))
        hit = np.flatnonzero(value > UNSEEN)
        hit = hit[np.lexsort((self.rank[keys[hit]], -value[hit], owner[hit]))]
        first = np.searchsorted(owner[hit], np.arange(end - start))
        hit = hit[np.arange(len(hit)) - first[owner[hit]] < most]
        rows: Rows = [[] for _ in range(end - start)]
        tokens = self.matcher.first[entries][hit]
        words = self.corpus.tokens[tokens].tolist()
        singles = len(self.features.names)
        for text, key, token, word, weight in zip(
            owner[hit].tolist(), keys[hit].tolist(), tokens.tolist(), words, value[hit].tolist(), strict=True
        ):
            shown = self.written[word] if key < singles else f"{self.written[word]} {self._next(token)}"
            rows[text].append((shown, round(weight, 3)))
        return rows

    def _next(self, token: int) -> str:
        """The next word of content after a token."""
        after = token + 1
        while self.features.token_keys[after] < 0:
            after += 1
        return self.written[self.corpus.tokens[after]]
