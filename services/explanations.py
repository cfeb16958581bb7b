"""Explanations: what each decision must say before it can stand; a code alone explains nothing."""

from dataclasses import dataclass
from datetime import date

from models import Decision
from models.vocabulary import LABELS, DecisionCode, ReasonCode
from services.tongue import N_

REFUSALS = (DecisionCode.NOT_ACCEPTED, DecisionCode.OUT_OF_SCOPE)
SHORTEST, FEWEST = 15, 3
GAP = "…"  # stands in an example sentence where the facts go; what still has one is not finished

Faults = dict[str, tuple[str, dict[str, object]]]

# What must be said beside the sentence that every decision needs.
NEEDS: dict[DecisionCode, tuple[str, ...]] = {
    DecisionCode.ACCEPTED: ("change", "place"),
    DecisionCode.ACCEPTED_IN_PART: ("change", "place", "reason_code"),
    DecisionCode.ALREADY_COVERED: ("paragraph",),
    DecisionCode.DEFERRED: ("reason_code", "deferred_to"),
    DecisionCode.NOT_ACCEPTED: ("reason_code",),
    DecisionCode.FORWARDED: ("forwarded_to",),
    DecisionCode.NOTED: (),
    DecisionCode.OUT_OF_SCOPE: ("reason_code",),
}
SENTENCE = N_("Tulis alasannya dengan satu kalimat utuh; orang membacanya bersama putusannya.")
MISSING = {
    "change": N_("Tulis apa yang berubah."),
    "place": N_("Sebut paragraf atau program tempat perubahannya."),
    "paragraph": N_("Sebut paragraf yang sudah memuatnya, misalnya P-DIS-03."),
    "reason_code": N_("Pilih alasannya."),
    "deferred_to": N_("Tulis sampai kapan, misalnya: tahap 2028."),
    "forwarded_to": N_("Tulis kepada siapa diteruskan."),
}
UNNAMED_CONFLICT = N_("Alasan ini hanya untuk butir yang sudah dipasangkan sebagai bertentangan.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What is decided and why, as a person says it; `paragraph` is a mark of the draft such as P-DIS-03."""

    code: DecisionCode
    reason_code: ReasonCode | None = None
    reason: str = ""
    change: str = ""
    paragraph: str = ""
    text_before: str = ""
    text_after: str = ""
    programme: str | None = None
    deferred_to: str = ""
    forwarded_to: str = ""
    lead_agency: str | None = None
    due_on: date | None = None


def ruling_of(d: Decision) -> Ruling:
    """What a stored decision says."""
    return Ruling(
        code=d.code,
        reason_code=d.reason_code,
        reason=d.reason,
        change=d.change,
        paragraph=d.paragraph_mark,
        text_before=d.text_before,
        text_after=d.text_after,
        programme=d.programme,
        deferred_to=d.deferred_to,
        forwarded_to=d.forwarded_to,
        lead_agency=d.lead_agency,
        due_on=d.due_on,
    )


def faults(ruling: Ruling, *, in_conflict: bool = False) -> Faults:
    """What is missing before this can stand, by field; empty where nothing is."""
    found: Faults = {}
    if not is_sentence(ruling.reason):
        found["reason"] = (SENTENCE, {})
    for need in NEEDS[ruling.code]:
        if not _is_met(ruling, need):
            found["paragraph" if need == "place" else need] = (MISSING[need], {})
    if ruling.reason_code is ReasonCode.CONFLICT and not in_conflict:
        found["reason_code"] = (UNNAMED_CONFLICT, {})
    return found


def _is_met(ruling: Ruling, need: str) -> bool:
    if need == "place":
        return bool(ruling.paragraph or ruling.programme)
    return bool(getattr(ruling, need))


def is_sentence(text: str) -> bool:
    """Whether this says something: a few words of some length, no gap, and not just what a code is called.

    >>> is_sentence("Anggaran."), is_sentence("Dana pompa baru ada mulai tahun 2028.")
    (False, True)
    """
    plain = text.strip().rstrip(".").casefold()
    is_label = any(plain == name.casefold() for names in LABELS.values() for name in names)
    return len(plain) >= SHORTEST and len(plain.split()) >= FEWEST and not is_label and GAP not in plain
