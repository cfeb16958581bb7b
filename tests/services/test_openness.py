"""Openness: a section or a chapter is fixed with a reason, opened again, and later versions go on with it."""

import pytest
from sqlalchemy import select

from models import Event, Paragraph
from services import comments, openness
from services.errors import NotFound, PartFixed
from tests.services.factories import academic, call, draft, key, said

TEXT = """# Naskah

## Bab I

Pengantar.

### Tanggul

[P-DIS-01] Tanggul laut di utara ditinggikan dua meter

[P-DIS-02] Pompa di Kandang Panjang dijaga bergilir

### Pasar

[P-ECO-01] Pasar rakyat dibuka lagi
"""


@pytest.fixture
def draft_id(session):
    return draft(session, TEXT)


def parts(session, draft_id):
    return {part.section: (part.paragraphs, part.fixed, part.why) for part in openness.parts(session, draft_id, 1)}


def test_a_section_is_fixed_with_a_reason_and_opened_again(session, draft_id, now):
    sections = list(parts(session, draft_id))
    assert openness.fix(session, draft_id, 1, "Tanggul", " Diatur perda. ", now=now) == 2
    assert parts(session, draft_id)["Tanggul"] == (2, 2, "Diatur perda.") and parts(session, draft_id)["Pasar"][1] == 0
    assert openness.fix(session, draft_id, 1, "Tanggul", "Diatur perda.", now=now) == 0
    assert openness.fix(session, draft_id, 1, "Tanggul", "", now=now) == 2
    assert {fixed for _, fixed, _ in parts(session, draft_id).values()} == {0}
    assert list(parts(session, draft_id)) == sections
    assert session.scalars(select(Event.action).where(Event.subject == "draft")).all().count("draft.fix") == 2


def test_a_whole_chapter_is_fixed_at_once(session, draft_id, now):
    everything = sum(n for n, _, _ in parts(session, draft_id).values())
    assert openness.fix(session, draft_id, 1, None, "Sudah diputuskan.", now=now) == everything
    assert all(n == fixed for n, fixed, _ in parts(session, draft_id).values())


@pytest.mark.parametrize(("position", "section"), [(2, None), (1, "Tidak ada"), (0, "Tanggul")])
def test_what_is_not_there_is_not_fixed(session, draft_id, now, position, section):
    with pytest.raises(NotFound):
        openness.fix(session, draft_id, position, section, "Alasan.", now=now)
    assert set(session.scalars(select(Paragraph.fixed_why))) == {""}


def on(session, draft_id, mark):
    return session.scalar(select(Paragraph.id).where(Paragraph.draft_id == draft_id, Paragraph.mark == mark))


def test_a_later_version_goes_on_with_it_and_says_so_for_older_paragraphs(session, draft_id, round_id, now):
    openness.fix(session, draft_id, 1, "Tanggul", "Diatur perda.", now=now)
    second = draft(session, TEXT.replace("dua meter", "tiga meter"))
    assert parts(session, second)["Tanggul"] == (2, 2, "Diatur perda.")
    openness.fix(session, second, 1, "Tanggul", "", now=now)
    author, told = academic(session), {"call": call(round_id), "now": now}
    comments.add(session, author, on(session, draft_id, "P-DIS-01"), said(), key=key(), **told)
    openness.fix(session, second, 1, "Pasar", "Sudah dibangun.", now=now)
    for version in (draft_id, second):
        with pytest.raises(PartFixed) as refused:
            comments.add(session, author, on(session, version, "P-ECO-01"), said(), key=key(), **told)
        assert refused.value.why == "Sudah dibangun."
