"""Asides: sendings that say nothing (spam, empty, a trial) are counted and never read, and can be brought back."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from models import Decision, Point, RefusedMatch, Submission, Triage
from models.vocabulary import AsideReason, SubmissionState
from services import audit, traces, vestiges
from services.errors import NotFound, NotThisState


def set_aside(
    session: Session, point_ids: Collection[int], reason: AsideReason, *, actor_id: int | None, now: datetime
) -> int:
    """Take the sendings of these points out of what is read and counted; returns how many sendings that were.

    What people said of them waits for the day on which they are brought back; one that was decided on is no spam.
    """
    sent, points = _sent(session, point_ids, SubmissionState.RECEIVED)
    if session.scalar(select(Decision.id).where(Decision.point_id.in_(points)).limit(1)) is not None:
        raise NotThisState("a point that was decided on")
    traces.stop_runs(session)
    vestiges.unread(session, points, now=now)
    session.execute(delete(RefusedMatch).where(RefusedMatch.point_id.in_(points)))
    _put(session, sent, points, SubmissionState.SET_ASIDE, reason)
    for submission_id in sent:
        told: dict[str, Any] = {"old": SubmissionState.RECEIVED.value, "new": reason.value}
        audit.record(session, "submission.aside", "submission", submission_id, now=now, actor_id=actor_id, **told)
    return len(sent)


def restore(session: Session, point_ids: Collection[int], *, actor_id: int | None, now: datetime) -> int:
    """Let sendings that were set aside be read and counted like any other; returns how many that were."""
    sent, points = _sent(session, point_ids, SubmissionState.SET_ASIDE)
    session.execute(update(Point).where(Point.id.in_(points)).values(changed_at=now))
    _put(session, sent, points, SubmissionState.RECEIVED, None)
    for submission_id in sent:
        told = {"old": SubmissionState.SET_ASIDE.value, "new": SubmissionState.RECEIVED.value}
        audit.record(session, "submission.restore", "submission", submission_id, now=now, actor_id=actor_id, **told)
    return len(sent)


def _sent(session: Session, point_ids: Collection[int], state: SubmissionState) -> tuple[list[int], list[int]]:
    """The sendings of these points, and all the points of those sendings."""
    wanted = select(Point.submission_id).where(Point.id.in_(list(point_ids)))
    rows = session.execute(
        select(Submission.id, Submission.state, Point.id.label("point_id"))
        .join(Point)
        .where(Submission.id.in_(wanted))
        .order_by(Submission.id, Point.id)
    ).all()
    if not set(point_ids) <= {row.point_id for row in rows}:
        raise NotFound("a point that is not there")
    if any(row.state is not state for row in rows):
        raise NotThisState(f"a sending that is not {state}")
    return list(dict.fromkeys(row.id for row in rows)), [row.point_id for row in rows]


def _put(
    session: Session, sent: list[int], points: list[int], state: SubmissionState, reason: AsideReason | None
) -> None:
    session.execute(update(Submission).where(Submission.id.in_(sent)).values(state=state, aside_reason=reason))
    is_aside = state is SubmissionState.SET_ASIDE
    session.execute(
        update(Triage).where(Triage.point_id.in_(points)).values(is_aside=is_aside, theme_id=None, is_compared=False)
    )
