"""Spots: where a comment may stand: on a paragraph, in the gap after it, or on all of a version."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from models import Chapter, Draft, Fate, Paragraph
from models.vocabulary import DraftState
from services import fates
from services.errors import NotFound, PartFixed


@dataclass(frozen=True, slots=True)
class Spot:
    """A paragraph of a published version, and where it is read; `newest` is the number of the newest version.

    `fixed_why` is empty while something is asked about it: where a newer version took the paragraph over, that one
    says so. `next_mark` and `next_text` are of the paragraph after it, empty for the last one.
    """

    paragraph_id: int
    mark: str
    text: str
    dimension: str | None
    fixed_why: str
    draft_id: int
    number: int
    newest: int
    position: int
    page: int
    next_mark: str
    next_text: str


def of_paragraph(session: Session, paragraph_id: int) -> Spot:
    """Where a comment on this paragraph stands, or in the gap after it; NotFound unless it is published."""
    row = session.execute(_spots().where(Paragraph.id == paragraph_id)).first()
    if row is None:
        raise NotFound(f"paragraph {paragraph_id}")
    return Spot(*row)


def check_open(spot: Spot) -> None:
    """Raise PartFixed where nothing is asked about it any more."""
    if spot.fixed_why:
        raise PartFixed(spot.fixed_why)


def _spots() -> Select[Any]:
    heir, after = aliased(Paragraph), aliased(Paragraph)
    return (
        select(
            Paragraph.id,
            Paragraph.mark,
            Paragraph.text,
            Paragraph.dimension,
            func.coalesce(heir.fixed_why, Paragraph.fixed_why),
            Draft.id,
            Draft.number,
            fates.newest_column(Draft.number),
            Chapter.position,
            Paragraph.page,
            func.coalesce(after.mark, ""),
            func.coalesce(after.text, ""),
        )
        .join(Draft, Draft.id == Paragraph.draft_id)
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .outerjoin(Fate, (Fate.paragraph_id == Paragraph.id) & (Fate.draft_id == fates.newest_column(Draft.id)))
        .outerjoin(heir, heir.id == Fate.heir_id)
        .outerjoin(after, after.id == _next_id())
        .where(Draft.state == DraftState.PUBLISHED)
    )


def _next_id() -> ColumnElement[Any]:
    """The paragraph that is read after this one, also in the next chapter."""
    paragraph, chapter = aliased(Paragraph), aliased(Chapter)
    is_later = or_(
        chapter.position > Chapter.position,
        and_(chapter.id == Chapter.id, paragraph.position > Paragraph.position),
    )
    query = (
        select(paragraph.id)
        .join(chapter, chapter.id == paragraph.chapter_id)
        .where(chapter.draft_id == Paragraph.draft_id, is_later)
        .order_by(chapter.position, paragraph.position)
        .limit(1)
    )
    return query.correlate(Paragraph, Chapter).scalar_subquery()
