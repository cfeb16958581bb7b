"""The job door: claims what the database says is to be done; it knows no rule."""

import argparse
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session, sessionmaker

from models.engine import open_engine, truncate, weigh
from portal import queue
from portal.clerk import Clerk
from portal.config import ROOT, ZONE, Settings
from portal.postman import Postman
from portal.printshop import Printshop
from portal.storyteller import Storyteller
from services import (
    batches,
    contacts,
    days,
    differences,
    divisions,
    floods,
    materials,
    placements,
    readings,
    releases,
    runs,
    subthemes,
    takings,
)
from services.errors import NotThisState

log = logging.getLogger(__name__)
MAX_RUNS = 20
A_DAY = timedelta(days=1)


def _now() -> datetime:
    return datetime.now(UTC)


class Worker:
    """Reads what is unread until nothing is due; every step is one transaction of its own."""

    def __init__(self, settings: Settings) -> None:
        self.engine = open_engine(settings.database_url)
        self.clerk = Clerk(self.engine, settings.big_round)
        self.postman = Postman(self.engine, settings)
        self.printshop = Printshop(self.engine, settings)
        self.files, self.data = settings.imports, settings.data
        self.night_hour, self.big_round = settings.night_hour, settings.big_round
        self.tidied_at: datetime | None = None

    def release(self) -> None:
        """Take back what a worker that died had claimed."""
        with Session(self.engine) as session, session.begin():
            runs.release(session)

    def wake(self) -> None:
        """Something came in: what a big round can take at once is placed, or else everything is looked through."""
        if self.place_newest():
            self.clerk.lay_out()
        else:
            self.read()

    def place_newest(self) -> int:
        """Place what came into big rounds after all that was read; the sweep finds whatever this passes over."""
        now = datetime.now(UTC)
        with self._reading() as session:
            rounds = runs.ready(session, now=now, pace=self._pace(now))
        return sum(self._place_some(round_id, is_quick=True) for round_id in rounds)

    def read(self) -> int:
        """Run the analysis, one round after another, until nothing is due, and place what came into big rounds.

        Returns how many runs that took.
        """
        done = 0
        while done < MAX_RUNS and self._read_once():
            done += 1
        if not self.place() or done:
            readings.rest()
        self._lay_out(done)
        return done

    def _lay_out(self, done: int) -> None:
        """What follows every reading; the planner is told of it before a page asks."""
        self.clerk.lay_out()
        if done:
            weigh(self.engine)

    def read_all(self) -> int:
        """Read every round anew that was read before, whether something is due in it or not."""
        with self._reading() as session:
            rounds = runs.read_before(session)
        done = sum(self._read_once(round_id) for round_id in rounds)
        readings.rest()
        self._lay_out(done)
        return done

    def place(self) -> int:
        """Put what came into big rounds into their themes at once, a few points in each transaction."""
        done, now = 0, datetime.now(UTC)
        with self._reading() as session:
            rounds = runs.arriving(session, now=now, pace=self._pace(now))
        for round_id in rounds:
            while some := self._place_some(round_id):
                done += some
        return done

    def _place_some(self, round_id: int, *, is_quick: bool = False) -> int:
        with Session(self.engine) as session, session.begin():
            return placements.place(session, round_id, is_quick=is_quick)

    def compare(self, round_ids: Sequence[int] | None = None) -> int:
        """Read rounds from nothing and keep only what that would change: those given, or those whose week is over."""
        now = datetime.now(UTC)
        if round_ids is None:
            with self._reading() as session:
                round_ids = differences.due(session, night=self._night(now))
        for round_id in round_ids:
            with self._reading() as session:
                material = materials.gather(session, round_id)
                result = readings.analyse(material, progress=lambda *_: session.rollback(), is_cold=True)
            with Session(self.engine) as session, session.begin():
                differences.record(session, round_id, result, now=datetime.now(UTC))
            log.info("round %s: held against a count from nothing", round_id)
        if round_ids:
            readings.rest()
        return len(round_ids)

    def compare_all(self) -> int:
        """The same for every round that was read."""
        with self._reading() as session:
            rounds = runs.read_before(session)
        return self.compare(rounds)

    def _reading(self) -> Session:
        return Session(self.engine.execution_options(reading=True))

    def _pace(self, now: datetime) -> runs.Pace:
        return runs.Pace(big=self.big_round, night=self._night(now))

    def _night(self, now: datetime) -> datetime:
        return days.last_at(self.night_hour, now, ZONE)

    def _read_once(self, round_id: int | None = None) -> bool:
        """One run: of what waits longest, or of a round that somebody asks for; False where nothing is due."""
        claimed = self._claim(round_id)
        if claimed is None:
            return False
        round_id, run_id = claimed
        try:
            with self._reading() as session:
                material = materials.gather(session, round_id)
                # As soon as the texts are read the database is let go of; the rest takes minutes in a big round.
                result = readings.analyse(material, progress=lambda *_: session.rollback())
        except Exception:
            # The lease is given back at once; the next sweep tries again, and the fault stands in the log.
            self.release()
            raise
        try:
            self._store(run_id, result)
        except NotThisState:
            # Something it had gathered was withdrawn or erased meanwhile: nothing more of this run is kept.
            log.info("run %s: stopped, read again", run_id)
            return True
        log.info("run %s, round %s: %s texts, %s themes", run_id, round_id, len(result.readings), len(result.themes))
        return True

    def _claim(self, round_id: int | None) -> tuple[int, int] | None:
        now = datetime.now(UTC)
        with Session(self.engine) as session, session.begin():
            if round_id is None:
                return runs.claim_next(session, now=now, pace=self._pace(now))
            run_id = runs.claim(session, round_id, now=now, is_asked_for=True)
            return None if run_id is None else (round_id, run_id)

    def _store(self, run_id: int, result: Any) -> None:
        begin = sessionmaker(self.engine).begin
        if len(result.readings) > self.big_round:
            readings.store_in_steps(begin, run_id, result, clock=_now, lease=runs.lease, big=self.big_round)
            return
        with begin() as session:
            readings.store(session, run_id, result, now=datetime.now(UTC), big=self.big_round)

    def divide(self) -> int:
        """Suggest finer groups for the themes for which somebody asked; returns how many that were."""
        with self._reading() as session:
            waiting = divisions.waiting(session)
        for theme_id in waiting:
            with self._reading() as session:
                groups = subthemes.finer(session, theme_id)
            with Session(self.engine) as session, session.begin():
                divisions.keep(session, theme_id, groups, now=datetime.now(UTC))
        if waiting:
            readings.rest()
        return len(waiting)

    def publish(self) -> int:
        """Make the pages of releases that were asked for, each in a process of its own; returns how many."""
        with self._reading() as session:
            waiting = releases.waiting(session)
        for release_id in waiting:
            command = [sys.executable, "-m", "portal.releasing", str(release_id)]
            subprocess.run(command, cwd=ROOT, env=os.environ | {"DATA": str(self.data)}, check=True)
        return len(waiting)

    def take(self) -> bool:
        """Take the rows of files that wait for it, also of those whose taker died; then read them."""
        begin = sessionmaker(self.engine).begin
        with begin() as session:
            waiting = batches.waiting(session)
        for import_id in waiting:
            takings.finish(begin, self.files, import_id, clock=_now)
        return bool(waiting) and self.read() > 0

    def tidy(self) -> None:
        """Once a day erase contacts that are kept too long; at each sweep empty the log of erased words."""
        now = datetime.now(UTC)
        if self.tidied_at is None or now - self.tidied_at >= A_DAY:
            with Session(self.engine) as session, session.begin():
                contacts.sweep(session, now=now)
                floods.forget(session, now=now)
                batches.tidy(session, self.files, now=now)
            self.printshop.tidy(now)
            weigh(self.engine)
            self.tidied_at = now
        self.printshop.sweep()
        truncate(self.engine)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Who does what when it is woken, and in this order at each sweep."""
        return {
            "readings": self.wake,
            "notices": self.postman.deliver,
            "imports": self.take,
            "differences": self.compare,
            "divisions": self.divide,
            "exports": self.printshop.wake,
            "releases": self.publish,
            "tidy": self.tidy,
        }


def _once(worker: Worker, *, is_full: bool, is_cold: bool) -> int:
    done = worker.read_all() if is_full else worker.read() if not is_cold else 0
    compared = worker.compare_all() if is_cold else 0
    if done or compared:
        print(f"{done} hitungan selesai." if done else f"{compared} putaran dibandingkan dengan hitungan dari awal.")
    elif is_full or is_cold:
        print("Tidak ada yang dibaca: belum pernah ada hitungan, atau yang lain sedang berjalan.")
    else:
        print("Tidak ada yang perlu dibaca.")
    return 0


def main(arguments: list[str] | None = None) -> int:
    """Work until told to stop, or once with --once."""
    parser = argparse.ArgumentParser(prog="python -m portal.worker", description=main.__doc__)
    parser.add_argument("--once", action="store_true", help="read what is unread now, say so, and end")
    parser.add_argument("--full", action="store_true", help="with --once: read every round anew")
    parser.add_argument("--cold", action="store_true", help="with --once: keep what a count from nothing differs in")
    options = parser.parse_args(arguments)
    if (options.full or options.cold) and not options.once:
        parser.error("--full and --cold need --once")
    logging.basicConfig(level=logging.INFO if options.once else logging.WARNING, format="%(message)s")
    settings = Settings.from_environ()
    worker = Worker(settings)
    if options.once:
        return _once(worker, is_full=options.full, is_cold=options.cold)
    worker.release()
    worker.printshop.release()
    huey = queue.connect(settings.queue)
    queue.handlers.update(worker.handlers())
    worker.printshop.wake()
    worker.take()
    worker.read()
    storyteller = Storyteller(settings)
    storyteller.begin()
    huey.create_consumer(workers=1, max_delay=0.5, graceful_signal="TERM").run()
    storyteller.close()
    worker.printshop.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
