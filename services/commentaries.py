"""Commentaries: every comment on the draft as the team's desk lists it, where it stands in the newest version."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, func, literal, null, or_, select, union, union_all
from sqlalchemy.orm import Session, aliased

from models import Chapter, Decision, Dimension, Draft, Fate, Paragraph, Point, Reading, Remark, Submission
from models.submission import STANDS
from models.vocabulary import (
    CommentState,
    DecisionState,
    DraftState,
    FateState,
    Group,
    PointType,
    RemarkState,
    SubmissionState,
)
from services import fates
from services.margins import Comment, comment_of, comments_at
from services.tongue import label, word

PAGE = 25
# What is not put forward yet, or no more, decides nothing.
SILENT = (DecisionState.DRAFTED, DecisionState.REPLACED)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; empty is everything. `version` is the one it was written on."""

    version: int | None = None
    chapter: int | None = None
    dimension: str = ""
    state: CommentState | None = None
    moderation: RemarkState | None = None
    group: Group | None = None
    kind: PointType | None = None
    is_undecided: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One comment of the list, the round it belongs to, where it is read now, and its own decision."""

    comment: Comment
    round_id: int
    number: int | None
    position: int | None
    page: int | None
    decision_id: int | None
    decision: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list may be narrowed to: versions, chapters of the newest one, dimensions."""

    versions: tuple[tuple[int, str], ...]
    chapters: tuple[tuple[int, str], ...]
    dimensions: tuple[tuple[str, str], ...]


def listing(
    session: Session, only: Filters, *, after: int | None = None, lang: str = "id"
) -> tuple[list[Entry], int | None]:
    """One page of the list, the newest first, and the cursor of the next; two statements."""
    ids = session.scalars(_narrowed(only, after)).all()
    place = _placed().where(Point.id.in_(ids[:PAGE])).subquery()
    at_chapter, at, own = aliased(Chapter), aliased(Paragraph), aliased(Decision)
    query = (
        comments_at(place, literal(False))
        .add_columns(
            Submission.round_id,
            at_chapter.position.label("at_position"),
            at.page.label("at_page"),
            own.id.label("decision_id"),
            own.code.label("decision"),
        )
        .outerjoin(at, at.id == place.c.at_id)
        .outerjoin(at_chapter, at_chapter.id == at.chapter_id)
        .outerjoin(own, (own.point_id == Point.id) & (own.state.not_in(SILENT)))
        .order_by(None)
        .order_by(
            place.c.point_id.desc()
        )  # not the point's own id, which is the same: all points would be gone through
    )
    rows = session.execute(query.add_columns(fates.newest_column(Draft.number).label("newest"))).all()
    return [_entry(row, lang) for row in rows], ids[PAGE - 1] if len(ids) > PAGE else None


def _entry(row: Row[Any], lang: str) -> Entry:
    return Entry(
        comment=comment_of(row, lang, is_team=True),
        round_id=row.round_id,
        number=row.newest if row.at_id is not None else None,
        position=row.at_position,
        page=row.at_page,
        decision_id=row.decision_id,
        decision=word(row.decision, lang) if row.decision else "",
    )


AT_ID = case((Fate.id.is_(None), Point.paragraph_id), else_=Fate.heir_id)


def _placed() -> Select[Any]:
    """Comments with their place in the newest version and their state there."""
    return (
        select(Point.id.label("point_id"), AT_ID.label("at_id"), func.coalesce(Fate.state, "same").label("state"))
        .outerjoin(Fate, (Fate.paragraph_id == Point.paragraph_id) & (Fate.draft_id == fates.newest_published()))
        .join(Submission, Submission.id == Point.submission_id)
        .where(STANDS)
    )


def _narrowed(only: Filters, after: int | None) -> Select[tuple[int]]:
    """The ids of the comments that are asked for, the newest first, one more than a page."""
    said = _all(after).subquery("said")
    query = (
        select(said.c.point_id)
        .join(Point, Point.id == said.c.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Remark, Remark.point_id == Point.id)
        .outerjoin(Paragraph, Paragraph.id == Point.paragraph_id)
        .outerjoin(Fate, (Fate.paragraph_id == Point.paragraph_id) & (Fate.draft_id == fates.newest_published()))
        .where(_stands(), *_only(only))
        .order_by(said.c.point_id.desc())
        .limit(PAGE + 1)
    )
    if only.chapter is not None:
        at, chapter = aliased(Paragraph), aliased(Chapter)
        query = query.join(at, at.id == AT_ID).join(chapter, chapter.id == at.chapter_id)
        query = query.where(chapter.position == only.chapter)
    return query


def _stands() -> ColumnElement[bool]:
    """STANDS, asked of each comment: nearly everything stands, and a list must not begin there."""
    sending = aliased(Submission)
    query = select(sending.id).where(sending.id == Point.submission_id, sending.state == SubmissionState.RECEIVED)
    return query.exists()


def _all(after: int | None) -> Any:
    """Every comment below the cursor: from the index of paragraphs, and those about all of a version."""
    # a range of the index and not "is not null", for which the planner would go through all points
    placed = select(Point.id.label("point_id")).where(Point.paragraph_id > 0)
    whole = select(Remark.point_id).where(Remark.draft_id.is_not(None))
    if after is not None:
        placed, whole = placed.where(Point.id < after), whole.where(Remark.point_id < after)
    return union(placed, whole)  # none is in both; put together first, or the order would be looked for in all points


def _only(only: Filters) -> Iterator[ColumnElement[bool]]:
    if only.version is not None:
        drafts = select(Draft.id).where(Draft.number == only.version).scalar_subquery()
        yield func.coalesce(Paragraph.draft_id, Remark.draft_id) == drafts
    if only.dimension:
        yield Point.dimension == only.dimension
    if only.group is not None:
        yield Submission.group == only.group
    if only.kind is not None:
        yield Point.point_type == only.kind
    if only.moderation is not None:
        yield func.coalesce(Remark.state, RemarkState.PENDING.value) == only.moderation.value
    if only.state is not None:
        yield from _standing(only.state)
    if only.is_undecided:
        yield ~_decided()


def _standing(state: CommentState) -> Iterator[ColumnElement[bool]]:
    confirmed = select(Decision.id).where(Decision.point_id == Point.id, Decision.state == DecisionState.CONFIRMED)
    is_settled = or_(Remark.settled_at.is_not(None), confirmed.exists())
    if state is CommentState.SETTLED:
        yield is_settled
        return
    yield ~is_settled
    words = [fate.value for fate, comment in fates.STANDING.items() if comment is state]
    yield func.coalesce(Fate.state, FateState.SAME.value).in_(words)


def _decided() -> ColumnElement[bool]:
    """Whether somebody decided on the point, on its group of equal texts, or on its theme, in its round."""
    living = select(Decision.id).where(Decision.round_id == Submission.round_id, Decision.state.not_in(SILENT))
    read = living.join(Reading, Reading.point_id == Point.id)
    return or_(
        living.where(Decision.point_id == Point.id).exists(),
        read.where(Decision.theme_id == Reading.theme_id).exists(),
        read.where(Decision.duplicate_group == Reading.duplicate_group).exists(),
    )


def choices(session: Session, lang: str = "id") -> Choices:
    """What there is to narrow by, in one statement."""
    nothing: ColumnElement[Any] = null()
    versions = select(literal("version").label("what"), Draft.number.label("n"), nothing.label("code"), Draft.title)
    chapters = select(literal("chapter"), Chapter.position, nothing, Chapter.title)
    chapters = chapters.where(Chapter.draft_id == fates.newest_published())
    dimensions = select(literal("dimension"), Dimension.position, Dimension.code, label(Dimension, "short", lang))
    rows = session.execute(
        union_all(versions.where(Draft.state == DraftState.PUBLISHED), chapters, dimensions.where(Dimension.is_current))
    ).all()
    found: dict[str, list[tuple[int, str, str]]] = {"version": [], "chapter": [], "dimension": []}
    for what, n, code, title in rows:
        found[what].append((n, code, title or ""))
    return Choices(
        tuple((n, title) for n, _, title in sorted(found["version"], reverse=True)),
        tuple((n, title) for n, _, title in sorted(found["chapter"])),
        tuple((code, title) for _, code, title in sorted(found["dimension"])),
    )


def counts(session: Session) -> dict[RemarkState, int]:
    """How many comments wait to be read by the team, are shown and are not."""
    state = func.coalesce(Remark.state, RemarkState.PENDING.value)
    said = _all(None).subquery("said")
    rows = session.execute(
        select(state, func.count())
        .select_from(said)
        .join(Point, Point.id == said.c.point_id)
        .outerjoin(Remark, Remark.point_id == Point.id)
        .where(_stands())
        .group_by(state)
    )
    return {RemarkState(name): n for name, n in rows}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a comment asks to be changed: the paragraph as it is now, and the words that are proposed for it."""

    mark: str
    text_before: str
    text_after: str


def proposal(session: Session, point_id: int) -> Proposal | None:
    """What a decision on this comment would change; None where it stands on no paragraph any more."""
    at = aliased(Paragraph)
    row = session.execute(
        select(at.mark, at.text, Point.proposed_text)
        .select_from(Point)
        .outerjoin(Fate, (Fate.paragraph_id == Point.paragraph_id) & (Fate.draft_id == fates.newest_published()))
        .join(at, at.id == case((Fate.id.is_(None), Point.paragraph_id), else_=Fate.heir_id))
        .where(Point.id == point_id)
    ).first()
    return Proposal(row.mark, row.text, row.proposed_text or "") if row else None
