"""Stage 6a, codebook: points are matched to the team's themes by explained words."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis import words
from analysis.normalise import normalise
from analysis.stem import stem
from analysis.tokenise import tokenise
from analysis.types import CodebookTheme, Cue

LABEL, INCLUDE, KEYWORD, CONCEPT, EXCLUDE, PHRASE, PART = 2.5, 2.0, 1.8, 0.8, -0.7, 1.5, 0.7
SAME_DIMENSION = 1.6
ENOUGH = 1.2
# They say how, not what; in a label such as "no content" they would match half of all complaints.
UNSAID = frozenset("tidak bukan belum jangan tanpa kurang sama lain isi ada not no".split())


@dataclass(frozen=True, slots=True)
class Frame:
    """A codebook made ready: theme id -> stem -> weight; phrases are two stems with a space between."""

    weights: Mapping[str, Mapping[str, float]]
    dimensions: Mapping[str, str | None]


def keys(tokens: Sequence[str]) -> list[str]:
    """Stems of the content words, and of each pair of neighbours, in their order."""
    stems = [
        stem(token) for token in tokens if token not in words.stopwords() and token not in UNSAID and len(token) > 1
    ]
    return stems + [f"{a} {b}" for a, b in zip(stems, stems[1:], strict=False)]


def surface(tokens: Sequence[str]) -> dict[str, str]:
    """Stem -> the word as it stands in the text, for showing."""
    shown: dict[str, str] = {}
    for token in tokens:
        shown.setdefault(stem(token), token)
    return shown


def frame(themes: Sequence[CodebookTheme]) -> Frame:
    """Weigh the words of each theme: label over included words over keywords over words of the same concept.

    A word that many themes share weighs less (its inverse theme frequency); an excluded word weighs against.
    """
    raw = {theme.id: _words_of(theme) for theme in themes}
    spread = Counter(key for weights in raw.values() for key, weight in weights.items() if weight > 0)
    total = max(len(themes), 1)
    weights = {
        theme: {
            key: round(w * math.log(1 + total / spread.get(key, 1)) / math.log(1 + total), 4) for key, w in ws.items()
        }
        for theme, ws in raw.items()
    }
    return Frame(weights, {theme.id: theme.dimension for theme in themes})


def _words_of(theme: CodebookTheme) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    sources = [(theme.name, LABEL), (theme.name_en, LABEL), (theme.include, INCLUDE)]
    sources += [(keyword, KEYWORD) for keyword in theme.keywords]
    for text, weight in sources:
        for key, share in _shares(text).items():
            found[key] = max(found[key], weight * share)
    for concept in words.concepts():
        members = {key for word in concept for key in _keys_of(word)}
        if sum(found.get(m, 0) >= KEYWORD for m in members) >= 1:
            for member in members:
                found.setdefault(member, CONCEPT)
    excluded = theme.exclude.split("(")[0]
    for key in _keys_of(excluded):
        if key not in found:
            found[key] = EXCLUDE
    return dict(found)


def _shares(text: str) -> dict[str, float]:
    """Keys of a label or keyword with their share of its weight: a phrase says more than its single words.

    "air tanah" is about groundwater; "air" alone is about many things.
    """
    shares: dict[str, float] = {}
    for phrase in text.replace(";", ",").split(","):
        found = _keys_of(phrase)
        single = PART if len(found) > 1 else 1.0
        for key in found:
            shares[key] = max(shares.get(key, 0), PHRASE if " " in key else single)
    return shares


def _keys_of(text: str) -> list[str]:
    found = []
    for phrase in text.replace(";", ",").split(","):
        found += keys(tokenise(normalise(phrase)))
    return found


def scores(text_keys: Sequence[str], dimension: str | None, frame_: Frame) -> list[tuple[str, float, tuple[Cue, ...]]]:
    """Each theme with a word in the text: its score and the words that made it, the best first.

    A theme of the dimension that the person chose counts for more, because people know what they write about.
    """
    present, found = set(text_keys), []
    for theme, weights in frame_.weights.items():
        hits = sorted(((weights[k], k) for k in present if k in weights), key=lambda hit: (-hit[0], hit[1]))
        score = sum(weight for weight, _ in hits)
        if score <= 0:
            continue
        if dimension and frame_.dimensions[theme] == dimension:
            score *= SAME_DIMENSION
        found.append((theme, score, tuple(Cue(key, weight) for weight, key in hits)))
    return sorted(found, key=lambda row: (-row[1], row[0]))
