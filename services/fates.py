"""Fates: what became of each paragraph of earlier versions in a later one. Comments follow it, and none is moved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, literal, select, union_all, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.selectable import Subquery

from analysis.alignment import SURE
from models import Draft, Fate, Paragraph, Point, Submission
from models.draft import NEWEST_DRAFT
from models.submission import STANDS
from models.vocabulary import CommentState, FateState
from services import audit

# How a comment stands that was written on a paragraph with this fate.
STANDING = {
    FateState.SAME: CommentState.APPLIES,
    FateState.EDITED: CommentState.CHANGED,
    FateState.SPLIT: CommentState.CHANGED,
    FateState.MERGED: CommentState.CHANGED,
    FateState.MOVED: CommentState.MOVED,
    FateState.REMOVED: CommentState.REMOVED,
}
MANY = 200


@dataclass(frozen=True, slots=True)
class Doubt:
    """A fate that a person of the team may have to look at; `heir_id` is None where the paragraph is gone.

    `comments` counts what stands on the old paragraph; similarity and confidence lie in 0-1.
    """

    id: int
    mark: str
    text: str
    heir_id: int | None
    heir_mark: str
    heir_text: str
    state: FateState
    similarity: float
    confidence: float
    is_confirmed: bool
    comments: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the base's paragraphs how many had which fate, of all comments how many stand how, and what is not sure."""

    paragraphs: Mapping[FateState, int]
    comments: Mapping[CommentState, int]
    added: int
    unsure: int


def marks(session: Session) -> dict[int, str]:
    """The mark that each paragraph of any version has in the newest published one; what is gone is left out."""
    heir, newest = aliased(Paragraph), newest_published()
    here = select(Paragraph.id, Paragraph.mark).where(Paragraph.draft_id == newest)
    came = select(Fate.paragraph_id, heir.mark).join(heir, heir.id == Fate.heir_id).where(Fate.draft_id == newest)
    return {number: mark for number, mark in session.execute(here.union_all(came))}


def newest_published() -> ScalarSelect[int]:
    """The id of the newest published version, for a condition."""
    return newest_column(Draft.id)


def newest_column(column: Any) -> ScalarSelect[Any]:
    """A column of the newest published version, whatever the statement around it reads."""
    return NEWEST_DRAFT.with_only_columns(column).correlate(None).scalar_subquery()


def confirm(
    session: Session, draft_id: int, fate_ids: Collection[int], *, now: datetime, actor_id: int | None = None
) -> int:
    """A person says of these that they are right; returns of how many that was not said before."""
    found = session.execute(
        update(Fate)
        .where(Fate.id.in_(fate_ids), Fate.draft_id == draft_id, Fate.confirmed_at.is_(None))
        .values(confirmed_at=now, confirmed_by=actor_id)
        .execution_options(synchronize_session=False)
    )
    audit.record(session, "draft.confirm", "draft", draft_id, now=now, actor_id=actor_id, paragraphs=found.rowcount)
    return int(found.rowcount)


def doubts(session: Session, draft_id: int, *, after: int = 0, limit: int = MANY, every: bool = False) -> list[Doubt]:
    """What is not sure of a version and nobody has confirmed, or with `every` all of it, in the order of writing."""
    old, heir = aliased(Paragraph), aliased(Paragraph)
    said = select(func.count(Point.id)).join(Submission).where(Point.paragraph_id == old.id, STANDS).scalar_subquery()
    query = (
        select(Fate, old.mark, old.text, heir.mark.label("heir_mark"), heir.text.label("heir_text"), said)
        .join(old, old.id == Fate.paragraph_id)
        .join(Draft, (Draft.id == Fate.draft_id) & (Draft.base_id == old.draft_id))
        .outerjoin(heir, heir.id == Fate.heir_id)
        .where(Fate.draft_id == draft_id, Fate.id > after)
        .order_by(Fate.id)
        .limit(limit)
    )
    if not every:
        query = query.where(is_unsure())
    return [_doubt(row) for row in session.execute(query)]


def is_unsure() -> ColumnElement[bool]:
    """Nobody has confirmed what is not sure."""
    return (Fate.confidence < SURE) & Fate.confirmed_at.is_(None)


def _doubt(row: Any) -> Doubt:
    fate, mark, text, heir_mark, heir_text, comments = row
    return Doubt(
        id=fate.id,
        mark=mark,
        text=text,
        heir_id=fate.heir_id,
        heir_mark=heir_mark or "",
        heir_text=heir_text or "",
        state=fate.state,
        similarity=fate.similarity,
        confidence=fate.confidence,
        is_confirmed=fate.confirmed_at is not None,
        comments=comments,
    )


def tally(session: Session, draft_id: int) -> Tally:
    """What became of everything in one version; the comments of all earlier versions add up to their number."""
    is_base = select(Draft.id).where(Draft.id == Fate.draft_id, Draft.base_id == Paragraph.draft_id).exists()
    rows = session.execute(
        select(Fate.state, func.count(), func.sum(is_unsure()))
        .join(Paragraph, Paragraph.id == Fate.paragraph_id)
        .where(Fate.draft_id == draft_id, is_base)
        .group_by(Fate.state)
    ).all()
    said = session.execute(
        select(Fate.state, func.count(Point.id))
        .join(Point, Point.paragraph_id == Fate.paragraph_id)
        .join(Submission, Submission.id == Point.submission_id)
        .where(Fate.draft_id == draft_id, STANDS)
        .group_by(Fate.state)
    )
    comments = dict.fromkeys(CommentState, 0)
    for state, n in said:
        comments[STANDING[state]] += n
    return Tally(
        paragraphs={state: n for state, n, _ in rows},
        comments={state: n for state, n in comments.items() if n},
        added=_added(session, draft_id),
        unsure=sum(int(unsure or 0) for _, _, unsure in rows),
    )


def _added(session: Session, draft_id: int) -> int:
    """How many paragraphs of a version come from none of the versions before."""
    all_ = select(func.count()).where(Paragraph.draft_id == draft_id).scalar_subquery()
    rows = session.execute(select(Fate.heir_id, Fate.others, all_).where(Fate.draft_id == draft_id)).all()
    come = {number for heir_id, others, _n in rows for number in (heir_id, *others) if number is not None}
    return rows[0][2] - len(come) if rows else session.scalar(select(all_)) or 0


def standing(draft_id: int, paragraph_ids: Collection[int] | None = None) -> Subquery:
    """Which point stands where in a version: `point_id`, `at_id` (None: its paragraph is gone) and `state`.

    Points that were written on this version stand where they were written; those of earlier versions where their
    paragraph went; those of later versions do not stand here. With `paragraph_ids` only what stands on these.
    """
    here = (
        select(Point.id.label("point_id"), Point.paragraph_id.label("at_id"), literal("same").label("state"))
        .join(Paragraph, Paragraph.id == Point.paragraph_id)
        .where(Paragraph.draft_id == draft_id)
    )
    came = (
        select(Point.id, Fate.heir_id, Fate.state)
        .join(Fate, Fate.paragraph_id == Point.paragraph_id)
        .where(Fate.draft_id == draft_id)
    )
    if paragraph_ids is not None:
        here, came = here.where(Point.paragraph_id.in_(paragraph_ids)), came.where(Fate.heir_id.in_(paragraph_ids))
    return union_all(here, came).subquery("standing")
