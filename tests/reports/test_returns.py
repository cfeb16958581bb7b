"""A draft that goes to its drafter and comes back: every paragraph is the one it was."""

from functools import cache

import pytest

from analysis.paragraphs import read_markdown
from reports.manuscripts import HeadingPart, ParagraphPart, manuscript
from services.manuscripts import apart
from tests.conftest import CHECKOUT
from tests.reports.drafter import ACCEPT, replace_words, worked_on
from tests.reports.drafts import draft, paragraph, remark, remarks

GONE, FIRST = 9_999, 1_001


@cache
def demonstration():
    return read_markdown((CHECKOUT / "demo" / "draft-masterplan.md").read_text("utf-8"))


def facts(document):
    return [
        (chapter.title, [(p.mark, p.text, p.section, p.note, p.has_own_mark) for p in chapter.paragraphs])
        for chapter in document.chapters
    ]


def lineages():
    return tuple(range(FIRST, FIRST + sum(len(chapter.paragraphs) for chapter in demonstration().chapters)))


def handed_out():
    """The example draft with a remark on each paragraph, words that changed in each, and one that is gone."""
    known = iter(lineages())
    members = [ParagraphPart(None, "", text) for text in demonstration().preface]
    for chapter in demonstration().chapters:
        members.append(HeadingPart(chapter.title))
        for one in chapter.paragraphs:
            before = f"Semula {one.text.replace('warga', 'penduduk')}"
            said = [remark(quote=one.text[:30])]
            members.append(paragraph(one.text, next(known), before, mark=one.mark, note=one.note, remarks=said))
    gone = paragraph("", GONE, "Paragraf ini tidak dipakai lagi.", mark="", remarks=[remark("Sayang.")])
    return manuscript(draft(*members[:5], gone, *members[5:], title=demonstration().title))


def came_back(content):
    found = apart.read(content, name="naskah.docx")
    assert found.document.title == demonstration().title and found.document.preface == demonstration().preface
    return found


def test_it_comes_back_as_it_went_without_what_is_gone():
    found = came_back(handed_out())
    assert facts(found.document) == facts(demonstration()) and found.lineages == lineages()
    assert GONE not in found.lineages


def test_it_comes_back_from_another_program_after_work_on_it(office, tmp_path):
    made = handed_out()
    saved = office(made, "docx", "docx")
    accepted, rewritten = worked_on(made, [ACCEPT, replace_words("Indikator:", "Ukuran:")], tmp_path)
    for content in (saved, accepted):
        found = came_back(content)
        assert facts(found.document) == facts(demonstration()) and found.lineages == lineages()
        assert len(remarks(content)) == len(lineages()) + 1
    found = came_back(rewritten)
    assert found.lineages == lineages()
    texts = [one[1] for _, members in facts(demonstration()) for one in members]
    wanted = [text.replace("Indikator:", "Ukuran:") for text in texts]
    assert [one[1] for _, members in facts(found.document) for one in members] == wanted != texts


@pytest.mark.parametrize("lineage", [None, 1_007])
def test_without_its_bookmark_a_paragraph_is_not_taken_for_another(lineage):
    content = manuscript(draft(HeadingPart("Bab"), paragraph("Rob.", lineage, mark="P-LIV-01")))
    assert apart.read(content, name="naskah.docx").lineages == (lineage,)
