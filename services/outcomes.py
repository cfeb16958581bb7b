"""Outcomes: what became of somebody's comments: where each stands now, what was decided, replied and taken over."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, and_, case, func, or_, select, tuple_
from sqlalchemy.orm import Session, aliased

from models import Chapter, Decision, Draft, Fate, Paragraph, Point, Remark, Submission
from models.submission import STANDS
from models.vocabulary import CommentState, DecisionState, FateState, PointType, RemarkState
from services import answers, changes, contributions, fates, replies, wordings
from services.answers import Answer
from services.contributions import Author
from services.replies import ReplyFacts
from services.tongue import word
from services.wordings import Place

ORDER = tuple(CommentState)
MANY, EVERY = 50, 10_000


class Spot(NamedTuple):
    """Where a paragraph is read: version, chapter, page of the chapter and mark."""

    version: int
    chapter: int
    page: int
    mark: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """One comment and what became of it.

    `origin` is the paragraph it was written on, None for a comment on a whole version; `here` the one that took its
    place in the newest version, None where there is none. `pieces` tell the two apart word by word, empty where they
    say the same; `wording` tells what the proposed text would change, empty where it stands alone. `hidden_why` says
    why the team does not show it to others. `answer` is what a release has made public, `taken` where its proposed
    wording stands.
    """

    id: int
    version: int
    kind: PointType | None
    kind_label: str
    text: str
    proposed_text: str
    receipt_no: str
    received_at: datetime
    round_id: int
    state: CommentState
    state_label: str
    origin: Spot | None
    here: Spot | None
    hidden_why: str = ""
    pieces: tuple[Any, ...] = ()
    wording: tuple[Any, ...] = ()
    answer: Answer | None = None
    replies: tuple[ReplyFacts, ...] = ()
    taken: Place | None = None

    @property
    def cursor(self) -> str:
        """Where the next page of a list begins after this one."""
        return f"{ORDER.index(self.state)}.{self.id}"


# The tables of where a comment was written and where it stands now.
_WRITTEN, _NOW = aliased(Draft), aliased(Draft)
_THEN_CHAPTER, _NOW_CHAPTER = aliased(Chapter), aliased(Chapter)
_AT = aliased(Paragraph)


def counts(session: Session, author: Author) -> dict[CommentState, int]:
    """How many comments of the author stand how in the newest version; together they are all of them."""
    return _counts(session, contributions.is_of(author))


def counts_of_person(session: Session, person_id: int) -> dict[CommentState, int]:
    """The same of what one person wrote, in whoever's name."""
    return _counts(session, Submission.person_id == person_id)


def counts_of_submission(session: Session, submission_id: int) -> dict[CommentState, int]:
    """The same of one sending."""
    return _counts(session, Submission.id == submission_id)


def _counts(session: Session, mine: ColumnElement[bool]) -> dict[CommentState, int]:
    query = _where_it_stands(select(_rank(), func.count())).where(mine).group_by(_rank())
    found = {ORDER[rank]: n for rank, n in session.execute(query)}
    return {state: found.get(state, 0) for state in ORDER}


def page(
    session: Session,
    author: Author,
    *,
    now: datetime,
    state: CommentState | None = None,
    after: tuple[int, int] | None = None,
    limit: int = MANY,
    lang: str = "id",
) -> tuple[list[Outcome], str]:
    """The author's comments by their states, with what became of each, and where the next page begins; five statements.

    `after` is the place of the last one that was seen, as `read_cursor` reads it.
    """
    query = _rows().where(contributions.is_of(author))
    if state is not None:
        query = query.where(_rank() == ORDER.index(state))
    if after is not None:
        query = query.where(tuple_(_rank(), Point.id) > after)
    rows = session.execute(query.order_by(_rank(), Point.id).limit(limit + 1)).all()
    found = _completed(session, [_outcome(row, lang) for row in rows[:limit]], now=now, lang=lang)
    return found, found[-1].cursor if len(rows) > limit else ""


def read_cursor(written: str) -> tuple[int, int] | None:
    """The place that a cursor names, None where it names none.

    >>> read_cursor("2.345"), read_cursor("9.1"), read_cursor("-1.1"), read_cursor("")
    ((2, 345), None, None, None)
    """
    rank, _, number = written.partition(".")
    is_number = all(part.isascii() and part.isdecimal() and len(part) <= 18 for part in (rank, number))
    return (int(rank), int(number)) if is_number and int(rank) < len(ORDER) else None


def every(session: Session, author: Author, *, now: datetime, lang: str = "id") -> list[Outcome]:
    """All comments of the author, for what they take along."""
    return page(session, author, now=now, limit=EVERY, lang=lang)[0]


def of_person(session: Session, person_id: int, round_id: int, *, now: datetime, lang: str = "id") -> list[Outcome]:
    """All comments that one person wrote in a round, in the order of their numbers."""
    query = _rows().where(Submission.person_id == person_id, Submission.round_id == round_id)
    rows = session.execute(query.order_by(Point.id).limit(EVERY)).all()
    return _completed(session, [_outcome(row, lang) for row in rows], now=now, lang=lang)


def of_points(session: Session, point_ids: Collection[int], lang: str = "id") -> dict[int, Outcome]:
    """Where these points stand now, for those that stand on a paragraph; one statement."""
    if not point_ids:
        return {}
    rows = session.execute(_rows().where(Point.id.in_(point_ids)).limit(EVERY))
    return {row.id: _outcome(row, lang) for row in rows}


def _completed(session: Session, found: list[Outcome], *, now: datetime, lang: str) -> list[Outcome]:
    ids = [one.id for one in found]
    told = answers.of_points(session, ids, now=now, lang=lang, is_published=True)
    said, taken = replies.of(session, ids), wordings.of_points(session, ids)
    return [
        replace(one, answer=told.get(one.id), replies=tuple(said.get(one.id, ())), taken=taken.get(one.id))
        for one in found
    ]


def is_settled() -> ColumnElement[bool]:
    """Whether a person said of a comment that nothing is left to do: a decision on it, or their word."""
    decided = select(Decision.id).where(Decision.point_id == Point.id, Decision.state == DecisionState.CONFIRMED)
    return or_(Remark.settled_at.is_not(None), decided.exists())


def is_concerned(draft_id: int) -> ColumnElement[bool]:
    """Whether something of a sending stands otherwise in this version than it was written, and is not settled."""
    return (
        select(Point.id)
        .join(Fate, Fate.paragraph_id == Point.paragraph_id)
        .outerjoin(Remark, Remark.point_id == Point.id)
        .where(
            Point.submission_id == Submission.id,
            Fate.draft_id == draft_id,
            Fate.state != FateState.SAME,
            ~is_settled(),
        )
        .exists()
    )


def _rank() -> ColumnElement[int]:
    """How a comment stands, as its place in `ORDER`."""
    by_fate = [(Fate.state == fate, ORDER.index(state)) for fate, state in fates.STANDING.items()]
    return case((is_settled(), ORDER.index(CommentState.SETTLED)), *by_fate, else_=ORDER.index(CommentState.APPLIES))


def _where_it_stands(query: Select[Any]) -> Select[Any]:
    """Comments that stand, with their fates in the newest version."""
    here = (Fate.paragraph_id == Point.paragraph_id) & (Fate.draft_id == fates.newest_published())
    return (
        query.select_from(Submission)
        .join(Point, Point.submission_id == Submission.id)
        .outerjoin(Remark, Remark.point_id == Point.id)
        .outerjoin(Fate, here)
        .where(STANDS, or_(Point.paragraph_id.is_not(None), Remark.draft_id.is_not(None)))
    )


def _rows() -> Select[Any]:
    at_id = case((Fate.id.is_(None), Point.paragraph_id), else_=Fate.heir_id)
    wanted = select(
        Point.id,
        Point.point_type,
        Point.text,
        Point.proposed_text,
        Submission.receipt_no,
        Submission.received_at,
        Submission.round_id,
        case((Remark.state == RemarkState.HIDDEN, Remark.why), else_="").label("hidden_why"),
        _rank().label("rank"),
        _WRITTEN.number.label("version"),
        _THEN_CHAPTER.position.label("chapter"),
        Paragraph.page,
        Paragraph.mark,
        Paragraph.text.label("was"),
        _NOW.number.label("at_version"),
        _NOW_CHAPTER.position.label("at_chapter"),
        _AT.page.label("at_page"),
        _AT.mark.label("at_mark"),
        _AT.text.label("now"),
    )
    return (
        _where_it_stands(wanted)
        .outerjoin(Paragraph, Paragraph.id == Point.paragraph_id)
        .outerjoin(_THEN_CHAPTER, _THEN_CHAPTER.id == Paragraph.chapter_id)
        .join(_WRITTEN, _WRITTEN.id == func.coalesce(Paragraph.draft_id, Remark.draft_id))
        .outerjoin(_AT, and_(_AT.id == at_id))
        .outerjoin(_NOW_CHAPTER, _NOW_CHAPTER.id == _AT.chapter_id)
        .outerjoin(_NOW, _NOW.id == _AT.draft_id)
    )


def _outcome(row: Row[Any], lang: str) -> Outcome:
    state = ORDER[row.rank]
    origin = Spot(row.version, row.chapter, row.page, row.mark) if row.mark else None
    here = Spot(row.at_version, row.at_chapter, row.at_page, row.at_mark) if row.at_mark else None
    return Outcome(
        id=row.id,
        version=row.version,
        kind=row.point_type,
        kind_label=word(row.point_type, lang) if row.point_type else "",
        text=row.text,
        proposed_text=row.proposed_text or "",
        receipt_no=row.receipt_no,
        received_at=row.received_at,
        round_id=row.round_id,
        state=state,
        state_label=word(state, lang),
        origin=origin,
        here=here,
        hidden_why=row.hidden_why,
        pieces=changes.between(row.was, row.now) if origin and here else (),
        wording=changes.wording(row.was, row.proposed_text) if origin else (),
    )
