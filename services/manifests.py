"""Manifests: what is told about a file that was brought, on its page and in the file of its bad rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import ImportFile
from models.vocabulary import Channel, Group, ImportState
from reports.apart import workbook
from reports.sheets import Sheet, Value
from services.batches import Preview, one, original_of, other_sheets, preview
from services.columns import columns, words
from services.errors import NotFound
from services.mappings import TARGETS, Mapping
from services.sources.sheet import Tab
from services.tables import RowError
from services.tongue import N_, say, word

LISTED = 100
LONGEST_SAMPLE = 140
KINDS = {"csv": N_("tabel CSV"), "xlsx": N_("buku kerja Excel"), "chat": N_("percakapan WhatsApp")}
ERRORS = (
    ("baris", N_("Baris"), N_("Nomor baris di berkas yang dibawa; kepala tabel adalah baris 1."), 8),
    ("kolom", N_("Kolom"), N_("Kolom yang salah; kosong bila seluruh barisnya."), 24),
    ("salahnya", N_("Apa yang salah"), N_("Sebab baris ini tidak diambil."), 48),
    ("seharusnya", N_("Yang diharapkan"), N_("Isi yang dapat diambil di kolom itu."), 32),
)
ROW_MEANING = N_("Isi baris seperti di berkasnya; kolom yang tidak disimpan dikosongkan.")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a file: its name, what it is taken for and why, what stands in its first rows."""

    at: int
    name: str
    target: str
    target_label: str
    why: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """One file. The counts are those of what was taken so far; `errors` how many bad rows are kept whole."""

    id: int
    name: str
    kind: str
    kind_label: str
    state: ImportState
    state_label: str
    made_at: datetime
    taken_at: datetime | None
    undone_at: datetime | None
    total: int
    done: int
    added: int
    known: int
    refused: int
    unresolved: int
    errors: int
    notes: tuple[str, ...]
    sheet: str
    tabs: tuple[Tab, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """A file before it is taken: its columns, what would go in, the first bad rows, the same file taken before."""

    columns: tuple[Column, ...]
    group: Group | None
    channel: Channel | None
    good: int
    refused: int
    errors: tuple[tuple[int, str, str], ...]
    is_gone: bool
    twin: int | None
    can_choose: bool


def listing(session: Session, lang: str = "id") -> list[Manifest]:
    """The files that were brought, newest first."""
    files = session.scalars(select(ImportFile).order_by(ImportFile.id.desc()).limit(LISTED))
    return [_manifest(file, lang) for file in files]


def show(session: Session, import_id: int, lang: str = "id") -> Manifest:
    """One file by its number."""
    return _manifest(one(session, import_id), lang)


def _manifest(file: ImportFile, lang: str) -> Manifest:
    report = file.report
    return Manifest(
        id=file.id,
        name=file.name,
        kind=file.kind,
        kind_label=say(lang, KINDS.get(file.kind, file.kind)),
        state=file.state,
        state_label=word(file.state, lang),
        made_at=file.made_at,
        taken_at=file.taken_at,
        undone_at=file.undone_at,
        total=report.get("total", 0),
        done=report.get("done", 0),
        added=report.get("added", 0),
        known=report.get("known", 0),
        refused=report.get("refused", 0),
        unresolved=report.get("unresolved", 0),
        errors=len(report.get("errors", ())),
        notes=tuple(say(lang, note["message"], **note["values"]) for note in report.get("notes", ())),
        sheet=report.get("sheet", ""),
        tabs=tuple(Tab(**tab) for tab in report.get("tabs", ())),
    )


def look(session: Session, folder: Path, import_id: int, lang: str = "id") -> Look:
    """What would become of a file by its mapping as it stands."""
    file = one(session, import_id)
    seen, mapping = preview(session, folder, file), Mapping.of_facts(file.mapping)
    return Look(
        columns=tuple(_columns(file, mapping, seen, lang)),
        group=mapping.group,
        channel=mapping.channel,
        good=seen.good,
        refused=seen.refused,
        errors=tuple((error.number, error.column, _said(error, lang)) for error in seen.errors),
        is_gone=seen.is_gone,
        twin=_twin(session, file),
        can_choose=original_of(folder, import_id).exists(),
    )


def _columns(file: ImportFile, mapping: Mapping, seen: Preview, lang: str) -> Iterator[Column]:
    for at, name in enumerate(file.mapping["head"]):
        why = mapping.whys[at] if at < len(mapping.whys) else {"message": "", "values": {}}
        samples = [line.cells[at].strip()[:LONGEST_SAMPLE] for line in seen.first]
        target = mapping.targets[at]
        yield Column(
            at,
            name or say(lang, "(tanpa judul)"),
            target,
            target_label(target, lang),
            say(lang, why["message"], **why["values"]),
            tuple(sample for sample in samples if sample)[:3],
        )


def target_label(target: str, lang: str = "id") -> str:
    """What a column is taken for, in words."""
    if not target:
        return say(lang, "Tidak disimpan")
    if target == "person":
        return say(lang, "Pengirim, disamarkan")
    return say(lang, TARGETS[target]) if target in TARGETS else target


def targets(lang: str = "id") -> list[tuple[str, str]]:
    """What a column may be taken for, the first being nothing."""
    return [(target, target_label(target, lang)) for target in ("", *TARGETS)]


def _twin(session: Session, file: ImportFile) -> int | None:
    """The same file, of a workbook the same sheet of it, as it was taken before."""
    same = select(ImportFile.id).where(ImportFile.digest == file.digest, ImportFile.state == ImportState.TAKEN)
    query = same.where(ImportFile.id != file.id, ImportFile.id.not_in(other_sheets(session, file)))
    return session.scalar(query.order_by(ImportFile.id.desc()).limit(1))


def _said(error: RowError, lang: str) -> str:
    return say(lang, error.message, **error.values) if error.message else error.reason


def bad_rows(session: Session, import_id: int, lang: str = "id") -> list[tuple[int, str]]:
    """Number and reason of the bad rows that are kept."""
    errors = one(session, import_id).report.get("errors", [])
    return [(error["number"], say(lang, error["message"], **error["values"])) for error in errors]


def error_file(session: Session, import_id: int, lang: str = "id") -> bytes:
    """The bad rows of a file as a workbook (XLSX): number, column, what is wrong, what was expected, the row."""
    file = one(session, import_id)
    errors = file.report.get("errors", [])
    if not errors:
        raise NotFound(f"no bad rows of import {import_id}")
    head = [name or f"({at})" for at, name in enumerate(file.mapping["head"], start=1)]
    width = max(len(head), *(len(error["cells"]) for error in errors))
    rest = [*head, *(f"({at})" for at in range(len(head) + 1, width + 1))]
    shown = (*ERRORS, *((name, name, ROW_MEANING, 30) for name in rest))
    return workbook(
        [Sheet(say(lang, "Baris yang ditolak"), columns(shown, lang), [_row(e, width, lang) for e in errors])],
        title=say(lang, "Baris yang ditolak"),
        facts=[(say(lang, "Nama berkas"), file.name), (say(lang, "Ditolak"), str(file.report["refused"]))],
        made_at=file.taken_at or file.made_at,
        words=words(lang),
    )


def _row(error: dict[str, Any], width: int, lang: str) -> list[Value]:
    cells = [*error["cells"], *[""] * (width - len(error["cells"]))]
    said = say(lang, error["message"], **error["values"])
    return [error["number"], error["column"], said, say(lang, error["expected"]), *cells]
