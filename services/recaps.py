"""Recaps: somebody's own comments to take along, with what became of each: a table with its columns, and a paper."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from models.vocabulary import CommentState
from reports.csvs import csv_file, explanation
from reports.paper import Block, Counts, Heading, Paper, Text
from reports.sheets import Sheet
from services.columns import columns, words
from services.outcomes import Outcome, Spot
from services.tongue import N_, say, word

TITLE = N_("Apa jadinya komentar saya")
COLUMNS = (
    ("nomor", N_("Nomor tanda terima"), N_("Nomor tanda terima komentar ini."), 16),
    ("diterima", N_("Diterima"), N_("Kapan komentar ini diterima, dalam waktu UTC."), 22),
    ("versi", N_("Versi naskah"), N_("Versi naskah yang dikomentari."), 10),
    ("paragraf", N_("Paragraf"), N_("Tanda paragraf yang dikomentari; kosong bila tentang seluruh naskah."), 14),
    ("jenis", N_("Jenis"), N_("Jenis komentar, seperti yang Anda pilih."), 14),
    ("komentar", N_("Komentar"), N_("Kata-kata Anda, tidak diubah."), 60),
    ("usul_redaksi", N_("Usul redaksi"), N_("Bunyi paragraf yang Anda usulkan."), 60),
    ("keadaan", N_("Keadaan"), N_("Bagaimana komentar ini dibaca di versi naskah yang terbaru."), 20),
    (
        "tempat_sekarang",
        N_("Tempatnya sekarang"),
        N_("Versi dan tanda paragraf tempat komentar ini kini dibaca."),
        20,
    ),
    ("putusan", N_("Putusan"), N_("Putusan tim revisi yang sudah diumumkan; kosong bila belum ada."), 18),
    ("alasan", N_("Alasan"), N_("Alasan putusan yang sudah diumumkan."), 60),
    ("perubahan", N_("Yang berubah"), N_("Yang berubah di rencana karena putusan itu."), 60),
    (
        "balasan",
        N_("Balasan tim"),
        N_("Balasan tim revisi; beberapa balasan dipisah baris kosong."),
        60,
    ),
    (
        "usul_masuk",
        N_("Usul redaksi masuk"),
        N_("Versi dan paragraf yang memuat usul redaksi Anda."),
        20,
    ),
)


def sheet(found: Sequence[Outcome], lang: str = "id") -> Sheet:
    """One row for each comment."""
    return Sheet(say(lang, TITLE), columns(COLUMNS, lang), [_row(one, lang) for one in found])


def table(found: Sequence[Outcome], lang: str = "id") -> bytes:
    """The comments as a CSV file."""
    return csv_file(sheet(found, lang))


def explained(*, now: datetime, lang: str = "id") -> bytes:
    """What the columns of that file mean, as a file beside it."""
    return explanation([sheet((), lang)], say(lang, TITLE), [], now, words(lang))


def _row(one: Outcome, lang: str) -> list[str | int]:
    answer, taken = one.answer, one.taken
    return [
        one.receipt_no,
        f"{one.received_at:%Y-%m-%dT%H:%M:%SZ}",
        one.version,
        one.origin.mark if one.origin else "",
        one.kind_label,
        one.text,
        one.proposed_text,
        one.state_label,
        _place(one.here, lang),
        answer.label if answer else "",
        _why(one),
        answer.change if answer else "",
        "\n\n".join(reply.text for reply in one.replies),
        say(lang, "versi %(version)s, %(mark)s", version=taken.version, mark=taken.mark) if taken else "",
    ]


def _place(spot: Spot | None, lang: str) -> str:
    return say(lang, "versi %(version)s, %(mark)s", version=spot.version, mark=spot.mark) if spot else ""


def _why(one: Outcome) -> str:
    if one.answer is None:
        return ""
    return " ".join(
        part for part in (f"{one.answer.reason_label}." * bool(one.answer.reason_label), one.answer.reason) if part
    )


def paper(
    found: Sequence[Outcome],
    counts: Mapping[CommentState, int],
    *,
    who: str,
    made_at: datetime,
    zone: tzinfo,
    lang: str = "id",
) -> Paper:
    """The same to read, grouped by how the comments stand; in Indonesian where papers have no such language."""
    lang = "en" if lang == "en" else "id"
    blocks: list[Block] = [Counts([(str(n), word(state, lang)) for state, n in counts.items()][:5])]
    for state in counts:
        here = [one for one in found if one.state is state]
        if here:
            blocks.append(Heading(f"{word(state, lang)} ({len(here)})", 1))
            blocks += [block for one in here for block in _blocks(one, lang)]
    if not found:
        blocks.append(Text(say(lang, "Belum ada komentar Anda pada naskah."), "note"))
    facts = [(say(lang, "Atas nama"), who)] if who else []
    return Paper(say(lang, TITLE), blocks, facts, made_at.astimezone(zone), language=lang)


def _blocks(one: Outcome, lang: str) -> list[Block]:
    where = _place(one.origin, lang) or say(lang, "seluruh naskah versi %(version)s", version=one.version)
    blocks: list[Block] = [Heading(f"{one.receipt_no} · {where}", 2), Text(one.text, "quote", source=one.kind_label)]
    if one.proposed_text:
        blocks.append(Text(one.proposed_text, "quote", lead=say(lang, "Usul redaksi:")))
    if one.here and one.here != one.origin:
        blocks.append(Text(_place(one.here, lang), lead=say(lang, "Tempatnya sekarang:")))
    if one.answer:
        blocks.append(Text(_why(one), lead=f"{say(lang, 'Putusan')}: {one.answer.label}."))
        if one.answer.change:
            blocks.append(Text(one.answer.change, lead=say(lang, "Yang berubah:")))
    blocks += [Text(reply.text, lead=say(lang, "Balasan tim:")) for reply in one.replies]
    if one.taken:
        at = say(lang, "versi %(version)s, %(mark)s", version=one.taken.version, mark=one.taken.mark)
        blocks.append(Text(at, "added", lead=say(lang, "Usul redaksi Anda masuk naskah:")))
    return blocks
