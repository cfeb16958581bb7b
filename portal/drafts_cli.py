"""The command door of drafts: take a file as a version, with what was read of it, and hand a version to its drafter."""

from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from models.vocabulary import CommentState, FateState
from portal import terminal
from portal.extensions import db
from services import drafts, fates, lineages
from services.errors import NotFound, NotMade
from services.handbacks import apart
from services.manuscripts.labels import DROPPED, KEPT
from services.tongue import SOURCE, word

SHOWN = 10  # notes that nobody knows


def register(app: Flask, group: click.Group) -> None:
    """Put `draft` on `flask --app app`, and one command below `import`."""
    app.cli.add_command(draft)
    group.add_command(import_draft)


@click.command("draft")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--preview", is_flag=True, help="Only say what would be read; keep nothing.")
@click.option("--publish", "is_published", is_flag=True, help="Show it to everybody at once.")
@with_appcontext
def import_draft(file: Path, preview: bool, is_published: bool) -> None:
    """Take a DOCX or Markdown FILE as the next version of the draft.

    Says what of the file was kept and what was left out, what became of each paragraph of the version before, and
    how the comments on it stand now: as many as there were.

    Without --publish only the team sees it, at Naskah on the desk, until somebody publishes it there. Ends with 2
    where the file cannot be read.
    """
    facts = take(file, is_published=is_published and not preview)
    _tell(facts)
    if preview:
        db.session.rollback()
        click.echo("Hanya dilihat; tidak ada yang disimpan.")
        return
    db.session.commit()
    state = "terbit" if facts.is_published else "belum terbit; terbitkan di meja tim, atau ulangi dengan --publish"
    click.echo(f"Versi {facts.number}: {state}.")


def take(file: Path, *, is_published: bool) -> drafts.DraftFacts:
    """Read a file into the next version, and publish it where asked; a file that cannot be opened ends the command."""
    try:
        content = file.read_bytes()
    except OSError as error:
        click.echo(f"Galat: Berkas tidak dapat dibuka: {error.strerror}.", err=True)
        raise SystemExit(terminal.NOT_DONE) from error
    now = datetime.now(UTC)
    draft_id = terminal.do(lambda: drafts.take(db.session(), content, name=file.name, now=now))
    if is_published and not drafts.facts(db.session(), draft_id).is_published:
        drafts.publish(db.session(), draft_id, now=now)
    return drafts.facts(db.session(), draft_id)


def _tell(facts: drafts.DraftFacts) -> None:
    report = facts.report
    click.echo(f"{facts.title}")
    click.echo(
        f"{report['chapters']} bab, {report['paragraphs']} paragraf "
        f"({report['numbered_here']} tanpa penanda, diberi nomor di sini), {report['preface']} alinea pembuka."
    )
    _tell_counts("Diambil", KEPT, report.get("kept", {}))
    _tell_counts("Ditinggalkan", DROPPED, report.get("dropped", {}))
    for note in report["unknown"][:SHOWN]:
        click.echo(f"Keterangan tidak dikenal, disimpan apa adanya: {note}")
    if len(report["unknown"]) > SHOWN:
        click.echo(f"dan {len(report['unknown']) - SHOWN} keterangan lain.")
    if facts.base_id is not None:
        _tell_tally(facts)


def _tell_counts(title: str, words: dict[str, str], counts: dict[str, int]) -> None:
    if counts:
        click.echo(f"{title}: {', '.join(f'{n} {words.get(name, name)}' for name, n in counts.items())}.")


def _tell_tally(facts: drafts.DraftFacts) -> None:
    """What became of the paragraphs of the version before, and that no comment is lost."""
    tally, before = fates.tally(db.session(), facts.id), lineages.spoken_before(db.session(), facts.id)
    found = [f"{n} {word(state, SOURCE).lower()}" for state in FateState if (n := tally.paragraphs.get(state))]
    click.echo(f"Paragraf versi sebelumnya: {', '.join([*found, f'{tally.added} baru'])}.")
    if tally.unsure:
        click.echo(f"{tally.unsure} belum pasti; periksa di meja tim, /staff/drafts/{facts.number}/fates.")
    said = [f"{n} {word(state, SOURCE).lower()}" for state in CommentState if (n := tally.comments.get(state))]
    told = f": {', '.join(said)}" if said else ""
    click.echo(f"Komentar: sebelum {before} = sesudah {sum(tally.comments.values())}{told}.")


@click.group()
def draft() -> None:
    """Versions of the draft as files."""


@draft.command("export")
@click.argument("number", type=int)
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def export_draft(number: int, out: Path) -> None:
    """Write version NUMBER to OUT, a .docx for whoever works on the draft.

    Comments stand at the margin, masked, under the name of a group or an office, each with what was decided. A
    version that was put together from decisions and is not published shows its changes as tracked changes. Every
    paragraph has a bookmark by which it is known again: edit the file in Word or LibreOffice, accept the changes,
    and take it with `import draft` as the next version. Ends with 2 where there is no such version.
    """
    now = datetime.now(UTC)
    try:
        found = drafts.version(db.session(), number, sees_unpublished=True)
        content = apart.docx(db.session(), found.id, now=now)
        out.write_bytes(content)
    except NotFound as refusal:
        click.echo(f"Galat: Tidak ada versi {number}.", err=True)
        raise SystemExit(terminal.NOT_DONE) from refusal
    except NotMade as refusal:
        click.echo("Galat: Berkasnya tidak jadi dibuat.", err=True)
        raise SystemExit(terminal.NOT_DONE) from refusal
    except OSError as error:
        click.echo(f"Galat: {out}: {error.strerror}.", err=True)
        raise SystemExit(terminal.NOT_DONE) from error
    apart.handed(db.session(), found.id, content, now=now)
    db.session.commit()
    click.echo(f"{out}: {len(content) / 1024:.0f} kB")
