"""The stages in order; nothing else."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version

from analysis import codebook as book
from analysis import contrasts, dimensions, disagreement, duplicates, findings, kinds, placing, priority, sentiment
from analysis.sheet import Sheet, open_sheet, written_forms
from analysis.types import Analysis, CodebookTheme, Plan, Reading, Run, Text

SEED = 20251001
LIBRARIES = ("numpy", "scipy", "scikit-learn", "nltk", "PyStemmer", "py3langid")
STAGES = 8


def analyse(
    texts: Sequence[Text],
    *,
    plan: Plan,
    codebook: Sequence[CodebookTheme] = (),
    themes: int | None = None,
    seed: int = SEED,
    previous: Analysis | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Analysis:
    """Read the texts and order what they say.

    The order of the input does not matter, and the same input gives the same result to the byte. `themes` asks for
    a number of free themes; with a codebook only what fits none of its themes is clustered. `previous` warm-starts
    the free themes and keeps their ids.
    """
    tell = progress or (lambda done, total: None)
    sheets = [open_sheet(text) for text in sorted(texts, key=lambda t: t.id)]
    tell(2, STAGES)
    roots, letters = duplicates.group([s.flat for s in sheets], seed)
    for sheet, root in zip(sheets, roots, strict=True):
        sheet.duplicate = root
    tell(3, STAGES)
    frame = book.frame([theme for theme in codebook if theme.id != placing.EMPTY_THEME])
    if codebook:
        placing.place(sheets, frame, {theme.id for theme in codebook})
    tell(4, STAGES)
    proposed = placing.propose(sheets, themes, seed, bool(codebook), previous)
    tell(5, STAGES)
    readings = _readings(sheets, frame, plan)
    tell(6, STAGES)
    named = {theme.id: (theme.name, theme.dimension, False) for theme in codebook} | proposed
    found = findings.themes(sheets, readings, named)
    tell(7, STAGES)
    collapsed, every = findings.voices(sheets, readings)
    ranking = priority.rank(collapsed, every, {theme.id: theme.dimension for theme in found}, plan, seed)
    groups = contrasts.contrasts(
        [s.text.group for s in sheets], [s.keys for s in sheets], [s.duplicate for s in sheets], written_forms(sheets)
    )
    tell(STAGES, STAGES)
    return Analysis(
        run=_run(sheets, codebook, plan, themes, seed),
        readings=readings,
        themes=found,
        campaigns=findings.campaigns(sheets, letters),
        contrasts=groups,
        ranking=ranking,
        disagreements=disagreement.disagreements(collapsed),
    )


def _readings(sheets: Sequence[Sheet], frame: book.Frame, plan: Plan) -> tuple[Reading, ...]:
    cues = {d.code: dimensions.cues((d.label, *d.keywords)) for d in plan.dimensions}
    sizes = Counter(s.duplicate for s in sheets if s.flat)
    return tuple(
        _reading(s, f"D-{sheets[s.duplicate].text.id}" if sizes[s.duplicate] > 1 else None, frame, cues) for s in sheets
    )


def _reading(sheet: Sheet, group: str | None, frame: book.Frame, cues: Mapping[str, frozenset[str]]) -> Reading:
    marks = dimensions.suggest(sheet.by_theme, frame.dimensions, sheet.keys, cues, sheet.written)
    return Reading(
        id=sheet.text.id,
        language=sheet.language,
        low_confidence=sheet.is_guess,
        types=kinds.kinds(sheet.normalised, sheet.tokens, sheet.text.chosen_type),
        sentiment=sentiment.sentiment(sheet.tokens),
        dimensions=marks,
        theme=sheet.theme,
        theme_reason=sheet.reason,
        words=sheet.words,
        margin=sheet.margin,
        duplicate_group=group,
        masked_text=sheet.masked,
        flags=(*sheet.flags, *(("low_confidence",) if sheet.is_guess else ())),
        candidates=sheet.candidates,
    )


def empty_run() -> Run:
    """The record of no run, for results that were read back from a file."""
    return Run(SEED, (), (), "")


def _run(sheets: Sequence[Sheet], codebook: Sequence[CodebookTheme], plan: Plan, count: int | None, seed: int) -> Run:
    lines = [json.dumps([repr(s.text)], ensure_ascii=True) for s in sheets] + [repr(codebook), repr(plan)]
    least, most = findings.people(sheets)
    return Run(
        seed=seed,
        versions=tuple((name, version(name)) for name in LIBRARIES),
        parameters=(("themes", count), ("codebook", len(codebook))),
        input_hash=hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest(),
        counts=(
            ("received", len(sheets)),
            ("distinct_texts", len({s.duplicate for s in sheets})),
            ("people", least),
            ("people_max", most),
        ),
    )
