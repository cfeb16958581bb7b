"""Sentences for findings: who said it, why it stands where it stands, which words did it."""

from collections.abc import Callable
from typing import Any

from models import Finding
from models.vocabulary import LABELS, LANGUAGES, Group


def group_label(code: str | None) -> str:
    """The Indonesian label of a group."""
    return LABELS[Group(code)][0] if code in list(Group) else "Tidak disebut"


def caption(group: str | None, place: str | None, language: str | None) -> str:
    """Who said it, where, and the language when it is not Indonesian."""
    parts = [group_label(group), place, LANGUAGES[language][0] if language in ("jv", "en") else None]
    return ", ".join(part for part in parts if part)


def decimal(value: float) -> str:
    """One decimal with the Indonesian comma.

    >>> decimal(1.46)
    '1,5'
    """
    return f"{value:.1f}".replace(".", ",")


def reason(finding: Finding) -> str:
    """One sentence on why a theme stands where it stands, from its strongest parts."""
    groups = [g for g, n in finding.groups if n]
    who = (
        f"{len(groups)} kelompok menyebutnya"
        if len(groups) > 1
        else f"Disebut {group_label(groups[0]).lower()}"
        if groups
        else "Belum jelas siapa yang menyebutnya"
    )
    gap = next((dict(p["detail"]) for p in finding.rank.get("parts", []) if p["code"] == "gap"), {})
    condition, importance = gap.get("condition_mean"), gap.get("importance_mean")
    if condition is None or importance is None:
        return f"{who}; keadaan dan pentingnya belum cukup dinilai."
    return f"{who}; keadaannya dinilai {decimal(condition)} dari 4, pentingnya {decimal(importance)} dari 4."


def part_detail(code: str, detail: dict[str, Any]) -> str:
    """What a part of the score rests on here, in words; empty where there is nothing to add."""
    sentence = DETAILS.get(code)
    return sentence(detail) if sentence else ""


def _gap(detail: dict[str, Any]) -> str:
    condition, importance = detail.get("condition_mean"), detail.get("importance_mean")
    if condition is None or importance is None:
        return "Belum cukup dinilai, jadi dihitung netral."
    return f"Penting {decimal(importance)}, keadaan {decimal(condition)}."


DETAILS: dict[str, Callable[[dict[str, Any]], str]] = {
    "breadth": lambda d: f"Di sini: {', '.join(group_label(g) for g in d['groups']).lower()}.",
    "gap": _gap,
    "spread": lambda d: (
        f"Di sini: {len(d['areas'])} kelurahan." if d["areas"] else "Tidak ada yang menyebut kelurahan."
    ),
    "consensus": lambda d: f"{d['objections']} dari {d['voices']} suara keberatan.",
    "evidence": lambda d: f"{d['with_reference']} dari {d['voices']} suara menyertakan rujukan.",
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
