"""Stage 6, placing: every point in a theme of the codebook, in a proposed theme, or told apart with a reason."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from analysis import codebook, content, learning, names, themes
from analysis.sheet import Sheet, written_forms
from analysis.types import Analysis, Cue

EMPTY_THEME = "META-NONE"
FEWEST_FOR_A_PROPOSAL, FEW_WORDS = 8, 2
PASSES, SURE_ENOUGH, PINNED = 4, 0.8, 99.0
SHOWN = 8
Named = dict[str, tuple[str, str | None, bool]]


def place(sheets: Sequence[Sheet], frame: codebook.Frame, known: set[str]) -> None:
    """Place points in themes of the codebook, in hard-EM passes: match, learn from the sure ones, match again.

    Human marks are constraints: they are never changed and teach the loudest. Equal texts teach once, so no
    campaign can move the words of a theme.
    """
    current = frame
    for turn in range(PASSES):
        before = [sheet.theme for sheet in sheets]
        for sheet in sheets:
            _match(sheet, current, known)
        if turn and before == [sheet.theme for sheet in sheets]:
            break
        current = codebook.learn(frame, _lessons(sheets))


def _match(sheet: Sheet, frame: codebook.Frame, known: set[str]) -> None:
    sheet.by_theme = codebook.scores(sheet.keys, sheet.text.dimension, frame)
    sheet.candidates = tuple(theme for theme, _, _ in sheet.by_theme[:3])
    sheet.theme, sheet.reason, sheet.words, sheet.margin = None, None, (), 0.0
    if sheet.text.pinned_theme in known:
        sheet.theme, sheet.margin = sheet.text.pinned_theme, PINNED
    elif _is_empty(sheet):
        sheet.theme, sheet.reason = (EMPTY_THEME, None) if EMPTY_THEME in known else (None, "no_content")
    elif sheet.text.pinned_theme is None and sheet.by_theme and sheet.by_theme[0][1] >= codebook.ENOUGH:
        sheet.theme, best, cues = sheet.by_theme[0]
        sheet.words = tuple(Cue(sheet.written(c.word), round(c.weight, 3)) for c in cues if c.weight > 0)[:SHOWN]
        sheet.margin = round(best - (sheet.by_theme[1][1] if len(sheet.by_theme) > 1 else 0), 3)
    else:
        sheet.reason = "no_shared_words"


def _is_empty(sheet: Sheet) -> bool:
    """Nothing to read: no word of content, a trial of the form, or an advertisement."""
    if not sheet.keys or content.is_trial(sheet.tokens) or content.is_advert(sheet.masked, sheet.tokens):
        return True
    return len(sheet.tokens) <= FEW_WORDS and not sheet.by_theme


def _lessons(sheets: Sequence[Sheet]) -> dict[str, dict[str, float]]:
    teachers = [s for n, s in enumerate(sheets) if s.duplicate == n and s.theme != EMPTY_THEME]
    sure = [s.theme if s.margin >= SURE_ENOUGH else None for s in teachers]
    documents = [[key for key in s.keys if " " not in key] for s in teachers]
    return learning.learn(documents, sure, [s.margin == PINNED for s in teachers])


def propose(
    sheets: Sequence[Sheet], count: int | None, seed: int, has_codebook: bool, previous: Analysis | None
) -> Named:
    """Cluster what fits no theme of the codebook, or everything without one; returns the proposed themes.

    A mark of a person that names a theme outside the codebook holds its text there, and the cluster grows round it.
    """
    for sheet in sheets:
        if sheet.theme is None and not sheet.tokens:
            sheet.reason = "no_content"
    loose = [s for s in sheets if s.theme is None and s.reason != "no_content"]
    if has_codebook and len(loose) < FEWEST_FOR_A_PROPOSAL:
        loose = [s for s in loose if s.text.pinned_theme]
    if not loose:
        return {}
    documents = [[key for key in s.keys if " " not in key] or s.tokens for s in loose]
    pins = sorted({s.text.pinned_theme for s in loose if s.text.pinned_theme})
    fixed = np.array([pins.index(s.text.pinned_theme) if s.text.pinned_theme else -1 for s in loose])
    start, wanted = _warm(loose, previous), count or themes.how_many(len(loose))
    labels, margins = themes.cluster(documents, wanted, seed, start, fixed)
    terms = themes.explain(documents, labels, int(labels.max()) + 1)
    ids = _ids(loose, labels, terms, previous, pins)
    for sheet, label, margin in zip(loose, labels.tolist(), margins.tolist(), strict=True):
        weights = dict(terms[label])
        hits = sorted((-weights[k], k) for k in set(sheet.keys) if k in weights)[:SHOWN]
        sheet.theme, sheet.reason = ids[label], None
        sheet.margin = PINNED if sheet.text.pinned_theme else round(margin, 3)
        sheet.words = tuple(Cue(sheet.written(key), -weight) for weight, key in hits)
    return _named(loose, labels, terms, ids)


def _named(
    loose: Sequence[Sheet], labels: np.ndarray, terms: Sequence[Sequence[tuple[str, float]]], ids: Mapping[int, str]
) -> Named:
    proposed: Named = {}
    taken: set[str] = set()
    for label in sorted(ids):
        members = [s for s, own in zip(loose, labels, strict=True) if own == label]
        title = names.name([s.tokens for s in members], [t for t, _ in terms[label]], written_forms(members), taken)
        taken.add(title)
        common = Counter(s.text.dimension for s in members if s.text.dimension)
        dimension = min(common, key=lambda code: (-common[code], code)) if common else None
        proposed[ids[label]] = (title, dimension, True)
    return proposed


def _warm(loose: Sequence[Sheet], previous: Analysis | None) -> np.ndarray | None:
    """Labels of an earlier result for the same texts (-1 where new), or None where it knew fewer than half."""
    earlier = {r.id: r.theme for r in previous.readings if r.theme} if previous else {}
    known = sorted({earlier[s.text.id] for s in loose if s.text.id in earlier})
    if not known or 2 * sum(s.text.id in earlier for s in loose) < len(loose):
        return None
    return np.array([known.index(earlier[s.text.id]) if s.text.id in earlier else -1 for s in loose])


def _ids(
    loose: Sequence[Sheet],
    labels: np.ndarray,
    terms: Sequence[Sequence[tuple[str, float]]],
    previous: Analysis | None,
    pins: Sequence[str],
) -> dict[int, str]:
    """Ids of free themes: the one a person named, an earlier one where most texts were, else a digest of its words."""
    earlier = {r.id: r.theme for r in previous.readings} if previous else {}
    ids: dict[int, str] = {}
    for label in sorted(set(labels.tolist())):
        members = [s for s, own in zip(loose, labels, strict=True) if own == label]
        pinned = next((s.text.pinned_theme for s in members if s.text.pinned_theme), None)
        olds = Counter(earlier.get(s.text.id) for s in members)
        taken = {*ids.values(), *pins}
        old = next((t for t, n in olds.most_common(1) if t and 2 * n > olds.total() and t not in taken), None)
        words = " ".join(word for word, _ in terms[label][:6])
        fresh = f"M-{hashlib.sha256(words.encode()).hexdigest()[:8]}"
        ids[label] = pinned or old or (fresh if fresh not in taken else f"{fresh}-{label}")
    return ids
