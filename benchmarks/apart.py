"""Work in a process of its own, so that its memory is nobody else's."""

import multiprocessing
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

STATUS = Path("/proc/self/status")


def apart(work: Callable[..., Any], *arguments: Any) -> tuple[Any, float]:
    """What `work` returns in a fresh process, and the most memory that process held (MB, libraries included)."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_measured, work, *arguments).result()


def _measured(work: Callable[..., Any], *arguments: Any) -> tuple[Any, float]:
    result = work(*arguments)
    return result, peak()


def peak() -> float:
    """The most memory that this process held so far, in MB."""
    if STATUS.exists():  # what the parent held before the start is in getrusage, but not here
        line = next(line for line in STATUS.read_text("utf-8").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)
