"""Stage 8a, voices: who speaks in which theme, one voice for one person and one for a letter however often sent."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.corpus import Corpus
from analysis.duplicates.merging import sizes
from analysis.kinds import ORDER as TYPES

LETTER = 3
COLUMNS = ("theme", "group", "area", "condition", "importance", "objects", "proven")


@dataclass(frozen=True, slots=True)
class Voice:
    """One person (or one group of near-identical texts) on one theme."""

    theme: str
    group: str
    area: str | None
    condition: int | None
    importance: int | None
    is_objection: bool
    has_evidence: bool
    types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Voices:
    """Voices as columns of length v: numbers into `themes`, `groups` and `areas` (-1 where unknown).

    Ratings are NaN where nobody rated, `types` is (v, 6) bool in the order of `kinds.ORDER`, `speakers` the number of
    people of each group who said anything at all: the whole of which a theme has a share.
    """

    themes: tuple[str, ...]
    groups: tuple[str, ...]
    areas: tuple[str, ...]
    theme: np.ndarray
    group: np.ndarray
    area: np.ndarray
    condition: np.ndarray
    importance: np.ndarray
    objects: np.ndarray
    proven: np.ndarray
    types: np.ndarray
    speakers: np.ndarray

    def __len__(self) -> int:
        return len(self.theme)

    @classmethod
    def of(cls, voices: Sequence[Voice], themes: Sequence[str] | None = None) -> "Voices":
        """Columns of single voices; each voice counts as one speaker of its group."""
        known = tuple(sorted({v.theme for v in voices}) if themes is None else themes)
        groups = tuple(sorted({v.group for v in voices}))
        areas = tuple(sorted({v.area for v in voices if v.area}))
        number = [{name: n for n, name in enumerate(names)} for names in (known, groups, areas)]
        group = np.array([number[1][v.group] for v in voices], dtype=np.int64)
        return cls(
            known,
            groups,
            areas,
            theme=np.array([number[0][v.theme] for v in voices], dtype=np.int64),
            group=group,
            area=np.array([number[2][v.area] if v.area else -1 for v in voices], dtype=np.int64),
            condition=np.array([v.condition or np.nan for v in voices], dtype=float),
            importance=np.array([v.importance or np.nan for v in voices], dtype=float),
            objects=np.array([v.is_objection for v in voices], dtype=float),
            proven=np.array([v.has_evidence for v in voices], dtype=float),
            types=np.array([[t in v.types for t in TYPES] for v in voices], dtype=bool).reshape(-1, len(TYPES)),
            speakers=np.bincount(group, minlength=len(groups)).astype(float),
        )


def speakers(corpus: Corpus, roots: np.ndarray, is_short: np.ndarray) -> np.ndarray:
    """A number for whoever speaks in each text, (n,): the person where known, else the letter, else the text itself.

    A text that others sent nearly word for word (`roots`) speaks for its letter, whoever sent it. Equal texts of fewer
    than six words (`is_short`) are no letter: many people say "jalan rusak".

    >>> from analysis import corpus
    >>> from analysis.types import Text
    >>> read = corpus.read([Text("1", "rob", person="a"), Text("2", "pompa", person="a"), Text("3", "rob")])
    >>> speakers(read, np.arange(3), np.zeros(3, dtype=bool)).tolist()
    [3, 3, 2]
    """
    n = len(corpus)
    alone = (sizes(roots) == 1) | is_short
    person = corpus.person.codes.astype(np.int64)
    own = np.arange(n, dtype=np.int64)
    return np.where(alone, np.where(person >= 0, person + n, own), roots)


def is_letter(roots: np.ndarray, is_short: np.ndarray) -> np.ndarray:
    """Texts of a group of at least three near-identical ones of six words or more, (n,) bool.

    >>> is_letter(np.array([0, 0, 0, 3]), np.zeros(4, dtype=bool)).tolist()
    [True, True, True, False]
    """
    return (sizes(roots) >= LETTER) & ~is_short


def collect(
    corpus: Corpus, theme: np.ndarray, themes: Sequence[str], types: np.ndarray, speaker: np.ndarray, letter: np.ndarray
) -> tuple[Voices, Voices]:
    """Voices as the ranking counts them, and one voice for every sending.

    One voice for each speaker and theme. A letter puts its theme on the list and lifts it no further: its voice counts
    where nobody speaks of the theme in their own words, and once, so that no campaign of any size moves a theme.

    Args:
        theme: (n,) numbers into `themes`, -1 for texts that say nothing.
        types: (n, 6) bool.
        speaker, letter: (n,), from `speakers` and `is_letter`.

    >>> from analysis import corpus
    >>> from analysis.types import Text
    >>> read = corpus.read([Text("1", "rob", person="a"), Text("2", "pompa", person="a")])
    >>> who, types = speakers(read, np.arange(2), np.zeros(2, dtype=bool)), np.zeros((2, len(TYPES)), dtype=bool)
    >>> heard, every = collect(read, np.zeros(2, dtype=int), ["ROB"], types, who, np.zeros(2, dtype=bool))
    >>> len(heard), len(every)
    (1, 2)
    """
    said = np.flatnonzero(theme >= 0)
    group, groups = _groups(corpus)
    wide = np.int64(speaker.max() + 1) if len(speaker) else 1
    _, first = np.unique(theme[said].astype(np.int64) * wide + speaker[said], return_index=True)
    kept = np.sort(said[first])
    own = np.zeros(len(themes), dtype=bool)
    own[theme[kept[~letter[kept]]]] = True
    letters = kept[letter[kept] & ~own[theme[kept]]]
    heard = letters[np.unique(theme[letters], return_index=True)[1]]
    kept = np.sort(np.concatenate([kept[~letter[kept]], heard]))
    plain = np.flatnonzero(~letter)
    several = np.unique(group[plain].astype(np.int64) * wide + speaker[plain]) // wide
    everybody = np.bincount(several, minlength=len(groups)).astype(float)
    senders = np.bincount(group, minlength=len(groups)).astype(float)
    build = _Builder(corpus, theme, tuple(themes), types, group, groups)
    return build.voices(kept, everybody), build.voices(said, senders)


def heaviness(groups: Sequence[str], given: Sequence[tuple[str, float]]) -> np.ndarray | None:
    """What each group weighs against the others, (groups,), 1 for one that is not given; None where all weigh the same.

    >>> heaviness(("agency", "citizen"), (("citizen", 2.0),)).tolist(), heaviness(("agency",), (("agency", 3.0),))
    ([1.0, 2.0], None)
    """
    known = dict(given)
    heavy = np.array([known.get(group, 1.0) for group in groups], dtype=float)
    return None if np.all(heavy == heavy[:1]) else heavy


def _groups(corpus: Corpus) -> tuple[np.ndarray, tuple[str, ...]]:
    """Groups with "" for texts of nobody's group, in alphabetical order."""
    if (corpus.group.codes < 0).any():
        return corpus.group.codes + 1, ("", *corpus.group.names)
    return corpus.group.codes, corpus.group.names


@dataclass(frozen=True, slots=True)
class _Builder:
    corpus: Corpus
    theme: np.ndarray
    themes: tuple[str, ...]
    types: np.ndarray
    group: np.ndarray
    groups: tuple[str, ...]

    def voices(self, rows: np.ndarray, speakers_: np.ndarray) -> Voices:
        c = self.corpus
        return Voices(
            self.themes,
            self.groups,
            c.area.names,
            theme=self.theme[rows].astype(np.int64),
            group=self.group[rows].astype(np.int64),
            area=c.area.codes[rows].astype(np.int64),
            condition=np.where(c.condition[rows] > 0, c.condition[rows], np.nan).astype(float),
            importance=np.where(c.importance[rows] > 0, c.importance[rows], np.nan).astype(float),
            objects=self.types[rows, TYPES.index("objection")].astype(float),
            proven=c.has_evidence[rows].astype(float),
            types=self.types[rows],
            speakers=speakers_,
        )
