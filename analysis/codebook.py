"""Stage 6a, codebook: points are matched to the team's themes by explained words."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from analysis import words
from analysis.normalise import normalise
from analysis.stem import ENGLISH, stem
from analysis.tokenise import tokenise
from analysis.types import CodebookTheme, Cue

LABEL, INCLUDE, KEYWORD, PART = 2.5, 2.0, 2.0, 0.3
LABEL_CONCEPT, INCLUDE_CONCEPT = 1.7, 1.2
EXCLUDE, PHRASE, WEAK = -0.7, 1.4, 0.35
SAME_DIMENSION = 1.5
ENOUGH = 1.0
SHOWN = 5
SHORTEST_TO_CORRECT = 7
# They say how, not what; in a label such as "no content" they would match half of all complaints.
UNSAID = frozenset("tidak bukan belum jangan tanpa kurang sama lain isi ada not no".split())


@dataclass(frozen=True, slots=True)
class Frame:
    """A codebook made ready: stem -> (theme, weight) pairs; phrases are two stems with a space between.

    `spellings` leads from a word with one letter left out to the known word.
    """

    by_key: Mapping[str, tuple[tuple[str, float], ...]]
    dimensions: Mapping[str, str | None]
    spellings: Mapping[str, str]


def keys(tokens: Sequence[str], language: str = "id") -> list[str]:
    """Stems of the content words, and of each pair of neighbours, in their order."""
    stems = [
        stem(token, language)
        for token in tokens
        if token not in words.stopwords() and token not in UNSAID and len(token) > 1
    ]
    return stems + [f"{a} {b}" for a, b in zip(stems, stems[1:], strict=False)]


def surface(tokens: Sequence[str], language: str = "id") -> dict[str, str]:
    """Stem -> the word as it stands in the text, for showing."""
    shown: dict[str, str] = {}
    for token in tokens:
        shown.setdefault(stem(token, language), token)
    return shown


def frame(themes: Sequence[CodebookTheme]) -> Frame:
    """Weigh the words of each theme: label over included words over keywords over words of the same concept.

    A word that many themes share weighs less (its inverse theme frequency); an excluded word weighs against.
    """
    raw = {theme.id: _words_of(theme) for theme in themes}
    spread = Counter(key for weights in raw.values() for key, weight in weights.items() if weight > 0)
    whole = math.log(1 + max(len(themes), 1))
    by_key: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for theme, weights in raw.items():
        for key, weight in weights.items():
            rarity = math.log(1 + len(themes) / max(spread[key], 1)) / whole
            by_key[key].append((theme, round(weight * rarity, 4)))
    ready = {key: tuple(pairs) for key, pairs in by_key.items()}
    return Frame(ready, {theme.id: theme.dimension for theme in themes}, _spellings(ready))


def learn(known: Frame, learned: Mapping[str, Mapping[str, float]]) -> Frame:
    """The frame with the words of points that were placed added to what the codebook says."""
    by_key = {key: dict(pairs) for key, pairs in known.by_key.items()}
    for theme, weights in learned.items():
        for key, weight in weights.items():
            row = by_key.setdefault(key, {})
            row[theme] = round(row.get(theme, 0.0) + weight, 4)
    return replace(known, by_key={key: tuple(row.items()) for key, row in by_key.items()})


def _words_of(theme: CodebookTheme) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    label, include = _stems(f"{theme.name}, {theme.name_en}"), _stems(theme.include)
    for phrases, weight, part in ((label, LABEL, 1.0), (include, INCLUDE, 0.6)):
        for phrase in phrases:
            _add(found, phrase, weight, part)
    for keyword in theme.keywords:
        for phrase in _stems(keyword):
            _add(found, phrase, KEYWORD, PART)
    named, included = _grams(label), _phrases(include)
    for anchors, members in words.concepts():
        keys_of_anchors = {" ".join(phrase) for anchor in anchors for phrase in _stems(anchor)}
        weight = LABEL_CONCEPT if keys_of_anchors & named else INCLUDE_CONCEPT if keys_of_anchors & included else 0.0
        if weight:
            for member in (*anchors, *members):
                for phrase in _stems(member):
                    # Of "diberi tahu" only "tahu" would be left, which says nothing.
                    if len(phrase) > 1 or " " not in member:
                        _add(found, phrase, weight, 0.0)
    for phrase in _stems(theme.exclude.split("(")[0]):
        for key in phrase:
            found.setdefault(key, EXCLUDE * (WEAK if _is_weak(key) else 1))
    return dict(found)


def _stems(text: str) -> list[tuple[str, ...]]:
    """Content stems of each phrase between commas, once by the Indonesian and once by the English stemmer."""
    found = []
    for phrase in normalise(text).replace(";", ",").split(","):
        tokens = tokenise(phrase)
        for language in ("id", ENGLISH):
            stems = tuple(key for key in keys(tokens, language) if " " not in key)
            if stems and stems not in found:
                found.append(stems)
    return found


def _grams(phrases: Iterable[tuple[str, ...]]) -> set[str]:
    return {
        " ".join(phrase[i : i + n]) for phrase in phrases for n in (1, 2, 3) for i in range(max(len(phrase) - n + 1, 0))
    }


def _phrases(phrases: Iterable[tuple[str, ...]]) -> set[str]:
    """Whole phrases, and the longer runs within them: `keterbukaan data` is not about `keterbukaan`."""
    listed = list(phrases)
    return {" ".join(phrase) for phrase in listed} | {gram for gram in _grams(listed) if " " in gram}


def _add(found: dict[str, float], phrase: tuple[str, ...], weight: float, part: float) -> None:
    """Raise the keys of a phrase to a weight; a single word of a longer phrase gets only its part of it."""
    pairs = [f"{a} {b}" for a, b in zip(phrase, phrase[1:], strict=False)]
    for pair in pairs:
        found[pair] = max(found[pair], weight * PHRASE)
    for key in phrase:
        share = weight * (part if pairs else 1.0) * (WEAK if _is_weak(key) else 1)
        if share:
            found[key] = max(found[key], share)


def _is_weak(key: str) -> bool:
    return key in words.weak() or key in _weak_stems()


@cache
def _weak_stems() -> frozenset[str]:
    return frozenset(stem(word) for word in words.weak())


def _spellings(by_key: Mapping[str, object]) -> dict[str, str]:
    """Each long single word with one letter left out -> the word, where only one word comes into question."""
    found: dict[str, str] = {}
    for key in sorted(by_key):
        if " " not in key and len(key) >= SHORTEST_TO_CORRECT:
            for short in _shorter(key):
                found[short] = "" if found.get(short, key) != key else key
    return {short: key for short, key in found.items() if key}


def _shorter(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(1, len(word))]


def corrected(key: str, known: Frame) -> str:
    """A long unknown word with one letter too many, too few or changed -> the word it stands for.

    The first letter must agree.
    """
    if key in known.by_key or " " in key or len(key) < SHORTEST_TO_CORRECT:
        return key
    for short in (key, *_shorter(key)):
        meant = known.spellings.get(short) or (short if short in known.by_key and len(short) > 5 else "")
        if meant and meant[0] == key[0]:
            return meant
    return key


def scores(text_keys: Sequence[str], dimension: str | None, frame_: Frame) -> list[tuple[str, float, tuple[Cue, ...]]]:
    """Each theme with a word in the text and its score, the best first; the first five with their words.

    A theme of the dimension that the person chose counts for more, because people know what they write about.
    """
    totals: dict[str, float] = defaultdict(float)
    hits: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for key in dict.fromkeys(text_keys):
        for theme, weight in frame_.by_key.get(corrected(key, frame_), ()):
            totals[theme] += weight
            hits[theme].append((weight, key))
    for theme in totals:
        if dimension and frame_.dimensions[theme] == dimension:
            totals[theme] *= SAME_DIMENSION
    ranked = sorted(((theme, score) for theme, score in totals.items() if score > 0), key=lambda row: (-row[1], row[0]))
    return [
        (
            theme,
            score,
            tuple(Cue(key, weight) for weight, key in sorted(hits[theme], key=lambda hit: (-hit[0], hit[1])))
            if place < SHOWN
            else (),
        )
        for place, (theme, score) in enumerate(ranked)
    ]
