"""Comments on paragraphs of the draft: each stays on the version it was written on, and is found in every later one."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session
from sqlalchemy.sql.selectable import Subquery

from models import Draft, Fate, Point, Remark, Round, Submission, Triage
from models.submission import STANDS
from models.vocabulary import DraftState, PointType, RemarkState, Visibility
from services import contributions, fates, remarks, spots
from services.contributions import Author, Call, Said
from services.errors import NotFound
from services.margins import Comment, comment_of, comments_at
from services.remarks import Remarked

MANY = 50


def add(
    session: Session,
    author: Author,
    paragraph_id: int,
    said: Said,
    *,
    call: Call,
    key: str,
    now: datetime,
    remarked: Remarked | None = None,
) -> int:
    """Comment on a paragraph: the point stands on it and takes its dimension.

    Raises NotFound, RoundClosed, and PartFixed where nothing is asked about this part any more.
    """
    dimension = _open_part(session, paragraph_id)
    standing = _standing(said, paragraph_id, dimension)
    point_id = contributions.add(session, author, standing, call=call, key=key, now=now)
    remarks.write(session, point_id, remarked or Remarked(), now=now)
    return point_id


def add_whole(
    session: Session,
    author: Author,
    number: int,
    said: Said,
    *,
    call: Call,
    key: str,
    now: datetime,
    remarked: Remarked | None = None,
) -> int:
    """Comment on all of a published version: the point stands on no paragraph."""
    draft_id = session.scalar(select(Draft.id).where(Draft.number == number, Draft.state == DraftState.PUBLISHED))
    if draft_id is None:
        raise NotFound(f"draft {number}")
    point_id = contributions.add(session, author, _standing(said, None, None), call=call, key=key, now=now)
    remarks.write(session, point_id, replace(remarked or Remarked(), draft_id=draft_id), now=now)
    return point_id


def _open_part(session: Session, paragraph_id: int) -> str | None:
    """The dimension of a published paragraph that may still be commented on."""
    spot = spots.of_paragraph(session, paragraph_id)
    spots.check_open(spot)
    return spot.dimension


def change(
    session: Session,
    author: Author,
    point_id: int,
    said: Said,
    *,
    is_open: bool,
    now: datetime,
    remarked: Remarked | None = None,
) -> None:
    """Write an own comment anew; it stays where it was written. Raises as `add` does."""
    point = _own_comment(session, author, point_id)
    if point.paragraph_id is not None and is_open:
        _open_part(session, point.paragraph_id)
    standing = _standing(said, point.paragraph_id, point.dimension)
    kept = remarks.read(session, point_id)
    contributions.rewrite(session, author, point, standing, is_open=is_open, now=now)
    said_beside = replace(remarked or kept, is_gap=kept.is_gap, draft_id=kept.draft_id)
    remarks.write(session, point_id, said_beside, now=now)


def _own_comment(session: Session, author: Author, point_id: int) -> Point:
    """An opinion or a verdict is no comment: written as one, it would lose what a comment does not have."""
    point = contributions.own(session, author, point_id)
    if point.paragraph_id is None and remarks.read(session, point_id).draft_id is None:
        raise NotFound(f"comment {point_id}")
    return point


def _standing(said: Said, paragraph_id: int | None, dimension: str | None) -> Said:
    return Said(
        text=said.text,
        point_type=said.point_type,
        proposed_text=said.proposed_text,
        evidence=said.evidence,
        capacity=said.capacity,
        paragraph_id=paragraph_id,
        dimension=dimension,
    )


def on(
    session: Session,
    draft_id: int,
    paragraph_ids: Collection[int],
    lang: str = "id",
    *,
    author: Author | None = None,
    is_team: bool = False,
    shows_others: bool = False,
    now: datetime | None = None,
    most: int | None = None,
    skip: int = 0,
) -> dict[int, list[Comment]]:
    """What stands on these paragraphs of a version, also what was written on versions before it, by paragraph.

    The team sees everything, an author what is theirs, and with `shows_others` everybody what was let stand; with
    `now` also what was let stand of rounds that were over by then. Words of others are masked. With `most` no more
    of each paragraph, one's own first, after the first `skip` of them.
    """
    mine = contributions.is_of(author) if author else literal(False)
    place = fates.standing(draft_id, paragraph_ids)
    query = comments_at(place, mine)
    if not is_team:
        query = query.where(or_(mine, _is_public(shows_others, now)))
    if most is not None:
        nth = func.row_number().over(partition_by=place.c.at_id, order_by=(mine.desc(), Point.id)).label("nth")
        ranked = query.with_only_columns(Point.id, nth).order_by(None).subquery()
        query = query.where(Point.id.in_(select(ranked.c.id).where(ranked.c.nth.between(skip + 1, skip + most))))
    grouped: dict[int, list[Comment]] = defaultdict(list)
    for row in session.execute(query):
        grouped[row.at_id].append(comment_of(row, lang, is_team=is_team))
    return dict(grouped)


def on_whole(
    session: Session,
    number: int,
    lang: str = "id",
    *,
    author: Author | None = None,
    shows_others: bool = False,
    now: datetime | None = None,
) -> list[Comment]:
    """What was said about all of this version and of those before it, as `on` shows it, the newest first."""
    mine = contributions.is_of(author) if author else literal(False)
    query = comments_at(_wholes(Draft.number <= number), mine).where(or_(mine, _is_public(shows_others, now)))
    rows = session.execute(query.order_by(None).order_by(Point.id.desc()).limit(MANY))
    return [comment_of(row, lang) for row in rows]


def _wholes(*conditions: ColumnElement[bool]) -> Subquery:
    """Comments about all of a version, as `fates.standing` gives those on paragraphs."""
    nowhere: ColumnElement[Any] = null()
    query = select(Remark.point_id, nowhere.label("at_id"), literal("same").label("state"))
    return query.join(Draft, Draft.id == Remark.draft_id).where(*conditions).subquery("whole")


def _is_public(shows_others: bool, now: datetime | None) -> ColumnElement[bool]:
    """What others may read: let stand by the team, not kept for it by its author, not offensive, at its time."""
    return and_(
        Remark.state == RemarkState.SHOWN,
        Submission.visibility != Visibility.TEAM,
        func.coalesce(Triage.is_offensive, literal(False)).is_(False),
        literal(shows_others) if now is None else or_(literal(shows_others), _is_over(now)),
    )


def _is_over(now: datetime) -> ColumnElement[bool]:
    return select(Round.id).where(Round.id == Submission.round_id, Round.closes_at < now).exists()


def lost(session: Session, draft_id: int, lang: str = "id") -> list[Comment]:
    """Comments of earlier versions whose paragraph is gone in this one, for the team: they stay listed."""
    place = fates.standing(draft_id)
    query = comments_at(place, literal(False)).where(place.c.at_id.is_(None))
    return [comment_of(row, lang, is_team=True) for row in session.execute(query)]


def own(session: Session, author: Author, lang: str = "id") -> list[Comment]:
    """Every comment of the author in the order of the draft, as it stands in the newest version; on all of it first."""
    placed = (
        select(
            Point.id.label("point_id"),
            case((Fate.id.is_(None), Point.paragraph_id), else_=Fate.heir_id).label("at_id"),
            func.coalesce(Fate.state, literal("same")).label("state"),
        )
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Fate, (Fate.paragraph_id == Point.paragraph_id) & (Fate.draft_id == fates.newest_published()))
        .where(contributions.is_of(author), Point.paragraph_id.is_not(None))
    )
    nowhere: ColumnElement[Any] = null()
    whole = (
        select(Remark.point_id, nowhere, literal("same"))
        .join(Point, Point.id == Remark.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .where(contributions.is_of(author), Remark.draft_id.is_not(None))
    )
    place = union_all(placed, whole).subquery()
    return [comment_of(row, lang) for row in session.execute(comments_at(place, literal(True)))]


def counts(session: Session, draft_id: int, paragraph_ids: Collection[int]) -> dict[int, int]:
    """How many points stand on each of these paragraphs of a version, from all groups."""
    place = fates.standing(draft_id, paragraph_ids)
    rows = session.execute(
        select(place.c.at_id, func.count())
        .join(Point, Point.id == place.c.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .where(STANDS)
        .group_by(place.c.at_id)
    )
    return {paragraph_id: n for paragraph_id, n in rows}


def loaded(session: Session, author: Author, point_id: int) -> Said:
    """An own comment as the form shows it again; an opinion or a verdict is none."""
    point = _own_comment(session, author, point_id)
    return Said(
        text=point.text,
        point_type=point.point_type or PointType.PROPOSAL,
        proposed_text=point.proposed_text,
        evidence=point.evidence,
        paragraph_id=point.paragraph_id,
        capacity=point.submission.capacity or Said.capacity,
    )
