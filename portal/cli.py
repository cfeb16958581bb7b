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

from portal import coding_cli, drafts_cli, exports_cli, imports_cli, privacy_cli, rounds_cli, terminal
from portal.config import ROOT, Settings
from portal.extensions import db, people
from portal.rights import ROLES
from services import accounts, backups, imports, plans, programmes, registers, rounds
from services.tables import Report

DEMO = ROOT / "demo"
# role, e-mail, agency, organisation, name
DEMO_PEOPLE = (
    ("administrator", "admin@demo.example", None, None, "Fulan"),
    ("lead", "ketua@demo.example", None, None, "Fulanah"),
    ("privacy", "privasi@demo.example", None, None, "Fulanah"),
    ("analyst", "analis@demo.example", None, None, "Fulan"),
    ("academic", "akademisi@demo.example", None, "Universitas Contoh", "Fulanah"),
    ("officer", "petugas@demo.example", None, "Kelurahan Krapyak", "Fulanah"),
    ("agency", "dinkominfo@demo.example", "dinkominfo", None, "Fulan"),
    ("agency", "dpupr@demo.example", "dpupr", None, "Fulanah"),
    ("verifier", "verifikator@demo.example", None, None, "Fulan"),
    ("reviewer", "penelaah@demo.example", None, None, "Fulanah"),
)
SOME_REFUSED, NOTHING_USABLE = 3, 2


def register(app: Flask) -> None:
    """Put the commands on `flask --app app`."""
    rounds_cli.register(app)
    coding_cli.register(app)
    privacy_cli.register(app)
    exports_cli.register(app)
    imports_cli.register(import_)
    drafts_cli.register(app, import_)
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
    terminal.do(lambda: plans.load(db.session(), settings.plan, now=datetime.now(UTC)))
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
    rounds.open_for_demo(db.session(), now=now)
    drafts_cli.take(DEMO / "draft-masterplan.md", is_published=True)
    terminal.do(lambda: programmes.import_file(db.session(), DEMO / "programmes.csv", now=now))
    terminal.do(lambda: registers.import_file(db.session(), DEMO / "refused.csv", now=now))
    mark = settings.data / "demo-loaded"
    if not mark.exists():
        _import(DEMO / "submissions.csv")
    db.session.commit()
    mark.touch()


def _demo_sign_ins(settings: Settings) -> list[tuple[str, str, str]]:
    """The demo's people, made once with passwords of their own and shown again at each start."""
    path = settings.data / "demo-sign-ins.tsv"
    lines = path.read_text().splitlines() if path.exists() else []
    known = {email: (role, email, password) for role, email, password in (line.split("\t") for line in lines)}
    for role, email, agency, organisation, name in DEMO_PEOPLE:
        if email not in known:
            known[email] = (role, email, secrets.token_urlsafe(9))
            _set_person(*known[email], agency=agency, organisation=organisation, name=name)
    db.session.commit()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.writelines("\t".join(row) + "\n" for row in known.values())
    return list(known.values())


def _set_person(role: str, email: str, password: str, **facts: str | None) -> None:
    person = people.find_user(email=email) or people.create_user(email=email, password=hash_password(password))
    person.password = hash_password(password)
    for field, value in facts.items():
        setattr(person, field, value)
    people.add_role_to_user(person, people.find_or_create_role(role))


@click.group("import")
def import_() -> None:
    """Take files in: a bad row is reported, the rest goes in, the same file twice adds nothing."""


def _tell_errors(report: Report) -> None:
    for error in report.errors:
        click.echo(f"Baris {error.number}: {error.reason}", err=True)
    if report.errors:
        raise SystemExit(SOME_REFUSED)


@import_.command("programmes")
@click.argument("file", type=click.Path(path_type=Path))
@with_appcontext
def import_programmes(file: Path) -> None:
    """Take a CSV FILE of programmes (columns id, name and opd are required; the agencies are those of the plan).

    A programme that is here already is brought up to date. Ends with 0, 3 or 2 like `import submissions`.
    """
    report = terminal.do(lambda: programmes.import_file(db.session(), file, now=datetime.now(UTC)))
    db.session.commit()
    click.echo(f"{report.added} baru, {report.changed} diperbarui, {report.known} sama, {len(report.errors)} ditolak.")
    _tell_errors(report)


def _import(file: Path) -> None:
    """The example texts: no file that somebody brought, so nothing to look at or to undo."""
    now = datetime.now(UTC)
    current = rounds.current(db.session(), now=now)
    if current is None:
        raise click.ClickException("Run `flask --app app init` first: no plan is loaded.")
    prefix = terminal.do(lambda: plans.city(db.session()))["city"]["receipt_prefix"]
    terminal.do(lambda: imports.import_submissions(db.session(), file, round_id=current[0], prefix=prefix, now=now))


@click.command()
@click.option("--full", is_flag=True, help="Read every round anew that was read before, also where nothing is due.")
@click.option("--cold", is_flag=True, help="Only compare: count from nothing and keep what that would change.")
@with_appcontext
def analyse(full: bool, cold: bool) -> None:
    """Read what is unread now, without waiting for the worker.

    Themes go on from where they stand. --cold begins from nothing beside them: no reading, no theme and no place
    changes, only the difference is kept for the team; it needs as long as a full run. With both, --full comes first.
    """
    # In a process of its own, so that the site's processes never load the analysis.
    environ = os.environ | {"DATA": str(_settings().data)}
    asked = [flag for flag, is_on in (("--full", full), ("--cold", cold)) if is_on]
    done = subprocess.run([sys.executable, "-m", "portal.worker", "--once", *asked], cwd=ROOT, env=environ, check=False)
    raise SystemExit(done.returncode)


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@with_appcontext
def backup(file: Path) -> None:
    """Write a consistent copy of the live database to FILE."""
    size = terminal.do(lambda: backups.backup(_settings().database, file))
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
    erased = privacy_cli.erased_numbers(settings.database)
    terminal.do(lambda: backups.restore(file, settings.database))
    upgrade(directory=str(ROOT / "migrations"))
    again = privacy_cli.erase_again(erased)
    click.echo(f"{settings.database} dipulihkan dari {file}; {again} masukan dihapus sekali lagi.")


@click.command()
@click.argument("email")
@click.option("--role", type=click.Choice(sorted(ROLES)), required=True, help="What this person may do.")
@click.option("--agency", help="Code or name of the agency; needed with --role agency, and only there.")
@click.option("--organisation", help="Where an academic works; may be changed when joining.")
@with_appcontext
def invite(email: str, role: str, agency: str | None, organisation: str | None) -> None:
    """Make a single-use way in for EMAIL; hand the printed link over yourself."""
    settings = _settings()
    whom = {"organisation": organisation, "agency": agency}
    token = terminal.do(
        lambda: accounts.invite(db.session(), email.strip().lower(), role, now=datetime.now(UTC), **whom)
    )
    db.session.commit()
    with current_app.test_request_context(base_url=f"http://127.0.0.1:{settings.port}"):
        click.echo(url_for("account.join", token=token, _external=True))
