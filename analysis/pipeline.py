"""The stages in order; nothing else."""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version

import numpy as np

from analysis import codebook as book
from analysis import contrasts, dimensions, duplicates, kinds, language, names, priority, quotes, sentiment, themes
from analysis.mask import mask
from analysis.normalise import clean, normalise
from analysis.tokenise import tokenise
from analysis.types import Analysis, Campaign, CodebookTheme, Cue, Plan, Reading, Run, Text, Theme

SEED = 20251001
LIBRARIES = ("numpy", "scipy", "scikit-learn", "nltk", "PyStemmer", "py3langid")
FEWEST_FOR_A_PROPOSAL = 8
EMPTY_THEME = "META-NONE"
STAGES = 8


@dataclass(slots=True)
class _Sheet:
    """One text on its way through the stages."""

    text: Text
    masked: str
    flags: tuple[str, ...]
    normalised: str
    tokens: list[str]
    raw_tokens: list[str]
    keys: list[str]
    flat: str
    language: str = "other"
    is_guess: bool = True
    duplicate: int = -1
    theme: str | None = None
    reason: str | None = None
    words: tuple[Cue, ...] = ()
    margin: float = 0.0
    candidates: tuple[str, ...] = ()
    by_theme: list[tuple[str, float, tuple[Cue, ...]]] = field(default_factory=list)


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
    a number of free themes; with a codebook only what fits none of its themes is clustered. `previous` keeps the
    ids of proposed themes that share most of their texts.
    """
    tell = progress or (lambda done, total: None)
    sheets = [_sheet(text) for text in sorted(texts, key=lambda t: t.id)]
    tell(1, STAGES)
    for sheet in sheets:
        known = sheet.text.language
        sheet.language, sheet.is_guess = (
            (known, False) if known in language.KNOWN else language.language(sheet.masked, sheet.raw_tokens)
        )
    tell(2, STAGES)
    for sheet, root in zip(sheets, duplicates.group([s.flat for s in sheets], seed), strict=True):
        sheet.duplicate = root
    tell(3, STAGES)
    frame = book.frame(codebook)
    if codebook:
        _match(sheets, frame, {c.id for c in codebook})
    tell(4, STAGES)
    proposed = _propose(sheets, themes, seed, bool(codebook), previous)
    tell(5, STAGES)
    cues = _dimension_cues(plan)
    sizes = Counter(s.duplicate for s in sheets if s.flat)
    readings = tuple(
        _reading(s, f"D-{sheets[s.duplicate].text.id}" if sizes[s.duplicate] > 1 else None, frame, cues) for s in sheets
    )
    tell(6, STAGES)
    named = {c.id: (c.name, c.dimension, False) for c in codebook} | proposed
    found = _themes(sheets, readings, named, frame)
    tell(7, STAGES)
    ranking = _rank(sheets, readings, {t.id: t.dimension for t in found}, plan, seed)
    groups = contrasts.contrasts([s.text.group for s in sheets], [s.keys for s in sheets])
    tell(STAGES, STAGES)
    return Analysis(_run(sheets, codebook, plan, themes, seed), readings, found, _campaigns(sheets), groups, ranking)


def _sheet(text: Text) -> _Sheet:
    kept, flags = clean(text.text)
    masked = mask(kept)
    if masked.findings:
        flags = (*flags, "masked")
    plain = normalise(masked.text)
    tokens = tokenise(plain)
    if not tokens:
        flags = (*flags, "empty")
    return _Sheet(
        text, masked.text, flags, plain, tokens, tokenise(kept.lower()), book.keys(tokens), duplicates.flatten(kept)
    )


def _match(sheets: Sequence[_Sheet], frame: book.Frame, known: set[str]) -> None:
    for sheet in sheets:
        sheet.by_theme = book.scores(sheet.keys, sheet.text.dimension, frame)
        sheet.candidates = tuple(theme for theme, _, _ in sheet.by_theme[:3])
        if sheet.text.pinned_theme in known:
            sheet.theme, sheet.margin = sheet.text.pinned_theme, 99.0
            continue
        meaning = [(theme, score, cues) for theme, score, cues in sheet.by_theme if theme != EMPTY_THEME]
        if _is_empty(sheet):
            sheet.theme, sheet.reason = (EMPTY_THEME, None) if EMPTY_THEME in known else (None, "no_content")
        elif meaning and meaning[0][1] >= book.ENOUGH:
            sheet.theme, best, cues = meaning[0]
            shown = book.surface(sheet.tokens)
            sheet.words = tuple(Cue(_written(c.word, shown), round(c.weight, 3)) for c in cues if c.weight > 0)[:8]
            sheet.margin = round(best - (meaning[1][1] if len(meaning) > 1 else 0), 3)
        else:
            sheet.reason = "no_shared_words"


def _is_empty(sheet: _Sheet) -> bool:
    """Nothing to read: no word of content, or an advertisement (its words point to no other theme as strongly)."""
    if len(sheet.keys) < 1 or (len(sheet.tokens) <= 3 and not any(t != EMPTY_THEME for t, _, _ in sheet.by_theme)):
        return True
    scores = {theme: score for theme, score, _ in sheet.by_theme}
    rest = max((score for theme, score in scores.items() if theme != EMPTY_THEME), default=0)
    return scores.get(EMPTY_THEME, 0) > max(rest, book.ENOUGH)


def _written(key: str, shown: dict[str, str]) -> str:
    return " ".join(shown.get(part, part) for part in key.split())


def _propose(
    sheets: Sequence[_Sheet],
    count: int | None,
    seed: int,
    has_codebook: bool,
    previous: Analysis | None,
) -> dict[str, tuple[str, str | None, bool]]:
    loose = [s for s in sheets if s.theme is None and s.reason != "no_content" and s.keys]
    for sheet in sheets:
        if sheet.theme is None and not sheet.keys:
            sheet.reason = "no_content"
    if not loose or (has_codebook and len(loose) < FEWEST_FOR_A_PROPOSAL):
        return {}
    wanted = count or themes.how_many(len(loose))
    documents = [s.keys for s in loose]
    start = _warm(loose, previous)
    if start is not None:
        wanted = int(start.max()) + 1
    labels, margins, _ = themes.cluster(documents, wanted, seed, start)
    terms = themes.explain(documents, labels, int(labels.max()) + 1)
    ids = _ids(loose, labels, terms, previous)
    proposed: dict[str, tuple[str, str | None, bool]] = {}
    taken: set[str] = set()
    for label in sorted(set(labels.tolist())):
        members = [s for s, own in zip(loose, labels, strict=True) if own == label]
        title = names.name([s.tokens for s in members], [t for t, _ in terms[label]], taken)
        taken.add(title)
        common = Counter(s.text.dimension for s in members if s.text.dimension).most_common(1)
        proposed[ids[label]] = (title, common[0][0] if common else None, True)
    for sheet, label, margin in zip(loose, labels, margins, strict=True):
        weights = dict(terms[label])
        shown = book.surface(sheet.tokens)
        sheet.theme, sheet.reason, sheet.margin = ids[label], None, round(float(margin), 3)
        hits = sorted(((weights[k], k) for k in set(sheet.keys) if k in weights), reverse=True)
        sheet.words = tuple(Cue(_written(key, shown), weight) for weight, key in hits[:8])
    return proposed


def _warm(loose: Sequence[_Sheet], previous: Analysis | None) -> np.ndarray | None:
    """Labels of an earlier result for the same texts (-1 where new), or None where it knew fewer than half."""
    earlier = {r.id: r.theme for r in previous.readings if r.theme} if previous else {}
    known = sorted({earlier[s.text.id] for s in loose if s.text.id in earlier})
    if 2 * sum(s.text.id in earlier for s in loose) < len(loose) or not known:
        return None
    return np.array([known.index(earlier[s.text.id]) if s.text.id in earlier else -1 for s in loose])


def _ids(
    loose: Sequence[_Sheet],
    labels: np.ndarray,
    terms: Sequence[Sequence[tuple[str, float]]],
    previous: Analysis | None,
) -> dict[int, str]:
    """Ids of free themes: an earlier one where most texts were in it, else a digest of the heaviest words."""
    earlier = {r.id: r.theme for r in previous.readings} if previous else {}
    ids: dict[int, str] = {}
    for label in sorted(set(labels.tolist())):
        olds = Counter(earlier.get(s.text.id) for s, own in zip(loose, labels, strict=True) if own == label)
        old = next((t for t, n in olds.most_common(1) if t and 2 * n > olds.total() and t not in ids.values()), None)
        words = " ".join(word for word, _ in terms[label][:6])
        fresh = f"M-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
        ids[label] = old or (fresh if fresh not in ids.values() else f"{fresh}-{label}")
    return ids


def _dimension_cues(plan: Plan) -> dict[str, frozenset[str]]:
    return {
        d.code: frozenset(k for word in (d.label, *d.keywords) for k in book.keys(tokenise(normalise(word))))
        for d in plan.dimensions
    }


def _reading(sheet: _Sheet, group: str | None, frame: book.Frame, cues: dict[str, frozenset[str]]) -> Reading:
    return Reading(
        id=sheet.text.id,
        language=sheet.language,
        low_confidence=sheet.is_guess,
        types=kinds.kinds(sheet.normalised, sheet.tokens, sheet.text.chosen_type),
        sentiment=sentiment.sentiment(sheet.tokens),
        dimensions=dimensions.suggest(sheet.by_theme, frame.dimensions, sheet.keys, cues),
        theme=sheet.theme,
        theme_reason=sheet.reason,
        words=sheet.words,
        margin=sheet.margin,
        duplicate_group=group,
        masked_text=sheet.masked,
        flags=(*sheet.flags, *(("low_confidence",) if sheet.is_guess else ())),
        candidates=sheet.candidates,
    )


def _people(sheets: Sequence[_Sheet]) -> tuple[int, int]:
    """The least and the most people behind some sendings.

    Where nobody said who they are, each sending may be another person; sendings with the same text, group and area
    may be one.
    """
    named = {s.text.person for s in sheets if s.text.person}
    others = [s for s in sheets if not s.text.person]
    least = len({(s.flat, s.text.group, s.text.area) for s in others})
    return len(named) + least, len(named) + len(others)


def _themes(
    sheets: Sequence[_Sheet],
    readings: Sequence[Reading],
    named: dict[str, tuple[str, str | None, bool]],
    frame: book.Frame,
) -> tuple[Theme, ...]:
    members: dict[str, list[int]] = defaultdict(list)
    for number, sheet in enumerate(sheets):
        if sheet.theme:
            members[sheet.theme].append(number)
    return tuple(
        _theme(theme, named[theme], [sheets[n] for n in numbers], [readings[n] for n in numbers])
        for theme, numbers in sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _theme(
    theme: str,
    known: tuple[str, str | None, bool],
    sheets: Sequence[_Sheet],
    readings: Sequence[Reading],
) -> Theme:
    words: Counter[str] = Counter()
    for reading in readings:
        words.update({cue.word for cue in reading.words if " " not in cue.word})
    least, most = _people(sheets)
    stance = Counter(mark.type for reading in readings for mark in reading.types)
    content = [
        quotes.Candidate(s.text.id, s.masked, s.text.group, s.text.area, s.language, s.margin, s.duplicate)
        for s in sheets
    ]
    border = sorted((s for s in sheets if s.margin < 99), key=lambda s: (s.margin, s.text.id))[:5]
    return Theme(
        id=theme,
        name=known[0],
        dimension=known[1],
        is_proposed=known[2],
        terms=tuple(Cue(w, float(n)) for w, n in sorted(words.items(), key=lambda row: (-row[1], row[0]))[:12]),
        received=len(sheets),
        distinct_texts=len({s.duplicate for s in sheets}),
        people=least,
        people_max=most,
        groups=tuple(sorted(Counter(s.text.group or "" for s in sheets).items(), key=lambda g: (-g[1], g[0]))),
        stance=tuple(sorted(stance.items(), key=lambda s: (-s[1], s[0]))),
        quotes=quotes.choose(content),
        borderline=tuple(s.text.id for s in border),
        members=tuple(s.text.id for s in sheets),
    )


def _campaigns(sheets: Sequence[_Sheet]) -> tuple[Campaign, ...]:
    groups: dict[int, list[_Sheet]] = defaultdict(list)
    for sheet in sheets:
        if sheet.flat:
            groups[sheet.duplicate].append(sheet)
    return tuple(
        Campaign(
            id=f"D-{sheets[root].text.id}",
            members=tuple(s.text.id for s in members),
            texts=len({s.flat for s in members}),
            people=_people(members)[0],
            days=_days(members),
            kind="exact" if len({s.flat for s in members}) == 1 else "near",
        )
        for root, members in sorted(groups.items())
        if len(members) > 1
    )


def _days(sheets: Sequence[_Sheet]) -> int:
    days = []
    for sheet in sheets:
        try:
            days.append(date.fromisoformat((sheet.text.created_at or "")[:10]))
        except ValueError:
            continue
    return (max(days) - min(days)).days + 1 if days else 1


def _rank(
    sheets: Sequence[_Sheet],
    readings: Sequence[Reading],
    themes_: dict[str, str | None],
    plan: Plan,
    seed: int,
) -> tuple[priority.Rank, ...]:
    collapsed: dict[tuple[object, ...], priority.Voice] = {}
    every: list[priority.Voice] = []
    for sheet, reading in zip(sheets, readings, strict=True):
        if sheet.theme is None or sheet.theme == EMPTY_THEME:
            continue
        text = sheet.text
        voice = priority.Voice(
            sheet.theme,
            text.group or "",
            text.area,
            text.condition,
            text.importance,
            any(mark.type == "objection" for mark in reading.types),
            text.has_evidence,
            text.missions,
        )
        every.append(voice)
        # One voice for a letter, however often it was sent, and one for a person on a theme.
        key = (sheet.theme, "letter", sheet.duplicate) if not text.person else (sheet.theme, "person", text.person)
        if reading.duplicate_group:
            key = (sheet.theme, "letter", sheet.duplicate)
        collapsed.setdefault(key, voice)
    return priority.rank(list(collapsed.values()), every, themes_, plan, seed)


def empty_run() -> Run:
    """The record of no run, for results that were read back from a file."""
    return Run(SEED, (), (), "")


def _run(
    sheets: Sequence[_Sheet],
    codebook: Sequence[CodebookTheme],
    plan: Plan,
    count: int | None,
    seed: int,
) -> Run:
    lines = [json.dumps([repr(s.text)], ensure_ascii=True) for s in sheets] + [repr(codebook), repr(plan)]
    least, most = _people(sheets)
    return Run(
        seed=seed,
        versions=tuple((name, version(name)) for name in LIBRARIES),
        parameters=(("themes", count), ("codebook", len(codebook))),
        input_hash=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
        counts=(
            ("received", len(sheets)),
            ("distinct_texts", len({s.duplicate for s in sheets})),
            ("people", least),
            ("people_max", most),
        ),
    )
