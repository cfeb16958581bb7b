"""Stage 6, placing: every text in a theme of the codebook, in a proposed theme, or told apart with a reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis import codebook, content, learning, matching
from analysis.corpus import LINKED, Corpus
from analysis.features import Features

EMPTY_THEME = "META-NONE"
NO_CONTENT, NO_SHARED_WORDS = "no_content", "no_shared_words"
REASONS = ("", NO_CONTENT, NO_SHARED_WORDS)
FEW_WORDS = 2
PASSES, SURE_ENOUGH, PINNED = 4, 0.8, 99.0
NOWHERE = -1


@dataclass(slots=True)
class Placing:
    """Where n texts stand: `theme` (n,) into `themes` (-1 nowhere), `reason` (n,) into REASONS, `margin` (n,).

    `candidates` (n, 3) are the best codebook themes, `is_free` (k,) says which themes no codebook holds.
    """

    themes: list[str]
    is_free: list[bool]
    theme: np.ndarray
    reason: np.ndarray
    margin: np.ndarray
    candidates: np.ndarray
    points: np.ndarray


def nothing_said(corpus: Corpus, features: Features) -> np.ndarray:
    """Texts with nothing to read, (n,) bool: no word of content, a trial of the form, or an advertisement.

    >>> from analysis import corpus, features
    >>> from analysis.types import Text
    >>> read = corpus.read([Text("1", "tes tes"), Text("2", "pompa mati")])
    >>> nothing_said(read, features.build(read, np.zeros(2, dtype=bool))).tolist()
    [True, False]
    """
    trial = content.trial_words()
    tries = np.array([word in trial or len(word) < 2 for word in corpus.words], dtype=bool)
    others = np.bincount(corpus.owners[~tries[corpus.tokens]], minlength=len(corpus))
    found = ~features.has_content | ((others == 0) & (corpus.sizes <= content.LONGEST_TRIAL))
    for number in np.flatnonzero(corpus.flags & LINKED):
        found[number] |= content.is_advert(corpus.masked[number], corpus.words_of(number))
    return found


def place(
    corpus: Corpus,
    features: Features,
    frame: codebook.Frame,
    roots: np.ndarray,
    known: Sequence[str],
    pairs: Iterable[str] = (),
    passes: int = PASSES,
) -> tuple[Placing, matching.Matcher]:
    """Place texts in themes of the codebook, in hard-EM passes: match, learn from the sure ones, match again.

    Human marks are constraints: they are never changed and teach the loudest. Equal texts (`roots`, (n,), the first of
    each group) teach once, so no campaign can move the words of a theme. `known` are all themes of the codebook,
    `pairs` further pairs of stems to be told apart.

    >>> from analysis import corpus, features
    >>> from analysis.types import CodebookTheme, Text
    >>> read = corpus.read([Text("1", "pompa rob mati"), Text("2", "buku sekolah habis")])
    >>> words = features.build(read, np.zeros(2, dtype=bool))
    >>> placed, _ = place(read, words, codebook.frame([CodebookTheme("ROB", "Rob", None)]), np.arange(2), ["ROB"])
    >>> placed.theme.tolist(), [REASONS[n] for n in placed.reason]
    ([0, -1], ['', 'no_shared_words'])
    """
    matcher = matching.open_matcher(corpus, features, frame, pairs)
    # Without a codebook there is no place for what says nothing, and a word of greeting may be what a theme is about.
    empty = nothing_said(corpus, features) if matcher.themes else corpus.sizes == 0
    themes = list(matcher.themes) + ([EMPTY_THEME] if EMPTY_THEME in known else [])
    pins = _pins(corpus, themes)
    says = matcher.weights.copy()
    singles = len(features.names)
    teachers = (roots == np.arange(len(corpus))) & ~empty
    placing = None
    for turn in range(passes):
        before = None if placing is None else placing.theme
        placing = _match(matcher, themes, empty, pins, corpus)
        if before is not None and np.array_equal(before, placing.theme):
            break
        if turn + 1 < passes:
            sure = np.where(placing.margin >= SURE_ENOUGH, placing.theme, NOWHERE)
            sure[sure >= len(matcher.themes)] = NOWHERE
            loud = np.where(pins >= 0, learning.HUMAN, 1.0) * teachers
            matcher.weights = says.copy()
            matcher.weights[:singles] += learning.learn(matcher.present[:, :singles], sure, len(matcher.themes), loud)
    return placing, matcher


def _pins(corpus: Corpus, themes: Sequence[str]) -> np.ndarray:
    pins = np.full(len(corpus), NOWHERE, dtype=np.int32)
    number = {theme: n for n, theme in enumerate(themes)}
    for text, theme in corpus.pinned.items():
        pins[text] = number.get(theme, NOWHERE)
    return pins


def _match(
    matcher: matching.Matcher, themes: Sequence[str], empty: np.ndarray, pins: np.ndarray, corpus: Corpus
) -> Placing:
    numbers, points = matching.best(matcher)
    hit = numbers[:, 0] >= 0
    nothing = empty | ((corpus.sizes <= FEW_WORDS) & ~hit & bool(matcher.themes))
    pinned = np.zeros(len(corpus), dtype=bool)
    pinned[list(corpus.pinned)] = True
    fits = ~nothing & ~pinned & (points[:, 0] >= codebook.ENOUGH)
    theme = np.where(fits, numbers[:, 0], NOWHERE).astype(np.int32)
    margin = np.where(fits, points[:, 0] - points[:, 1], 0).astype(np.float32)
    reason = np.where(fits, 0, 2).astype(np.int8)
    reason[nothing] = 1
    if EMPTY_THEME in themes:
        theme[nothing], reason[nothing] = len(themes) - 1, 0
    marked = pins >= 0
    theme[marked], margin[marked], reason[marked] = pins[marked], PINNED, 0
    return Placing(list(themes), [False] * len(themes), theme, reason, margin, numbers, points)
