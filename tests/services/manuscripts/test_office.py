"""Another program's files: what LibreOffice writes is read, and ours comes back through it with its lineages."""

from datetime import datetime
from pathlib import Path

import pytest

from analysis.differing import differ
from analysis.paragraphs import read_markdown
from reports.manuscripts import HeadingPart, Manuscript, ParagraphPart, manuscript
from services.errors import UnreadableFile
from services.manuscripts import apart
from tests.reports import conftest as reports

office = reports.office
ROOT = Path(__file__).resolve().parents[3]
pytestmark = pytest.mark.slow


def revised(document):
    """The drafter's file of a draft in which every second paragraph was changed."""
    parts, lineage = [], 0
    for chapter in document.chapters:
        parts.append(HeadingPart(chapter.title))
        for p in chapter.paragraphs:
            lineage += 1
            text = p.text.replace("dan", "serta") if lineage % 2 else p.text
            changes = differ(p.text, text)
            parts.append(ParagraphPart(lineage, p.mark, text, p.note, changes, "Tim", datetime(2026, 11, 1)))
    return manuscript(Manuscript(document.title, parts, [("Putaran", "1")], datetime(2026, 11, 2)))


def words(document):
    return [(c.title, p.mark, p.text, p.note) for c in document.chapters for p in c.paragraphs]


def test_the_demonstration_comes_back_whole_from_our_own_file_and_through_libreoffice(office):
    draft = read_markdown((ROOT / "demo" / "draft-masterplan.md").read_text("utf-8"))
    content = revised(draft)
    expected = [
        (title, mark, text.replace("dan", "serta") if n % 2 == 0 else text, note)
        for n, (title, mark, text, note) in enumerate(words(draft))
    ]
    for file in (content, office(content, "docx", "docx:MS Word 2007 XML")):
        read = apart.read(file, name="naskah.docx")
        assert words(read.document) == expected
        assert read.lineages == tuple(range(1, 50)) and read.document.title == draft.title
        assert read.kept["inserted"] and read.dropped["deleted"] and read.document.preface == ()


def test_a_text_of_libreoffice_is_read_in_all_its_forms(office):
    content = office((ROOT / "tests/services/brought/naskah.fodt").read_bytes(), "fodt", "docx:MS Word 2007 XML")
    read = apart.read(content, name="naskah.docx")
    assert read.document.title == "Naskah uji" and [c.title for c in read.document.chapters] == ["Bencana"]
    assert [(p.section, p.text, p.note) for p in read.document.chapters[0].paragraphs] == [
        ("", "Rob naik (catatan: BPS 2024) tiap tahun.", "opd: BPBD"),
        ("", "1. satu", ""),
        ("", "a) satu a", ""),
        ("", "b) satu b", ""),
        ("", "2. dua", ""),
        ("", "– butir", ""),
        ("Air", "Lihat data (https://contoh.id/data).", ""),
        ("Air", "kotak", ""),
        ("Air", "Diberi catatan.", ""),
        ("Air", "Program | Target", ""),
        ("Air", "Pompa", ""),
    ]
    assert read.dropped == {"comments": 1, "contents": 1}


@pytest.mark.parametrize(("kind", "said"), [("odt", "ODT"), ("doc", r"\.doc"), ("pdf", "PDF"), ("rtf", "RTF")])
def test_other_files_of_libreoffice_under_our_name_are_named(office, kind, said):
    content = office((ROOT / "tests/services/brought/naskah.fodt").read_bytes(), "fodt", kind)
    with pytest.raises(UnreadableFile, match=f"{said}.*Simpan sebagai .docx"):
        apart.read(content, name="naskah.docx")
