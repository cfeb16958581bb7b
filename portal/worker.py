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
from services import batches, contacts, floods, plans, readings, takings
from services.errors import NotThisState

log = logging.getLogger(__name__)
MAX_ROUNDS = 20
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
            readings.release(session)

    def read(self) -> int:
        """Run the analysis until nothing is due; returns how many runs that took."""
        runs = 0
        while runs < MAX_ROUNDS and self._read_once():
            runs += 1
        readings.rest()
        return runs

    def _read_once(self) -> bool:
        now = datetime.now(UTC)
        with Session(self.engine) as session, session.begin():
            current = plans.current_round(session, now=now)
            run_id = readings.claim(session, current[0], now=now) if current else None
        if current is None or run_id is None:
            return False
        with Session(self.engine.execution_options(reading=True)) as session:
            material = readings.gather(session, current[0])
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
        log.info("run %s: %s texts, %s themes", run_id, len(result.readings), len(result.themes))
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
        runs = worker.read()
        print(f"{runs} hitungan selesai." if runs else "Tidak ada yang perlu dibaca.")
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
