"""One run of the analysis: its record, its lease while it runs, and the three counts it found."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, ScalarSelect, Select, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.round import Round
from models.vocabulary import RunState

# Rounds with more points than this are not read anew for every one that comes in.
BIG = 5_000


class Run(Base):
    __tablename__ = "run"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    state: Mapped[RunState] = mapped_column(word(RunState, "run_state"))
    started_at: Mapped[datetime] = mapped_column(Moment)
    lease_until: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    input_hash: Mapped[str] = mapped_column(default="")
    received: Mapped[int] = mapped_column(default=0)
    distinct_texts: Mapped[int] = mapped_column(default=0)
    people_min: Mapped[int] = mapped_column(default=0)
    people_max: Mapped[int] = mapped_column(default=0)
    unplaced: Mapped[int] = mapped_column(default=0)
    # How many of `received` came after it and were placed one by one by the words it left.
    placed: Mapped[int] = mapped_column(default=0)
    record: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    campaigns: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


# What desks and pages show is the newest run of the newest round: an older round may be read again after it.
NEWEST = select(Run.id).join(Round).where(Run.state == RunState.DONE)
NEWEST = NEWEST.order_by(Round.opens_at.desc(), Run.id.desc()).limit(1)
# The newest finished run of each round.
NEWEST_OF_EACH = select(func.max(Run.id)).where(Run.state == RunState.DONE).group_by(Run.round_id)


def newest_of(round_id: int | ScalarSelect[int]) -> Select[tuple[int]]:
    """The newest finished run of a round, for a query."""
    return select(func.max(Run.id)).where(Run.round_id == round_id, Run.state == RunState.DONE)


def round_of(run_id: int) -> ScalarSelect[int]:
    """The round of a run, for a query: readings that a run left alone bear the number of an older one."""
    return select(Run.round_id).where(Run.id == run_id).scalar_subquery()
