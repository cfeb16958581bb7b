"""Margins: a comment as pages show it, where it stands in a version, and what of it a reader may know."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import Subquery

from analysis.mask import mask
from models import Agency, Chapter, Decision, Draft, Paragraph, Person, Point, Remark, Submission, Triage
from models.submission import IS_NAMED, STANDS
from models.vocabulary import CommentState, DecisionState, FateState, RemarkState
from services import changes, fates
from services.tongue import word
from services.wording import group_label


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment as a page shows it.

    `mark`, `version` and `was` are of the paragraph it was written on; `at_id`, `at_mark` and `now` of the one it
    stands on in the version that is shown, None and empty where that paragraph is gone; `state` says how it stands.
    One that is about all of a version (`is_whole`) stands on no paragraph. `who` is empty where others read it who
    may not know: there a group speaks, or an office.
    """

    id: int
    mark: str
    version: int
    kind: str | None
    text: str
    proposed_text: str | None
    evidence: str | None
    quote: str
    severity: str
    is_gap: bool
    is_whole: bool
    who: str
    group: str
    receipt_no: str
    received_at: datetime
    is_changed: bool
    is_own: bool
    moderation: RemarkState
    why: str
    at_id: int | None
    at_mark: str
    state: CommentState
    state_label: str
    was: str
    now: str

    @property
    def wording(self) -> tuple[Any, ...]:
        """What the proposed wording would change in the paragraph it was written about, word by word."""
        return changes.wording(self.was, self.proposed_text)


def comments_at(place: Subquery, is_own: ColumnElement[bool]) -> Select[Any]:
    """Comments where they stand: `place` has point_id, at_id and state; `comment_of` reads a row of it."""
    at = aliased(Paragraph)
    decided = select(Decision.id).where(Decision.point_id == Point.id, Decision.state == DecisionState.CONFIRMED)
    return (
        select(
            Point.id,
            Paragraph.mark,
            Paragraph.text.label("was"),
            Draft.number,
            Point.point_type,
            Point.text,
            Triage.public_text,
            Point.proposed_text,
            Point.evidence,
            Submission.group,
            func.coalesce(Agency.name, Person.name, Submission.organisation).label("who"),
            IS_NAMED.label("is_named"),
            Submission.receipt_no,
            Submission.received_at,
            Point.changed_at,
            place.c.at_id,
            at.mark.label("at_mark"),
            at.text.label("now"),
            place.c.state,
            or_(Remark.settled_at.is_not(None), decided.exists()).label("is_settled"),
            Remark.quote,
            Remark.severity,
            func.coalesce(Remark.is_gap, literal(False)).label("is_gap"),
            func.coalesce(Remark.state, literal("pending")).label("moderation"),
            func.coalesce(Remark.why, literal("")).label("why"),
            Remark.draft_id.label("whole_id"),
            is_own.label("is_own"),
        )
        .select_from(place)
        .join(Point, Point.id == place.c.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Remark, Remark.point_id == Point.id)
        .outerjoin(Paragraph, Paragraph.id == Point.paragraph_id)
        .outerjoin(Chapter, Chapter.id == Paragraph.chapter_id)
        .join(Draft, Draft.id == func.coalesce(Paragraph.draft_id, Remark.draft_id))
        .outerjoin(at, at.id == place.c.at_id)
        .outerjoin(Triage, Triage.point_id == Point.id)
        .outerjoin(Person, Person.id == Submission.person_id)
        .outerjoin(Agency, Agency.code == Submission.agency)
        .where(STANDS)
        .order_by(Chapter.position, Paragraph.position, Point.id)
    )


def comment_of(row: Row[Any], lang: str, *, is_team: bool = False) -> Comment:
    """A row of `comments_at` as a page shows it: what is not the reader's own is masked, or in its public words."""
    is_others = not (row.is_own or is_team)
    words = (row.public_text or row.text if is_others else row.text, row.proposed_text, row.evidence, row.quote)
    said = [value if row.is_own or not value else mask(value).text for value in words]
    state = CommentState.SETTLED if row.is_settled else fates.STANDING[FateState(row.state)]
    return Comment(
        id=row.id,
        mark=row.mark or "",
        version=row.number,
        kind=word(row.point_type, lang) if row.point_type else None,
        text=said[0],
        proposed_text=said[1],
        evidence=said[2],
        quote=said[3] or "",
        severity=word(row.severity, lang) if row.severity else "",
        is_gap=bool(row.is_gap),
        is_whole=row.whole_id is not None,
        who=row.who or "" if row.is_named or not is_others else "",
        group=group_label(row.group, lang),
        receipt_no=row.receipt_no,
        received_at=row.received_at,
        is_changed=row.changed_at is not None,
        is_own=bool(row.is_own),
        moderation=RemarkState(row.moderation),
        why=row.why if not is_others else "",
        at_id=row.at_id,
        at_mark=row.at_mark or "",
        state=state,
        state_label=word(state, lang),
        was=row.was or "",
        now=row.now or "",
    )
