"""Opinions: the short form on one dimension, by academics and, for their institution, by agencies."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Dimension, FrameworkItem, Mission, Point, Remark, Submission
from models.submission import STANDS
from services import contributions
from services.contributions import Author, Said
from services.errors import NotFound
from services.tongue import label

# One form, two fields: what is wrong and what would help; either will do.
STANDS_ALONE = (
    Point.paragraph_id.is_(None),
    Point.programme.is_(None),
    # a comment about all of the draft is no opinion, though it stands on nothing
    ~select(Remark.point_id).where(Remark.point_id == Point.id).exists(),
)


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class DimensionFacts:
    """A dimension to speak on, and how often this author has."""

    code: str
    label: str
    plain: str
    is_planned: bool
    given: int


@dataclass(frozen=True, slots=True)
class Opinion:
    """An own opinion in a list."""

    id: int
    text: str
    proposal: str | None
    receipt_no: str
    received_at: datetime
    is_changed: bool


def dimensions(session: Session, author: Author, lang: str = "id") -> list[DimensionFacts]:
    """The dimensions in their order, each with the number of this author's opinions."""
    own = (
        select(Point.dimension, func.count(Point.id).label("given"))
        .join(Submission)
        .where(contributions.is_of(author), STANDS, *STANDS_ALONE)
        .group_by(Point.dimension)
        .subquery()
    )
    rows = session.execute(
        select(
            Dimension.code,
            label(Dimension, "label", lang),
            label(Dimension, "plain", lang),
            Dimension.state,
            func.coalesce(own.c.given, 0),
        )
        .outerjoin(own, own.c.dimension == Dimension.code)
        .where(Dimension.is_current)
        .order_by(Dimension.position)
    )
    return [
        DimensionFacts(code, name, plain, state.value == "planned", given) for code, name, plain, state, given in rows
    ]


def choices(session: Session, lang: str = "id") -> tuple[list[Choice], list[Choice]]:
    """The missions and the national policy items to choose from; an item's code is "framework:code"."""
    missions = session.execute(
        select(Mission.code, label(Mission, "label", lang)).where(Mission.is_current).order_by(Mission.code)
    )
    items = session.execute(
        select(FrameworkItem.framework, FrameworkItem.code, label(FrameworkItem, "label", lang))
        .where(FrameworkItem.is_current)
        .order_by(FrameworkItem.framework, FrameworkItem.code)
    )
    return (
        [Choice(code, f"{code}. {name}") for code, name in missions],
        [Choice(f"{framework}:{code}", f"{framework.upper()}: {name}") for framework, code, name in items],
    )


def own(session: Session, author: Author, dimension: str | None = None) -> list[Opinion]:
    """The author's opinions (of one dimension), the newest first."""
    query = (
        select(
            Point.id,
            Point.text,
            Point.proposal,
            Submission.receipt_no,
            Submission.received_at,
            Point.changed_at.is_not(None),
        )
        .join(Submission)
        .where(contributions.is_of(author), STANDS, *STANDS_ALONE)
        .order_by(Point.id.desc())
    )
    if dimension:
        query = query.where(Point.dimension == dimension)
    return [Opinion(*row) for row in session.execute(query)]


def loaded(session: Session, author: Author, point_id: int) -> Said:
    """An own opinion as the form shows it again; a comment or a verdict is none."""
    point = contributions.own(session, author, point_id)
    if point.paragraph_id is not None or point.programme is not None or session.get(Remark, point_id) is not None:
        raise NotFound(f"opinion {point_id}")
    return Said(
        text=point.text,
        proposal=point.proposal,
        point_type=point.point_type,
        dimension=point.dimension,
        evidence=point.evidence,
        condition=point.condition,
        importance=point.importance,
        element=point.element,
        nature=point.nature,
        missions=tuple(m.mission for m in point.missions),
        framework_items=tuple((i.framework, i.code) for i in point.framework_items),
        capacity=point.submission.capacity or Said.capacity,
        signed_off_by=point.submission.signed_off_by,
    )
