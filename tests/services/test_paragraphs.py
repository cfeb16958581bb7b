"""Paragraphs: a reader sees the chapters in their order, in the reader's language, and only what is published."""

import pytest

from models.vocabulary import Element
from services import drafts, paragraphs
from services.errors import NotFound
from tests.services.factories import draft

TEXT = (
    "# J\n\n## Satu\n\n[P-DIS-01] a {elemen: struktur; sifat: digital; opd: Dinkominfo}\n\n### Bagian\n\nb"
    "\n\n## Kosong\n\n## Tiga\n\n[P-ECO-01] c"
)


def test_the_contents_name_every_chapter_even_an_empty_one(session):
    draft_id = draft(session, TEXT)
    draft(session, "[P-A-01] versi lain")
    facts = [(c.position, c.title, c.paragraphs, c.pages) for c in paragraphs.contents(session, draft_id)]
    assert facts == [(1, "Satu", 2, 1), (2, "Kosong", 0, 1), (3, "Tiga", 1, 1)]
    assert paragraphs.contents(session, 999) == []


def test_a_chapter_shows_its_paragraphs_in_order_with_the_labels_of_the_readers_language(session):
    draft_id = draft(session, TEXT)
    one, two = paragraphs.chapter(session, draft_id, 1)
    assert (one.mark, one.text, one.dimension, one.element, one.nature) == (
        "P-DIS-01",
        "a",
        "Bencana",
        "Struktur",
        "Digital",
    )
    assert (two.mark, two.section, two.element, two.agency) == ("P-DIS-01.2", "Bagian", None, None)
    assert paragraphs.chapter(session, draft_id, 1, lang="en")[0].element == "Structure"
    assert paragraphs.chapter(session, draft_id, 2) == [] == paragraphs.chapter(session, draft_id, 9)


def test_one_paragraph_is_found_with_its_version_and_chapter_once_it_is_published(session, now):
    draft(session, "[P-A-01] lain")
    draft_id = draft(session, TEXT, is_published=False)
    wanted = paragraphs.chapter(session, draft_id, 3)[0].id
    with pytest.raises(NotFound):
        paragraphs.one(session, wanted)
    drafts.publish(session, draft_id, now=now)
    found, number, position = paragraphs.one(session, wanted)
    assert (found.mark, found.text, number, position) == ("P-ECO-01", "c", 2, 3)


def test_a_paragraph_that_does_not_exist_is_not_there(session):
    draft(session, TEXT)
    with pytest.raises(NotFound):
        paragraphs.one(session, 999_999)


def test_the_frame_of_a_version_names_its_contents_and_every_published_version(session):
    assert paragraphs.frame(session) is None
    draft(session, "Pembuka." + TEXT.replace("# J", "# J\n\nKeterangan."))
    draft(session, "# K\n\n## Lain\n\n[P-A-01] versi lain")
    draft(session, "# L\n\n## Rahasia\n\n[P-A-01] belum terbit", is_published=False)
    newest, first = paragraphs.frame(session), paragraphs.frame(session, 1)
    assert [v.number for v in newest.versions] == [2, 1] and newest.draft.number == 2 == first.newest.number
    assert [c.title for c in newest.contents] == ["Lain"] and [c.paragraphs for c in first.contents][-2:] == [0, 1]
    for number in (3, 9):
        with pytest.raises(NotFound):
            paragraphs.frame(session, number)


def test_a_chapter_is_read_page_by_page(session):
    text = "# J\n\n" + "\n\n".join(f"[P-DIS-{n:02d}] butir {n}" for n in range(1, 46))
    draft_id = draft(session, text)
    pages = [[p.mark for p in paragraphs.chapter(session, draft_id, 1, page=n)] for n in (1, 2, 3, 4)]
    assert [len(marks) for marks in pages] == [20, 20, 5, 0] and pages[2][-1] == "P-DIS-45"
    assert paragraphs.contents(session, draft_id)[0].pages == 3
    assert sum(pages, []) == [p.mark for p in paragraphs.chapter(session, draft_id, 1)]


def test_paragraphs_are_narrowed_and_counted_over_all_chapters(session):
    draft_id = draft(session, TEXT)
    found = paragraphs.narrowed(session, draft_id, dimension="DIS")
    assert [(one.paragraph.mark, one.position, one.place) for one in found] == [
        ("P-DIS-01", 1, 1),
        ("P-DIS-01.2", 1, 2),
    ]
    assert [f.paragraph.mark for f in paragraphs.narrowed(session, draft_id, element=Element.STRUCTURE)] == ["P-DIS-01"]
    assert paragraphs.narrowed(session, draft_id, dimension="ECO", element=Element.STRUCTURE) == []
    rest = paragraphs.narrowed(session, draft_id, after=(1, 1), limit=1)
    assert [one.paragraph.mark for one in rest] == ["P-DIS-01.2"]
    facets = paragraphs.facets(session, draft_id)
    assert sorted((f.dimension, f.element, f.paragraphs) for f in facets if f.element) == [("DIS", "structure", 1)]
    assert sum(f.paragraphs for f in facets) == 3


def test_all_of_a_version_or_one_chapter_is_read_at_once(session):
    draft_id = draft(session, TEXT)
    assert [one.position for one in paragraphs.every(session, draft_id)] == [1, 1, 3]
    assert [one.paragraph.mark for one in paragraphs.every(session, draft_id, 3)] == ["P-ECO-01"]


def test_places_say_where_published_paragraphs_are_read(session):
    known = paragraphs.chapter(session, draft(session, TEXT), 3)[0].id
    secret = paragraphs.chapter(session, draft(session, "[P-A-01] rahasia", is_published=False), 1)[0].id
    assert paragraphs.places(session, [known, secret]) == {known: (1, 3, "P-ECO-01", 1)}
    assert paragraphs.places(session, []) == {}


@pytest.mark.parametrize(("comments", "step"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (8, 4), (16, 5), (10**6, 5)])
def test_density_has_five_steps(comments, step):
    assert paragraphs.density(comments) == step
