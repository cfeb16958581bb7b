"""Takings: the rows of a file go in step by step, each step whole or not at all, also after a kill."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from models.vocabulary import ImportState
from services import audit, mappings
from services.batches import erase_files, one, other_sheets, rows_of
from services.imports import Brought, Call, Taker
from services.mappings import Mapping
from services.sources import apart
from services.sources.sheet import Line
from services.tables import Report, RowError
from services.tongue import N_

STEP = 500
MOST_ERRORS = 2000  # so many bad rows are kept whole for the error file; further ones are counted
# Longer than a waiting writer's longest nap (100 ms), so that a citizen's sending gets in between two steps.
PAUSE = 0.12
LOST = N_("Isi berkas ini hilang sebelum selesai dimuat; %(n)s baris tidak dimuat. Bawa berkasnya lagi.")


class Work:
    """Takes the rows of one file step by step; each step is one transaction of its caller, and can be the last."""

    def __init__(self, session: Session, folder: Path, import_id: int) -> None:
        file = one(session, import_id, ImportState.TAKING)
        self.import_id, self.folder, self.rows = import_id, folder, rows_of(folder, import_id)
        self.mapping, self.head = Mapping.of_facts(file.mapping), file.mapping["head"]
        call = Call(
            file.report["round_id"],
            file.report["prefix"],
            import_id,
            self.mapping.group,
            self.mapping.channel,
            file.report.get("sheet", ""),
            other_sheets(session, file),
        )
        self.taker, self.done = Taker(session, call), int(file.report["done"])
        self.is_finished, self.is_lost = False, not self.rows.exists()
        self.lines = iter(()) if self.is_lost else apart.lines(self.rows)
        self.taker.skip(map(self._meant, islice(self.lines, self.done)))

    def _meant(self, line: Line) -> Brought:
        return mappings.apply(self.mapping, self.head, line)

    def step(self, session: Session, *, now: datetime) -> bool:
        """Take the next rows; whether there may be more. Steps aside where somebody else has taken them."""
        file = one(session, self.import_id)
        if file.state != ImportState.TAKING or file.report["done"] != self.done:
            return False
        some, report = list(islice(self.lines, STEP)), Report()
        self.taker.take(session, [self._meant(line) for line in some], report, now=now)
        self.done += len(some)
        file.report = self._told(file.report, report, {line.number: line for line in some})
        if len(some) == STEP:
            return True
        self.is_finished = True
        file.state, file.taken_at = ImportState.TAKEN, now
        counts = {name: file.report[name] for name in ("added", "known", "refused")}
        audit.record(session, "import.taken", "import_file", file.id, now=now, **counts)
        return False

    def close(self) -> None:
        """Erase what waited of the file; called when the last step is committed."""
        if self.is_finished:
            erase_files(self.folder, self.import_id)

    def _told(self, told: dict[str, Any], report: Report, lines: dict[int, Line]) -> dict[str, Any]:
        room = MOST_ERRORS - len(told["errors"])
        lost = [{"message": LOST, "values": {"n": told["total"] - self.done}}] if self.is_lost else []
        return told | {
            "notes": [*told["notes"], *lost],
            "done": self.done,
            "added": told["added"] + report.added,
            "known": told["known"] + report.known,
            "refused": told["refused"] + len(report.errors),
            "unresolved": told["unresolved"] + report.unresolved,
            "errors": [*told["errors"], *(self._kept(e, lines[e.number]) for e in report.errors[:room])],
        }

    def _kept(self, error: RowError, line: Line) -> dict[str, Any]:
        """A bad row for the error file: of its cells only those whose column is kept at all."""
        told = mappings.worded(self.mapping, self.head, error)
        is_ragged = len(line.cells) != len(self.head)
        cells = [cell if is_ragged or target else "" for cell, target in _paired(line.cells, self.mapping.targets)]
        return {
            "number": error.number,
            "message": error.message or error.reason,
            "values": told.values,
            "column": told.column,
            "expected": error.expected,
            "cells": cells,
        }


def _paired(cells: list[str], targets: list[str]) -> list[tuple[str, str]]:
    return [(cell, targets[at] if at < len(targets) else "") for at, cell in enumerate(cells)]


def finish(
    begin: Callable[[], AbstractContextManager[Session]],
    folder: Path,
    import_id: int,
    *,
    clock: Callable[[], datetime],
    progress: Callable[[int], None] = lambda done: None,
) -> None:
    """Take what is left of a file; `begin` opens a transaction that commits at its end, one for each step."""
    with begin() as session:
        work = Work(session, folder, import_id)
    has_more = True
    while has_more:
        with begin() as session:
            has_more = work.step(session, now=clock())
        progress(work.done)
        time.sleep(PAUSE if has_more else 0)
    work.close()
