"""Stage 4a, kinds: what sort of thing is said, with the words that tell; a person's own choice comes first."""

from analysis import words
from analysis.types import TypeMark

ORDER = ("problem", "proposal", "service_complaint", "question", "support", "objection")
ENOUGH = {"service_complaint": 2}


def kinds(normalised: str, tokens: list[str], chosen: str | None = None) -> tuple[TypeMark, ...]:
    """Every kind whose cue words stand in the text, in a fixed order; a question mark is a cue of a question.

    >>> [mark.type for mark in kinds("tolong selokan dikeruk", ["tolong", "selokan", "dikeruk"])]
    ['proposal']
    """
    lists, present, padded = words.labelled("kinds.txt"), set(tokens), f" {' '.join(tokens)} "
    marks = [TypeMark(chosen, ("pilihan penulis",))] if chosen in ORDER else []
    for kind in ORDER:
        cues = sorted(c for c in lists[kind] if (f" {c} " in padded if " " in c else c in present))
        if kind == "question" and "?" in normalised:
            cues.append("?")
        if len(cues) >= ENOUGH.get(kind, 1) and kind != chosen:
            marks.append(TypeMark(kind, tuple(cues)))
    return tuple(marks)
