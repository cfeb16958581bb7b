"""Paragraphs: what a reader of the draft sees, chapter by chapter."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from models import Agency, Chapter, Dimension, Draft, Paragraph
from models.vocabulary import DraftState
from services.errors import NotFound
from services.tongue import label, word


@dataclass(frozen=True, slots=True)
class ChapterFacts:
    """A chapter in the contents, and how many paragraphs it has."""

    position: int
    title: str
    paragraphs: int


@dataclass(frozen=True, slots=True)
class ParagraphFacts:
    id: int
    mark: str
    section: str
    text: str
    dimension: str | None
    element: str | None
    nature: str | None
    agency: str | None


def contents(session: Session, draft_id: int) -> list[ChapterFacts]:
    """The chapters of a version in their order."""
    rows = session.execute(
        select(Chapter.position, Chapter.title, func.count(Paragraph.id))
        .outerjoin(Paragraph, Paragraph.chapter_id == Chapter.id)
        .where(Chapter.draft_id == draft_id)
        .group_by(Chapter.id)
        .order_by(Chapter.position)
    )
    return [ChapterFacts(*row) for row in rows]


def chapter(session: Session, draft_id: int, position: int, *, lang: str = "id") -> list[ParagraphFacts]:
    """The paragraphs of one chapter in their order."""
    rows = session.execute(
        _paragraphs(lang)
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .where(Chapter.draft_id == draft_id, Chapter.position == position)
        .order_by(Paragraph.position)
    )
    return [_paragraph(row, lang) for row in rows]


def one(session: Session, paragraph_id: int, *, lang: str = "id") -> tuple[ParagraphFacts, int, int]:
    """One paragraph of a published version, with the version's number and the chapter's position."""
    row = session.execute(
        _paragraphs(lang)
        .add_columns(Draft.number, Chapter.position)
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .join(Draft, Draft.id == Paragraph.draft_id)
        .where(Paragraph.id == paragraph_id, Draft.state == DraftState.PUBLISHED)
    ).first()
    if row is None:
        raise NotFound(f"paragraph {paragraph_id}")
    return _paragraph(row, lang), row.number, row[-1]


def places(session: Session, paragraph_ids: Collection[int]) -> dict[int, tuple[int, int, str]]:
    """Where each of these can be read: version, chapter and mark; one of an unpublished version is left out."""
    if not paragraph_ids:
        return {}
    rows = session.execute(
        select(Paragraph.id, Draft.number, Chapter.position, Paragraph.mark)
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .join(Draft, Draft.id == Paragraph.draft_id)
        .where(Paragraph.id.in_(paragraph_ids), Draft.state == DraftState.PUBLISHED)
    )
    return {number: (version, position, mark) for number, version, position, mark in rows}


def _paragraphs(lang: str) -> Select[Any]:
    return (
        select(
            Paragraph.id,
            Paragraph.mark,
            Paragraph.section,
            Paragraph.text,
            label(Dimension, "short", lang),
            Paragraph.element,
            Paragraph.nature,
            Agency.name,
        )
        .outerjoin(Dimension, Dimension.code == Paragraph.dimension)
        .outerjoin(Agency, Agency.code == Paragraph.agency)
    )


def _paragraph(row: Row[Any], lang: str) -> ParagraphFacts:
    paragraph_id, mark, section, text, dimension, element, nature, agency = row[:8]
    spoken = [word(value, lang) if value else None for value in (element, nature)]
    return ParagraphFacts(paragraph_id, mark, section, text, dimension, *spoken, agency)
