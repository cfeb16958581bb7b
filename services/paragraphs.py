"""Paragraphs: what a reader of the draft sees, page by page of each chapter, or narrowed to a dimension or element."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select
from sqlalchemy.orm import Session

from models import Agency, Chapter, Dimension, Draft, Paragraph
from models.vocabulary import DraftState, Element
from services.errors import NotFound
from services.tongue import label, word

# From how many comments on each step of the density begins; below the first there is none.
STEPS = (1, 2, 4, 8, 16)
AT_ONCE = 20
WHOLE = 20_000  # paragraphs of a draft that is printed at once


@dataclass(frozen=True, slots=True)
class ChapterFacts:
    """A chapter in the contents, how many paragraphs it has and on how many pages it is read."""

    position: int
    title: str
    paragraphs: int
    pages: int


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A published version."""

    id: int
    number: int
    title: str
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page of a published version; all published versions, the newest first."""

    draft: VersionFacts
    preface: str
    contents: tuple[ChapterFacts, ...]
    versions: tuple[VersionFacts, ...]

    @property
    def newest(self) -> VersionFacts:
        return self.versions[0]


@dataclass(frozen=True, slots=True)
class ParagraphFacts:
    """One paragraph; `fixed_why` is empty where it is open, `page` is the one of its chapter."""

    id: int
    mark: str
    section: str
    text: str
    dimension: str | None
    element: str | None
    nature: str | None
    agency: str | None
    lineage_id: int | None
    page: int
    fixed_why: str


class Place(NamedTuple):
    """Where a paragraph is read."""

    number: int
    position: int
    mark: str
    page: int


class Found(NamedTuple):
    """A paragraph of a narrowed list, and where it stands."""

    paragraph: ParagraphFacts
    position: int
    place: int  # within its chapter


class Facet(NamedTuple):
    """How many paragraphs of a version have this dimension and this element."""

    dimension: str | None
    name: str | None
    element: Element | None
    paragraphs: int


def frame(session: Session, number: int | None = None) -> Frame | None:
    """The published version with this number, else the newest, and everything around it in one statement.

    None where nothing is published; raises NotFound where this one is not.
    """
    newest = select(func.max(Draft.number)).where(Draft.state == DraftState.PUBLISHED).scalar_subquery()
    wanted = newest if number is None else number
    is_first = Chapter.position == 1
    rows = session.execute(
        select(
            Draft.id,
            Draft.number,
            Draft.title,
            Draft.published_at,
            case((is_first, Draft.preface), else_="").label("preface"),
            Chapter.position,
            Chapter.title.label("heading"),
            func.count(Paragraph.id).label("paragraphs"),
            func.coalesce(func.max(Paragraph.page), 1).label("pages"),
        )
        .outerjoin(Chapter, (Chapter.draft_id == Draft.id) & (Draft.number == wanted))
        .outerjoin(Paragraph, Paragraph.chapter_id == Chapter.id)
        .where(Draft.state == DraftState.PUBLISHED)
        .group_by(Draft.id, Chapter.id)
        .order_by(Draft.number.desc(), Chapter.position)
    ).all()
    versions = tuple({row.number: VersionFacts(*row[:4]) for row in rows}.values())
    if not versions:
        return None
    shown = next((v for v in versions if number in (None, v.number)), None)
    if shown is None:
        raise NotFound(f"draft {number}")
    own = [row for row in rows if row.id == shown.id and row.position is not None]
    contents = tuple(ChapterFacts(row.position, row.heading, row.paragraphs, row.pages) for row in own)
    return Frame(shown, "".join(row.preface for row in own), contents, versions)


def contents(session: Session, draft_id: int) -> list[ChapterFacts]:
    """The chapters of a version in their order."""
    rows = session.execute(
        select(Chapter.position, Chapter.title, func.count(Paragraph.id), func.coalesce(func.max(Paragraph.page), 1))
        .outerjoin(Paragraph, Paragraph.chapter_id == Chapter.id)
        .where(Chapter.draft_id == draft_id)
        .group_by(Chapter.id)
        .order_by(Chapter.position)
    )
    return [ChapterFacts(*row) for row in rows]


def chapter(
    session: Session, draft_id: int, position: int, *, page: int | None = None, lang: str = "id"
) -> list[ParagraphFacts]:
    """The paragraphs of one chapter, or of one page of it, in their order."""
    query = (
        paragraphs_in(lang)
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .where(Chapter.draft_id == draft_id, Chapter.position == position)
        .order_by(Paragraph.position)
        .limit(WHOLE)
    )
    if page is not None:
        query = query.where(Paragraph.page == page)
    return [paragraph_of(row, lang) for row in session.execute(query)]


def every(session: Session, draft_id: int, position: int | None = None, *, lang: str = "id") -> list[Found]:
    """All paragraphs of a version, or of one chapter of it, as they are printed."""
    query = _placed(draft_id, lang).limit(WHOLE)
    if position is not None:
        query = query.where(Chapter.position == position)
    return [_found(row, lang) for row in session.execute(query)]


def narrowed(
    session: Session,
    draft_id: int,
    *,
    dimension: str = "",
    element: Element | None = None,
    after: tuple[int, int] = (0, 0),
    limit: int = AT_ONCE,
    lang: str = "id",
) -> list[Found]:
    """The paragraphs of a version with this dimension and this element, after a place (chapter, place within it)."""
    chapter_at, place = after
    query = (
        _placed(draft_id, lang)
        .where(or_(Chapter.position > chapter_at, and_(Chapter.position == chapter_at, Paragraph.position > place)))
        .limit(limit)
    )
    return [_found(row, lang) for row in session.execute(query.where(*_narrowing(dimension, element)))]


def _narrowing(dimension: str, element: Element | None) -> list[ColumnElement[bool]]:
    asked = [Paragraph.dimension == dimension] if dimension else []
    return asked + ([Paragraph.element == element] if element else [])


def facets(session: Session, draft_id: int, *, lang: str = "id") -> list[Facet]:
    """What a version can be narrowed to, with how many paragraphs each pair has."""
    name = label(Dimension, "short", lang)
    rows = session.execute(
        select(Paragraph.dimension, name, Paragraph.element, func.count())
        .outerjoin(Dimension, Dimension.code == Paragraph.dimension)
        .where(Paragraph.draft_id == draft_id)
        .group_by(Paragraph.dimension, name, Paragraph.element)
        .order_by(Paragraph.dimension, Paragraph.element)
    )
    return [Facet(*row) for row in rows]


def density(comments: int) -> int:
    """On which of five steps so many comments stand; 0 where there is none.

    >>> [density(n) for n in (0, 1, 3, 7, 15, 400)]
    [0, 1, 2, 3, 4, 5]
    """
    return sum(comments >= least for least in STEPS)


def one(session: Session, paragraph_id: int, *, lang: str = "id") -> tuple[ParagraphFacts, int, int]:
    """One paragraph of a published version, with the version's number and the chapter's position."""
    row = session.execute(
        paragraphs_in(lang)
        .add_columns(Draft.number, Chapter.position)
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .join(Draft, Draft.id == Paragraph.draft_id)
        .where(Paragraph.id == paragraph_id, Draft.state == DraftState.PUBLISHED)
    ).first()
    if row is None:
        raise NotFound(f"paragraph {paragraph_id}")
    return paragraph_of(row, lang), row.number, row[-1]


def places(session: Session, paragraph_ids: Collection[int]) -> dict[int, Place]:
    """Where each of these can be read; one of an unpublished version is left out."""
    if not paragraph_ids:
        return {}
    rows = session.execute(
        select(Paragraph.id, Draft.number, Chapter.position, Paragraph.mark, Paragraph.page)
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .join(Draft, Draft.id == Paragraph.draft_id)
        .where(Paragraph.id.in_(paragraph_ids), Draft.state == DraftState.PUBLISHED)
    )
    return {paragraph_id: Place(*place) for paragraph_id, *place in rows}


def _placed(draft_id: int, lang: str) -> Select[Any]:
    return (
        paragraphs_in(lang)
        .add_columns(Chapter.position.label("chapter"), Paragraph.position.label("place"))
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .where(Paragraph.draft_id == draft_id)
        .order_by(Chapter.position, Paragraph.position)
    )


def paragraphs_in(lang: str) -> Select[Any]:
    """What is read of a paragraph, for a query that says which ones; `paragraph_of` reads a row of it."""
    return (
        select(
            Paragraph.id,
            Paragraph.mark,
            Paragraph.section,
            Paragraph.text,
            label(Dimension, "short", lang).label("dimension"),
            Paragraph.element,
            Paragraph.nature,
            Agency.name.label("agency"),
            Paragraph.lineage_id,
            Paragraph.page,
            Paragraph.fixed_why,
        )
        .outerjoin(Dimension, Dimension.code == Paragraph.dimension)
        .outerjoin(Agency, Agency.code == Paragraph.agency)
    )


def _found(row: Row[Any], lang: str) -> Found:
    return Found(paragraph_of(row, lang), row.chapter, row.place)


def paragraph_of(row: Row[Any], lang: str) -> ParagraphFacts:
    """A row of `paragraphs_in` as a page shows it."""
    return ParagraphFacts(
        id=row.id,
        mark=row.mark,
        section=row.section,
        text=row.text,
        dimension=row.dimension,
        element=word(row.element, lang) if row.element else None,
        nature=word(row.nature, lang) if row.nature else None,
        agency=row.agency,
        lineage_id=row.lineage_id,
        page=row.page,
        fixed_why=row.fixed_why,
    )
