"""Stage 6d, findings: what stands in each theme and each group of near-identical texts, counted three ways."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from analysis import matching, quotes, shares
from analysis.corpus import Column, Corpus
from analysis.features import Features
from analysis.kinds import ORDER as TYPES
from analysis.language import LANGUAGES
from analysis.placing import PINNED, Placing
from analysis.types import Campaign, Cue, Theme

SHOWN, BORDERLINE, SMALL_VOICES, FEW_PEOPLE = 12, 5, 20, 2
Named = Mapping[str, tuple[str, str | None, bool]]


@dataclass(frozen=True, slots=True)
class People:
    """Who may be behind each text: `named` (n,) a number of a known person or -1, `alike` (n,) of texts that may be
    one.

    Where nobody said who they are, each sending may be another person; sendings with the same text, group and area
    may be one. So people are counted as a least and a most.
    """

    named: np.ndarray
    alike: np.ndarray

    def count(self, rows: np.ndarray | slice) -> tuple[int, int]:
        """The least and the most people behind some texts."""
        named, alike = self.named[rows], self.alike[rows]
        known = np.unique(named[named >= 0]).size
        others = alike[named < 0]
        return known + np.unique(others).size, known + len(others)


def people(corpus: Corpus, equal: np.ndarray) -> People:
    """Number who may be behind each text; `equal` (n,) numbers the texts that say the same letter for letter.

    >>> from analysis import corpus
    >>> from analysis.types import Text
    >>> read = corpus.read([Text("1", "rob", person="a"), Text("2", "rob"), Text("3", "rob")])
    >>> people(read, np.zeros(3, dtype=np.int64)).count(slice(None))
    (2, 3)
    """
    wide = (len(corpus.group.names) + 1, len(corpus.area.names) + 1)
    code = equal.astype(np.int64) * wide[0] + corpus.group.codes + 1
    return People(corpus.person.codes, code * wide[1] + corpus.area.codes + 1)


@dataclass(slots=True)
class Material:
    """Everything that the findings of a theme are made of; columns of length n."""

    corpus: Corpus
    features: Features
    placing: Placing
    roots: np.ndarray
    people: People
    types: np.ndarray
    languages: np.ndarray
    terms: Callable[[int], tuple[Cue, ...]]


def themes(m: Material, named: Named) -> tuple[Theme, ...]:
    """Every theme with a text in it, the largest first.

    >>> from analysis.pipeline import analyse
    >>> from analysis.types import Plan, Text
    >>> found = analyse([Text(str(n), "pompa rob mati", person=str(n % 2)) for n in range(4)], plan=Plan()).themes
    >>> [(theme.received, theme.distinct_texts, theme.people, theme.share_word) for theme in found]
    [(4, 1, 2, 'few')]
    """
    if not len(m.corpus):
        return ()
    order = np.argsort(m.placing.theme, kind="stable")
    kinds, starts = np.unique(m.placing.theme[order], return_index=True)
    members = {k: rows for k, rows in zip(kinds.tolist(), np.split(order, starts[1:]), strict=True) if k >= 0}
    everybody = m.people.count(slice(None))[0]
    found = [_theme(m, number, rows, named[m.placing.themes[number]], everybody) for number, rows in members.items()]
    return tuple(sorted(found, key=lambda theme: (-theme.received, theme.id)))


def _theme(m: Material, number: int, rows: np.ndarray, known: tuple[str, str | None, bool], everybody: int) -> Theme:
    least, most = m.people.count(rows)
    border = rows[m.placing.margin[rows] < PINNED]
    border = border[np.lexsort((border, m.placing.margin[border]))][:BORDERLINE]
    groups = np.bincount(m.corpus.group.codes[rows] + 1, minlength=len(m.corpus.group.names) + 1).tolist()
    ids = m.corpus.ids
    return Theme(
        id=m.placing.themes[number],
        name=known[0],
        dimension=known[1],
        is_proposed=known[2],
        terms=m.terms(number),
        received=len(rows),
        distinct_texts=np.unique(m.roots[rows]).size,
        people=least,
        people_max=most,
        groups=shares.commonest(("", *m.corpus.group.names), groups),
        stance=shares.commonest(TYPES, m.types[rows].sum(axis=0).tolist()),
        quotes=quotes.first(_candidates(m, rows), sum(n > 0 for n in groups)),
        borderline=tuple(ids[n] for n in border.tolist()),
        members=tuple(ids[n] for n in rows.tolist()),
        small_voices=_small_voices(m, rows) if least <= FEW_PEOPLE else (),
        share_word=shares.word(least, everybody),
    )


def _candidates(m: Material, rows: np.ndarray) -> Iterator[quotes.Candidate]:
    """Texts of a theme, the best quote first: of a good length, then by margin, then by id."""
    masked, c = m.corpus.masked, m.corpus
    odd = np.array([not quotes.SHORTEST <= len(masked[n]) <= quotes.LONGEST for n in rows.tolist()])
    for n in rows[np.lexsort((rows, -m.placing.margin[rows], odd))].tolist():
        yield quotes.Candidate(
            c.ids[n],
            masked[n],
            _name(c.group, n),
            _name(c.area, n),
            LANGUAGES[m.languages[n]],
            int(m.roots[n]),
        )


def _name(column: Column, number: int) -> str | None:
    code = int(column.codes[number])
    return column.names[code] if code >= 0 else None


def _small_voices(m: Material, rows: np.ndarray) -> tuple[str, ...]:
    """Points of one or two people that bring evidence: few, and not to be lost for that."""
    return tuple(m.corpus.ids[n] for n in rows.tolist() if m.corpus.has_evidence[n])[:SMALL_VOICES]


def cue_terms(placing: Placing, matcher: matching.Matcher, features: Features) -> Callable[[int], tuple[Cue, ...]]:
    """The words of a theme that stand in most of its texts, each with the number of texts, as a function of its number.

    >>> from analysis.pipeline import analyse
    >>> from analysis.types import Plan, Text
    >>> found = analyse([Text(str(n), "pompa rob mati") for n in range(4)], plan=Plan()).themes
    >>> {cue.word for cue in found[0].terms} <= {"pompa", "rob", "mati"}
    True
    """
    placed = np.flatnonzero(placing.theme >= 0)
    who = csr_matrix((np.ones(placed.size, dtype=np.float32), (placing.theme[placed], placed)),
                     (len(placing.themes), len(placing.theme)))  # fmt: skip
    counts = who @ matcher.present[:, : len(features.names)]
    at = matcher.columns_of(placing.themes)

    def terms(number: int) -> tuple[Cue, ...]:
        column = int(at[number])
        if column < 0:
            return ()
        row = counts[number]
        says = matcher.weights[row.indices, column] > 0
        words = [(features.forms[w], float(n)) for w, n in zip(row.indices[says], row.data[says], strict=True)]
        return tuple(Cue(word, n) for word, n in sorted(words, key=lambda pair: (-pair[1], pair[0]))[:SHOWN])

    return terms


def campaigns(
    corpus: Corpus, roots: np.ndarray, letters: frozenset[int], short: frozenset[int], equal: np.ndarray, who: People
) -> tuple[Campaign, ...]:
    """Every group of near-identical texts of six words or more; never a verdict.

    `letters` are the groups that only shared runs of words hold together, `short` those of fewer than six words, which
    are no campaign; `equal` (n,) numbers the texts that say the same letter for letter.

    >>> from analysis.pipeline import analyse
    >>> from analysis.types import Plan, Text
    >>> letter = "kami menolak rencana pabrik di tepi sungai kampung"
    >>> found = analyse([Text(str(n), letter, person=str(n)) for n in range(3)], plan=Plan()).campaigns
    >>> [(one.texts, one.people, one.days, one.kind) for one in found]
    [(1, 3, 1, 'exact')]
    """
    order = np.argsort(roots, kind="stable")
    kinds, starts, sizes = np.unique(roots[order], return_index=True, return_counts=True)
    found = []
    for root, start, size in zip(kinds.tolist(), starts.tolist(), sizes.tolist(), strict=True):
        if size < 2 or root in short or not corpus.flats[root]:
            continue
        rows = order[start : start + size]
        texts = len(set(equal[rows].tolist()))
        found.append(
            Campaign(
                id=f"D-{corpus.ids[root]}",
                members=tuple(corpus.ids[n] for n in rows.tolist()),
                texts=texts,
                people=who.count(rows)[0],
                days=_days(corpus.days[rows]),
                kind="template" if root in letters else "exact" if texts == 1 else "near",
            )
        )
    return tuple(found)


def _days(days: np.ndarray) -> int:
    known = days[days >= 0]
    return int(known.max() - known.min()) + 1 if known.size else 1


def served(
    corpus: Corpus,
    theme: np.ndarray,
    themes_: Sequence[str],
    letter: np.ndarray,
    missions: Mapping[str, frozenset[str]],
) -> dict[str, frozenset[str]]:
    """The missions each theme serves: those of its dimension, and those that somebody named in their own words.

    >>> from analysis import corpus
    >>> from analysis.types import Text
    >>> read = corpus.read([Text("1", "rob", missions=("M1",)), Text("2", "rob", missions=("M2",))])
    >>> found = served(read, np.zeros(2, dtype=int), ["DIS-ROB"], np.array([False, True]), {})
    >>> sorted(found["DIS-ROB"])
    ['M1']
    """
    found = {name: set(missions.get(name, ())) for name in themes_}
    for number, codes in corpus.missions.items():
        if theme[number] >= 0 and not letter[number]:
            found[themes_[theme[number]]].update(codes)
    return {name: frozenset(codes) for name, codes in found.items()}
