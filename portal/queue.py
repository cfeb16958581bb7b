"""The queue only wakes someone: what is to be done is read from the database."""

import logging
from collections.abc import Callable
from pathlib import Path

from flask import current_app
from huey import SqliteHuey, crontab

log = logging.getLogger(__name__)
handlers: dict[str, Callable[[], object]] = {}


def connect(path: Path) -> SqliteHuey:
    """The queue of a data folder, with its two tasks: wake somebody, and a sweep once a minute."""
    huey = SqliteHuey("urun", filename=str(path), results=False)

    @huey.task(name="wake")
    def wake_task(what: str) -> None:
        handlers[what]()

    @huey.periodic_task(crontab(minute="*"), name="sweep")
    def sweep() -> None:
        for name, handler in handlers.items():
            try:
                handler()
            except Exception:  # one that fails must not keep the others from their work
                log.exception("the sweep of %s failed", name)

    huey.wake_task = wake_task
    return huey


def wake(what: str) -> None:
    """Wake whoever does `what`. A queue that fails loses nothing: the sweep finds the work within a minute."""
    try:
        current_app.extensions["queue"].wake_task(what)
    except Exception:
        log.warning("the queue could not be woken", exc_info=True)
