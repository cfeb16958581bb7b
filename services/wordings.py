"""Wordings: decided texts that went into a version of the draft, found by their words, with whoever proposed them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Row, Select, case, func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from analysis.differing import likeness
from models import Agency, Chapter, Decision, Draft, Fate, Paragraph, Person, Point, Reading, Submission, Wording
from models.submission import IS_NAMED, STANDS
from models.vocabulary import DecisionCode, DecisionState, DraftState
from services import audit
from services.wording import group_label

TAKEN = (DecisionCode.ACCEPTED, DecisionCode.ACCEPTED_IN_PART)
MOST = 2000  # decided texts that wait for a version at a time


class Place(NamedTuple):
    """Where a proposed wording stands, and whether as it was decided."""

    version: int
    chapter: int
    page: int
    mark: str
    is_literal: bool


@dataclass(frozen=True, slots=True)
class Credit:
    """By what a paragraph came to its words; `who` is empty where no single comment proposed them.

    An office is named, and a person who wanted to be; of everybody else the group is told. `is_standing` is False where
    the decision was changed after the version was put together.
    """

    decision_id: int
    point_id: int | None
    who: str
    receipt_no: str
    is_literal: bool
    is_standing: bool


@dataclass(frozen=True, slots=True)
class Pending:
    """A decided text that is in no published version yet.

    `at_id`, `at_mark` and `now` are of the paragraph that it is about in the version that was asked for; None and
    empty where that paragraph is gone there.
    """

    decision_id: int
    mark: str
    before: str
    after: str
    at_id: int | None
    at_mark: str
    now: str


class Taken(NamedTuple):
    """A decision that a paragraph of a version took, and whether literally."""

    decision_id: int
    paragraph_id: int
    is_literal: bool


def pending(session: Session, draft_id: int) -> list[Pending]:
    """The texts that confirmed decisions wait to see in the draft, by their paragraphs in this version."""
    at = aliased(Paragraph)
    here = case((Decision.paragraph_id.in_(_of(draft_id)), Decision.paragraph_id), else_=Fate.heir_id)
    rows = session.execute(
        select(
            Decision.id,
            Decision.paragraph_mark,
            Decision.text_before,
            Decision.text_after,
            at.id.label("at_id"),
            at.mark,
            at.text,
        )
        .outerjoin(Fate, (Fate.paragraph_id == Decision.paragraph_id) & (Fate.draft_id == draft_id))
        .outerjoin(at, at.id == here)
        .outerjoin(Point, Point.id == Decision.point_id)
        .outerjoin(Submission, Submission.id == Point.submission_id)
        .where(*_waits(draft_id))
        .order_by(Decision.id)
        .limit(MOST)
    )
    return [
        Pending(number, mark, before, after, at_id, at_mark or "", now or "")
        for number, mark, before, after, at_id, at_mark, now in rows
    ]


def _of(draft_id: int) -> Select[tuple[int]]:
    return select(Paragraph.id).where(Paragraph.draft_id == draft_id)


def _waits(draft_id: int) -> Iterable[ColumnElement[bool]]:
    """Confirmed, with a text for a paragraph, and not to be read in a published version or in this one already."""
    worded = (
        select(Wording.id)
        .join(Draft, Draft.id == Wording.draft_id)
        .where(Wording.decision_id == Decision.id, or_(Draft.state == DraftState.PUBLISHED, Draft.id == draft_id))
    )
    yield Decision.state == DecisionState.CONFIRMED
    yield Decision.code.in_(TAKEN)
    yield Decision.text_after != ""
    yield Decision.paragraph_id.is_not(None)
    yield or_(Decision.point_id.is_(None), STANDS)
    yield ~worded.exists()


def find(session: Session, draft_id: int, *, now: datetime, actor_id: int | None = None) -> int:
    """Look in a version for decided texts whose paragraph lives on in it, and keep which it took; returns how many.

    A paragraph that says what was decided took it literally; one that is nearer to what was decided than to what was
    there before took it in words of its own; any other one did not.
    """
    found = [
        Taken(one.decision_id, one.at_id, is_literal)
        for one in pending(session, draft_id)
        if one.at_id is not None and (is_literal := _is_taken(one)) is not None
    ]
    keep(session, draft_id, found, now=now, actor_id=actor_id)
    return len(found)


def _is_taken(one: Pending) -> bool | None:
    """True: literally, False: in other words, None: not at all."""
    if same(one.now, one.after):
        return True
    return False if likeness(one.now, one.after) > likeness(one.now, one.before) else None


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, white space aside.

    >>> same("Pompa  dijaga.", "Pompa dijaga. ")
    True
    """
    return one.split() == other.split()


def keep(
    session: Session, draft_id: int, taken: Collection[Taken], *, now: datetime, actor_id: int | None = None
) -> None:
    """Write down what a version took, each with whoever proposed it."""
    if not taken:
        return
    authors = _authors(session, [one.decision_id for one in taken])
    values = {"draft_id": draft_id, "made_at": now, "made_by": actor_id}
    session.execute(
        insert(Wording), [values | one._asdict() | {"point_id": authors.get(one.decision_id)} for one in taken]
    )
    decisions = sorted(one.decision_id for one in taken)
    audit.record(session, "draft.word", "draft", draft_id, now=now, actor_id=actor_id, decisions=decisions)


def _authors(session: Session, decision_ids: Collection[int]) -> dict[int, int]:
    """The one comment that proposed what was decided: that of the decision, or the only one with these words."""
    rows = session.execute(
        select(Decision.id, Decision.text_after, Decision.point_id, Point.id, Point.proposed_text)
        .join(
            Reading,
            or_(
                Reading.theme_id == Decision.theme_id,
                Reading.duplicate_group == Decision.duplicate_group,
                Reading.point_id == Decision.point_id,
            ),
            isouter=True,
        )
        .join(Point, Point.id == func.coalesce(Decision.point_id, Reading.point_id))
        .join(Submission, Submission.id == Point.submission_id)
        .where(Decision.id.in_(decision_ids), Point.proposed_text.is_not(None), STANDS)
        .where(Submission.round_id == Decision.round_id)
    )
    found: dict[int, set[int]] = {}
    for number, after, own_point, point_id, proposed in rows:
        if own_point is not None or same(proposed, after):
            found.setdefault(number, set()).add(point_id)
    return {number: next(iter(points)) for number, points in found.items() if len(points) == 1}


def of_points(session: Session, point_ids: Collection[int]) -> dict[int, Place]:
    """Where what these comments proposed stands: in the first published version that took it; one statement."""
    if not point_ids:
        return {}
    rows = session.execute(
        select(Wording.point_id, Draft.number, Chapter.position, Paragraph.page, Paragraph.mark, Wording.is_literal)
        .join(Draft, Draft.id == Wording.draft_id)
        .join(Paragraph, Paragraph.id == Wording.paragraph_id)
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .where(Wording.point_id.in_(point_ids), Draft.state == DraftState.PUBLISHED)
        .order_by(Draft.number.desc(), Wording.id.desc())
    )
    return {point_id: Place(*place) for point_id, *place in rows}


def of_draft(session: Session, draft_id: int, lang: str = "id") -> dict[int, list[Credit]]:
    """Which paragraphs of a version have words that decisions gave them, and whose; one statement."""
    rows = session.execute(
        select(
            Wording.paragraph_id,
            Wording.decision_id,
            Wording.point_id,
            Wording.is_literal,
            Decision.state,
            Submission.group,
            func.coalesce(Agency.name, Person.name, Submission.organisation).label("name"),
            IS_NAMED.label("is_named"),
            Submission.receipt_no,
        )
        .join(Decision, Decision.id == Wording.decision_id)
        .outerjoin(Point, Point.id == Wording.point_id)
        .outerjoin(Submission, Submission.id == Point.submission_id)
        .outerjoin(Person, Person.id == Submission.person_id)
        .outerjoin(Agency, Agency.code == Submission.agency)
        .where(Wording.draft_id == draft_id)
        .order_by(Wording.paragraph_id, Wording.id)
        .limit(MOST)
    )
    found: dict[int, list[Credit]] = {}
    for row in rows:
        found.setdefault(row.paragraph_id, []).append(_credit(row, lang))
    return found


def _credit(row: Row[Any], lang: str) -> Credit:
    who = ""
    if row.point_id is not None:
        who = (row.name if row.is_named else None) or group_label(row.group, lang)
    is_standing = row.state is DecisionState.CONFIRMED
    return Credit(row.decision_id, row.point_id, who, row.receipt_no or "", bool(row.is_literal), is_standing)
