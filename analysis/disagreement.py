"""Stage 8b, disagreement: who says what on each theme, and how far two groups stand apart."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from analysis.priority import PRIOR_VOICES, Voice
from analysis.types import Disagreement, GroupVoices

LONGEST = 3.0  # from 1 to 4, the ends of the rating


def disagreements(voices: Sequence[Voice]) -> tuple[Disagreement, ...]:
    """Put the groups of each theme side by side and say how far the two that differ most stand apart.

    Two distances are taken. *Condition*: between two groups' mean rating of the present condition, 3 being the
    longest way there is. *Objection*: between two groups' shares of voices that object, 1 being the longest. Each
    is put on a fixed scale of 0–100 of its own length; the theme stands at the longer one and says which it was.

    Before the distance is taken, two imagined neutral voices join every group: they say what the groups of the theme
    say on average, groups counted equally. So one voice against one voice cannot reach the end of the scale, groups
    that say the same stand at 0 however many they are, and what is shown of a group is what it really said. Voices
    without a group are shown and not compared; with fewer than two groups there is nothing to compare.

    Args:
        voices: one voice for each person and theme, near-identical texts once (`findings.voices`), in any order.

    Returns:
        One result for each theme with a voice, by theme id; `value` is None where fewer than two groups spoke.

    Source: our own rule; the imagined voices are those of the priority's gap (`analysis/priority.py`).

    >>> def voice(group, condition):
    ...     return Voice("DIS-ROB", group, None, condition, None, False, False, ())
    >>> found = disagreements([voice("citizen", 1), voice("citizen", 1), voice("agency", 4), voice("agency", 4)])[0]
    >>> found.value, found.measure, [(g.group, g.condition, g.end) for g in found.groups]
    (50.0, 'condition', [('agency', 4.0, 'condition_high'), ('citizen', 1.0, 'condition_low')])
    """
    by_theme: dict[str, dict[str, list[Voice]]] = defaultdict(lambda: defaultdict(list))
    for voice in voices:
        by_theme[voice.theme][voice.group].append(voice)
    return tuple(_of_theme(theme, by_theme[theme]) for theme in sorted(by_theme))


def _of_theme(theme: str, groups: Mapping[str, Sequence[Voice]]) -> Disagreement:
    named = {group: groups[group] for group in sorted(groups) if group}
    if len(named) < 2:
        return Disagreement(theme, None, None, tuple(_shown(g, groups[g], "") for g in sorted(groups)))
    condition = _apart({g: [float(v.condition) for v in said if v.condition] for g, said in named.items()}, LONGEST)
    objection = _apart({g: [float(v.is_objection) for v in said] for g, said in named.items()}, 1.0)
    measure, (value, low, high) = max(
        (("condition", condition), ("objection", objection)), key=lambda pair: (pair[1][0], pair[0] == "condition")
    )
    ends = {low: f"{measure}_low", high: f"{measure}_high"} if value else {}
    return Disagreement(
        theme=theme,
        value=value,
        measure=measure if value else None,
        groups=tuple(_shown(g, groups[g], ends.get(g, "")) for g in sorted(groups)),
    )


def _apart(said: Mapping[str, Sequence[float]], longest: float) -> tuple[float, str, str]:
    """How far the lowest and the highest group stand apart, on 0–100, and which they are; 0 for fewer than two."""
    means = {group: math.fsum(values) / len(values) for group, values in said.items() if values}
    if len(means) < 2:
        return 0.0, "", ""
    neutral = math.fsum(means.values()) / len(means)
    drawn = {
        group: (math.fsum(said[group]) + PRIOR_VOICES * neutral) / (len(said[group]) + PRIOR_VOICES) for group in means
    }
    low = min(drawn, key=lambda group: (round(drawn[group], 9), group))
    high = max(drawn, key=lambda group: (round(drawn[group], 9), group))
    return round((drawn[high] - drawn[low]) / longest * 100, 1), low, high


def _shown(group: str, said: Sequence[Voice], end: str) -> GroupVoices:
    kinds = Counter(kind for voice in said for kind in voice.types)
    return GroupVoices(
        group=group,
        voices=len(said),
        condition=_mean([v.condition for v in said if v.condition]),
        importance=_mean([v.importance for v in said if v.importance]),
        objections=sum(v.is_objection for v in said),
        types=tuple(sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))),
        end=end,
    )


def _mean(ratings: Sequence[int]) -> float | None:
    return round(sum(ratings) / len(ratings), 2) if ratings else None
