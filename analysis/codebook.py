"""Stage 6a, codebook: points are matched to the team's themes by explained words."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.sparse import csr_matrix

from analysis import words
from analysis.features import is_content, key_of
from analysis.javanese import unowned
from analysis.normalise import normalise
from analysis.stem import ENGLISH
from analysis.tokenise import tokenise
from analysis.types import CodebookTheme

LABEL, INCLUDE, KEYWORD, PART = 2.5, 2.0, 2.2, 0.3
INCLUDE_PART = 0.6
LABEL_CONCEPT, INCLUDE_CONCEPT = 1.7, 1.2
EXCLUDE, PHRASE, WEAK, ROLE = -0.7, 1.4, 0.35, 0.7
SAME_DIMENSION = 1.5
ENOUGH = 1.0
SHORTEST_TO_CORRECT = 7


@dataclass(frozen=True, slots=True)
class Frame:
    """A codebook made ready: stem -> (theme, weight) pairs; phrases are two stems with a space between.

    `spellings` leads from a word with one letter left out to the known word.
    """

    by_key: Mapping[str, tuple[tuple[str, float], ...]]
    dimensions: Mapping[str, str | None]
    spellings: Mapping[str, str]


def keys(tokens: Sequence[str], language: str = "id") -> list[str]:
    """Stems of the content words in their order, then those of each pair of neighbours.

    Words that say nothing are left out first, so what stood on both sides of one are neighbours.

    >>> keys(["selokan", "di", "pasar", "mampet"])
    ['selokan', 'pasar', 'mampet', 'selokan pasar', 'pasar mampet']
    """
    stems = [key_of(token, language) for token in tokens if is_content(token)]
    return stems + [f"{a} {b}" for a, b in zip(stems, stems[1:], strict=False)]


def frame(themes: Sequence[CodebookTheme]) -> Frame:
    """Weigh the words of each theme: label over included words over keywords over words of the same concept.

    A word that many themes share weighs less (its inverse theme frequency, a theme counting by how heavily it uses the
    word); an excluded word weighs against.

    >>> drain = CodebookTheme("DRAIN", "Selokan", None, exclude="sekolah")
    >>> known = frame([drain, CodebookTheme("EDU", "Sekolah", None)])
    >>> known.by_key["selokan"], known.by_key["sekolah"]
    ((('DRAIN', 2.5),), (('DRAIN', -0.49), ('EDU', 1.75)))
    """
    raw = {theme.id: _words_of(theme) for theme in themes}
    spread: dict[str, float] = defaultdict(float)
    most: dict[str, float] = defaultdict(float)
    for weights in raw.values():
        for key, weight in weights.items():
            if weight > 0:
                spread[key] += weight
                most[key] = max(most[key], weight)
    whole = math.log(1 + max(len(themes), 1))
    by_key: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for theme, weights in raw.items():
        for key, weight in weights.items():
            rarity = math.log(1 + len(themes) * most[key] / spread[key]) / whole if weight > 0 else 1.0
            by_key[key].append((theme, round(weight * rarity, 4)))
    for idiom in words.idioms():
        _take_back(by_key, " ".join(keys(idiom.split())[:2]))
    ready = {key: tuple(pairs) for key, pairs in by_key.items()}
    return Frame(ready, {theme.id: theme.dimension for theme in themes}, _spellings(ready))


def _take_back(by_key: dict[str, list[tuple[str, float]]], idiom: str) -> None:
    """Of `tanggung jawab` neither word means what it means alone: the pair takes back what they say for a theme."""
    if " " not in idiom:  # one of the two is a word that joins
        return
    told = {theme for theme, _ in by_key.get(idiom, ())}
    spoken: dict[str, float] = defaultdict(float)
    for key in idiom.split():
        for theme, weight in by_key.get(key, ()):
            spoken[theme] += weight
    by_key[idiom] += [(theme, -round(weight, 4)) for theme, weight in spoken.items() if theme not in told]


def _words_of(theme: CodebookTheme) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    label, english, include = _stems(theme.name), _stems(theme.name_en), _stems(theme.include)
    for phrases, weight, part in ((label + english, LABEL, 1.0), (include, INCLUDE, INCLUDE_PART)):
        for phrase in phrases:
            _add(found, phrase, weight, part)
    for keyword in theme.keywords:
        for phrase in _stems(keyword):
            _add(found, phrase, KEYWORD, PART)
    named, included = _grams(label), _phrases(include)
    for anchors, members in _concepts():
        weight = LABEL_CONCEPT if anchors & named else INCLUDE_CONCEPT if anchors & included else 0.0
        if weight:
            for phrase in members:
                _add(found, phrase, weight, 0.0)
    for phrase in _stems(theme.exclude.split("(")[0]):
        for key in phrase:
            found.setdefault(key, EXCLUDE * _force(key))
    return dict(found)


@cache
def _concepts() -> tuple[tuple[frozenset[str], tuple[tuple[str, ...], ...]], ...]:
    """Of each concept the stems by which a codebook names it, and those of all its words."""
    found = []
    for anchors, members in words.concepts():
        names = frozenset(" ".join(phrase) for anchor in anchors for phrase in _stems(anchor))
        # Of "diberi tahu" only "tahu" would be left, which says nothing.
        said = [
            phrase for word in (*anchors, *members) for phrase in _stems(word) if len(phrase) > 1 or " " not in word
        ]
        found.append((names, tuple(dict.fromkeys(said))))
    return tuple(found)


def concept_columns(names: Sequence[str]) -> csr_matrix:
    """Which stems belong to which concept, ones of shape (stems, concepts), float32; phrases are left out.

    >>> same = concept_columns(["rob", "banjir", "angkot"])
    >>> [bool((same[0].multiply(same[n])).nnz) for n in (1, 2)]
    [True, False]
    """
    number = {name: n for n, name in enumerate(names)}
    pairs = {
        (number[phrase[0]], concept)
        for concept, (_, members) in enumerate(_concepts())
        for phrase in members
        if len(phrase) == 1 and phrase[0] in number
    }
    rows, columns = np.array(sorted(pairs), dtype=np.int64).reshape(-1, 2).T
    return csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), (len(names), len(_concepts())))


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
        share = weight * (part if pairs else 1.0) * _force(key)
        if share:
            found[key] = max(found[key], share)


def _force(key: str) -> float:
    """How much a single word counts: less where it stands in texts of every subject, or says who or where."""
    weak, roles = _lesser()
    return WEAK if key in weak else ROLE if key in roles else 1.0


@cache
def _lesser() -> tuple[frozenset[str], frozenset[str]]:
    both = (words.weak(), words.roles())
    weak, roles = (frozenset({*listed, *(key_of(word, "id") for word in listed)}) for listed in both)
    return weak, roles


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
    """An unknown word with an ending of possession, or a long one with one letter too many, too few or changed -> the
    word it stands for.

    Stemming takes Indonesian endings from Indonesian texts only. Of a slip the first letter must agree.

    >>> known = frame([CodebookTheme("DRAIN", "Selokan", None)])
    >>> [corrected(key, known) for key in ("selokane", "selokaan", "selokxn", "xelokan", "seloka")]
    ['selokan', 'selokan', 'selokan', 'xelokan', 'seloka']
    """
    if key in known.by_key or " " in key:
        return key
    if owner := next((base for base in unowned(key) if base in known.by_key), ""):
        return owner
    if len(key) < SHORTEST_TO_CORRECT:
        return key
    for short in (key, *_shorter(key)):
        meant = known.spellings.get(short) or (short if short in known.by_key and len(short) > 5 else "")
        if meant and meant[0] == key[0]:
            return meant
    return key
