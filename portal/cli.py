"""The command door: init, import, analyse, backup, restore, invite."""

import os
import secrets
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask, current_app, url_for
from flask.cli import with_appcontext
from flask_migrate import upgrade
from flask_security import hash_password

from portal.access import ROLES
from portal.config import ROOT, Settings
from portal.extensions import db, people
from services import accounts, backups, imports, plans
from services.errors import Refusal

DEMO_TEXTS = ROOT / "demo" / "submissions.csv"
DEMO_PEOPLE = (("lead", "ketua@demo.example"), ("analyst", "analis@demo.example"))
SOME_REFUSED, NOTHING_USABLE = 3, 2


def register(app: Flask) -> None:
    """Put the commands on `flask --app app`."""
    for command in (init, import_, analyse, backup, restore, invite):
        app.cli.add_command(command)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@click.command()
@with_appcontext
def init() -> None:
    """Bring the database up to date, load the plan, and (with DEMO=1, first time) the example texts."""
    settings = _settings()
    upgrade(directory=str(ROOT / "migrations"))
    _refuse(lambda: plans.load(db.session(), settings.plan, now=datetime.now(UTC)))
    db.session.commit()
    if settings.is_demo:
        _load_demo(settings)
        for role, email, password in _demo_sign_ins(settings):
            click.echo(f"{role}\t{email}\t{password}")
    elif (settings.data / "demo-sign-ins.tsv").exists():
        raise click.ClickException(
            "This data folder holds the demonstration; real work needs a folder of its own (set DATA)."
        )


def _load_demo(settings: Settings) -> None:
    now = datetime.now(UTC)
    plans.open_for_demo(db.session(), now=now)
    mark = settings.data / "demo-loaded"
    if not mark.exists():
        _import(DEMO_TEXTS)
    db.session.commit()
    mark.touch()


def _demo_sign_ins(settings: Settings) -> list[tuple[str, str, str]]:
    """The demo's people, made once with passwords of their own and shown again at each start."""
    path = settings.data / "demo-sign-ins.tsv"
    if not path.exists():
        rows = [(role, email, secrets.token_urlsafe(9)) for role, email in DEMO_PEOPLE]
        for role, email, password in rows:
            _set_person(role, email, password)
        db.session.commit()
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.writelines("\t".join(row) + "\n" for row in rows)
    lines = path.read_text().splitlines()
    return [(role, email, password) for role, email, password in (line.split("\t") for line in lines)]


def _set_person(role: str, email: str, password: str) -> None:
    person = people.find_user(email=email) or people.create_user(email=email, password=hash_password(password))
    person.password = hash_password(password)
    people.add_role_to_user(person, people.find_or_create_role(role))


def _refuse(deed):  # type: ignore[no-untyped-def]
    """Do it, and turn a refusal into one line on the terminal."""
    try:
        return deed()
    except Refusal as refusal:
        db.session.rollback()
        click.echo(f"Galat: {refusal}", err=True)
        raise SystemExit(NOTHING_USABLE) from refusal


@click.group("import")
def import_() -> None:
    """Take files in: a bad row is reported, the rest goes in, the same file twice adds nothing."""


@import_.command("submissions")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def import_submissions(file: Path) -> None:
    """Take a CSV FILE of submissions (UTF-8, with a header; the column `text` is required).

    Ends with 0 when every row was taken or known, 3 when some were refused, 2 when nothing could be read.
    """
    report = _import(file)
    db.session.commit()
    click.echo(f"{report.added} baru, {report.known} sudah ada, {len(report.errors)} ditolak.")
    for error in report.errors:
        click.echo(f"Baris {error.number}: {error.reason}", err=True)
    if report.errors:
        raise SystemExit(SOME_REFUSED)


def _import(file: Path) -> imports.Report:
    now = datetime.now(UTC)
    current = plans.current_round(db.session(), now=now)
    if current is None:
        raise click.ClickException("Run `flask --app app init` first: no plan is loaded.")
    prefix = _refuse(lambda: plans.city(db.session()))["city"]["receipt_prefix"]
    with click.progressbar(length=1, label=file.name, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        return _refuse(
            lambda: imports.import_submissions(
                db.session(), file, round_id=current[0], prefix=prefix, now=now, progress=show
            )
        )


@click.command()
@with_appcontext
def analyse() -> None:
    """Read what is unread now, without waiting for the worker."""
    # In a process of its own, so that the site's processes never load the analysis.
    environ = os.environ | {"DATA": str(_settings().data)}
    done = subprocess.run([sys.executable, "-m", "portal.worker", "--once"], cwd=ROOT, env=environ, check=False)
    raise SystemExit(done.returncode)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def backup(file: Path) -> None:
    """Write a consistent copy of the live database to FILE."""
    size = _refuse(lambda: backups.backup(_settings().database, file))
    click.echo(f"{file}: {size / 1024:.0f} kB")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--yes", is_flag=True, help="Do not ask before replacing what is there.")
@with_appcontext
def restore(file: Path, yes: bool) -> None:
    """Put the backup FILE in the place of the database (stop the site first)."""
    settings = _settings()
    db.session.remove()
    db.engine.dispose()
    if settings.database.exists() and sys.stdin.isatty() and not yes:
        click.confirm(f"Replace {settings.database}?", abort=True)
    _refuse(lambda: backups.restore(file, settings.database))
    upgrade(directory=str(ROOT / "migrations"))
    click.echo(f"{settings.database} dipulihkan dari {file}.")


@click.command()
@click.argument("email")
@click.option("--role", type=click.Choice(sorted(ROLES)), required=True, help="What this person may do.")
@with_appcontext
def invite(email: str, role: str) -> None:
    """Make a single-use way in for EMAIL; hand the printed link over yourself."""
    settings = _settings()
    token = accounts.invite(db.session(), email.strip().lower(), role, now=datetime.now(UTC))
    db.session.commit()
    with current_app.test_request_context(base_url=f"http://127.0.0.1:{settings.port}"):
        click.echo(url_for("account.join", token=token, _external=True))
