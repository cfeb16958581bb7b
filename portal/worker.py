"""The job door: claims what the database says is to be done; it knows no rule."""

import argparse
import logging
import sys
from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session, sessionmaker

from models.engine import open_engine, truncate
from portal import queue
from portal.config import Settings
from portal.postman import Postman
from services import batches, contacts, floods, materials, readings, runs, takings
from services.errors import NotThisState

log = logging.getLogger(__name__)
MAX_RUNS = 20
A_DAY = timedelta(days=1)


class Worker:
    """Reads what is unread until nothing is due; every step is one transaction of its own."""

    def __init__(self, settings: Settings) -> None:
        self.engine = open_engine(settings.database_url)
        self.postman = Postman(self.engine, settings)
        self.files = settings.imports
        self.tidied_at: datetime | None = None

    def release(self) -> None:
        """Take back what a worker that died had claimed."""
        with Session(self.engine) as session, session.begin():
            runs.release(session)

    def read(self) -> int:
        """Run the analysis, one round after another, until nothing is due; returns how many runs that took."""
        done = 0
        while done < MAX_RUNS and self._read_once():
            done += 1
        readings.rest()
        return done

    def _read_once(self) -> bool:
        now = datetime.now(UTC)
        with Session(self.engine) as session, session.begin():
            claimed = runs.claim_next(session, now=now)
        if claimed is None:
            return False
        round_id, run_id = claimed
        with Session(self.engine.execution_options(reading=True)) as session:
            material = materials.gather(session, round_id)
        try:
            result = readings.analyse(material)
        except Exception:
            # The lease is given back at once; the next sweep tries again, and the fault stands in the log.
            self.release()
            raise
        try:
            with Session(self.engine) as session, session.begin():
                readings.store(session, run_id, result, now=datetime.now(UTC))
        except NotThisState:
            # Something it had gathered was withdrawn or erased meanwhile: nothing of this run is kept.
            log.info("run %s: stopped, read again", run_id)
            return True
        log.info("run %s, round %s: %s texts, %s themes", run_id, round_id, len(result.readings), len(result.themes))
        return True

    def take(self) -> bool:
        """Take the rows of files that wait for it, also of those whose taker died; then read them."""
        begin = sessionmaker(self.engine).begin
        with begin() as session:
            waiting = batches.waiting(session)
        for import_id in waiting:
            takings.finish(begin, self.files, import_id, clock=lambda: datetime.now(UTC))
        return bool(waiting) and self.read() > 0

    def tidy(self) -> None:
        """Once a day erase contacts that are kept too long; at each sweep empty the log of erased words."""
        now = datetime.now(UTC)
        if self.tidied_at is None or now - self.tidied_at >= A_DAY:
            with Session(self.engine) as session, session.begin():
                contacts.sweep(session, now=now)
                floods.forget(session, now=now)
                batches.tidy(session, self.files, now=now)
            self.tidied_at = now
        truncate(self.engine)


def main(arguments: list[str] | None = None) -> int:
    """Work until told to stop, or once with --once."""
    parser = argparse.ArgumentParser(prog="python -m portal.worker", description=main.__doc__)
    parser.add_argument("--once", action="store_true", help="read what is unread now, say so, and end")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO if options.once else logging.WARNING, format="%(message)s")
    settings = Settings.from_environ()
    worker = Worker(settings)
    if options.once:
        done = worker.read()
        print(f"{done} hitungan selesai." if done else "Tidak ada yang perlu dibaca.")
        return 0
    worker.release()
    huey = queue.connect(settings.queue)
    queue.handlers["readings"] = lambda: worker.read() and None
    queue.handlers["notices"] = lambda: worker.postman.deliver() and None
    queue.handlers["imports"] = lambda: worker.take() and None
    queue.handlers["tidy"] = worker.tidy
    worker.take()
    worker.read()
    huey.create_consumer(workers=1, max_delay=0.5, graceful_signal="TERM").run()
    return 0


if __name__ == "__main__":
    sys.exit(main())
