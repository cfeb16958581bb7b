"""Stage 1e, phrases: where the words and word groups of a list stand in all texts at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analysis.normalise import spelled


@dataclass(frozen=True, slots=True)
class Phrases:
    """A list of phrases made ready; `parts` numbers their words from 1, `by_length` holds, for each length in words,
    the sorted keys of the phrases and their places in `listed`.
    """

    listed: tuple[str, ...]
    parts: dict[str, int]
    by_length: tuple[tuple[int, np.ndarray, np.ndarray], ...]


@dataclass(frozen=True, slots=True)
class Places:
    """Where phrases stand: three int64 arrays of one length (phrase in `listed`, first token, text)."""

    phrase: np.ndarray
    token: np.ndarray
    text: np.ndarray


def prepare(phrases: Iterable[str]) -> Phrases:
    """Number the words of phrases, spelled in full; each is one to four words. ValueError when one is longer.

    >>> prepare(["terima kasih", "bagus"]).listed
    ('bagus', 'terima kasih')
    """
    listed = tuple(sorted(set(phrases)))
    split = [phrase.split() for phrase in listed]
    parts = {word: 1 + place for place, word in enumerate(sorted({word for line in split for word in line}))}
    if max(map(len, split), default=1) > 4:
        raise ValueError("a phrase has at most four words")
    by_length = []
    for length in sorted(set(map(len, split))):
        keys = [_key([parts[w] for w in line], len(parts) + 1) if len(line) == length else -1 for line in split]
        order = np.argsort(np.array(keys, dtype=np.int64), kind="stable")[keys.count(-1) :]
        by_length.append((length, np.array(keys, dtype=np.int64)[order], order))
    return Phrases(listed, parts, tuple(by_length))


def _key(numbers: Sequence[int], base: int) -> int:
    key = 0
    for number in numbers:
        key = key * base + number
    return key


def find(tokens: np.ndarray, bounds: np.ndarray, vocabulary: Sequence[str], phrases: Phrases) -> Places:
    """Every place where a phrase stands within one text, after short spellings were written out.

    `tokens` (int32) are the numbers in `vocabulary` of the words of all texts, text i from `bounds[i]` to
    `bounds[i + 1]`.

    >>> thanks = prepare(["terima kasih"])
    >>> places = find(np.array([0, 1, 2, 2]), np.array([0, 3, 4]), ["terima", "kasih", "bgs"], thanks)
    >>> places.token.tolist(), places.text.tolist()
    ([0], [0])
    """
    known = phrases.parts
    parts = np.fromiter((known.get(spelled(word), 0) for word in vocabulary), dtype=np.int64, count=len(vocabulary))
    spoken = parts[tokens]
    starts = np.flatnonzero(spoken)
    found = [_of_length(spoken, starts, len(known) + 1, *row) for row in phrases.by_length]
    phrase = np.concatenate([np.zeros(0, np.int64), *(one for one, _, _ in found)])
    token = np.concatenate([np.zeros(0, np.int64), *(one for _, one, _ in found)])
    last = np.concatenate([np.zeros(0, np.int64), *(one for _, _, one in found)])
    text = np.searchsorted(bounds, token, side="right") - 1
    inside = last < bounds[text + 1]
    return Places(phrase[inside], token[inside], text[inside])


def _of_length(
    spoken: np.ndarray, starts: np.ndarray, base: int, length: int, keys: np.ndarray, order: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Phrase, first and last token wherever `length` words in a row make one of the sorted `keys`."""
    starts = starts[starts + length <= len(spoken)]
    read = spoken[starts]
    for step in range(1, length):
        following = spoken[starts + step]
        starts, read = starts[following > 0], read[following > 0] * base + following[following > 0]
    place = np.searchsorted(keys, read)
    same = keys[np.minimum(place, len(keys) - 1)] == read
    return order[place[same]], starts[same], starts[same] + length - 1
