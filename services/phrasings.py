"""Phrasings: the first wording of a public answer, made of a decision's facts, for a person to finish and sign."""

from datetime import date

from models.vocabulary import DecisionCode, ReasonCode
from services.answers import Answer

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
OPENINGS: dict[DecisionCode, str] = {
    DecisionCode.ACCEPTED: "Masukan ini kami terima. {change}",
    DecisionCode.ACCEPTED_IN_PART: "Masukan ini kami terima sebagian. Yang kami terima: {change} Yang belum: {reason}",
    DecisionCode.ALREADY_COVERED: "Hal ini sudah termuat di naskah, di paragraf {mark}.",
    DecisionCode.DEFERRED: "Hal ini kami tunda sampai {when}.",
    DecisionCode.NOT_ACCEPTED: "Masukan ini tidak dapat kami terima.",
    DecisionCode.FORWARDED: "Masukan ini kami teruskan kepada {to}.",
    DecisionCode.NOTED: "Masukan ini kami catat.",
    DecisionCode.OUT_OF_SCOPE: "Hal ini di luar lingkup rencana ini.",
}
# How a reason may be begun; the gap is for what is true of this case alone.
REASONS: dict[ReasonCode, str] = {
    ReasonCode.AUTHORITY: "Hal ini diputuskan … (provinsi atau pusat); kota hanya dapat mengusulkannya.",
    ReasonCode.LEGAL: "Peraturan … tidak membolehkannya karena …",
    ReasonCode.ALIGNMENT: "RPJMD menetapkan …, dan usul ini berlawanan dengannya karena …",
    ReasonCode.BUDGET: "Biayanya sekitar …, dan anggaran untuk itu baru dapat diajukan tahun …",
    ReasonCode.EVIDENCE: "Kami belum punya data tentang …; yang kami ketahui baru …",
    ReasonCode.TECHNICAL: "Di tempat itu tidak dapat dibuat karena …",
    ReasonCode.CONFLICT: "Masukan lain meminta sebaliknya, yaitu …; kami memilih … karena …",
    ReasonCode.DUPLICATE: "Program … sudah mengerjakannya sejak …",
    ReasonCode.STUDY: "Perlu dikaji dahulu: …; kajiannya dikerjakan … sampai …",
    ReasonCode.SCOPE: "Rencana ini mengatur …; yang diminta ditangani …",
}


def first_wording(answer: Answer) -> str:
    """An Indonesian text that says the decision, what changes, where, why, who sees to it and by when."""
    opening = OPENINGS[answer.code].format(
        change=_ended(answer.change),
        reason=_ended(answer.reason),
        mark=answer.paragraph_mark,
        when=answer.deferred_to.rstrip("."),
        to=answer.forwarded_to.rstrip("."),
    )
    parts = [opening]
    if answer.code is not DecisionCode.ALREADY_COVERED and answer.paragraph_mark:
        parts.append(f"Perubahannya di paragraf {answer.paragraph_mark} naskah.")
    if answer.programme_name:
        parts.append(f"Programnya: {_ended(answer.programme_name)}")
    if answer.code is not DecisionCode.ACCEPTED_IN_PART:
        parts.append(_why(answer))
    parts.append(_who(answer))
    return " ".join(part.strip() for part in parts if part.strip())


def _why(answer: Answer) -> str:
    reason = _ended(answer.reason)
    return f"Alasannya {answer.reason_label.lower()}. {reason}" if answer.reason_code else reason


def _who(answer: Answer) -> str:
    if not answer.lead_agency_name:
        return ""
    if answer.due_on is None:
        return f"Yang mengerjakannya {_ended(answer.lead_agency_name)}"
    return f"Yang mengerjakannya {answer.lead_agency_name}, paling lambat {_day(answer.due_on)}."


def _day(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _ended(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".?!" else f"{text}."
