"""Reads a draft: Markdown here, DOCX in a process of its own, so that a hostile one costs that process alone."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from analysis.paragraphs import Block, Document, arrange
from services.errors import UnreadableFile
from services.manuscripts import checks, guards, markdowns
from services.tongue import N_

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 90


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A draft as it was read.

    `kept` and `dropped` count by the words of `labels`; `lineages` has one entry for each paragraph in the order of
    the chapters, the lineage by which a bookmark knows it, or None.
    """

    document: Document
    kept: dict[str, int]
    dropped: dict[str, int]
    lineages: tuple[int | None, ...]
    kind: Literal["docx", "markdown"]


def read(content: bytes, *, name: str) -> Manuscript:
    """Raises UnreadableFile for whatever cannot be taken as it is, with what to do."""
    if guards.kind_of(content, name) == "docx":
        return _docx(_apart(content))
    document = markdowns.read(content)
    checks.check(document, checks.LINES)
    paragraphs = sum(len(chapter.paragraphs) for chapter in document.chapters)
    dropped = {f"{kind}s": n for kind, n in document.left_out}
    return Manuscript(document, {"paragraphs": paragraphs}, dropped, (None,) * paragraphs, "markdown")


def _apart(content: bytes) -> dict[str, Any]:
    """What a process of its own makes of the file."""
    environ = os.environ | {"PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "services.manuscripts"]
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, cwd=ROOT, env=environ, timeout=SECONDS, check=True
        )
        answer = json.loads(done.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise UnreadableFile(N_("Berkas ini tidak selesai dibaca; terlalu besar atau rusak.")) from error
    if "refusal" in answer:
        raise UnreadableFile(answer["refusal"]["message"], **answer["refusal"]["values"])
    return dict(answer)


def _docx(found: dict[str, Any]) -> Manuscript:
    blocks = [Block(depth, text, place, sign) for depth, text, place, sign, _lineage in found["rows"]]
    images = found["dropped"].get("images", 0)
    document = arrange(blocks, [("image", images)] if images else [])
    checks.check(document, checks.BLOCKS)
    known = {place: lineage for _depth, _text, place, _sign, lineage in found["rows"]}
    lineages = tuple(known[p.line] for chapter in document.chapters for p in chapter.paragraphs)
    return Manuscript(document, found["kept"], found["dropped"], lineages, "docx")
