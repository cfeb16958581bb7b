"""Paragraphs: a reader sees the chapters in their order, in the reader's language, and only what is published."""

import pytest

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
    facts = [(c.position, c.title, c.paragraphs) for c in paragraphs.contents(session, draft_id)]
    assert facts == [(1, "Satu", 2), (2, "Kosong", 0), (3, "Tiga", 1)]
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
