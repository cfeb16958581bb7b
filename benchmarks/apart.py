"""Work in a process of its own, so that its memory is nobody else's and its time can be bounded."""

import math
import multiprocessing
import resource
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

STATUS = Path("/proc/self/status")


class Ended(Exception):
    """The process ended without a result: `is_over` where it had used up the CPU time that it was allowed."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"ended with {code}")
        self.is_over = code == -signal.SIGXCPU


def apart(work: Callable[..., Any], *arguments: Any) -> tuple[Any, float]:
    """What `work` returns in a fresh process, and the most memory that process held (MB, libraries included).

    Raises Ended where the process ended before it had a result.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_measured, args=(there, work, *arguments))
    process.start()
    there.close()
    try:
        found: tuple[Any, float] = here.recv()
    except EOFError as error:
        process.join()
        raise Ended(process.exitcode) from error
    process.join()
    return found


def _measured(there: Connection, work: Callable[..., Any], *arguments: Any) -> None:
    result = work(*arguments)
    there.send((result, peak()))


def allow(seconds: float) -> None:
    """From now on this process may use so many CPU seconds; the system ends it with SIGXCPU when it wants more."""
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(time.process_time() + seconds), hard))


def peak() -> float:
    """The most memory that this process held so far, in MB."""
    if STATUS.exists():  # what the parent held before the start is in getrusage, but not here
        line = next(line for line in STATUS.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
