"""What was read in each text, put into words a block at a time, so that a million need not stand side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import chain, pairwise
from typing import NamedTuple, overload

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
from analysis.types import Cue, DimensionMark, Reading, TypeMark

# Few texts at a time: what is made for them stays in the cache, and is gone before cycles are looked for among it.
SHOWN, ROWS = 8, 256
UNSEEN = 0.0005  # what rounds to nothing is not shown


class Columns(NamedTuple):
    """What is shown of some texts, one list for each field of a reading but the fingerprint, in the same order.

    `words` are pairs of word and weight, `dimensions` triples of code, confidence and cues.
    """

    ids: list[str]
    languages: list[str]
    guesses: list[bool]
    types: list[tuple[TypeMark, ...]]
    sentiments: list[str]
    dimensions: list[list[tuple[str, float, list[str]]]]
    themes: list[str | None]
    reasons: list[str | None]
    words: list[list[tuple[str, float]]]
    margins: list[float]
    duplicates: list[str | None]
    texts: list[str]
    flags: list[tuple[str, ...]]
    candidates: list[tuple[str, ...]]


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

    `duplicate` (n,) is the first text of a group of near-identical ones, -1 for a text that stands alone. `at` (k,)
    leads from a theme of the placing to its column in the matcher, -1 for one that has no words.
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
    at: np.ndarray = field(init=False)
    written: list[str] = field(init=False)
    rank: np.ndarray = field(init=False)

    def __post_init__(self) -> None:
        self.at = self.matcher.columns_of(self.placing.themes)
        self.written = [spelled(word) for word in self.corpus.words]
        order = sorted(range(len(self.matcher.columns)), key=self.matcher.columns.__getitem__)
        self.rank = np.empty(len(order), dtype=np.int64)
        self.rank[order] = np.arange(len(order))

    def __len__(self) -> int:
        return len(self.corpus)

    def __iter__(self) -> Iterator[Reading]:
        return chain.from_iterable(self._block(start, end) for start, end in self._parts())

    def columns(self) -> Iterator[Columns]:
        """The same as plain columns, some hundred texts at a time: what is only written down needs no reading made."""
        return (self._columns(start, end) for start, end in self._parts())

    def _parts(self) -> Iterator[tuple[int, int]]:
        return ((at, min(at + ROWS, len(self))) for at in range(0, len(self), ROWS))

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
        shown, flats = self._columns(start, end), self.corpus.flats[start:end]
        marks = [tuple([DimensionMark(c, sure, tuple(cues)) for c, sure, cues in row]) for row in shown.dimensions]
        words = [tuple([Cue(word, weight) for word, weight in row]) for row in shown.words]
        made = shown._replace(dimensions=marks, words=words)
        return [Reading(*row, fingerprint(flat)) for *row, flat in zip(*made, flats, strict=True)]

    def _columns(self, start: int, end: int) -> Columns:
        corpus, placing, names = self.corpus, self.placing, [*self.placing.themes, None]
        guesses, flags = self.is_guess[start:end].tolist(), corpus.flags_between(start, end)
        candidates = placing.candidates[start:end].tolist()
        return Columns(
            ids=corpus.ids[start:end],
            languages=[LANGUAGES[code] for code in self.languages[start:end].tolist()],
            guesses=guesses,
            types=self.said.marks(start, end, corpus.chosen_type),
            sentiments=[SENTIMENTS[code] for code in self.sentiments[start:end].tolist()],
            dimensions=self._dimensions(start, end),
            themes=[names[theme] for theme in placing.theme[start:end].tolist()],
            reasons=[REASONS[reason] or None for reason in placing.reason[start:end].tolist()],
            words=self._words(start, end),
            margins=placing.margin[start:end].astype(float).round(3).tolist(),
            duplicates=[f"D-{corpus.ids[n]}" if n >= 0 else None for n in self.duplicate[start:end].tolist()],
            texts=corpus.masked[start:end],
            flags=[(*own, "low_confidence") if guess else own for own, guess in zip(flags, guesses, strict=True)],
            candidates=[tuple([names[c] for c in row if c >= 0]) for row in candidates],
        )

    def _words(self, start: int, end: int) -> list[list[tuple[str, float]]]:
        """The words that speak for the theme each text stands in, the heaviest first."""
        theme = self.placing.theme[start:end]
        at = np.append(self.at, -1)[theme]
        column = np.where(self.placing.margin[start:end] != PINNED, at, -1)
        words, weights, bounds = self._heaviest(start, end, self.matcher.weights, column, SHOWN)
        pairs = list(zip(words, weights.astype(float).round(3).tolist(), strict=True))
        return [pairs[a:b] for a, b in pairwise(bounds)]

    def _dimensions(self, start: int, end: int) -> list[list[tuple[str, float, list[str]]]]:
        """The two likeliest dimensions of each text with the words that caused them."""
        codes = self.marks.codes[start:end].astype(np.int64)
        sure = self.marks.confidence[start:end].astype(float).round(3).tolist()
        rows: list[list[tuple[str, float, list[str]]]] = [[] for _ in range(end - start)]
        for turn in (0, 1):
            words, _, bounds = self._heaviest(start, end, self.marks.cue_weights, codes[:, turn], CUES)
            for i, code in enumerate(codes[:, turn].tolist()):
                if code >= 0:
                    cues = list(dict.fromkeys(words[bounds[i] : bounds[i + 1]]))
                    rows[i].append((self.dimensions[code], sure[i][turn], cues))
        return rows

    def _heaviest(
        self, start: int, end: int, weights: np.ndarray, column: np.ndarray, most: int
    ) -> tuple[list[str], np.ndarray, list[int]]:
        """The words with a weight in one column of `weights` for each text, as they stand there, the heaviest first.

        Returns the words of all texts one after the other, their weights, and the bounds of each text among them.
        """
        pointers = self.matcher.present.indptr
        entries = slice(int(pointers[start]), int(pointers[end]))
        owner = np.repeat(np.arange(end - start), np.diff(pointers[start : end + 1]))
        keys, of = self.matcher.present.indices[entries], column[owner]
        value = np.where(of >= 0, weights[keys, of], 0) if weights.shape[1] else np.zeros(len(keys), dtype=np.float32)
        hit = np.flatnonzero(value > UNSEEN)
        hit = hit[np.lexsort((self.rank[keys[hit]], -value[hit], owner[hit]))]
        first = np.searchsorted(owner[hit], np.arange(end - start))
        hit = hit[np.arange(len(hit)) - first[owner[hit]] < most]
        tokens = self.matcher.first[entries][hit]
        words = [self.written[word] for word in self.corpus.tokens[tokens].tolist()]
        for pair in np.flatnonzero(keys[hit] >= len(self.features.names)).tolist():
            words[pair] += f" {self._next(int(tokens[pair]))}"
        return words, value[hit], np.searchsorted(owner[hit], np.arange(end - start + 1)).tolist()

    def _next(self, token: int) -> str:
        """The next word of content after a token."""
        after = token + 1
        while self.features.token_keys[after] < 0:
            after += 1
        return self.written[self.corpus.tokens[after]]
