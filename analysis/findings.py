"""Stage 6d, findings: what stands in each theme and each group of near-identical texts, counted three ways."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from analysis import quotes
from analysis.placing import EMPTY_THEME, PINNED
from analysis.priority import Voice
from analysis.sheet import Sheet
from analysis.types import Campaign, Cue, Reading, Theme

SHOWN, BORDERLINE = 12, 5


def people(sheets: Sequence[Sheet]) -> tuple[int, int]:
    """The least and the most people behind some sendings.

    Where nobody said who they are, each sending may be another person; sendings with the same text, group and area
    may be one.
    """
    named = {s.text.person for s in sheets if s.text.person}
    others = [s for s in sheets if not s.text.person]
    least = len({(s.flat, s.text.group, s.text.area) for s in others})
    return len(named) + least, len(named) + len(others)


def themes(
    sheets: Sequence[Sheet], readings: Sequence[Reading], named: Mapping[str, tuple[str, str | None, bool]]
) -> tuple[Theme, ...]:
    """Every theme with a text in it, the largest first."""
    members: dict[str, list[int]] = defaultdict(list)
    for number, sheet in enumerate(sheets):
        if sheet.theme:
            members[sheet.theme].append(number)
    return tuple(
        _theme(theme, named[theme], [sheets[n] for n in numbers], [readings[n] for n in numbers])
        for theme, numbers in sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _theme(
    theme: str, known: tuple[str, str | None, bool], sheets: Sequence[Sheet], readings: Sequence[Reading]
) -> Theme:
    words: Counter[str] = Counter()
    for reading in readings:
        words.update({cue.word for cue in reading.words if " " not in cue.word})
    least, most = people(sheets)
    stance = Counter(mark.type for reading in readings for mark in reading.types)
    candidates = [
        quotes.Candidate(s.text.id, s.masked, s.text.group, s.text.area, s.language, s.margin, s.duplicate)
        for s in sheets
    ]
    border = sorted((s for s in sheets if s.margin < PINNED), key=lambda s: (s.margin, s.text.id))[:BORDERLINE]
    return Theme(
        id=theme,
        name=known[0],
        dimension=known[1],
        is_proposed=known[2],
        terms=tuple(Cue(w, float(n)) for w, n in sorted(words.items(), key=lambda row: (-row[1], row[0]))[:SHOWN]),
        received=len(sheets),
        distinct_texts=len({s.duplicate for s in sheets}),
        people=least,
        people_max=most,
        groups=tuple(sorted(Counter(s.text.group or "" for s in sheets).items(), key=lambda g: (-g[1], g[0]))),
        stance=tuple(sorted(stance.items(), key=lambda s: (-s[1], s[0]))),
        quotes=quotes.choose(candidates),
        borderline=tuple(s.text.id for s in border),
        members=tuple(s.text.id for s in sheets),
    )


def campaigns(sheets: Sequence[Sheet], letters: set[int]) -> tuple[Campaign, ...]:
    """Every group of near-identical texts; `letters` are the groups that only shared runs of words hold together."""
    groups: dict[int, list[Sheet]] = defaultdict(list)
    for sheet in sheets:
        if sheet.flat:
            groups[sheet.duplicate].append(sheet)
    return tuple(
        Campaign(
            id=f"D-{sheets[root].text.id}",
            members=tuple(s.text.id for s in members),
            texts=len({s.flat for s in members}),
            people=people(members)[0],
            days=_days(members),
            kind="template" if root in letters else "exact" if len({s.flat for s in members}) == 1 else "near",
        )
        for root, members in sorted(groups.items())
        if len(members) > 1
    )


def _days(sheets: Sequence[Sheet]) -> int:
    days = []
    for sheet in sheets:
        try:
            days.append(date.fromisoformat((sheet.text.created_at or "")[:10]))
        except ValueError:
            continue
    return (max(days) - min(days)).days + 1 if days else 1


def voices(sheets: Sequence[Sheet], readings: Sequence[Reading]) -> tuple[list[Voice], list[Voice]]:
    """Voices with letters collapsed and one voice per person per theme; and one voice for every sending.

    A letter has one voice however often it was sent; somebody who also wrote in their own words has theirs beside it.
    """
    collapsed: dict[tuple[str, ...], Voice] = {}
    every: list[Voice] = []
    for sheet, reading in zip(sheets, readings, strict=True):
        if sheet.theme is None or sheet.theme == EMPTY_THEME:
            continue
        text = sheet.text
        voice = Voice(
            theme=sheet.theme,
            group=text.group or "",
            area=text.area,
            condition=text.condition,
            importance=text.importance,
            is_objection=any(mark.type == "objection" for mark in reading.types),
            has_evidence=text.has_evidence,
            missions=text.missions,
            types=tuple(mark.type for mark in reading.types),
        )
        every.append(voice)
        speaker = ("person", text.person) if text.person and not reading.duplicate_group else ("text", sheet.duplicate)
        collapsed.setdefault((sheet.theme, *map(str, speaker)), voice)
    return list(collapsed.values()), every
