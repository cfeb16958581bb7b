"""A workbook or a document made in a process of its own, for whoever must not carry the library that writes it."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from reports.paper import Block, Counts, Facts, Figure, Grid, Heading, Items, PageBreak, Paper, Signatures, Text
from reports.sheets import INDONESIAN, Column, Sheet, Words

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 120
BLOCKS: dict[str, type[Any]] = {
    kind.__name__: kind for kind in (Counts, Facts, Figure, Grid, Heading, Items, PageBreak, Signatures, Text)
}


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
    return _made("reports", json.dumps(asked).encode())


def _made(module: str, handed: bytes) -> bytes:
    command = [sys.executable, "-m", module]
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


def document(paper: Paper) -> bytes:
    """Return the file that `reports.documents.document` makes of the same, without loading what it takes.

    Args:
        paper: as there; values of its tables are str, int, float, bool or None, no dates.

    Raises:
        TypeError: a value cannot be handed over.
        subprocess.CalledProcessError: the other process refused it, as `reports.documents.document` would.

    >>> document(Paper("Surat", [Text("Isi")], [], datetime(2026, 11, 2)))[:2]
    b'PK'
    """
    return _made("reports.writing", handed(paper))


def handed(paper: Paper) -> bytes:
    """What the other process is handed of a paper.

    >>> read_paper(handed(Paper("Surat", [Text("Isi")], [], datetime(2026, 11, 2)))).blocks
    [Text(text='Isi', look='plain', lead='', source='')]
    """
    whole = {name: getattr(paper, name) for name in ("title", "size", "is_landscape", "language", "subtitle")}
    facts = {
        "facts": list(paper.facts),
        "made_at": paper.made_at.isoformat(),
        "zone": getattr(paper.made_at.tzinfo, "key", ""),
    }
    blocks = [{"is": type(block).__name__, "of": asdict(block)} for block in paper.blocks]
    return json.dumps(whole | facts | {"blocks": blocks}).encode()


def read_paper(handed: bytes) -> Paper:
    """The paper that was handed over.

    Raises:
        KeyError: it holds a block that is not handed over.
    """
    asked = json.loads(handed)
    facts = [(name, value) for name, value in asked.pop("facts")]
    blocks = [_block(block["is"], block["of"]) for block in asked.pop("blocks")]
    made_at, zone = datetime.fromisoformat(asked.pop("made_at")), asked.pop("zone")
    made_at = made_at.astimezone(ZoneInfo(zone)) if zone else made_at
    return Paper(blocks=blocks, facts=facts, made_at=made_at, **asked)


def _block(kind: str, values: dict[str, Any]) -> Block:
    if kind == Grid.__name__:
        values["columns"] = [Column(**column) for column in values["columns"]]
    made: Block = BLOCKS[kind](**values)
    return made
