"""The stages in order; nothing else."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import version

import numpy as np
from threadpoolctl import threadpool_limits

from analysis import codebook as book
from analysis import (
    contrasts,
    corpus,
    dimensions,
    disagreement,
    duplicates,
    features,
    findings,
    kinds,
    language,
    naming,
    placing,
    priority,
    proposals,
    sentiment,
    voices,
)
from analysis.duplicates.letters import UNDATED
from analysis.duplicates.merging import sizes
from analysis.readings import Readings
from analysis.types import Analysis, CodebookTheme, Pairs, Plan, Rank, Run, Text

SEED = 20251001
LIBRARIES = ("numpy", "scipy", "scikit-learn", "nltk", "PyStemmer", "py3langid")
STAGES = 8


def analyse(
    texts: Iterable[Text],
    *,
    plan: Plan,
    codebook: Sequence[CodebookTheme] = (),
    themes: int | None = None,
    seed: int = SEED,
    previous: Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    jobs: int = 1,
    is_sorted: bool = False,
) -> Analysis:
    """Read the texts and order what they say.

    The order of the input does not matter, and the same input gives the same result to the byte, on any number of
    `jobs`. A stream serves where `is_sorted` promises that the ids rise; of each text only its columns are kept.
    `themes` asks for a number of free themes; with a codebook only what fits none of its themes is clustered.
    `previous` leads from ids of texts to the themes of an earlier result: the free themes begin there and keep their
    ids. `progress` is told after each stage how many of how many are done. Raises ValueError where an id stands twice.

    >>> found = analyse([Text("2", "jalan berlubang"), Text("1", "pompa rob mati")], plan=Plan())
    >>> [reading.id for reading in found.readings], dict(found.run.counts)["received"]
    (['1', '2'], 2)
    """
    # Threads of the linear algebra would add in another order, and only wait for one another at these sizes.
    with threadpool_limits(1):
        return _analyse(texts, plan, codebook, themes, seed, previous or {}, progress, jobs, is_sorted)


def _analyse(
    texts: Iterable[Text],
    plan: Plan,
    codebook: Sequence[CodebookTheme],
    themes: int | None,
    seed: int,
    previous: Mapping[str, str],
    progress: Callable[[int, int], None] | None,
    jobs: int,
    is_sorted: bool,
) -> Analysis:
    tell = progress or (lambda done, total: None)
    read = corpus.read(texts if is_sorted else sorted(texts, key=lambda t: t.id), jobs)
    tell(1, STAGES)
    spoken, is_guess = features.languages(read)
    words = features.build(read, spoken == language.LANGUAGES.index("en"))
    tell(2, STAGES)
    alike = duplicates.group(read.flats, seed, np.where(read.days < 0, UNDATED, read.days))
    tell(3, STAGES)
    frame = book.frame([theme for theme in codebook if theme.id != placing.EMPTY_THEME])
    known = [theme.id for theme in codebook]
    pairs = {key for d in plan.dimensions for key in dimensions.cues((d.label, *d.keywords)) if " " in key}
    placed, matcher = placing.place(read, words, frame, alike.roots, known, pairs)
    tell(4, STAGES)
    grown = proposals.propose(
        read, words, placed, matcher, count=themes, seed=seed, previous=previous, roots=alike.roots, jobs=jobs
    )
    tell(5, STAGES)
    of_theme = dimensions.numbers([frame.dimensions[theme] for theme in matcher.themes], plan.dimensions)
    chosen = dimensions.numbers([*read.dimension.names, None], plan.dimensions)[read.dimension.codes]
    marks = dimensions.mark(matcher, len(words.names), plan.dimensions, of_theme, chosen)
    cued = kinds.said(read.tokens, read.bounds, read.words, (read.flags & corpus.ASKS) > 0)
    types = cued.kinds(read.chosen_type)
    tell(6, STAGES)
    who = findings.people(read, alike.equal)
    material = findings.Material(
        read, words, placed, alike.roots, who, types, spoken, findings.cue_terms(placed, grown, words)
    )
    named = {theme.id: (theme.name, theme.dimension, False) for theme in codebook}
    named |= naming.names(material, [n for n, free in enumerate(placed.is_free) if free])
    found = findings.themes(material, named)
    tell(7, STAGES)
    speaker, collapsed, ranking, came = _rank(read, alike, placed, types, named, plan, seed)
    groups = contrasts.contrasts(read.group.codes, read.group.names, words.present(), speaker, words.forms)
    tell(STAGES, STAGES)
    return Analysis(
        run=_run(read, alike.roots, who, codebook, plan, themes, seed),
        readings=Readings(
            read, words, placed, grown, marks, tuple(d.code for d in plan.dimensions), spoken, is_guess, cued,
            sentiment.sentiments(read.tokens, read.bounds, read.words), _shared(read, alike.roots),
        ),
        themes=found,
        campaigns=findings.campaigns(read, alike.roots, alike.letters, alike.short, alike.equal, who),
        contrasts=groups,
        ranking=ranking,
        disagreements=disagreement.disagreements(collapsed),
        as_they_came=came,
    )  # fmt: skip


def _rank(
    read: corpus.Corpus,
    alike: duplicates.Groups,
    placed: placing.Placing,
    types: np.ndarray,
    named: findings.Named,
    plan: Plan,
    seed: int,
) -> tuple[np.ndarray, voices.Voices, tuple[Rank, ...], Pairs]:
    """Who speaks in each text, the voices as they are counted, the themes in their order, and as they came."""
    is_short = np.isin(alike.roots, np.fromiter(alike.short, dtype=np.int64, count=len(alike.short)))
    speaker, letter = voices.speakers(read, alike.roots, is_short), voices.is_letter(alike.roots, is_short)
    says = _saying(placed)
    collapsed, every = voices.collect(read, says, placed.themes, types, speaker, letter)
    missions = {
        theme: frozenset(m.code for m in plan.missions if named[theme][1] in m.dimensions) for theme in placed.themes
    }
    served = findings.served(read, says, placed.themes, letter, missions)
    ranking = priority.rank(collapsed, every, served, plan, seed)
    return speaker, collapsed, ranking, priority.as_they_came(collapsed, served, plan)


def _shared(read: corpus.Corpus, roots: np.ndarray) -> np.ndarray:
    """The first text of a group of at least two, -1 for a text that stands alone or says nothing."""
    says = np.fromiter((bool(flat) for flat in read.flats), dtype=bool, count=len(read))
    return np.where((sizes(roots) > 1) & says, roots, -1)


def _saying(placed: placing.Placing) -> np.ndarray:
    """The themes of the texts that say something: nobody speaks in the theme for what has no content."""
    if placing.EMPTY_THEME not in placed.themes:
        return placed.theme
    return np.where(placed.theme == placed.themes.index(placing.EMPTY_THEME), placing.NOWHERE, placed.theme)


def _run(
    read: corpus.Corpus,
    roots: np.ndarray,
    who: findings.People,
    codebook: Sequence[CodebookTheme],
    plan: Plan,
    count: int | None,
    seed: int,
) -> Run:
    least, most = who.count(slice(None))
    uneven = (("group_weights", plan.group_weights),) if plan.group_weights else ()
    return Run(
        seed=seed,
        versions=tuple((name, version(name)) for name in LIBRARIES),
        parameters=(("themes", count), ("codebook", len(codebook)), *uneven),
        input_hash=hashlib.sha256(read.digest + repr((codebook, plan, *uneven)).encode("utf-8", "replace")).hexdigest(),
        counts=(
            ("received", len(read)),
            ("distinct_texts", np.unique(roots).size),
            ("people", least),
            ("people_max", most),
        ),
    )
