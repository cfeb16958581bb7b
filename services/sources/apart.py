"""Reads a file in a process of its own, so that a hostile one costs that process and nothing else."""

import json
import os
import subprocess
import sys
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

from services.errors import UnreadableFile
from services.sources.sheet import Line, Note
from services.tongue import N_

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 90


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file turned out to be."""

    kind: str
    head: list[str]
    notes: list[Note]
    total: int


def read(path: Path, *, name: str, rows: Path, key: bytes) -> Facts:
    """Read `path` and leave its rows at `rows`, readable by their owner alone."""
    os.close(os.open(rows, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
    command = [sys.executable, "-m", "services.sources", str(path.absolute()), name, str(rows.absolute())]
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
    return Facts(answer["kind"], answer["head"], [Note(**note) for note in answer["notes"]], answer["total"])


def lines(rows: Path) -> Generator[Line, None, None]:
    """The rows of a file that was read, one at a time."""
    with rows.open(encoding="ascii") as file:
        for text in file:
            number, cells, fault = json.loads(text)
            yield Line(number, cells, Note(**fault) if fault else None)
