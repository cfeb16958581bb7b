"""Reads a file in a process of its own, so that a hostile one costs that process and nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Generator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from services.errors import UnreadableFile
from services.sources.sheet import Line, Note, Tab
from services.tongue import N_

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 90


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file turned out to be; of a workbook `sheet` is the one that was read and `tabs` are all there are."""

    kind: str
    head: list[str]
    notes: list[Note]
    total: int
    sheet: str = ""
    tabs: list[Tab] = field(default_factory=list)


def read(path: Path, *, name: str, rows: Path, key: bytes, sheet: str = "") -> Facts:
    """Read `path`, of a workbook this sheet, and leave its rows at `rows`, readable by their owner alone."""
    os.close(os.open(rows, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    command = [sys.executable, "-m", "services.sources", str(path.absolute()), name, str(rows.absolute()), sheet]
    # One thread each, or the libraries under openpyxl reserve more memory than the limit leaves them.
    environ = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(
            command, input=key, capture_output=True, cwd=ROOT, env=environ, timeout=SECONDS, check=True
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        rows.unlink()
        raise UnreadableFile(N_("Berkas ini tidak selesai dibaca; terlalu besar atau rusak.")) from error
    if "refusal" in answer:
        rows.unlink()
        raise UnreadableFile(answer["refusal"]["message"], **answer["refusal"]["values"])
    notes, tabs = [Note(**note) for note in answer["notes"]], [Tab(**tab) for tab in answer["tabs"]]
    return Facts(answer["kind"], answer["head"], notes, answer["total"], answer["sheet"], tabs)


def lines(rows: Path) -> Generator[Line, None, None]:
    """The rows of a file that was read, one at a time."""
    with rows.open(encoding="ascii") as file:
        for text in file:
            number, cells, fault, *erased = json.loads(text)
            yield Line(number, cells, Note(**fault) if fault else None, *erased)


def forget(rows: Path, erased: dict[int, str]) -> None:
    """Write the rows anew without the words of those with these numbers; of each its digest stays, and its place."""
    part = rows.with_suffix(".part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        for line in lines(rows):
            fault = asdict(line.fault) if line.fault else None
            digest = erased.get(line.number, line.digest)
            file.write(json.dumps([line.number, [] if digest else line.cells, fault, digest]) + "\n")
    os.replace(part, rows)
