"""The clerk of the worker: lays new points out at the inbox, indexes and compares them, and adds big rounds up."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from services import balances, channels, crossings, echoes, heads, search, spoken, totals, triages

COUNTED: tuple[Callable[[Session, int], dict[str, Any]], ...] = (
    crossings.count,
    channels.count,
    spoken.count,
    balances.count,
    heads.of_run,
)


class Clerk:
    """What follows every reading; each step is a transaction of its own, and nothing is done twice."""

    def __init__(self, engine: Engine, big: int = totals.BIG) -> None:
        self.engine, self.big = engine, big

    def lay_out(self) -> int:
        """Do all that waits; returns how many points came to the inbox."""
        made = self._once(triages.prepare)
        for step in (search.index, echoes.match):
            while self._once(step):
                pass
        self._add_up()
        return made

    def _add_up(self) -> None:
        """Keep what pages would add up over a big round; counting takes seconds and holds nobody up."""
        reading = self.engine.execution_options(reading=True)
        with Session(reading) as session:
            due = totals.due(session, self.big)
        for run_id in due:
            with Session(reading) as session:
                found = [count(session, run_id) for count in COUNTED]
            with Session(self.engine) as session, session.begin():
                totals.keep(session, run_id, {name: value for values in found for name, value in values.items()})

    def _once(self, step: Callable[[Session], int]) -> int:
        with Session(self.engine) as session, session.begin():
            return step(session)
