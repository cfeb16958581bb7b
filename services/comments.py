"""Comments on paragraphs of the draft: written on one version, found again by the paragraph's mark in the next."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from analysis.mask import mask
from models import Agency, Chapter, Draft, Paragraph, Person, Point, Submission
from models.submission import STANDS
from models.vocabulary import DraftState, PointType
from services import contributions
from services.contributions import Author, Call, Said
from services.errors import NotFound
from services.tongue import word
from services.wording import group_label


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as a page shows it; `version` is the version of the draft it was written on."""

    id: int
    mark: str
    version: int
    kind: str | None
    text: str
    proposed_text: str | None
    evidence: str | None
    who: str
    group: str
    receipt_no: str
    received_at: datetime
    is_changed: bool


def add(session: Session, author: Author, paragraph_id: int, said: Said, *, call: Call, key: str, now: datetime) -> int:
    """Comment on a paragraph: the point stands on it and takes its dimension."""
    found = session.execute(
        select(Paragraph.dimension)
        .join(Draft, Draft.id == Paragraph.draft_id)
        .where(Paragraph.id == paragraph_id, Draft.state == DraftState.PUBLISHED)
    ).first()
    if found is None:
        raise NotFound(f"paragraph {paragraph_id}")
    standing = _standing(said, paragraph_id, found.dimension)
    return contributions.add(session, author, standing, call=call, key=key, now=now)


def change(session: Session, author: Author, point_id: int, said: Said, *, is_open: bool, now: datetime) -> None:
    """Write an own comment anew; it stays on the paragraph it was written on."""
    point = _own_comment(session, author, point_id)
    standing = _standing(said, point.paragraph_id, point.dimension)
    contributions.change(session, author, point_id, standing, is_open=is_open, now=now)


def _own_comment(session: Session, author: Author, point_id: int) -> Point:
    """An opinion or a verdict is no comment: written as one, it would lose what a comment does not have."""
    point = contributions.own(session, author, point_id)
    if point.paragraph_id is None:
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


def own_on(session: Session, author: Author, marks: Sequence[str], lang: str = "id") -> dict[str, list[Comment]]:
    """The author's comments on paragraphs with these marks, on whichever version they were written, unmasked."""
    rows = session.execute(_comments().where(Paragraph.mark.in_(marks), contributions.is_of(author)))
    return _by_mark([_comment(row, lang, is_own=True) for row in rows])


def all_on(session: Session, marks: Sequence[str], lang: str = "id") -> dict[str, list[Comment]]:
    """Everybody's comments on paragraphs with these marks, for the team: what points to a person is covered."""
    rows = session.execute(_comments().where(Paragraph.mark.in_(marks)))
    return _by_mark([_comment(row, lang, is_own=False) for row in rows])


def own(session: Session, author: Author, lang: str = "id") -> list[Comment]:
    """Every comment of the author, in the order of writing."""
    rows = session.execute(_comments().where(contributions.is_of(author)))
    return [_comment(row, lang, is_own=True) for row in rows]


def counts(session: Session, marks: Sequence[str]) -> dict[str, int]:
    """How many points stand on each of these marks, from all groups."""
    rows = session.execute(
        select(Paragraph.mark, func.count(Point.id))
        .join(Point, Point.paragraph_id == Paragraph.id)
        .join(Submission, Submission.id == Point.submission_id)
        .where(Paragraph.mark.in_(marks), STANDS)
        .group_by(Paragraph.mark)
    )
    return {mark: n for mark, n in rows}


def lost(session: Session, draft_id: int, lang: str = "id") -> list[Comment]:
    """Comments on paragraphs of earlier versions whose mark this version no longer has: they stay listed."""
    here = select(Paragraph.mark).where(Paragraph.draft_id == draft_id)
    this = select(Draft.number).where(Draft.id == draft_id).scalar_subquery()
    # The few paragraphs first, or everything that was received would be asked whether it stands on one of them.
    gone = session.scalars(
        select(Paragraph.id).join(Draft).where(Paragraph.mark.not_in(here), Draft.number < this)
    ).all()
    if not gone:
        return []
    rows = session.execute(_comments().where(Point.paragraph_id.in_(gone)))
    return [_comment(row, lang, is_own=False) for row in rows]


def _comments() -> Select[Any]:
    return (
        select(
            Point.id,
            Paragraph.mark,
            Draft.number,
            Point.point_type,
            Point.text,
            Point.proposed_text,
            Point.evidence,
            Submission.group,
            func.coalesce(Agency.name, Person.name, Submission.organisation).label("who"),
            Submission.receipt_no,
            Submission.received_at,
            Point.changed_at,
        )
        .join(Submission, Submission.id == Point.submission_id)
        .join(Paragraph, Paragraph.id == Point.paragraph_id)
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .join(Draft, Draft.id == Paragraph.draft_id)
        .outerjoin(Person, Person.id == Submission.person_id)
        .outerjoin(Agency, Agency.code == Submission.agency)
        .where(STANDS)
        .order_by(Chapter.position, Paragraph.position, Point.id)
    )


def _comment(row: Row[Any], lang: str, *, is_own: bool) -> Comment:
    said = [value if is_own or not value else mask(value).text for value in (row.text, row.proposed_text, row.evidence)]
    return Comment(
        id=row.id,
        mark=row.mark,
        version=row.number,
        kind=word(row.point_type, lang) if row.point_type else None,
        text=said[0],
        proposed_text=said[1],
        evidence=said[2],
        who=row.who or "",
        group=group_label(row.group, lang),
        receipt_no=row.receipt_no,
        received_at=row.received_at,
        is_changed=row.changed_at is not None,
    )


def _by_mark(comments: Sequence[Comment]) -> dict[str, list[Comment]]:
    grouped: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        grouped[comment.mark].append(comment)
    return dict(grouped)


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
