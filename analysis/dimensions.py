"""Stage 5, dimensions: the two likeliest, with the words that caused them; the person's choice is never changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy.sparse import csr_matrix

from analysis import learning, matching
from analysis.codebook import keys
from analysis.javanese import unowned
from analysis.normalise import normalise
from analysis.tokenise import tokenise
from analysis.types import Dimension

# How sure a sum of words is, how likely no dimension is where nothing is said, and how often words mislead however many
# they are: as it fits texts of the tune part of the civic set when the words of their themes are taken away, for the
# words of a city's people are new to the plan.
SHARPNESS, SHARPER = 1.2, (0.8, 1.0, 1.2, 1.5, 1.8, 2.2, 2.8, 3.6)
NOTHING = 2.0
DOUBT, DOUBTS = 0.12, (0.03, 0.06, 0.12)
LOUDER = (0.0, 1.0, 2.0, 3.0, 4.0)
ENOUGH_CHOICES = 350
THEMES_ASKED = 5
SHOWN = 6


def cues(phrases: Sequence[str]) -> frozenset[str]:
    """Stems, and pairs of stems, of a dimension's label and keywords; of a longer phrase only the pairs.

    >>> sorted(cues(["lampu jalan", "gelap"]))
    ['gelap', 'lampu jalan']
    """
    found = set()
    for phrase in phrases:
        for language in ("id", "en"):
            listed = keys(tokenise(normalise(phrase)), language)
            found |= {key for key in listed if " " in key} or set(listed)
    return frozenset(found)


def numbers(codes: Sequence[str | None], dimensions: Sequence[Dimension]) -> np.ndarray:
    """The place of each code among the dimensions, np.int64 (codes,), -1 for none of them.

    >>> numbers(["DIS", None, "XYZ"], [Dimension("ECO", "Ekonomi"), Dimension("DIS", "Bencana")]).tolist()
    [1, -1, -1]
    """
    place = {dimension.code: number for number, dimension in enumerate(dimensions)}
    return np.array([place.get(code or "", -1) for code in codes], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Marks:
    """The two likeliest of d dimensions for n texts: `codes` (n, 2), -1 for none, and `confidence` (n, 2) in 0–1.

    `cue_weights` (columns, d) are the words that speak for a dimension, by themselves or through a theme of it.
    `sharpness`, `doubt` and `loudness` are what people's own choices taught: how sure a sum of words is, how often
    words mislead, and how much the words of those who chose weigh beside the plan's.
    """

    codes: np.ndarray
    confidence: np.ndarray
    cue_weights: np.ndarray
    sharpness: float
    doubt: float
    loudness: float


def mark(
    matcher: matching.Matcher, singles: int, dimensions: Sequence[Dimension], of_theme: np.ndarray, chosen: np.ndarray
) -> Marks:
    """Suggest dimensions from the plan's keywords, the best matching themes and the words of people who chose one.

    Confidence is a softmax over the evidence of all dimensions, one of them being "none of these", and never certain.
    From 350 choices on, the words of those texts count too; how much, and how sharp the confidence is, is what fits the
    choices best when each half of them is told by the other half. Below that the keywords speak alone.

    Args:
        matcher: the words of the texts and the codebook's weights.
        singles: how many of its columns are single words.
        of_theme: (themes,) number of a theme's dimension, -1 for none.
        chosen: (n,) number of the dimension a person chose, -1 for none.

    >>> from analysis import codebook, corpus, features
    >>> from analysis.types import Text
    >>> read = corpus.read([Text("1", "jalan berlubang"), Text("2", "entah")])
    >>> stems = features.build(read, np.zeros(2, dtype=bool))
    >>> matcher = matching.open_matcher(read, stems, codebook.frame([]))
    >>> plan = [Dimension("ECO", "Ekonomi"), Dimension("INF", "Prasarana", ("berlubang",))]
    >>> marks = mark(matcher, len(stems.names), plan, np.zeros(0, dtype=int), np.full(2, -1))
    >>> marks.codes.tolist(), bool(0 < marks.confidence[0, 0] < 1), marks.confidence[1].tolist()
    ([[1, -1], [-1, -1]], True, [0.0, 0.0])
    """
    says = np.zeros((len(matcher.columns), len(dimensions)), dtype=np.float32)
    forms = [(name, *unowned(name)) for name in matcher.columns]
    for number, dimension in enumerate(dimensions):
        listed = cues((dimension.label, *dimension.keywords))
        says[[not listed.isdisjoint(form) for form in forms], number] = 1.0
    evidence = matcher.said(slice(0, len(chosen))) @ says + _of_themes(matcher, of_theme, len(dimensions))
    sharpness, doubt, loudness = SHARPNESS, DOUBT, 0.0
    present = matcher.present[:, :singles]
    told = np.flatnonzero(chosen >= 0)
    if told.size >= ENOUGH_CHOICES:
        sharpness, doubt, loudness = _fit(evidence, present, chosen, told, len(dimensions))
        if loudness:
            taught = learning.learn(present, chosen, len(dimensions), (chosen >= 0).astype(float)) * loudness
            says[:singles] += taught
            evidence += present @ taught
    for theme, code in enumerate(of_theme.tolist()):
        if code >= 0:
            says[:, code] += np.maximum(matcher.weights[:, theme], 0)
    codes, confidence = _top((1 - doubt) * _softmax(evidence, sharpness))
    return Marks(codes, confidence, says, sharpness, doubt, loudness)


def _of_themes(matcher: matching.Matcher, of_theme: np.ndarray, count: int) -> np.ndarray:
    """The score of the best theme of each dimension: one with many themes says no more for that."""
    evidence = np.zeros((matcher.present.shape[0], count), dtype=np.float32)
    if not len(matcher.themes):
        return evidence
    numbers, points = matching.best(matcher, THEMES_ASKED, with_choice=False)
    rows = np.arange(len(evidence))
    for turn in range(THEMES_ASKED):
        code = np.where(numbers[:, turn] >= 0, of_theme[numbers[:, turn]], -1)
        hit = code >= 0
        np.maximum.at(evidence, (rows[hit], code[hit]), points[hit, turn])
    return evidence


def _fit(
    evidence: np.ndarray, present: csr_matrix, chosen: np.ndarray, told: np.ndarray, count: int
) -> tuple[float, float, float]:
    """Sharpness, doubt and loudness with the least log loss on the choices, each half told by the other's words."""
    half = np.arange(len(told)) % 2
    beside = np.zeros((len(told), count), dtype=np.float32)
    for side in (0, 1):
        weight = np.zeros(len(chosen))
        weight[told[half != side]] = 1
        beside[half == side] = present[told[half == side]] @ learning.learn(present, chosen, count, weight)
    best = (np.inf, SHARPNESS, DOUBT, 0.0)
    for loudness, sharpness in product(LOUDER, SHARPER):
        likely = _softmax(evidence[told] + loudness * beside, sharpness)[np.arange(len(told)), chosen[told]]
        for doubt in DOUBTS:
            loss = -np.log((1 - doubt) * likely + doubt / count).mean()
            best = min(best, (round(float(loss), 6), sharpness, doubt, loudness))
    return best[1:]


def _softmax(evidence: np.ndarray, sharpness: float) -> np.ndarray:
    said = np.maximum(evidence, 0)
    most = said.max(axis=1, keepdims=True, initial=0)
    powers = np.where(evidence > 0, np.exp(sharpness * (said - most)), 0)
    nothing = NOTHING * np.exp(-sharpness * most)
    return powers / (powers.sum(axis=1, keepdims=True) + nothing)


def _top(likely: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    n, count = likely.shape
    codes = np.full((n, 2), -1, dtype=np.int8)
    confidence = np.zeros((n, 2), dtype=np.float32)
    rows = np.arange(n)
    for turn in range(min(2, count)):
        top = likely.argmax(axis=1)
        value = likely[rows, top]
        codes[:, turn] = np.where(value > 0, top, -1)
        confidence[:, turn] = np.maximum(value, 0)
        likely[rows, top] = -1
    return codes, confidence.round(3)
