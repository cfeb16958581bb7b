"""The command door of imports: take a file of voices, look at it first, take it out again."""

import json
import shutil
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import sessionmaker

from models.vocabulary import ImportState
from portal import terminal
from portal.config import Settings, keys
from portal.extensions import db
from services import batches, manifests, mappings, plans, registers, rounds, takings
from services.errors import NotFound, NotThisState, UnreadableFile
from services.mappings import Mapping
from services.tongue import say

SOME_REFUSED, NOTHING_USABLE = 3, 2
UNKNOWN_COLUMNS = (
    "kolom tidak dikenal atau berulang: %(names)s. Kolom yang dikenal: %(known)s. "
    "Berkas lain dipetakan di halaman Berkas, atau dengan --mapping."
)


def register(group: click.Group) -> None:
    """Put the commands below `import`."""
    group.add_command(submissions)
    group.add_command(undo)
    group.add_command(refused)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mapping", type=click.Path(path_type=Path), help="A JSON file that says what the columns mean.")
@click.option("--sheet", default="", help="The sheet of a workbook to read; without it the first visible one.")
@click.option("--dry-run", is_flag=True, help="Only say what would be taken; keep nothing.")
@with_appcontext
def submissions(file: Path, mapping: Path | None, sheet: str, dry_run: bool) -> None:
    """Take a FILE of submissions: CSV, XLSX, or a WhatsApp chat export (.txt).

    A CSV with our own columns (`text` is required) needs nothing else. What other columns mean is read from --mapping,
    from the mapping that was kept for the same head, or guessed and told. The same file again adds nothing.

    Of a workbook one sheet is read at a time; a name that it does not have is answered with those it has.

    Ends with 0 when every row was taken or known, 3 when some were refused, 2 when nothing could be read.
    """
    settings = _settings()
    if rounds.current(db.session(), now=datetime.now(UTC)) is None:
        raise click.ClickException("Run `flask --app app init` first: no plan is loaded.")
    import_id = terminal.do(lambda: _bring(file, mapping, sheet, settings))
    if dry_run:
        _only_look(import_id, settings)
        return
    terminal.do(lambda: _take(import_id))
    db.session.commit()
    _finish(import_id, file.name, settings)
    told = manifests.show(db.session(), import_id)
    click.echo(f"{told.added} baru, {told.known} sudah ada, {told.refused} ditolak.")
    if told.unresolved:
        click.echo(f"{told.unresolved} rujukan ke paragraf atau program yang belum ada di sini; disimpan apa adanya.")
    click.echo(f"Berkas nomor {import_id}; dibatalkan dengan: flask --app app import undo {import_id}")
    _tell(manifests.bad_rows(db.session(), import_id), told.refused)


@click.command()
@click.argument("number", type=int)
@with_appcontext
def undo(number: int) -> None:
    """Take everything out again that the file NUMBER brought."""
    try:
        removed = batches.undo(db.session(), number, now=datetime.now(UTC))
    except (NotFound, NotThisState) as refusal:
        db.session.rollback()
        click.echo(f"Galat: Berkas nomor {number} tidak ada atau tidak sedang termuat.", err=True)
        raise SystemExit(NOTHING_USABLE) from refusal
    db.session.commit()
    click.echo(f"{removed} masukan dari berkas nomor {number} dikeluarkan.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def refused(file: Path) -> None:
    """Take a CSV FILE of what an earlier cycle did not accept (cycle, code, text and reason are required).

    New voices are then shown beside what was refused before. An item that is here already is brought up to date. Ends
    with 0, 3 or 2 like `import submissions`.
    """
    report = terminal.do(lambda: registers.import_file(db.session(), file, now=datetime.now(UTC)))
    db.session.commit()
    click.echo(f"{report.added} baru, {report.changed} diperbarui, {report.known} sama, {len(report.errors)} ditolak.")
    _tell([(error.number, error.reason) for error in report.errors], len(report.errors))


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


def _bring(file: Path, mapping: Path | None, sheet: str, settings: Settings) -> int:
    key = keys(settings)["secret"].encode()
    upload = batches.read(
        lambda part: shutil.copyfile(file, part), name=file.name, folder=settings.imports, key=key, sheet=sheet
    )
    now, facts = datetime.now(UTC), upload.facts
    is_known = mapping or mappings.is_own(facts.head) or mappings.is_kept(db.session(), facts.kind, facts.head)
    if facts.kind == "csv" and not is_known:
        upload.rows.unlink()
        names = [name for name in facts.head if name not in mappings.COLUMNS or facts.head.count(name) > 1]
        known = ", ".join(mappings.COLUMNS)
        raise UnreadableFile(UNKNOWN_COLUMNS, names=", ".join(names) or "kolom text tidak ada", known=known)
    import_id = batches.bring(db.session(), upload, folder=settings.imports, now=now)
    if mapping:
        batches.set_mapping(db.session(), import_id, _read_mapping(mapping, facts.head), now=now)
    for note in facts.notes:
        click.echo(say("id", note.message, **note.values))
    _tell_mapping(import_id)
    return import_id


def _read_mapping(path: Path, head: list[str]) -> Mapping:
    """What the columns mean: `{"columns": {"Keluhan Anda": "text"}, "group": "citizen", "channel": "fgd"}`."""
    try:
        said = json.loads(path.read_text("utf-8"))
        columns = said["columns"]
        missing = [name for name in columns if name not in head]
        facts = {"targets": [columns.get(name, "") for name in head], **{k: said.get(k) for k in ("group", "channel")}}
        mapping = Mapping.of_facts(facts)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFile("Berkas pemetaan tidak terbaca: %(why)s.", why=error) from error
    if missing:
        raise UnreadableFile("Kolom ini tidak ada di berkasnya: %(names)s.", names=", ".join(missing))
    return mapping


def _tell_mapping(import_id: int) -> None:
    file = batches.one(db.session(), import_id)
    if mappings.is_own(file.mapping["head"]):
        return
    for name, target in zip(file.mapping["head"], file.mapping["targets"], strict=True):
        click.echo(f"Kolom “{name}”: {manifests.target_label(target)}")


def _take(import_id: int) -> None:
    now = datetime.now(UTC)
    current = rounds.current(db.session(), now=now)
    prefix = plans.city(db.session())["city"]["receipt_prefix"]
    batches.take(db.session(), import_id, round_id=current[0] if current else 0, prefix=prefix, now=now)


def _only_look(import_id: int, settings: Settings) -> None:
    look = manifests.look(db.session(), settings.imports, import_id)
    db.session.rollback()
    batches.erase_files(settings.imports, import_id)
    click.echo(f"{look.good} dapat dimuat, {look.refused} akan ditolak. Hanya dilihat; tidak ada yang disimpan.")
    _tell([(number, reason) for number, _column, reason in look.errors], look.refused)


def _tell(errors: list[tuple[int, str]], refused: int) -> None:
    for number, reason in errors:
        click.echo(f"Baris {number}: {reason}", err=True)
    if refused > len(errors):
        click.echo(f"dan {refused - len(errors)} baris lagi", err=True)
    if refused:
        raise SystemExit(SOME_REFUSED)


def _finish(import_id: int, name: str, settings: Settings) -> None:
    """Take the rows; where the worker took some of them meanwhile, go on where it is."""
    begin = sessionmaker(db.engine).begin
    total = manifests.show(db.session(), import_id).total
    db.session.rollback()
    with click.progressbar(length=total, label=name, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        while _is_taking(import_id):
            takings.finish(
                begin,
                settings.imports,
                import_id,
                clock=lambda: datetime.now(UTC),
                progress=lambda done: bar.update(done - bar.pos),
            )
            if _is_taking(import_id):
                time.sleep(1)


def _is_taking(import_id: int) -> bool:
    state = manifests.show(db.session(), import_id).state
    db.session.rollback()
    return state is ImportState.TAKING
