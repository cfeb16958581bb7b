"""Comparisons: every paragraph of both versions once, in the order of the newer one, with what became of it."""

from sqlalchemy import delete, select

from models import Fate, Paragraph
from models.vocabulary import FateState
from services import comparisons
from services.comparisons import ADDED
from tests.services.factories import draft

POMPA = "[P-DIS-01] Pompa di rumah pompa dijaga petugas kelurahan setiap malam."
PASAR = "[P-ECO-01] Pasar rakyat dibuka setiap hari dan dibersihkan sesudah magrib oleh pengelola."
TANGGUL = "[P-DIS-02] Tanggul laut ditinggikan bertahap mulai dari muara sungai sampai pasar ikan."
SIRENE = "[P-DIS-03] Sirene peringatan dibunyikan dari masjid dan balai kelurahan."
KOPERASI = "[P-ECO-02] Koperasi nelayan menerima pinjaman lunak untuk membeli mesin pendingin ikan."


def text(*parts):
    return "\n\n".join(("# R", "## Satu", *parts))


def told(session, older, newer):
    """Kind and mark of each entry; of what is gone the mark that it had."""
    marks = dict(session.execute(select(Paragraph.id, Paragraph.mark)).all())
    entries = comparisons.compare(session, older, newer)
    return [(entry.kind, marks[entry.new or entry.old[0]]) for entry in entries]


def test_each_paragraph_of_both_versions_is_told_once_and_what_is_gone_stands_at_its_place(session):
    older = draft(session, text(SIRENE, POMPA, PASAR, TANGGUL))
    newer = draft(session, text(POMPA.replace("petugas", "warga"), TANGGUL, KOPERASI))
    assert told(session, older, newer) == [
        (FateState.REMOVED, "P-DIS-03"),
        (FateState.EDITED, "P-DIS-01"),
        (FateState.REMOVED, "P-ECO-01"),
        (FateState.SAME, "P-DIS-02"),
        (ADDED, "P-ECO-02"),
    ]


def test_what_was_changed_and_changed_back_is_the_same(session):
    older = draft(session, text(POMPA, PASAR))
    draft(session, text(POMPA.replace("petugas", "warga"), PASAR))
    newest = draft(session, text(POMPA, PASAR, KOPERASI))
    assert told(session, older, newest)[:2] == [(FateState.SAME, "P-DIS-01"), (FateState.SAME, "P-ECO-01")]


def test_a_merged_paragraph_names_both_and_the_parts_of_a_split_one_name_one_another(session):
    apart = text(POMPA, TANGGUL, PASAR)
    joined = text(f"{POMPA} {TANGGUL.partition(' ')[2]}", PASAR)
    first, second = draft(session, apart), draft(session, joined)
    third = draft(session, apart.replace("magrib", "isya"))
    merged = comparisons.compare(session, first, second)[0]
    assert merged.kind == FateState.MERGED and len(merged.old) == 2
    split = [entry for entry in comparisons.compare(session, second, third) if entry.kind == FateState.SPLIT]
    assert len(split) == 2 and {split[0].new, split[1].new} == set(split[0].parts) == set(split[1].parts)


def test_versions_that_were_never_compared_are_told_by_their_lines(session):
    older = draft(session, text(POMPA, PASAR, SIRENE))
    newer = draft(session, text(POMPA.replace("petugas", "warga"), PASAR))
    session.execute(delete(Fate).where(Fate.draft_id == newer))
    assert told(session, older, newer) == [
        (FateState.EDITED, "P-DIS-01"),
        (FateState.SAME, "P-ECO-01"),
        (FateState.REMOVED, "P-DIS-03"),
    ]


def test_the_summary_counts_each_kind_and_leaves_out_what_there_is_not(session):
    older = draft(session, text(POMPA, PASAR))
    newer = draft(session, text(POMPA.replace("petugas", "warga"), PASAR))
    entries = comparisons.compare(session, older, newer)
    assert comparisons.summary(entries) == [("edited", 1, "Diubah"), ("same", 1, "Tetap sama")]
    assert comparisons.summary([]) == []
    [changed] = comparisons.shown(session, [entry for entry in entries if entry.is_changed])
    assert [p.text.strip() for p in changed.pieces if p.kind != "same"] == ["petugas", "warga"]
    assert changed.new.heading == "Satu" and changed.old[0].text == POMPA.partition(" ")[2]
    assert comparisons.shown(session, []) == []
