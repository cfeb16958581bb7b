"""Stage 4b, sentiment: a small civic lexicon with negation; it stays out of headlines."""

from collections.abc import Sequence
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix

from analysis import words
from analysis.normalise import spelled
from analysis.phrases import Phrases, find, prepare

SENTIMENTS = ("negative", "neutral", "positive", "mixed")
GOOD, BAD, DENIES, LESSENS, GROUP = 1, 2, 4, 8, 16
SIGNS = {"+": GOOD, "-": BAD, "!": DENIES, "~": LESSENS}
REACH = 3
MARK = "NEG_"


def sentiment(tokens: Sequence[str]) -> str:
    """negative, neutral, positive or mixed; a negator turns the next three words round.

    >>> sentiment(["jalan", "tidak", "aman"]), sentiment(["bagus", "tapi", "kotor"]), sentiment(["ora", "rusak"])
    ('negative', 'mixed', 'neutral')
    """
    return SENTIMENTS[sentiments(*_alone(tokens))[0]]


def sentiments(tokens: np.ndarray, bounds: np.ndarray, vocabulary: Sequence[str]) -> np.ndarray:
    """The sentiment of each text as a place in `SENTIMENTS` (int8, shape n).

    `tokens` (int32) are the numbers in `vocabulary` of the words of all texts, text i from `bounds[i]` to
    `bounds[i + 1]`. A good word within reach of a negator (tidak, ora) or of a lessening word (kurang, hardly)
    counts as bad; a bad word within reach of a negator counts as nothing ("tidak rusak" praises nobody). A listed
    word group ("tidak ada", "air bersih") counts as a whole, its words no longer one by one. No text raises an error.

    >>> found = sentiments(np.array([0, 1, 1]), np.array([0, 2, 3]), ["tidak", "aman"])
    >>> [SENTIMENTS[n] for n in found]
    ['negative', 'positive']
    """
    signs = _signs(vocabulary)[tokens]
    denied = _within_reach(signs & DENIES != 0, bounds)
    turned = denied | _within_reach(signs & LESSENS != 0, bounds)
    signs = _with_groups(signs, denied, tokens, bounds, vocabulary)
    good, bad, is_group = signs & GOOD != 0, signs & BAD != 0, signs & GROUP != 0
    turned, denied = turned & ~is_group, denied & ~is_group
    has_good = _holds(good & ~turned, bounds)
    has_bad = _holds((good & turned) | (bad & ~denied), bounds)
    return np.where(has_good & has_bad, 3, 1 + has_good.astype(np.int8) - has_bad).astype(np.int8)


def _with_groups(
    signs: np.ndarray, denied: np.ndarray, tokens: np.ndarray, bounds: np.ndarray, vocabulary: Sequence[str]
) -> np.ndarray:
    """The signs with those of word groups on the first word of each; a negator before a good group makes it bad."""
    groups, group_signs, lengths = _groups()
    places = find(tokens, bounds, vocabulary, groups)
    changed = signs.copy()
    for step in range(max(lengths, default=0)):
        inside = places.token[lengths[places.phrase] > step] + step
        changed[inside] = GROUP
    sign = group_signs[places.phrase]
    sign = np.where((sign == GOOD) & denied[places.token], BAD, sign)
    np.bitwise_or.at(changed, places.token, sign | GROUP)
    return changed


@cache
def _groups() -> tuple[Phrases, np.ndarray, np.ndarray]:
    """The listed word groups, the sign of each (uint8; 0 for the neutral ones) and its length in words."""
    lists = words.labelled("sentiment.txt")
    sign_of = {
        " ".join(map(spelled, group.split())): SIGNS.get(sign, 0)
        for sign, listed in lists.items()
        for group in listed
        if " " in group
    }
    ready = prepare(sign_of)
    signs = np.array([sign_of[group] for group in ready.listed], dtype=np.uint8)
    return ready, signs, np.array([len(group.split()) for group in ready.listed])


def negated(tokens: np.ndarray, bounds: np.ndarray, vocabulary: Sequence[str]) -> np.ndarray:
    """Whether each token stands among the three words after a negating or lessening word of its text (bool).

    The marks of Das and Chen (2001) and of Pang, Lee and Vaithyanathan (2002), with a fixed reach, because people
    seldom write a full stop in a message.

    >>> negated(np.array([0, 1]), np.array([0, 2]), ["tidak", "aman"]).tolist()
    [False, True]
    """
    return _within_reach(_signs(vocabulary)[tokens] & (DENIES | LESSENS) != 0, bounds)


def mark(tokens: Sequence[str]) -> list[str]:
    """The words of one text, those within reach of a negator with a mark before them.

    >>> mark(["airnya", "tidak", "pernah", "bersih"])
    ['airnya', 'tidak', 'NEG_pernah', 'NEG_bersih']
    """
    far = negated(*_alone(tokens))
    return [MARK + token if is_negated else token for token, is_negated in zip(tokens, far, strict=True)]


def marked(tokens: np.ndarray, bounds: np.ndarray, vocabulary: Sequence[str]) -> csr_matrix:
    """How often each text says each word (int32, shape (n, 2 V)), for a linear model.

    With V words in the vocabulary, column w counts word w and column V + w counts it within reach of a negator.

    >>> marked(np.array([0, 1]), np.array([0, 2]), ["tidak", "aman"]).toarray().tolist()
    [[1, 0, 0, 1]]
    """
    columns = tokens + len(vocabulary) * negated(tokens, bounds, vocabulary).astype(np.int32)
    shape = (len(bounds) - 1, 2 * len(vocabulary))
    counts = csr_matrix((np.ones(len(tokens), dtype=np.int32), columns, bounds), shape=shape)
    counts.sum_duplicates()
    return counts


def signals(tokens: np.ndarray, bounds: np.ndarray, vocabulary: Sequence[str]) -> np.ndarray:
    """What the lexicon says of each text, for a linear model (float32, shape (n, 4)).

    log(1 + how many) good words, good words within reach of a negator, bad words, bad words within reach of one.
    Where labels are few these four columns carry to a model what the lexicon knows.

    >>> signals(np.array([0, 1]), np.array([0, 2]), ["tidak", "aman"]).round(2).tolist()
    [[0.0, 0.6899999976158142, 0.0, 0.0]]
    """
    signs = _signs(vocabulary)[tokens]
    far = _within_reach(signs & DENIES != 0, bounds)
    text = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
    sides = [is_side & is_far for is_side in (signs & GOOD != 0, signs & BAD != 0) for is_far in (~far, far)]
    counts = [np.bincount(text[side], minlength=len(bounds) - 1) for side in sides]
    return np.log1p(np.stack(counts, axis=1)).astype(np.float32)


def _alone(tokens: Sequence[str]) -> tuple[np.ndarray, np.ndarray, Sequence[str]]:
    return np.arange(len(tokens), dtype=np.int32), np.array([0, len(tokens)]), tokens


@cache
def _known() -> dict[str, int]:
    lists = words.labelled("sentiment.txt")
    known: dict[str, int] = {}
    for sign, bit in SIGNS.items():
        for word in lists[sign]:
            known[word] = known.get(word, 0) | bit
    return known


def _signs(vocabulary: Sequence[str]) -> np.ndarray:
    """What each word of a vocabulary does, as bits (uint8)."""
    known = _known()
    found = (known.get(word) or known.get(spelled(word), 0) for word in vocabulary)
    return np.fromiter(found, dtype=np.uint8, count=len(vocabulary))


def _within_reach(is_source: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """Whether one of the three words before a word, in the same text, is a source (bool, one for each token)."""
    places = np.flatnonzero(is_source)
    ends = bounds[np.searchsorted(bounds, places, side="right")]
    reached = np.zeros(len(is_source), dtype=bool)
    for step in range(1, REACH + 1):
        reached[places[places + step < ends] + step] = True
    return reached


def _holds(is_there: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    """Whether a text has such a token (bool, shape n)."""
    found = np.zeros(len(bounds) - 1, dtype=bool)
    found[np.searchsorted(bounds, np.flatnonzero(is_there), side="right") - 1] = True
    return found
