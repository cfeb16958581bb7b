"""Runs: in which rounds something waits to be read, and who is at it; the database says both."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from models import ImportFile, PlanVersion, Point, Reading, Round, Run, Submission, Theme
from models.submission import STANDS
from models.vocabulary import RunState

LEASE = timedelta(minutes=10)


def waiting(session: Session) -> list[int]:
    """The rounds in which something is due, in the order in which they are taken up; one statement for all rounds.

    Due is a round with a point without a reading, or in which a point, or the themes or the plan that all rounds
    share, changed since its newest run began. What waits longest comes first, of equals the newest round; a round whose
    last run failed comes after the others, or one that cannot be read would keep all of them waiting.
    """
    found = []
    for row in session.execute(_waits()):
        changed = (row.themes, row.plan, row.undone) if row.started is not None else ()
        since = [row.unread, row.touched, *(moment for moment in changed if moment and moment > row.started)]
        if any(since):
            found.append((row.last == RunState.FAILED, min(filter(None, since)), -row.id, row.id))
    return [round_id for *_order, round_id in sorted(found)]


def _waits() -> Select[Any]:
    """One row a round: when its newest run began, how its last one ended, and since when what waits in it."""
    newest = (
        select(Run.round_id, func.max(Run.started_at).label("started"))
        .where(Run.state == RunState.DONE)
        .group_by(Run.round_id)
        .subquery()
    )
    last = select(Run.state).where(Run.round_id == Round.id).order_by(Run.id.desc()).limit(1)
    moved = func.coalesce(Point.changed_at, Submission.received_at)
    unread = (
        select(Submission.round_id, func.min(moved).label("since"))
        .join(Point)
        .where(STANDS, ~exists().where(Reading.point_id == Point.id))
        .group_by(Submission.round_id)
        .subquery()
    )
    touched = (
        select(Submission.round_id, func.min(Point.changed_at).label("since"))
        .join(Point)
        .join(newest, newest.c.round_id == Submission.round_id)
        .where(Point.changed_at > newest.c.started)
        .group_by(Submission.round_id)
        .subquery()
    )
    marks = {"themes": Theme.changed_at, "plan": PlanVersion.loaded_at, "undone": ImportFile.undone_at}
    return (
        select(
            Round.id,
            newest.c.started,
            last.scalar_subquery().label("last"),
            unread.c.since.label("unread"),
            touched.c.since.label("touched"),
            *(select(func.max(mark)).scalar_subquery().label(name) for name, mark in marks.items()),
        )
        .outerjoin(newest, newest.c.round_id == Round.id)
        .outerjoin(unread, unread.c.round_id == Round.id)
        .outerjoin(touched, touched.c.round_id == Round.id)
    )


def is_due(session: Session, round_id: int) -> bool:
    """Whether something waits for a run of this round."""
    return round_id in waiting(session)


def claim_next(session: Session, *, now: datetime) -> tuple[int, int] | None:
    """Claim the round that waits longest: its id and the run's; None where nothing is due or somebody is at it."""
    round_id = None if _is_busy(session, now) else next(iter(waiting(session)), None)
    run_id = claim(session, round_id, now=now) if round_id is not None else None
    return (round_id, run_id) if round_id is not None and run_id is not None else None


def claim(session: Session, round_id: int, *, now: datetime) -> int | None:
    """Claim the work that is due in a round with a lease; None where nothing is due or somebody is at it."""
    if _is_busy(session, now) or not is_due(session, round_id):
        return None
    run = Run(round_id=round_id, state=RunState.RUNNING, started_at=now, lease_until=now + LEASE)
    session.add(run)
    session.flush()
    return run.id


def _is_busy(session: Session, now: datetime) -> bool:
    """Whether a run is under way; one whose worker died, so that its lease ran out, is marked failed."""
    for run in session.scalars(select(Run).where(Run.state == RunState.RUNNING)):
        if run.lease_until > now:
            return True
        run.state = RunState.FAILED
    return False


def release(session: Session) -> None:
    """Mark every running run failed: called by a worker at its start, when no other worker can be alive."""
    for run in session.scalars(select(Run).where(Run.state == RunState.RUNNING)):
        run.state = RunState.FAILED
