"""The drafter's file: old and new words, remarks where they belong, and paragraphs that are known when they return."""

import io
import re
import time
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.differing import Piece
from reports.letters import visible
from reports.manuscripts import HeadingPart, ParagraphPart, manuscript
from reports.remarks import NOBODY
from tests.reports.drafter import ACCEPT, REJECT, replace_words, worked_on
from tests.reports.drafts import (
    AFTER,
    BEFORE,
    GONE,
    W,
    beginnings,
    bookmarks,
    changes,
    draft,
    meant,
    one,
    paragraph,
    part,
    read,
    remark,
    remarks,
    whole,
)
from tests.reports.sheets_of_paper import LONG, TEXTS, UNFIT, opened

REJECTED = ("ins",)
HOSTILE = [*TEXTS, *UNFIT, LONG[:20_000], "a\tb\nc\r\nd\re", " tepi ", "<w:p/>", "&amp; &#0;", "\u2066\u202e\u2069", ""]
PROSE = st.lists(st.sampled_from(["Pompa", "rob", "dan", "warga.", ", ", "\n", "10,5", "🌊", "مياه"]), max_size=12)


def test_chapters_are_headings_and_paragraphs_have_their_mark_and_note():
    found = [(line.style.style_id, line.text) for line in opened(manuscript(whole())).paragraphs]
    assert found[:3] == [("Title", "Naskah"), ("Heading1", "Kehidupan"), ("Heading2", "Air")]
    assert found[-1] == ("Normal", "Tetap sama.")
    assert read(manuscript(whole()))[3] == f"[P-LIV-11] {AFTER} {{elemen: struktur; opd: BPBD}}"


@pytest.mark.parametrize(
    ("mark", "text", "note", "wanted"),
    [
        ("P-LIV-01", "Rob.", "opd: DLH", "[P-LIV-01] Rob. {opd: DLH}"),
        ("", "Rob.", "opd: DLH", "Rob. {opd: DLH}"),
        ("P-LIV-01", "", "opd: DLH", "[P-LIV-01] {opd: DLH}"),
        ("", "", "", ""),
        ("", "– Rob", "", "– Rob"),
    ],
)
def test_nothing_stands_beside_a_text_that_it_does_not_have(mark, text, note, wanted):
    assert read(one(text, mark=mark, note=note))[1] == wanted


def test_a_chapter_without_a_title_has_no_heading():
    content = manuscript(draft(HeadingPart(""), paragraph("Rob.", mark="")))
    assert read(content) == ["Naskah", "Rob."]


def test_who_accepts_all_has_the_new_draft_and_who_rejects_all_the_old_one():
    content = manuscript(whole())
    note = "{elemen: struktur; opd: BPBD}"
    assert read(content)[3:] == [
        f"[P-LIV-11] {AFTER} {note}",
        "[P-LIV-12] Paragraf yang baru. {opd: BPBD}",
        "",
        "Tetap sama.",
    ]
    assert read(content, REJECTED)[3:] == [
        f"[P-LIV-11] {BEFORE} {note}",
        "",
        f"[P-LIV-13] {GONE} {{opd: DLH}}",
        "Tetap sama.",
    ]


def test_words_that_changed_are_signed_and_the_others_are_not():
    when = "2026-11-03T09:15:00Z"
    assert changes(one(AFTER, before=BEFORE)) == [
        ("ins", "Tim penyusun", when, "rob "),
        ("del", "Tim penyusun", when, "warga "),
        ("ins", "Tim penyusun", when, "petugas "),
    ]
    assert changes(one(AFTER, before=AFTER)) == changes(one(AFTER)) == []


def test_a_paragraph_that_came_or_went_does_so_with_the_sign_at_its_end():
    lines = list(part(manuscript(whole())).iter(f"{W}p"))
    signs = [[each.tag.removeprefix(W) for each in line.find(f"{W}pPr").iter(f"{W}ins", f"{W}del")] for line in lines]
    assert signs == [[], [], [], [], ["ins"], ["del"], []]


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 11, 3, 9, 15, 1, 999), "2026-11-03T09:15:01Z"),
        (datetime(2026, 11, 3, 9, 15, tzinfo=timezone(timedelta(hours=7))), "2026-11-03T02:15:00Z"),
        (datetime(2026, 11, 3, 9, 15, tzinfo=UTC), "2026-11-03T09:15:00Z"),
        (None, None),
    ],
)
def test_a_change_is_told_in_universal_time_or_without_a_time(at, told):
    assert {change[2] for change in changes(one(AFTER, before=BEFORE, changed_at=at))} == {told}


def test_a_change_of_nobody_says_so():
    assert {change[1] for change in changes(one(AFTER, before=BEFORE, author=""))} == {NOBODY}


@settings(max_examples=80, deadline=None)
@given(PROSE.map(" ".join), PROSE.map(" ".join), st.lists(st.text(max_size=8), max_size=4))
def test_any_change_with_any_remarks_can_be_accepted_and_rejected(before, after, quotes):
    content = one(after, before=before, mark="", remarks=[remark(quote=quote) for quote in quotes])
    assert read(content)[1] == visible(after) and read(content, REJECTED)[1] == visible(before)
    assert len(remarks(content)) == len(meant(content)) == len(quotes) if quotes else b"comment" not in content


def test_a_paragraph_is_known_by_its_lineage_and_one_without_is_not():
    content = manuscript(draft(paragraph("Rob.", 7), paragraph("Pengantar.", None, mark=""), paragraph("Air.", 12_345)))
    assert bookmarks(content) == {"ur_7": "[P-LIV-07] Rob.", "ur_12345": "[P-LIV-12345] Air."}


def test_no_two_annotations_share_a_number():
    content = manuscript(whole())
    tags = ("ins", "del", "bookmarkStart", "commentRangeStart")
    numbers = [each.get(f"{W}id") for each in part(content).iter(*(f"{W}{tag}" for tag in tags))]
    assert len(numbers) == len(set(numbers)) > 15


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_comes_back_wherever_it_stands(text):
    said = remark(text, text, author=text, initials=text, head=text, facts=[(text, text)], replies=[remark(text)])
    inner = paragraph(text, 1, f"lama {text}", author=text, note=text, mark=text, remarks=[said])
    content = manuscript(draft(HeadingPart(text or "Bab"), inner, title=text, facts=[(text, text)], remarks=[said]))
    shown = visible(text)
    note, mark = (f"{{{shown}}}" if text else ""), (f"[{shown}] " if text else "")
    assert read(content)[:2] == [shown, shown or "Bab"]
    assert read(content)[2] == f"{mark}{shown}{' ' if text else ''}{note}"
    spaced = shown.replace("\t", " ")
    whole_remark = [*([spaced] if text else []), spaced, f"{spaced}: {spaced}"]
    assert [lines for *_, lines in remarks(content).values()] == [whole_remark, [spaced]] * 2


@pytest.mark.parametrize(("text", "is_turned"), [("سلام", True), ("rob", False)])
def test_a_text_from_the_right_is_set_from_the_right(text, is_turned):
    content = one(text, before=f"{text} lama", remarks=[remark(text)])
    for name in ("document", "comments"):
        assert (part(content, name).find(f".//{W}bidi") is not None) is is_turned
        assert (part(content, name).find(f".//{W}rtl") is not None) is is_turned


def test_the_facts_stand_in_the_foot_and_not_in_the_draft():
    content = manuscript(draft(paragraph("Rob.")))
    foot = "".join(part(content, "footer1").itertext())
    assert foot.startswith("Naskah · Versi: 2 · Dibuat: 2 November 2026 15.30 WIB")
    assert "Versi" not in "".join(read(content))


def test_nothing_of_a_maker_is_in_the_file_and_no_remarks_where_there_are_none():
    content = manuscript(whole())
    names = set(zipfile.ZipFile(io.BytesIO(content)).namelist())
    bare = set(zipfile.ZipFile(io.BytesIO(manuscript(draft(paragraph("Rob."))))).namelist())
    assert names - bare == {"word/comments.xml", "word/commentsExtended.xml"}
    properties = opened(content).core_properties
    assert properties.title == "Naskah" and not (properties.author or properties.last_modified_by)
    written = b"".join(zipfile.ZipFile(io.BytesIO(content)).read(name) for name in names)
    assert not re.search(rb"rsid|template|lastModifiedBy|TargetMode", written)


def test_every_part_of_the_file_is_listed_and_led_to():
    packed = zipfile.ZipFile(io.BytesIO(manuscript(whole())))
    listed = set(re.findall(rb'PartName="/([^"]+)"', packed.read("[Content_Types].xml")))
    assert {name for name in packed.namelist() if not name.endswith(".rels") and "[" not in name} == {
        name.decode() for name in listed
    }
    led_to = re.findall(rb'Target="([^"]+)"', packed.read("word/_rels/document.xml.rels"))
    assert {b"comments.xml", b"commentsExtended.xml"} <= set(led_to)


def test_the_same_draft_gives_the_same_bytes():
    assert manuscript(whole()) == manuscript(whole())
    assert manuscript(whole()) != manuscript(replace(whole(), title="Lain"))


@pytest.mark.parametrize(
    ("make", "complaint"),
    [
        (lambda: ParagraphPart(1, "P-A-1", "rob", changes=[Piece("same", "banjir")]), "do not make its text"),
        (lambda: ParagraphPart(1, "P-A-1", "rob", changes=[]), "do not make its text"),
        (lambda: ParagraphPart(1, "P-A-1", "rob", changes=[Piece("moved", "rob")]), "pieces of a change"),
        (lambda: HeadingPart("Bab", 4), "level 4"),
        (lambda: HeadingPart("Bab", 0), "level 0"),
        (lambda: draft(paragraph("a", 7), paragraph("b", 7)), "more than once"),
        (lambda: remark(replies=[remark(replies=[remark()])]), "reply to a reply"),
    ],
)
def test_what_cannot_be_true_is_refused(make, complaint):
    with pytest.raises(ValueError, match=complaint):
        make()


def test_a_part_of_another_type_is_refused():
    with pytest.raises(TypeError, match="str is no part"):
        manuscript(draft("teks"))


def test_two_paragraphs_without_a_lineage_are_no_repetition():
    assert bookmarks(manuscript(draft(paragraph("a", None, mark=""), paragraph("b", None, mark="")))) == {}


def test_a_large_draft_with_many_remarks_is_made_in_time():
    words = "Pompa rob dijaga petugas setiap malam dan dirawat setiap bulan oleh dinas yang berwenang. " * 6
    said = [remark("Mohon diperjelas. " * 10, quote=f"dirawat setiap bulan {n}", replies=[]) for n in range(10)]
    members = [
        paragraph(f"{words}{n}", n, f"{words.replace('petugas', 'warga', 3)}{n}", remarks=said) for n in range(300)
    ]
    started = time.process_time()
    content = manuscript(draft(*members))
    assert time.process_time() - started < 5
    assert len(remarks(content)) == 3_000 and len(bookmarks(content)) == 300


def test_another_program_saves_it_again_with_all_that_is_in_it(office):
    hostile = [
        paragraph(text, 100 + at, f"{text} lama", remarks=[remark(text or "-", text)])
        for at, text in enumerate(HOSTILE)
    ]
    made = manuscript(replace(whole(), parts=[*whole().parts, *hostile]))
    saved = office(made, "docx", "docx")
    for unread in (("del",), REJECTED):
        assert read(saved, unread) == read(made, unread)
    assert beginnings(saved) == beginnings(made) and len(beginnings(made)) == 3 + len(HOSTILE) - HOSTILE.count("")
    assert _merged(changes(saved)) == _merged(changes(made))
    assert sorted(meant(saved).values()) == sorted(meant(made).values())
    assert sorted(map(_said, remarks(saved).values())) == sorted(map(_said, remarks(made).values()))


def test_a_drafter_prints_accepts_rejects_and_rewrites_in_another_program(office, tmp_path):
    made = manuscript(whole())
    assert office(made, "docx", "pdf")[:5] == b"%PDF-"
    deeds = [ACCEPT, REJECT, replace_words("petugas", "dua petugas")]
    accepted, rejected, rewritten = worked_on(made, deeds, tmp_path)
    assert read(accepted) == [line for line in read(made) if line] and not changes(accepted)
    assert read(rejected) == [line for line in read(made, REJECTED) if line] and not changes(rejected)
    assert read(rewritten)[3] == read(made)[3].replace("petugas", "dua petugas") and changes(rewritten)
    for content, kept in ((accepted, (11, 12, 14)), (rejected, (11, 14)), (rewritten, (11, 12, 14))):
        texts = {11: read(content)[3], 12: read(content)[4], 14: "Tetap sama."}
        assert beginnings(content) == {f"ur_{lineage}": texts[lineage] for lineage in kept}
        assert len(remarks(content)) == len(remarks(made))


def _merged(found):
    """The words of each kind of change together: another program may cut them elsewhere."""
    return {kind: "".join(words for said, *_, words in found if said == kind) for kind in ("ins", "del")}


def _said(found):
    author, initials, moment, lines = found
    return author, initials, moment, "".join(lines).replace("\n", "")  # a long paragraph is divided at the margin
