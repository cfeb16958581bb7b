"""A workbook made in a process of its own, for whoever must not carry the library that writes it."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from reports.sheets import INDONESIAN, Column, Sheet, Words

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 120


def workbook(
    sheets: Sequence[Sheet],
    *,
    title: str,
    facts: Sequence[tuple[str, str]],
    made_at: datetime,
    words: Words = INDONESIAN,
) -> bytes:
    """Return the file that `reports.tables.workbook` makes of the same, without loading what it takes.

    Args:
        sheets, title, facts, made_at, words: as there; values are str, int, float, bool or None, no dates.

    Raises:
        TypeError: a value cannot be handed over.
        subprocess.CalledProcessError: the other process refused them, as `reports.tables.workbook` would.

    >>> sheet = Sheet("Masukan", [Column("text", "Masukan", "Kata-kata pengirim")], [["=1+1"]])
    >>> workbook([sheet], title="Masukan", facts=[("Putaran", "1")], made_at=datetime(2026, 11, 2))[:2]
    b'PK'
    """
    asked = {
        "sheets": [
            {"name": sheet.name, "columns": [asdict(c) for c in sheet.columns], "rows": [list(r) for r in sheet.rows]}
            for sheet in sheets
        ],
        "title": title,
        "facts": list(facts),
        "made_at": made_at.isoformat(),
        "words": asdict(words),
    }
    command = [sys.executable, "-m", "reports"]
    handed = json.dumps(asked).encode()
    return subprocess.run(command, input=handed, capture_output=True, cwd=ROOT, timeout=SECONDS, check=True).stdout


def read(handed: bytes) -> tuple[list[Sheet], dict[str, object]]:
    """What the other process is handed: the sheets, and the rest of what `workbook` takes."""
    asked = json.loads(handed)
    sheets = [
        Sheet(sheet["name"], [Column(**column) for column in sheet["columns"]], sheet["rows"])
        for sheet in asked["sheets"]
    ]
    facts = [(name, value) for name, value in asked["facts"]]
    rest = {"title": asked["title"], "facts": facts, "words": Words(**asked["words"])}
    return sheets, rest | {"made_at": datetime.fromisoformat(asked["made_at"])}
