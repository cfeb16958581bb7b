"""Batches: a file that was brought, from its preview to its rows being taken, and back out again as a whole."""

import contextlib
import hashlib
import os
import secrets
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models import (
    Coding,
    Consent,
    Contact,
    DataRequest,
    EntryCheck,
    ImportFile,
    Mark,
    Notice,
    Point,
    PointFramework,
    PointMission,
    Reading,
    SamplePoint,
    Submission,
    ThemeExample,
)
from models.vocabulary import ImportState, SubmissionState
from services import audit, bonds, mappings, vestiges
from services.errors import NotFound, NotThisState, UnreadableFile
from services.imports import SHEET_MARK, Call, Taker, digest_of
from services.mappings import Mapping
from services.sources import apart
from services.sources.apart import Facts
from services.sources.sheet import Line
from services.tables import RowError
from services.tongue import N_

SHOWN = 5
KEPT_FOR = timedelta(days=30)
WAITS_FOR = timedelta(days=7)
UNOWNED = 600.0
SETTLED = (SubmissionState.WITHDRAWN, SubmissionState.ERASED)
PREVIEWED, TAKING, TAKEN, UNDONE = ImportState.PREVIEWED, ImportState.TAKING, ImportState.TAKEN, ImportState.UNDONE


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that has been read: what it was called, the digest of its bytes, what it turned out to be."""

    name: str
    digest: str
    facts: Facts
    rows: Path
    original: Path | None = None


@dataclass(slots=True)
class Preview:
    """What would be taken; `first` are the first rows, `errors` the first of the bad ones."""

    total: int = 0
    good: int = 0
    first: list[Line] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    refused: int = 0
    is_gone: bool = False


def read(save: Callable[[Path], object], *, name: str, folder: Path, key: bytes, sheet: str = "") -> Upload:
    """Read a file apart, without the database: nobody waits for it. `save` puts its bytes at the path it is handed.

    The file itself is erased; a workbook with several sheets is kept until one of them is taken.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part, has_more = folder / f"{secrets.token_hex(8)}.part", False
    try:
        save(part)
        part.chmod(0o600)
        facts = apart.read(part, name=name, rows=part.with_suffix(".read"), key=key, sheet=sheet)
        with part.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        has_more = sum(tab.rows > 0 for tab in facts.tabs) > 1
    except OSError as error:
        raise UnreadableFile(N_("Berkas tidak dapat dibuka: %(why)s."), why=error.strerror) from error
    finally:
        if not has_more:
            part.unlink(missing_ok=True)
    return Upload(name, digest, facts, part.with_suffix(".read"), part if has_more else None)


def rows_of(folder: Path, import_id: int) -> Path:
    """Where the rows of a file wait until they are taken; then the file is erased."""
    return folder / f"{import_id}.rows"


def original_of(folder: Path, import_id: int) -> Path:
    """Where a workbook with several sheets waits until one of them is taken."""
    return folder / f"{import_id}.file"


def bring(session: Session, upload: Upload, *, folder: Path, now: datetime, actor_id: int | None = None) -> int:
    """Keep a file that was read for its preview; returns its number."""
    facts = upload.facts
    file = ImportFile(
        name=upload.name[:200],
        digest=upload.digest,
        kind=facts.kind,
        state=PREVIEWED,
        mapping=mappings.find(session, facts.kind, facts.head).as_facts() | {"head": facts.head},
        report=_report(facts),
        made_at=now,
        made_by=actor_id,
    )
    session.add(file)
    session.flush()
    os.replace(upload.rows, rows_of(folder, file.id))
    if upload.original is not None:
        os.replace(upload.original, original_of(folder, file.id))
    audit.record(session, "import.bring", "import_file", file.id, now=now, actor_id=actor_id, rows=facts.total)
    return file.id


def _report(facts: Facts) -> dict[str, Any]:
    notes = [{"message": n.message, "values": n.values} for n in facts.notes]
    return {"total": facts.total, "notes": notes, "sheet": facts.sheet, "tabs": [asdict(tab) for tab in facts.tabs]}


def read_sheet(folder: Path, import_id: int, *, name: str, sheet: str, key: bytes) -> tuple[Facts, Path]:
    """Read another sheet of a workbook that waits, apart and without the database; returns where its rows are."""
    rows = folder / f"{secrets.token_hex(8)}.read"
    original = original_of(folder, import_id)
    if not original.exists():
        raise UnreadableFile(N_("Berkas aslinya sudah dihapus. Buang catatan ini, lalu unggah berkasnya lagi."))
    return apart.read(original, name=name, rows=rows, key=key, sheet=sheet), rows


def choose(session: Session, folder: Path, import_id: int, facts: Facts, rows: Path) -> None:
    """Look at another sheet instead: its rows, its columns and what they are taken for."""
    file = one(session, import_id, PREVIEWED)
    file.mapping = mappings.find(session, facts.kind, facts.head).as_facts() | {"head": facts.head}
    file.report = _report(facts)
    os.replace(rows, rows_of(folder, import_id))


def one(session: Session, import_id: int, *states: ImportState) -> ImportFile:
    """A file by its number, in one of these states where some are asked for."""
    file = session.get(ImportFile, import_id)
    if file is None:
        raise NotFound(f"import {import_id}")
    if states and file.state not in states:
        raise NotThisState(f"import {import_id} is {file.state}")
    return file


def preview(session: Session, folder: Path, file: ImportFile) -> Preview:
    """Read every row by the mapping as it stands, and take none."""
    found, mapping = Preview(), Mapping.of_facts(file.mapping)
    taker = Taker(session, Call(0, "", group=mapping.group, channel=mapping.channel))
    try:
        for line in apart.lines(rows_of(folder, file.id)):
            found.total += 1
            if len(found.first) < SHOWN and line.fault is None and not line.digest:
                found.first.append(line)
            error = None if line.digest else taker.check(mappings.apply(mapping, file.mapping["head"], line))
            found.good += error is None
            found.refused += error is not None
            if error and len(found.errors) < SHOWN:
                found.errors.append(mappings.worded(mapping, file.mapping["head"], error))
    except FileNotFoundError:
        found.is_gone = True
    return found


def set_mapping(session: Session, import_id: int, mapping: Mapping, *, now: datetime) -> None:
    """Say what the columns mean, for this file and the next ones with the same head."""
    file = one(session, import_id, PREVIEWED)
    head = file.mapping["head"]
    mappings.check(mapping, head)
    mappings.explain(mapping, Mapping.of_facts(file.mapping))
    file.mapping = mapping.as_facts() | {"head": head}
    mappings.keep(session, file.kind, head, mapping, now=now)


def take(
    session: Session, import_id: int, *, round_id: int, prefix: str, now: datetime, actor_id: int | None = None
) -> None:
    """Let the rows be taken: from here on the work goes on by itself, also after a kill."""
    file = one(session, import_id, PREVIEWED)
    mappings.check(Mapping.of_facts(file.mapping), file.mapping["head"])
    start = {"done": 0, "added": 0, "known": 0, "refused": 0, "unresolved": 0, "errors": []}
    file.state, file.report = TAKING, file.report | start | {"round_id": round_id, "prefix": prefix}
    audit.record(session, "import.take", "import_file", import_id, now=now, actor_id=actor_id)


def other_sheets(session: Session, file: ImportFile) -> frozenset[int]:
    """The takes of other sheets of this very file; one from before sheets could be chosen was of the first."""
    first = next((t["name"] for t in file.report.get("tabs", ()) if t["rows"] and not t["is_hidden"]), "")
    same = select(ImportFile).where(ImportFile.digest == file.digest, ImportFile.id != file.id)
    own = file.report.get("sheet", "")
    return frozenset(f.id for f in session.scalars(same) if f.report.get("sheet", first) != own)


def waiting(session: Session) -> list[int]:
    """The files whose rows are being taken, or would be if nobody had died."""
    return list(session.scalars(select(ImportFile.id).where(ImportFile.state == TAKING).order_by(ImportFile.id)))


def undo(session: Session, import_id: int, *, now: datetime, actor_id: int | None = None) -> int:
    """Take everything out again that this file brought; returns how many submissions that was.

    They are deleted, not marked: the usual reason is a wrong mapping, and the same file must be able to come again.
    What its sender had withdrawn or erased stays as it is, or the same file would bring it back.
    """
    file = one(session, import_id, TAKEN)
    submissions = select(Submission.id).where(Submission.import_id == import_id, Submission.state.not_in(SETTLED))
    count = session.scalar(select(func.count()).select_from(submissions.subquery())) or 0
    points = select(Point.id).where(Point.submission_id.in_(submissions))
    bonds.delete_all(session, points)
    vestiges.delete_all(session, points, now=now)
    for table in (PointMission, PointFramework, Reading, Mark, Coding, SamplePoint, ThemeExample):
        session.execute(delete(table).where(table.point_id.in_(points)))
    for owned in (Point, Contact, Consent, DataRequest, Notice, EntryCheck):
        session.execute(delete(owned).where(owned.submission_id.in_(submissions)))
    session.execute(delete(Submission).where(Submission.id.in_(submissions)))
    file.state, file.undone_at, file.report = UNDONE, now, file.report | {"errors": []}
    audit.record(session, "import.undo", "import_file", import_id, now=now, actor_id=actor_id, removed=count)
    return count


def forget(session: Session, folder: Path, submission_id: int) -> None:
    """Take a submission's words out of files that still wait: its own, or the same file brought again.

    Of rows that were read the one row is emptied. Out of a workbook nothing can be taken, so it goes whole; its sheet
    that was read stays, and for another one it has to be brought again.
    """
    ref = session.scalar(select(Submission.source_ref).where(Submission.id == submission_id))
    if ref is None:
        return
    for file in session.scalars(select(ImportFile).where(ImportFile.state.in_((PREVIEWED, TAKING)))):
        original_of(folder, file.id).unlink(missing_ok=True)
        with contextlib.suppress(FileNotFoundError):
            rows = rows_of(folder, file.id)
            erased = _erased(rows, file, ref)
            if erased:
                apart.forget(rows, erased)


def _erased(rows: Path, file: ImportFile, ref: str) -> dict[int, str]:
    """Number and digest of the row that is known by this reference, where the file has it."""
    mapping, head, seen = Mapping.of_facts(file.mapping), file.mapping["head"], Counter[str]()
    for line in apart.lines(rows):
        brought = mappings.apply(mapping, head, line)
        if brought.fault is None:
            digest = brought.digest or digest_of(brought)
            seen[digest] += 1
            if f"{digest}:{seen[digest]}" == ref.partition(SHEET_MARK)[0]:
                return {line.number: digest}
    return {}


def discard(session: Session, folder: Path, import_id: int, *, now: datetime, actor_id: int | None = None) -> None:
    """Throw a file away that was only looked at."""
    session.delete(one(session, import_id, PREVIEWED))
    session.flush()
    erase_files(folder, import_id)
    audit.record(session, "import.discard", "import_file", import_id, now=now, actor_id=actor_id)


def erase_files(folder: Path, import_id: int) -> None:
    """Erase what waited of a file: its rows, and the workbook they came from."""
    for path in (rows_of(folder, import_id), original_of(folder, import_id)):
        path.unlink(missing_ok=True)


def tidy(session: Session, folder: Path, *, now: datetime) -> None:
    """Erase what is no longer needed: rows that were taken, files nobody took, bad rows after a month."""
    for file in session.scalars(select(ImportFile).where(ImportFile.state == PREVIEWED)):
        if file.made_at < now - WAITS_FOR:
            discard(session, folder, file.id, now=now)
    long_ago = select(ImportFile).where(ImportFile.state == TAKEN, ImportFile.taken_at < now - KEPT_FOR)
    for file in session.scalars(long_ago):
        if file.report.get("errors"):
            file.report = file.report | {"errors": [], "is_forgotten": True}
    session.flush()
    kept = set(session.scalars(select(ImportFile.id).where(ImportFile.state.in_((PREVIEWED, TAKING)))))
    for path in folder.glob("*"):
        if not (path.suffix in (".rows", ".file") and path.stem.isdecimal() and int(path.stem) in kept):
            _erase_old(path, now)


def _erase_old(path: Path, now: datetime) -> None:
    """A file that nobody owns; one of the last minutes may belong to somebody who has not committed yet."""
    with contextlib.suppress(FileNotFoundError):
        if now.timestamp() - path.stat().st_mtime > UNOWNED:
            path.unlink()
