"""One measured figure, and the clock and interval that every measurement shares."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

import numpy as np

Result = TypeVar("Result")
REPEATS, DRAWS, LONGEST = 5, 1_000, 30.0


@dataclass(frozen=True, slots=True)
class Row:
    """A figure of one tool on one set; `low` and `high` are the 95 % bootstrap interval where one was drawn.

    `unit` is `docs/CPU s`, `share`, `NMI`, `ARI`, `MB` or another word that stands behind the number.
    """

    stage: str
    dataset: str
    tool: str
    measure: str
    value: float
    unit: str = ""
    low: float | None = None
    high: float | None = None
    note: str = ""


def timed(work: Callable[[], Result], repeats: int = REPEATS, most: float = LONGEST) -> tuple[Result, float]:
    """The last result of `work` and the median of its CPU seconds (all threads of this process).

    What has taken `most` seconds in all is not run again, so that a slow tool is measured once.
    """
    seconds: list[float] = []
    while len(seconds) < repeats and sum(seconds) < most:
        began = time.process_time()
        result = work()
        seconds.append(time.process_time() - began)
    return result, median(seconds)


def interval(
    count: int, measure: Callable[[np.ndarray], float], draws: int = DRAWS, seed: int = 1
) -> tuple[float, float]:
    """2.5th and 97.5th percentile of `measure` over `draws` samples with replacement of `count` row numbers."""
    draw = np.random.default_rng(seed)
    values = [measure(draw.integers(0, count, count)) for _ in range(draws)]
    return float(np.percentile(values, 2.5)), float(np.percentile(values, 97.5))


def best(rows: Sequence[Row], measure: str) -> Row:
    """The row with the highest value of a measure; ValueError where there is none."""
    return max((row for row in rows if row.measure == measure), key=lambda row: row.value)


def show(rows: Sequence[Row]) -> str:
    """The rows as a table in plain text, one line each."""
    lines = [("stage", "set", "tool", "measure", "value", "95 %")]
    for row in rows:
        band = "" if row.low is None or row.high is None else f"{row.low:.3g}-{row.high:.3g}"
        lines.append((row.stage, row.dataset, row.tool, row.measure, f"{row.value:.4g} {row.unit}", band))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines)
