"""Stage 4a, kinds: what sort of thing is said, with the words that tell; a person's own choice comes first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np

from analysis import words
from analysis.normalise import spelled
from analysis.phrases import Phrases, find, prepare
from analysis.types import TypeMark

ORDER = ("problem", "proposal", "service_complaint", "question", "support", "objection")
ENOUGH = {"service_complaint": 2}
CHOSEN, ASKED = "pilihan penulis", "?"
REMEMBERED = 4_096


def kinds(normalised: str, tokens: Sequence[str], chosen: str | None = None) -> tuple[TypeMark, ...]:
    """Every kind whose cue words stand in one text, in a fixed order; a question mark is a cue of a question.

    >>> [mark.type for mark in kinds("tolong selokan dikeruk", ["tolong", "selokan", "dikeruk"])]
    ['proposal']
    """
    numbers = np.arange(len(tokens), dtype=np.int32)
    found = said(numbers, np.array([0, len(tokens)]), tokens, np.array(["?" in normalised]))
    return found.marks(0, 1, {0: chosen} if chosen else {})[0]


@dataclass(frozen=True, slots=True)
class Said:
    """The cues that stand in n texts, each once: `text` and `phrase` (int64, sorted by both), the cues being numbers of
    `cues`; `of_kind` (cues, 6) says which are cues of which kind, `asks` (n,) where a question mark stands.
    """

    text: np.ndarray
    phrase: np.ndarray
    asks: np.ndarray
    cues: tuple[str, ...]
    of_kind: np.ndarray

    def kinds(self, chosen: Mapping[int, str]) -> np.ndarray:
        """Which kinds each text is of, bool of shape (n, 6) in the order of `ORDER`; `chosen` is what writers said."""
        text, phrase, n = self.text, self.phrase, len(self.asks)
        found = [np.bincount(text[self.of_kind[phrase, kind]], minlength=n) for kind in range(len(ORDER))]
        times = np.stack(found, axis=1)
        times[:, ORDER.index("question")] += self.asks
        is_kind = times >= np.array([ENOUGH.get(kind, 1) for kind in ORDER])
        for number, kind in chosen.items():
            if kind in ORDER:
                is_kind[number, ORDER.index(kind)] = True
        return is_kind

    def marks(self, start: int, end: int, chosen: Mapping[int, str]) -> list[tuple[TypeMark, ...]]:
        """The kinds of the texts from `start` to `end` with their cue words; what the writer chose comes first."""
        bounds = np.searchsorted(self.text, np.arange(start, end + 1)).tolist()
        phrases, asks = self.phrase[bounds[0] : bounds[-1]].tolist(), self.asks[start:end].tolist()
        base = bounds[0]
        return [
            _mark(tuple(phrases[bounds[i] - base : bounds[i + 1] - base]), asks[i], chosen.get(start + i))
            for i in range(end - start)
        ]


@lru_cache(maxsize=REMEMBERED)
def _mark(phrases: tuple[int, ...], asks: bool, chosen: str | None) -> tuple[TypeMark, ...]:
    """Most texts hold the cues of some other text, and are then of the same kinds."""
    marks = [TypeMark(chosen, (CHOSEN,))] if chosen in ORDER else []
    found: dict[int, list[str]] = {}
    for phrase in phrases:
        for kind in _kinds_of_cue()[phrase]:
            found.setdefault(kind, []).append(_cues()[0].listed[phrase])
    if asks:
        found.setdefault(ORDER.index("question"), []).append(ASKED)
    for kind in sorted(found):
        if len(found[kind]) >= ENOUGH.get(ORDER[kind], 1) and ORDER[kind] != chosen:
            marks.append(TypeMark(ORDER[kind], tuple(found[kind])))
    return tuple(marks)


def said(tokens: np.ndarray, bounds: np.ndarray, vocabulary: Sequence[str], asks: np.ndarray) -> Said:
    """Find every cue in all texts at once.

    `tokens` (int32) are the numbers in `vocabulary` of the words of all texts, text i from `bounds[i]` to
    `bounds[i + 1]`; `asks` (bool, n) says whether a question mark stands in the text.

    >>> found = said(np.array([0]), np.array([0, 1]), ["rusak"], np.array([True]))
    >>> found.kinds({}).tolist(), [mark.type for mark in found.marks(0, 1, {})[0]]
    ([[True, False, False, True, False, False]], ['problem', 'question'])
    """
    cues, of_kind = _cues()
    places = find(tokens, bounds, vocabulary, cues)
    # A cue counts once in a text, however often it is said.
    once = np.unique(places.text * len(cues.listed) + places.phrase)
    text, phrase = np.divmod(once, max(len(cues.listed), 1))
    return Said(text, phrase, np.asarray(asks, dtype=bool), cues.listed, of_kind)


@cache
def _kinds_of_cue() -> list[tuple[int, ...]]:
    """The kinds that each cue is one of."""
    return [tuple(np.flatnonzero(row).tolist()) for row in _cues()[1]]


@cache
def _lists() -> dict[str, frozenset[str]]:
    """The cues of each kind, spelled as normalised texts are."""
    listed = words.labelled("kinds.txt")
    return {kind: frozenset(" ".join(map(spelled, cue.split())) for cue in listed[kind]) for kind in ORDER}


@cache
def _cues() -> tuple[Phrases, np.ndarray]:
    """All cues, and whether each is one of each kind, bool of shape (cues, 6)."""
    ready = prepare(cue for kind in ORDER for cue in _lists()[kind])
    return ready, np.array([[cue in _lists()[kind] for kind in ORDER] for cue in ready.listed])
