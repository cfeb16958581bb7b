"""Stage 8b, disagreement: who says what on each theme, and how far two groups stand apart."""

from collections.abc import Mapping

import numpy as np

from analysis.kinds import ORDER as TYPES
from analysis.priority import PRIOR_VOICES
from analysis.shares import commonest
from analysis.types import Disagreement, GroupVoices
from analysis.voices import Voices

LONGEST = 3.0  # from 1 to 4, the ends of the rating


def disagreements(voices: Voices) -> tuple[Disagreement, ...]:
    """Put the groups of each theme side by side and say how far the two that differ most stand apart.

    Two distances are taken. *Condition*: between two groups' mean rating of the present condition, 3 being the
    longest way there is. *Objection*: between two groups' shares of voices that object, 1 being the longest. Each
    is put on a fixed scale of 0–100 of its own length; the theme stands at the longer one and says which it was.

    Before the distance is taken, two imagined neutral voices join every group: they say what the groups of the theme
    say on average, groups counted equally. So one voice against one voice cannot reach the end of the scale, groups
    that say the same stand at 0 however many they are, and what is shown of a group is what it really said. Voices
    without a group are shown and not compared; with fewer than two groups there is nothing to compare.

    Args:
        voices: one voice for each person and theme, near-identical texts once (`voices.collect`).

    Returns:
        One result for each theme with a voice, by theme id; `value` is None where fewer than two groups spoke.

    Source: our own rule; the imagined voices are those of the priority's gap (`analysis/priority.py`).

    >>> from analysis.voices import Voice
    >>> def voice(group, condition):
    ...     return Voice("DIS-ROB", group, None, condition, None, False, False)
    >>> said = [voice("citizen", 1), voice("citizen", 1), voice("agency", 4), voice("agency", 4)]
    >>> found = disagreements(Voices.of(said))[0]
    >>> found.value, found.measure, [(g.group, g.condition, g.end) for g in found.groups]
    (50.0, 'condition', [('agency', 4.0, 'condition_high'), ('citizen', 1.0, 'condition_low')])
    """
    if not len(voices):
        return ()
    cell = voices.theme * max(len(voices.groups), 1) + voices.group
    order = np.argsort(cell, kind="stable")
    kinds, starts = np.unique(cell[order], return_index=True)
    by_theme: dict[int, dict[str, np.ndarray]] = {}
    for kind, rows in zip(kinds.tolist(), np.split(order, starts[1:]), strict=True):
        theme, group = divmod(kind, len(voices.groups))
        by_theme.setdefault(theme, {})[voices.groups[group]] = rows
    found = [_of_theme(voices, voices.themes[theme], groups) for theme, groups in by_theme.items()]
    return tuple(sorted(found, key=lambda one: one.theme))


def _of_theme(voices: Voices, theme: str, groups: Mapping[str, np.ndarray]) -> Disagreement:
    shown = tuple((group, groups[group]) for group in sorted(groups))
    named = {group: rows for group, rows in shown if group}
    if len(named) < 2:
        return Disagreement(theme, None, None, tuple(_shown(voices, g, rows, "") for g, rows in shown))
    condition = _apart({g: _known(voices.condition[rows]) for g, rows in named.items()}, LONGEST)
    objection = _apart({g: voices.objects[rows] for g, rows in named.items()}, 1.0)
    measure, (value, low, high) = max(
        (("condition", condition), ("objection", objection)), key=lambda pair: (pair[1][0], pair[0] == "condition")
    )
    ends = {low: f"{measure}_low", high: f"{measure}_high"} if value else {}
    return Disagreement(
        theme=theme,
        value=value,
        measure=measure if value else None,
        groups=tuple(_shown(voices, g, rows, ends.get(g, "")) for g, rows in shown),
    )


def _known(ratings: np.ndarray) -> np.ndarray:
    return ratings[~np.isnan(ratings)]


def _apart(said: Mapping[str, np.ndarray], longest: float) -> tuple[float, str, str]:
    """How far the lowest and the highest group stand apart, on 0–100, and which they are; 0 for fewer than two."""
    means = {group: float(values.sum()) / len(values) for group, values in said.items() if len(values)}
    if len(means) < 2:
        return 0.0, "", ""
    neutral = sum(means.values()) / len(means)
    drawn = {
        group: (float(said[group].sum()) + PRIOR_VOICES * neutral) / (len(said[group]) + PRIOR_VOICES)
        for group in means
    }
    low = min(drawn, key=lambda group: (round(drawn[group], 9), group))
    high = max(drawn, key=lambda group: (round(drawn[group], 9), group))
    return round((drawn[high] - drawn[low]) / longest * 100, 1), low, high


def _shown(voices: Voices, group: str, rows: np.ndarray, end: str) -> GroupVoices:
    return GroupVoices(
        group=group,
        voices=len(rows),
        condition=_mean(voices.condition[rows]),
        importance=_mean(voices.importance[rows]),
        objections=int(voices.objects[rows].sum()),
        types=commonest(TYPES, voices.types[rows].sum(axis=0).tolist()),
        end=end,
    )


def _mean(ratings: np.ndarray) -> float | None:
    known = _known(ratings)
    return round(float(known.sum()) / len(known), 2) if len(known) else None
