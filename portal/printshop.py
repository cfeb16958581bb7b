"""The print shop: the worker's side of the press; one paper at a time, each made by a child of its own."""

import logging
import os
import subprocess
import sys
import threading
from datetime import UTC, datetime

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.config import ROOT, Settings
from services.exports import jobs

log = logging.getLogger(__name__)


class Printshop:
    """Works the jobs off in a thread, so that the worker goes on reading meanwhile."""

    def __init__(self, engine: Engine, settings: Settings) -> None:
        self.engine, self.settings = engine, settings
        self.thread: threading.Thread | None = None
        self.child: subprocess.Popen[bytes] | None = None
        self.is_closed = False

    def wake(self) -> None:
        """Begin, unless it is at work or there is nothing to do."""
        if self.is_closed or (self.thread and self.thread.is_alive()):
            return
        self.thread = threading.Thread(target=self.work, name="printshop", daemon=True)
        self.thread.start()

    def work(self) -> int:
        """Make what was asked for, one paper after another; returns how many that were."""
        done = 0
        while not self.is_closed and (job_id := self._claim()) is not None:
            self._press(job_id)
            done += 1
        return done

    def release(self) -> None:
        """Take back what a worker that died had claimed."""
        with Session(self.engine) as session, session.begin():
            jobs.release(session)

    def close(self) -> None:
        """End the child too; its job is given back at the next start."""
        self.is_closed = True
        if self.child is not None and self.child.poll() is None:
            self.child.terminate()

    def tidy(self, now: datetime) -> None:
        """Delete papers that are some days old, and every file that belongs to no job."""
        with Session(self.engine) as session, session.begin():
            jobs.tidy(session, self.settings.exports, now=now)

    def sweep(self) -> None:
        """Delete the files of jobs that are gone, because somebody's words were erased."""
        if self.settings.exports.is_dir():
            with Session(self.engine.execution_options(reading=True)) as session:
                jobs.sweep(session, self.settings.exports)

    def _claim(self) -> int | None:
        with Session(self.engine.execution_options(reading=True)) as session:
            if not jobs.is_waiting(session, now=datetime.now(UTC)):
                return None
        with Session(self.engine) as session, session.begin():
            return jobs.claim(session, now=datetime.now(UTC))

    def _press(self, job_id: int) -> None:
        environ = os.environ | {"DATA": str(self.settings.data)}
        command = [sys.executable, "-m", "portal.press", "--job", str(job_id)]
        self.child = subprocess.Popen(command, cwd=ROOT, env=environ, stdin=subprocess.DEVNULL)
        error = jobs.FAILED
        try:
            self.child.wait(jobs.LEASE.total_seconds())
        except subprocess.TimeoutExpired:
            self.child.kill()
            self.child.wait()
            error = jobs.TOO_LONG
        if self.child.returncode and not self.is_closed:
            log.warning("the press ended with %s at job %s", self.child.returncode, job_id)
            with Session(self.engine) as session, session.begin():
                jobs.fail(session, job_id, error)
