"""Runs: in which rounds something waits to be read, anew or one by one, and who is at it; the database says both."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, String, cast, exists, func, select
from sqlalchemy.orm import Session, aliased

from models import ImportFile, Mark, PlanVersion, Point, Reading, Round, Run, Scheme, Submission, Theme, ThemeWord
from models.run import BIG, NEWEST_OF_EACH
from models.submission import STANDS
from models.vocabulary import RunState

LEASE = timedelta(minutes=10)
PAUSE = timedelta(minutes=10)
FRESH = timedelta(days=1)
MUCH = 0.05


@dataclass(frozen=True, slots=True)
class Pace:
    """When a round is read anew: rounds of more than `big` points not for everything that comes in.

    `night` is when the last night began, after which a big round with something new is read once.
    """

    big: int = BIG
    night: datetime | None = None


def waiting(session: Session, *, now: datetime, pace: Pace = Pace()) -> list[int]:
    """The rounds in which a full run is due, in the order in which they are taken up; one statement for all rounds.

    Due is a round with a point without a reading, or in which a point, a mark, or the themes or the plan that all
    rounds share, changed since its newest run began. A big round waits with changes until ten minutes after its newest
    run; what is only new in it is placed at once (`arriving`), as long as that run is younger than a day and fewer than
    one in twenty points are new. What waits longest comes first, of equals the newest round; a round whose last run
    failed comes after the others, or one that cannot be read would keep all of them waiting.
    """
    found = []
    for row in session.execute(_waits()):
        since = _since(row, now, pace)
        if since is not None:
            found.append((row.last == RunState.FAILED, since, -row.id, row.id))
    return [round_id for *_order, round_id in sorted(found)]


def arriving(session: Session, *, now: datetime, pace: Pace = Pace()) -> list[int]:
    """The big rounds in which something new is to be placed one by one, without a run."""
    return [
        row.id
        for row in session.execute(_waits())
        if row.unread is not None and _is_big(row, pace) and row.has_words and _since(row, now, pace) is None
    ]


def ready(session: Session, *, now: datetime, pace: Pace = Pace()) -> list[int]:
    """The big rounds whose newest run still serves what comes in; nothing is gone through for that but the runs."""
    has_words = exists().where(ThemeWord.round_id == Run.round_id)
    rows = session.execute(
        select(Run.round_id, Run.started_at, Run.received - Run.placed, Run.placed).where(
            Run.id.in_(NEWEST_OF_EACH), has_words
        )
    )
    return [
        round_id
        for round_id, started, received, placed in rows
        if received > pace.big
        and now - started < FRESH
        and placed + 1 < MUCH * received
        and (pace.night is None or started >= pace.night)
    ]


def _since(row: Row[Any], now: datetime, pace: Pace) -> datetime | None:
    """Since when a full run is due in a round, None where none is."""
    changed = (row.themes, row.plan, row.undone, row.weighed) if row.started is not None else ()
    changes = [row.touched, row.marked, *(moment for moment in changed if moment and moment > row.started)]
    since = min(filter(None, changes), default=None)
    if not _is_big(row, pace) or not row.has_words:
        return min(filter(None, (since, row.unread)), default=None)
    if since is not None and now - row.started >= PAUSE:
        return since
    if not row.fresh:
        return None
    is_due = now - row.started >= FRESH or row.fresh >= MUCH * row.received
    is_night = pace.night is not None and row.started < pace.night <= now
    return row.unread or row.started if is_due or is_night else None


def _is_big(row: Row[Any], pace: Pace) -> bool:
    return row.started is not None and row.received > pace.big


def _waits() -> Select[Any]:
    """One row a round: when its newest run began, what it read, how the last one ended, and what waits since when."""
    number = (
        select(Run.round_id, func.max(Run.id).label("run_id"))
        .where(Run.state == RunState.DONE)
        .group_by(Run.round_id)
        .subquery()
    )
    newest = (
        select(Run.round_id, Run.started_at.label("started"), (Run.received - Run.placed).label("received"), Run.placed)
        .join(number, number.c.run_id == Run.id)
        .subquery()
    )
    last = select(Run.state).where(Run.round_id == Round.id).order_by(Run.id.desc()).limit(1)
    moved = func.coalesce(Point.changed_at, Submission.received_at)
    unread = (
        select(Submission.round_id, func.min(moved).label("since"), func.count().label("points"))
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
    marked = (
        select(Submission.round_id, func.min(Mark.at).label("since"))
        .join(Point, Point.submission_id == Submission.id)
        .join(Mark, Mark.point_id == Point.id)
        .join(newest, newest.c.round_id == Submission.round_id)
        .where(Mark.at > newest.c.started)
        .group_by(Submission.round_id)
        .subquery()
    )
    changes = {"themes": Theme.changed_at, "plan": PlanVersion.loaded_at, "undone": ImportFile.undone_at}
    waits = {"unread": unread, "touched": touched, "marked": marked}
    query = select(
        Round.id,
        newest.c.started,
        newest.c.received,
        (func.coalesce(newest.c.placed, 0) + func.coalesce(unread.c.points, 0)).label("fresh"),
        exists().where(ThemeWord.round_id == Round.id).label("has_words"),
        last.scalar_subquery().label("last"),
        _weighed().label("weighed"),
        *(table.c.since.label(name) for name, table in waits.items()),
        *(select(func.max(mark)).scalar_subquery().label(name) for name, mark in changes.items()),
    ).outerjoin(newest, newest.c.round_id == Round.id)
    for table in waits.values():
        query = query.outerjoin(table, table.c.round_id == Round.id)
    return query


def _weighed() -> ScalarSelect[Any]:
    """When the team last fixed what groups weigh in a round, where they ever weighed differently in it."""
    ever = aliased(Scheme)
    uneven = (ever.round_id == Scheme.round_id, ever.fixed_at.is_not(None), cast(ever.group_weights, String) != "{}")
    fixed = select(func.max(Scheme.fixed_at)).where(Scheme.round_id == Round.id, exists().where(*uneven))
    return fixed.correlate(Round).scalar_subquery()


def is_due(session: Session, round_id: int, *, now: datetime, pace: Pace = Pace()) -> bool:
    """Whether something waits for a run of this round."""
    return round_id in waiting(session, now=now, pace=pace)


def claim_next(session: Session, *, now: datetime, pace: Pace = Pace()) -> tuple[int, int] | None:
    """Claim the round that waits longest: its id and the run's; None where nothing is due or somebody is at it."""
    if _is_busy(session, now):
        return None
    round_id = next(iter(waiting(session, now=now, pace=pace)), None)
    return None if round_id is None else (round_id, _claimed(session, round_id, now))


def claim(
    session: Session, round_id: int, *, now: datetime, pace: Pace = Pace(), is_asked_for: bool = False
) -> int | None:
    """Claim a run of a round with a lease; None where somebody is at it, or nothing is due and nobody asked for it."""
    if _is_busy(session, now) or not (is_asked_for or is_due(session, round_id, now=now, pace=pace)):
        return None
    return _claimed(session, round_id, now)


def read_before(session: Session) -> list[int]:
    """The rounds of which there is a finished run, the newest first."""
    done = select(Run.round_id).where(Run.state == RunState.DONE)
    return list(session.scalars(select(Round.id).where(Round.id.in_(done)).order_by(Round.id.desc())))


def lease(now: datetime) -> datetime:
    """Until when a claim, or a step of storing, holds."""
    return now + LEASE


def _claimed(session: Session, round_id: int, now: datetime) -> int:
    run = Run(round_id=round_id, state=RunState.RUNNING, started_at=now, lease_until=lease(now))
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
