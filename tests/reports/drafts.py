"""Drafts to try with, and what is read back of them: paragraphs, changes, remarks and bookmarks."""

import io
import zipfile
from datetime import datetime

from lxml import etree

from analysis.differing import differ
from reports.manuscripts import HeadingPart, Manuscript, ParagraphPart, manuscript
from reports.remarks import Remark
from tests.reports.sheets_of_paper import MADE

SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{SPACE}}}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
AT = datetime(2026, 11, 3, 9, 15)
BEFORE = "Pompa dijaga warga setiap malam."
AFTER = "Pompa rob dijaga petugas setiap malam."
GONE = "Paragraf ini tidak dipakai lagi."


def remark(text="Siapa petugasnya?", quote="", **changes):
    return Remark(**{"author": "Akademisi", "initials": "AK", "at": AT, "text": text, "quote": quote, **changes})


def paragraph(text, lineage=1, before=None, **changes):
    pieces = None if before is None else differ(before, text)
    given = {
        "mark": f"P-LIV-{lineage or 0:02d}",
        "author": "Tim penyusun",
        "changed_at": AT,
        "changes": pieces,
        **changes,
    }
    return ParagraphPart(lineage=lineage, text=text, **given)


def draft(*members, **changes):
    facts = [("Versi", "2")]
    return Manuscript(**{"title": "Naskah", "parts": members, "facts": facts, "made_at": MADE, **changes})


def one(text, **given):
    """A file of one paragraph."""
    return manuscript(draft(paragraph(text, **given)))


def whole():
    """One of each thing."""
    return draft(
        HeadingPart("Kehidupan", remarks=[remark("Bab ini pendek.")]),
        HeadingPart("Air", 2),
        paragraph(AFTER, 11, BEFORE, note="elemen: struktur; opd: BPBD", remarks=[remark(quote="petugas")]),
        paragraph("Paragraf yang baru.", 12, "", note="opd: BPBD"),
        paragraph("", 13, GONE, note="opd: DLH", remarks=[remark("Sayang.", "tidak dipakai")]),
        paragraph("Tetap sama.", 14, mark="", remarks=[remark("Setuju.", replies=[remark("Terima kasih.")])]),
        remarks=[remark("Seluruhnya baik.")],
    )


def part(content, name="document"):
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read(f"word/{name}.xml"))


def read(content, unread=("del",)):
    """The paragraphs as they stand if all changes are accepted; with unread=("ins",) if all are rejected."""
    return [_line(line, unread) for line in part(content).iter(f"{W}p")]


def _line(line, unread=("del",)):
    runs = [run for run in line.iter(f"{W}r") if run.getparent().tag not in {f"{W}{name}" for name in unread}]
    return "".join(map(_words, runs))


def beginnings(content):
    """The name of each bookmark and the paragraph in which it begins, if all changes are accepted."""
    return {
        mark.get(f"{W}name"): _line(line)
        for line in part(content).iter(f"{W}p")
        for mark in line.iter(f"{W}bookmarkStart")
    }


def _words(run):
    signs = {f"{W}br": "\n", f"{W}tab": "\t", f"{W}t": None, f"{W}delText": None}
    return "".join(signs[each.tag] or each.text for each in run if each.tag in signs)


def changes(content):
    """Whose changes, when, of which kind, and their words."""
    return [
        (
            each.tag.removeprefix(W),
            each.get(f"{W}author"),
            each.get(f"{W}date"),
            "".join(each.xpath(".//w:t/text() | .//w:delText/text()", namespaces={"w": SPACE})),
        )
        for each in part(content).iter(f"{W}ins", f"{W}del")
        if each.getparent().tag == f"{W}p"
    ]


def remarks(content):
    """The number of each comment, who wrote it, its initials, its moment, and its paragraphs."""
    return {
        each.get(f"{W}id"): (
            each.get(f"{W}author"),
            each.get(f"{W}initials"),
            each.get(f"{W}date"),
            ["".join(map(_words, line.iter(f"{W}r"))) for line in each.iter(f"{W}p")],
        )
        for each in part(content, "comments").iter(f"{W}comment")
    }


def meant(content):
    """The number of each comment and the words it stands on."""
    open_, found = {}, {}
    for each in part(content).iter():
        if each.tag == f"{W}commentRangeStart":
            open_[each.get(f"{W}id")] = []
        elif each.tag == f"{W}commentRangeEnd":
            found[each.get(f"{W}id")] = "".join(open_.pop(each.get(f"{W}id")))
        elif each.tag in {f"{W}t", f"{W}delText"}:
            for words in open_.values():
                words.append(each.text)
    assert not open_
    return found


def bookmarks(content):
    """The name of each bookmark and the words in it if all changes are accepted, wherever in its line it begins."""
    open_, found = {}, {}
    for each in part(content).iter():
        if each.tag == f"{W}bookmarkStart":
            open_[each.get(f"{W}id")] = each.get(f"{W}name"), []
        elif each.tag == f"{W}bookmarkEnd" and each.get(f"{W}id") in open_:
            name, words = open_.pop(each.get(f"{W}id"))
            found[name] = "".join(words)
        elif each.tag == f"{W}t":
            for _, words in open_.values():
                words.append(each.text or "")
    assert not open_
    return found
