"""Totals: what pages add up over a whole round, counted once after each run of a big round and kept with that run.

A small round is counted whenever somebody looks. What is kept is exact for the run it names: what was taken back or
moved since then is counted by the next one.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from models import Run, Total
from models.run import BIG, NEWEST_OF_EACH, round_of


class Kept(NamedTuple):
    """What was counted after a run, and when that run ended."""

    value: Any
    run_id: int
    finished_at: datetime


def of_run(session: Session, run_id: int, name: str, count: Callable[[Session, int], Any]) -> Any:
    """What is kept of a run by this name, or else what `count` makes of it now."""
    found = kept(session, run_id, name)
    return count(session, run_id) if found is None else found


def kept(session: Session, run_id: int, name: str) -> Any:
    """What is kept of a run by this name; None in a small round."""
    return session.scalar(select(Total.value).where(Total.run_id == run_id, Total.name == name))


def newest(session: Session, round_id: int, name: str) -> Kept | None:
    """What is kept by this name of the newest run of a round; None in a small one."""
    row = session.execute(
        select(Total.value, Run.id, Run.finished_at)
        .join(Run, Run.id == Total.run_id)
        .where(Run.round_id == round_id, Total.name == name)
        .order_by(Run.id.desc())
        .limit(1)
    ).first()
    return Kept(*row) if row else None


def due(session: Session, big: int = BIG) -> list[int]:
    """The newest runs of rounds with more than `big` points of which nothing is kept yet."""
    is_kept = exists().where(Total.run_id == Run.id)
    wanted = select(Run.id).where(Run.id.in_(NEWEST_OF_EACH), Run.received > big, ~is_kept)
    return list(session.scalars(wanted.order_by(Run.id)))


def keep(session: Session, run_id: int, values: Mapping[str, Any]) -> None:
    """Keep what was counted, in place of what an earlier run of the same round left."""
    others = select(Run.id).where(Run.round_id == round_of(run_id))
    session.execute(delete(Total).where(Total.run_id.in_(others)))
    session.add_all(Total(run_id=run_id, name=name, value=value) for name, value in values.items())
    session.flush()


def forget(session: Session) -> None:
    """Let everything be counted again: what stands where has changed without a new run."""
    session.execute(delete(Total))
