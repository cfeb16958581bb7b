"""`python -m benchmarks [--sets DIR]`: every stage in a process of its own, one table, and docs/benchmarks.md.

`python -m benchmarks desks` measures the pages of the team alone, `python -m benchmarks drafts` the alignment of
drafts; `--help` behind them says how.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.bars import bars
from benchmarks.beside import beside
from benchmarks.rows import Row, show

HERE = Path(__file__).parent
DOCS = HERE.parent / "docs"
# A stage is a module beside this one, or in a room, that has `run(sets)`.
STAGES = {name: f"benchmarks.{name}" for name in ("themes", "duplicates", "sentiment", "language", "growth")}
STAGES |= {"civic": "benchmarks.civic.measure", "drafts": "benchmarks.drafts.measure", "desks": "benchmarks.desks"}
ALONE = ("desks", "drafts")  # these have options of their own
LIBRARIES = ("numpy", "scipy", "scikit-learn", "PyStemmer", "nltk", "py3langid", "bertopic", "umap-learn", "hdbscan")
LIBRARIES += ("datasketch",)
PLOTTED = ("NMI", "speed")


def stages() -> list[str]:
    """The stages that are there."""
    return [stage for stage, module in STAGES.items() if find_spec(module)]


def measure(stage: str, sets: Path | None) -> list[Row]:
    """The rows of a stage, run in a process of its own; a stage that fails is told and leaves none."""
    began = time.monotonic()
    _tell(f"{stage}: begins at {datetime.now(UTC):%H:%M} UTC")
    with TemporaryDirectory() as folder:
        out = Path(folder) / "rows.json"
        command = [sys.executable, "-m", "benchmarks", "--stage", stage, "--out", str(out)]
        ended = subprocess.run([*command, *(["--sets", str(sets)] if sets else [])], check=False)
        if ended.returncode or not out.exists():
            _tell(f"{stage}: not measured")
            return []
        rows = [Row(**row) for row in json.loads(out.read_text("utf-8"))]
    _tell(f"{stage}: {len(rows)} figures after {(time.monotonic() - began) / 60:.1f} min")
    return rows


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def write(rows: Sequence[Row], sets: Path | None, minutes: float, missing: Sequence[str] = ()) -> None:
    """docs/benchmarks.md, and a plot for each stage and measure worth one; `missing` are stages that left no figure."""
    plots = DOCS / "benchmarks"
    plots.mkdir(exist_ok=True)
    parts = ["# Benchmarks", "", _circumstances(sets, minutes), "", (HERE / "caution.md").read_text("utf-8")]
    if missing:
        parts += [f"Not measured in this run: {', '.join(missing)}.", ""]
    for stage in dict.fromkeys(row.stage for row in rows):
        own = [row for row in rows if row.stage == stage]
        parts += [f"## {stage.capitalize()}", ""]
        for measure_ in PLOTTED:
            shown = [row for row in own if row.measure == measure_]
            if shown:
                name = f"{stage}-{measure_}.svg".lower().replace(" ", "-")
                (plots / name).write_text(bars(f"{stage}: {measure_}", shown), "utf-8")
                parts += [f"![{stage}: {measure_}](benchmarks/{name})", ""]
        if beside_ := beside(own):
            parts += [*beside_, ""]
        parts += [_table(own), ""]
    parts += ["## The public sets", "", (HERE / "sets.md").read_text("utf-8")]
    (DOCS / "benchmarks.md").write_text("\n".join(parts), "utf-8")


def _circumstances(sets: Path | None, minutes: float) -> str:
    tools = ", ".join(f"{name} {found}" for name in LIBRARIES if (found := _version(name)))
    return (
        f"Made by `make bench{' SETS=folder' if sets else ''}` on {datetime.now(UTC):%Y-%m-%d} in one go of "
        f"{minutes:.0f} minutes: {_processor()}, "
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}; {tools}. Speed counts "
        "CPU seconds of all threads, the median of the runs, after a first run that is not counted; both sides are "
        "measured in the same run. Bands are 95 % bootstrap intervals."
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _table(rows: Sequence[Row]) -> str:
    lines = ["| set | tool | measure | value | 95 % | note |", "| --- | --- | --- | ---: | --- | --- |"]
    for row in rows:
        band = "" if row.low is None or row.high is None else f"{row.low:.3f} to {row.high:.3f}"
        value = f"{row.value:,.0f}" if abs(row.value) >= 100 else f"{row.value:.3f}"
        lines.append(f"| {row.dataset} | {row.tool} | {row.measure} | {value} {row.unit} | {band} | {row.note} |")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure all stages, or one (`--stage`, then the rows go to `--out`); returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--sets", type=Path, help="folder of the public sets")
    parser.add_argument("--stage", choices=stages(), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words and words[0] in ALONE:
        ended: int = import_module(STAGES[words[0]]).main(words[1:])
        return ended
    given = parser.parse_args(words)
    sets = given.sets.resolve() if given.sets else None
    if given.stage:
        rows = import_module(STAGES[given.stage]).run(sets)
        given.out.write_text(json.dumps([asdict(row) for row in rows]), "utf-8")
        return 0
    began = time.monotonic()
    found = {stage: measure(stage, sets) for stage in stages()}
    rows = [row for own in found.values() for row in own]
    if not rows:
        return 1
    print(show(rows))
    write(rows, sets, (time.monotonic() - began) / 60, [stage for stage, own in found.items() if not own])
    return 0


if __name__ == "__main__":
    sys.exit(main())
