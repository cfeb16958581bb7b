"""Remarks: what a comment on the draft has beside its point, who may read it, and when it is settled."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.orm import Session, aliased

from models import Point, Remark, Submission
from models.submission import STANDS
from models.vocabulary import RemarkState, Severity
from services import audit
from services.errors import NotFound
from services.texts import clean

WHOLE = aliased(Remark)
# A point that stands on a paragraph, or is about all of a version.
IS_COMMENT = or_(
    Point.paragraph_id.is_not(None),
    select(WHOLE.point_id).where(WHOLE.point_id == Point.id, WHOLE.draft_id.is_not(None)).exists(),
)


@dataclass(frozen=True, slots=True)
class Remarked:
    """What somebody says beside the words of a comment; `draft_id` where it is about all of a version."""

    quote: str = ""
    severity: Severity | None = None
    is_gap: bool = False
    draft_id: int | None = None


class Showing(Protocol):
    """What a round says of comments (`rounds.RoundFacts`)."""

    @property
    def shows_comments_early(self) -> bool: ...
    @property
    def is_over(self) -> bool: ...


def write(session: Session, point_id: int, said: Remarked, *, now: datetime) -> None:
    """Keep it beside the point, which was written in the same call with the same `now`.

    A comment that its author changed is read again by the team before others read it, and is not settled any more:
    both were said of other words.
    """
    values = asdict(said) | {"quote": clean(said.quote)}
    row = session.get(Remark, point_id)
    if row is None:
        session.add(Remark(point_id=point_id, **values))
        return
    point = session.get_one(Point, point_id)
    if any(getattr(row, name) != value for name, value in values.items()):
        point.changed_at = now
    if point.changed_at == now:
        for name, value in values.items():
            setattr(row, name, value)
        row.state, row.why, row.moderated_at, row.moderated_by = RemarkState.PENDING, "", None, None
        row.settled_at = row.settled_by = None


def read(session: Session, point_id: int) -> Remarked:
    """What was said beside the words of a comment; of one that came otherwise nothing."""
    row = session.get(Remark, point_id)
    return Remarked(row.quote, row.severity, row.is_gap, row.draft_id) if row else Remarked()


def comment(session: Session, point_id: int) -> int:
    """The id of a comment that stands; NotFound for any other point."""
    found = session.scalar(select(Point.id).join(Submission).where(Point.id == point_id, IS_COMMENT, STANDS))
    if found is None:
        raise NotFound(f"comment {point_id}")
    return found


def shows_others(round_: Showing | None) -> bool:
    """Whether comments of the round may be read by others once the team let them stand: early, or after it closed."""
    return round_ is not None and (round_.shows_comments_early or round_.is_over)


def moderate(
    session: Session,
    point_ids: Collection[int],
    state: RemarkState,
    *,
    why: str = "",
    now: datetime,
    actor_id: int | None = None,
) -> int:
    """A person of the team has read these and lets others read them, or not; returns of how many that is new.

    What is not shown has a reason, which its author reads. Raises ValueError without one.
    """
    why = clean(why) if state is RemarkState.HIDDEN else ""
    if state is RemarkState.HIDDEN and not why:
        raise ValueError("hidden without a reason")
    ids = _with_rows(session, point_ids, or_(Remark.state != state, Remark.why != why))
    values = {"state": state, "why": why, "moderated_at": now, "moderated_by": actor_id}
    return _set(session, ids, values, f"comment.{state.value}", now=now, actor_id=actor_id)


def settle(
    session: Session, point_ids: Collection[int], *, is_settled: bool = True, now: datetime, actor_id: int | None = None
) -> int:
    """A person says that nothing is left to do about these, or takes that back; returns of how many that is new."""
    was = Remark.settled_at.is_(None) if is_settled else Remark.settled_at.is_not(None)
    ids = _with_rows(session, point_ids, was)
    values = {"settled_at": now, "settled_by": actor_id} if is_settled else {"settled_at": None, "settled_by": None}
    return _set(
        session, ids, values, "comment.settle" if is_settled else "comment.unsettle", now=now, actor_id=actor_id
    )


def _with_rows(session: Session, point_ids: Collection[int], wanted: ColumnElement[bool]) -> list[int]:
    """Of these the comments of which it is not said yet, each with a row; what came in a file has none before."""
    found = session.execute(
        select(Point.id, Remark.point_id)
        .join(Submission)
        .outerjoin(Remark, Remark.point_id == Point.id)
        .where(Point.id.in_(point_ids), IS_COMMENT, STANDS)
    ).all()
    session.add_all(Remark(point_id=number) for number, row in found if row is None)
    session.flush()
    ids = [number for number, _ in found]
    return list(
        session.scalars(select(Remark.point_id).where(Remark.point_id.in_(ids), wanted).order_by(Remark.point_id))
    )


def _set(
    session: Session, ids: list[int], values: dict[str, object], action: str, *, now: datetime, actor_id: int | None
) -> int:
    if ids:
        session.execute(
            update(Remark)
            .where(Remark.point_id.in_(ids))
            .values(**values)
            .execution_options(synchronize_session="fetch")
        )
        audit.record_each(session, action, "point", ((i, {}) for i in ids), now=now, actor_id=actor_id)
    return len(ids)
