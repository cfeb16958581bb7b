"""Stage 2, language: cheap cue words first, the model only where they do not decide.

The model is that of py3langid: a multinomial Naive Bayes over byte sequences that a finite automaton finds (Lui and
Baldwin 2012, "langid.py"). Here the automaton is walked over many texts at once, byte place by byte place.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from py3langid.langid import MODEL_DIR, MODEL_FILE
from py3langid.modelio import load_model

from analysis import words

KNOWN = ("id", "jv", "en")
LANGUAGES = (*KNOWN, "other")
SURE = 2
LEAST_CONFIDENCE, FEW_WORDS = 0.8, 4
# Malay counts as Indonesian
CLASSES = {"id": 0, "ms": 0, "jv": 1, "en": 2}
# What the first thousand characters are written in the rest is too, or the text is mixed anyway.
LONGEST = 1_000
# bytes that are walked at once; the tables for them take about 20 MB
CELLS = 600_000
# texts whose bytes are held at once, about 10 MB
TOGETHER = 50_000


@dataclass(frozen=True, slots=True)
class _Model:
    """The automaton and the weights of the four classes (F features, S states, R distinct rows of moves).

    `moves` (R * 256,) leads from a row and a byte to a state, `rows` (S,) from a state to where its row begins,
    `features` (S,) to the feature that it emits (-1: none); `weights` (F, 4) and `prior` (4,) are logarithms.
    """

    moves: np.ndarray
    rows: np.ndarray
    features: np.ndarray
    weights: np.ndarray
    prior: np.ndarray
    codes: np.ndarray


@cache
def _model() -> _Model:
    weights, prior, classes, moves, rows, features = load_model(MODEL_DIR / MODEL_FILE)
    kept = [number for number, name in enumerate(classes) if name in CLASSES]
    return _Model(
        np.frombuffer(moves, dtype=f"u{moves.itemsize}"),
        np.array(rows, dtype=np.intp) << 8,
        np.array(features, dtype=np.int32),
        weights[:, kept].astype(np.float32),
        prior[kept],
        np.array([CLASSES[classes[number]] for number in kept], dtype=np.int8),
    )


def forget() -> None:
    """Give back the 45 MB of the model; it is loaded again when a text needs it.

    >>> forget()
    """
    _model.cache_clear()


def language(raw: str, raw_tokens: Sequence[str]) -> tuple[str, bool]:
    """The language (id, jv, en, other) and whether that is a guess.

    `raw_tokens` are lower-case words before short spellings were written out. Malay counts as Indonesian; a mixed
    text takes the language with more cue words.

    >>> language("Banyune rob mlebu omah, piye iki?", ["banyune", "rob", "mlebu", "omah", "piye", "iki"])
    ('jv', False)
    """
    numbers = np.arange(len(raw_tokens), dtype=np.int32)
    codes, is_guess = languages([raw], numbers, np.array([0, len(raw_tokens)]), raw_tokens)
    return LANGUAGES[codes[0]], bool(is_guess[0])


def languages(
    raws: Sequence[str], tokens: np.ndarray, bounds: np.ndarray, vocabulary: Sequence[str]
) -> tuple[np.ndarray, np.ndarray]:
    """The language of each text as a place in `LANGUAGES` (int8, shape n), and whether that is a guess (bool, n).

    `raws` are the n texts as they stand; `tokens` (int32) are the numbers in `vocabulary` of the words of all texts
    one after the other, text i from `bounds[i]` to `bounds[i + 1]` (n + 1 bounds). Where one language leads by two
    cue words it is taken; else the model reads the first thousand characters. No text raises an error.

    >>> words = ["piye", "iki", "banyune"]
    >>> codes, is_guess = languages(["Piye iki banyune"], np.arange(3, dtype=np.int32), np.array([0, 3]), words)
    >>> LANGUAGES[codes[0]], bool(is_guess[0])
    ('jv', False)
    """
    hits = _cue_hits(tokens, bounds, vocabulary)
    order = np.argsort(-hits, axis=1, kind="stable")
    codes = order[:, 0].astype(np.int8)
    ranked = np.take_along_axis(hits, order, axis=1)
    sizes = np.diff(bounds)
    asked = np.flatnonzero((ranked[:, 0] - ranked[:, 1] < SURE) & (sizes > 0))
    is_guess = sizes == 0
    codes[is_guess] = LANGUAGES.index("other")
    codes[asked], confidence = classify([raws[i] for i in asked])
    is_guess[asked] = (confidence < LEAST_CONFIDENCE) | (sizes[asked] < FEW_WORDS)
    return codes, is_guess


def _cue_hits(tokens: np.ndarray, bounds: np.ndarray, vocabulary: Sequence[str]) -> np.ndarray:
    """How many cue words of each known language each text has, shape (n, 3)."""
    cues = words.labelled("languages.txt")
    known = {word: 1 << place for place, code in enumerate(KNOWN) for word in cues[code]}
    bits = np.fromiter((known.get(word, 0) for word in vocabulary), dtype=np.uint8, count=len(vocabulary))
    spoken = bits[tokens]
    places = np.flatnonzero(spoken)
    owner = np.searchsorted(bounds, places, side="right") - 1
    hits = np.zeros((len(bounds) - 1, len(KNOWN)), dtype=np.int32)
    for place in range(len(KNOWN)):
        chosen = owner[spoken[places] == 1 << place]
        hits[:, place] = np.bincount(chosen, minlength=len(hits))
    return hits


def classify(raws: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """What the model takes each text for: a place in `LANGUAGES` (int8, shape n) and its probability (float32, n).

    The same figures as py3langid gives for id, jv, en and ms together, from the first thousand characters.

    >>> codes, confidence = classify(["Air sungai meluap ke rumah warga", "The water entered our houses"])
    >>> codes.tolist(), bool(confidence.min() > 0.5)
    ([0, 2], True)
    """
    found = [_classify(raws[at : at + TOGETHER]) for at in range(0, len(raws), TOGETHER)]
    codes = [np.zeros(0, dtype=np.int8), *(one for one, _ in found)]
    return np.concatenate(codes), np.concatenate([np.zeros(0, dtype=np.float32), *(one for _, one in found)])


def _classify(raws: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    model, encoded = _model(), [_encode(raw) for raw in raws]
    lengths = np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded))
    scores = np.zeros((len(encoded), len(model.codes)), dtype=np.float32)
    # Texts of like length stand together, the longest first: at each byte place the first so many are still running.
    order, at = np.argsort(-lengths, kind="stable"), 0
    while at < len(order):
        rows = order[at : at + max(CELLS // max(int(lengths[order[at]]), 1), 1)]
        scores[rows] = _scores(model, [encoded[row] for row in rows], lengths[rows])
        at += len(rows)
    scores /= np.sqrt(np.maximum(lengths, 1)).astype(np.float32)[:, None]
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    best = shares.argmax(axis=1)
    return model.codes[best], shares[np.arange(len(best)), best]


def _encode(raw: str) -> bytes:
    cut = raw[:LONGEST]
    if cut.isupper():
        cut = cut.lower()
    if not cut.isascii():
        cut = unicodedata.normalize("NFC", cut)
    return cut.encode("utf-8", "surrogatepass")


def _scores(model: _Model, encoded: Sequence[bytes], lengths: np.ndarray) -> np.ndarray:
    """Log weights of the classes for texts of falling `lengths`, shape (n, 4)."""
    table = np.zeros((len(encoded), lengths[0]), dtype=np.uint8)
    inside = np.arange(lengths[0]) < lengths[:, None]
    table[inside] = np.frombuffer(b"".join(encoded), dtype=np.uint8)
    running = inside.sum(axis=0)
    table = np.ascontiguousarray(table.T)
    emitted = np.full(table.shape, -1, dtype=np.int32)
    state = np.zeros(len(encoded), dtype=np.intp)
    for place, count in enumerate(running.tolist()):
        state = model.moves[model.rows[state[:count]] + table[place, :count]]
        emitted[place, :count] = model.features[state]
    return _sums(model, emitted)


def _sums(model: _Model, emitted: np.ndarray) -> np.ndarray:
    """The prior and, for each feature of a text, log(1 + how often) times its weights; 0 without any feature."""
    place, text = np.nonzero(emitted >= 0)
    features = len(model.weights)
    keys = np.sort(text * features + emitted[place, text])
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])) if keys.size else np.zeros(0, np.int64)
    times = np.log1p(np.diff(np.append(first, keys.size)).astype(np.float32))
    owner, feature = np.divmod(keys[first], features)
    sums = np.zeros((emitted.shape[1], len(model.codes)), dtype=np.float32)
    begins = np.flatnonzero(np.concatenate([[True], owner[1:] != owner[:-1]])) if owner.size else first
    if owner.size:
        sums[owner[begins]] = np.add.reduceat(times[:, None] * model.weights[feature], begins, axis=0) + model.prior
    return sums
