"""The command door for what is kept no longer than it may be: retention, and erasures after a restore."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click
from flask import Flask
from flask.cli import with_appcontext

from models.engine import truncate
from portal.extensions import db
from services import contacts, erasures


def register(app: Flask) -> None:
    app.cli.add_command(retention)


@click.command()
@click.option("--dry-run", is_flag=True, help="Only say what would be erased.")
@with_appcontext
def retention(dry_run: bool) -> None:
    """Erase contacts six months after the day by which their round was answered (the worker does so once a day)."""
    now = datetime.now(UTC)
    if dry_run:
        click.echo(f"{len(contacts.run_out(db.session(), now=now))} kontak akan dihapus.")
        return
    count = contacts.sweep(db.session(), now=now)
    db.session.commit()
    truncate(db.engine)
    click.echo(f"{count} kontak dihapus.")


def erased_numbers(database: Path) -> list[str]:
    """The receipt numbers that the present database knows as erased; none where there is nothing to read."""
    if not database.is_file():
        return []
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            rows = connection.execute("SELECT receipt_no FROM submission WHERE state = 'erased'").fetchall()
        except sqlite3.DatabaseError:  # a database that cannot be read is what the backup is for
            return []
    return [number for (number,) in rows]


def erase_again(numbers: list[str]) -> int:
    """Erase what an older backup brought back, before anybody is served."""
    count = erasures.again(db.session(), numbers, now=datetime.now(UTC))
    db.session.commit()
    truncate(db.engine)
    return count
