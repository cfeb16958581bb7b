"""Sentences for findings: who said it, why it stands where it stands, which words did it."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import func

from models import Finding, Theme
from models.vocabulary import LANGUAGES, Group, PointType
from services.tongue import N_, decimal, label, pick, say, word

SCALE_MIDDLE = 2.5
# Top left, top right, bottom left, bottom right: condition grows to the right, importance upwards.
CORNERS = (N_("A. Prioritas utama"), N_("B. Pertahankan prestasi"), N_("C. Prioritas rendah"), N_("D. Berlebihan"))


def group_label(code: str | None, lang: str = "id") -> str:
    """The label of a group; of somebody who named none, that they named none."""
    return word(Group(code), lang) if code in list(Group) else say(lang, "Tidak disebut")


def kind_label(code: str, lang: str = "id") -> str:
    """The label of what sort of thing is said, such as a problem or an objection."""
    return word(PointType(code), lang) if code in list(PointType) else code


def theme_name(theme: Any, lang: str = "id") -> Any:
    """A theme's name in a language: the one that a person gave outranks the one it came with.

    Of the mapped class it is a column expression.
    """
    if theme is Theme:
        return func.coalesce(Theme.name_by_person, label(Theme, "label", lang))
    return theme.name_by_person or label(theme, "label", lang)


def dimension_label(short: str | None, lang: str = "id") -> str:
    """A dimension's short name, or what stands where a theme belongs to none."""
    return short or say(lang, "Lintas bidang")


def caption(group: str | None, place: str | None, language: str | None, lang: str = "id") -> str:
    """Who said it, where, and the language when it is not Indonesian."""
    parts = [group_label(group, lang), place, pick(LANGUAGES[language], lang) if language in ("jv", "en") else None]
    return ", ".join(part for part in parts if part)


def reason(finding: Finding, lang: str = "id") -> str:
    """One sentence on why a theme stands where it stands, from its strongest parts."""
    who = _who([g for g, n in finding.groups if n], lang)
    gap = gap_of(finding)
    condition, importance = gap.get("condition_mean"), gap.get("importance_mean")
    if condition is None or importance is None:
        return say(lang, "%(who)s; keadaan dan pentingnya belum cukup dinilai.", who=who)
    return say(
        lang,
        "%(who)s; keadaannya dinilai %(condition)s dari 4, pentingnya %(importance)s dari 4.",
        who=who,
        condition=decimal(condition, lang),
        importance=decimal(importance, lang),
    )


def gap_of(finding: Finding) -> dict[str, Any]:
    """The means of condition and importance that a place rests on; empty where a theme has no place."""
    parts = (finding.rank or {}).get("parts", [])
    return next((dict(p["detail"]) for p in parts if p["code"] == "gap"), {})


def is_rated(gap: dict[str, Any]) -> bool:
    """Whether both condition and importance of a theme were rated."""
    return gap.get("condition_mean") is not None and gap.get("importance_mean") is not None


def middles(findings: Sequence[Finding]) -> tuple[float, float]:
    """Where the plane of condition and importance is divided: the means of the rated themes, each theme once."""
    rated = [(gap["condition_mean"], gap["importance_mean"]) for gap in map(gap_of, findings) if is_rated(gap)]
    if not rated:
        return SCALE_MIDDLE, SCALE_MIDDLE
    condition, importance = (math.fsum(values) / len(rated) for values in zip(*rated, strict=True))
    return condition, importance


def quarter(gap: dict[str, Any], means: tuple[float, float], lang: str = "id") -> str:
    """The name of the quarter in which a theme lies; empty where it was not rated."""
    if not is_rated(gap):
        return ""
    return say(lang, CORNERS[(gap["condition_mean"] >= means[0]) + 2 * (gap["importance_mean"] < means[1])])


def _who(groups: list[str], lang: str) -> str:
    if len(groups) > 1:
        return say(lang, "%(n)s kelompok menyebutnya", n=len(groups))
    if groups:
        return say(lang, "Disebut %(group)s", group=group_label(groups[0], lang).lower())
    return say(lang, "Belum jelas siapa yang menyebutnya")


def part_detail(code: str, detail: dict[str, Any], lang: str = "id") -> str:
    """What a part of the score rests on here, in words; empty where there is nothing to add."""
    sentence = DETAILS.get(code)
    return sentence(detail, lang) if sentence else ""


def _breadth(detail: dict[str, Any], lang: str) -> str:
    return say(lang, "Di sini: %(groups)s.", groups=", ".join(group_label(g, lang) for g in detail["groups"]).lower())


def _gap(detail: dict[str, Any], lang: str) -> str:
    condition, importance = detail.get("condition_mean"), detail.get("importance_mean")
    if condition is None or importance is None:
        return say(lang, "Belum cukup dinilai, jadi dihitung netral.")
    return say(
        lang,
        "Penting %(importance)s, keadaan %(condition)s.",
        importance=decimal(importance, lang),
        condition=decimal(condition, lang),
    )


def _spread(detail: dict[str, Any], lang: str) -> str:
    if not detail["areas"]:
        return say(lang, "Tidak ada yang menyebut kelurahan.")
    return say(lang, "Di sini: %(n)s kelurahan.", n=len(detail["areas"]))


def _consensus(detail: dict[str, Any], lang: str) -> str:
    return say(
        lang,
        "%(objections)s dari %(voices)s suara keberatan.",
        objections=detail["objections"],
        voices=detail["voices"],
    )


def _evidence(detail: dict[str, Any], lang: str) -> str:
    return say(
        lang,
        "%(with_reference)s dari %(voices)s suara menyertakan rujukan.",
        with_reference=detail["with_reference"],
        voices=detail["voices"],
    )


DETAILS: dict[str, Callable[[dict[str, Any], str], str]] = {
    "breadth": _breadth,
    "gap": _gap,
    "spread": _spread,
    "consensus": _consensus,
    "evidence": _evidence,
}


def mark_cues(text: str, words: list[str]) -> tuple[tuple[str, bool], ...]:
    """Cut a text at the words that caused its theme: each piece with whether it is such a word."""
    pieces: list[tuple[str, bool]] = []
    wanted = {w.lower() for w in words}
    run = ""
    for part in _parts(text):
        if part.lower() in wanted:
            pieces += [(run, False)] * bool(run) + [(part, True)]
            run = ""
        else:
            run += part
    return tuple(pieces + [(run, False)] * bool(run))


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for character in text:
        if parts and parts[-1][-1].isalnum() == character.isalnum():
            parts[-1] += character
        else:
            parts.append(character)
    return parts
