"""Remarks at the margin: each on the words it means, with who said it, when, and all that belongs to it."""

from datetime import UTC

import pytest

from reports.manuscripts import HeadingPart, manuscript
from reports.remarks import NOBODY
from tests.reports.drafts import (
    AFTER,
    AT,
    BEFORE,
    W14,
    W15,
    W,
    draft,
    meant,
    one,
    part,
    read,
    remark,
    remarks,
    whole,
)
from tests.reports.sheets_of_paper import opened


@pytest.mark.parametrize(
    ("quote", "wanted"),
    [
        ("dijaga petugas", "dijaga warga petugas"),  # of the newer text; what was taken out stands between
        ("dijaga warga", "dijaga warga"),  # of the older text
        ("POMPA   rob\ndijaga", "Pompa rob dijaga"),
        ("“setiap malam.”", "setiap malam"),
        ("petug", "petug"),
        (AFTER, "Pompa rob dijaga warga petugas setiap malam"),
    ],
)
def test_a_remark_stands_on_the_words_it_quotes(quote, wanted):
    assert set(meant(one(AFTER, before=BEFORE, remarks=[remark(quote=quote)])).values()) == {wanted}


@pytest.mark.parametrize("quote", ["", " ", "…", "mangrove", "P-LIV-01", "opd: DLH", "pompa.*malam", "\\", "(", "\x00"])
def test_a_remark_whose_quote_is_not_found_stands_on_the_whole_paragraph(quote):
    content = one(AFTER, note="opd: DLH", remarks=[remark(quote=quote)])
    assert list(meant(content).values()) == [f"[P-LIV-01] {AFTER} {{opd: DLH}}"]


@pytest.mark.parametrize("given", [{"mark": ""}, {"mark": "P-LIV-01"}, {"mark": "", "note": "opd: DLH"}])
def test_a_remark_may_stand_on_a_text_without_words(given):
    content = one("", remarks=[remark(quote="rob"), remark()], **given)
    assert list(meant(content).values()) == [read(content)[1]] * 2
    assert len(part(content).findall(f".//{W}commentReference")) == 2


def test_remarks_may_overlap_and_each_keeps_its_words():
    quotes = ["Pompa rob", "rob dijaga petugas", "petugas", "malam", ""]
    content = one(AFTER, mark="", remarks=[remark(quote=quote) for quote in quotes])
    assert sorted(meant(content).values()) == sorted([*quotes[:-1], AFTER])


def test_a_remark_may_stand_on_a_chapter_and_on_all_of_the_draft():
    found = meant(manuscript(whole()))
    texts = {number: lines[-1] for number, (*_, lines) in remarks(manuscript(whole())).items()}
    assert {texts[number]: words for number, words in found.items()} == {
        "Seluruhnya baik.": "Naskah",
        "Bab ini pendek.": "Kehidupan",
        "Siapa petugasnya?": "petugas",
        "Sayang.": "tidak dipakai",
        "Setuju.": "Tetap sama.",
        "Terima kasih.": "Tetap sama.",
    }


def test_a_remark_tells_who_when_and_all_that_belongs_to_it():
    said = remark(head="M-000012 · usul perubahan · harus", facts=[("Usul redaksi", "Pompa dijaga dua orang.")])
    assert list(remarks(one(AFTER, remarks=[said])).values()) == [
        (
            "Akademisi",
            "AK",
            "2026-11-03T09:15:00Z",
            [
                "M-000012 · usul perubahan · harus",
                "Siapa petugasnya?",
                "Usul redaksi: Pompa dijaga dua orang.",
            ],
        )
    ]
    (found,) = opened(one(AFTER, remarks=[said])).comments
    assert (found.author, found.initials, found.timestamp) == ("Akademisi", "AK", AT.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("author", "initials", "wanted"),
    [("Akademisi Kota Lama Pekalongan", "", "AKL"), ("", "", NOBODY), ("Warga", "W2", "W2"), ('"a"\n<b>', "", '"<')],
)
def test_initials_are_made_where_none_are_given(author, initials, wanted):
    ((name, short, *_),) = remarks(one(AFTER, remarks=[remark(author=author, initials=initials)])).values()
    assert (name, short) == (" ".join(author.split()) or NOBODY, wanted)


def test_a_reply_answers_its_remark_and_what_is_settled_says_so():
    said = [remark("satu", replies=[remark("balasan")], is_settled=True), remark("dua")]
    content = one(AFTER, remarks=said)
    ids = {line.get(f"{W14}paraId"): line for line in part(content, "comments").iter(f"{W}p")}
    told = {
        "".join(ids[each.get(f"{W15}paraId")].itertext()): (each.get(f"{W15}paraIdParent"), each.get(f"{W15}done"))
        for each in part(content, "commentsExtended")
    }
    first = next(number for number, line in ids.items() if "".join(line.itertext()) == "satu")
    assert told == {"satu": (None, "1"), "balasan": (first, "0"), "dua": (None, "0")}


@pytest.mark.parametrize("text", ["", "Bab"])
def test_a_remark_may_stand_on_a_chapter_without_a_title(text):
    content = manuscript(draft(HeadingPart(text, remarks=[remark()]), title=text, remarks=[remark()]))
    assert list(meant(content).values()) == [text, text]
    assert len(part(content).findall(f".//{W}commentReference")) == 2
