"""Backups by SQLite's own backup interface, never a copy of a live file."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from services.errors import UnreadableFile


def backup(database: Path, target: Path) -> int:
    """Write a consistent copy of a live database to `target` and return its size in bytes.

    It is written beside the target and put in place when whole, so a broken backup never replaces a good one.
    """
    if not database.is_file():
        raise UnreadableFile("Basis data belum ada: jalankan `flask --app app init`.")
    part = target.with_name(target.name + ".part")
    try:
        _copy(database, part)
        os.replace(part, target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise UnreadableFile(f"Cadangan tidak dapat ditulis: {error}.") from error
    return target.stat().st_size


def restore(source: Path, database: Path) -> None:
    """Put a backup in the place of the database, after checking that it is whole and ours."""
    _check(source)
    try:
        _copy(source, database)
    except sqlite3.Error as error:
        raise UnreadableFile(f"Cadangan tidak dapat dipulihkan: {error}.") from error


def _copy(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def _check(source: Path) -> None:
    if not source.is_file():
        raise UnreadableFile(f"Berkas {source.name} tidak ada.")
    try:
        with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as connection:
            state = connection.execute("PRAGMA integrity_check").fetchone()[0]
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")}
    except sqlite3.DatabaseError as error:
        raise UnreadableFile(f"Berkas {source.name} bukan cadangan yang utuh: {error}.") from error
    if state != "ok" or not {"submission", "alembic_version"} <= tables:
        raise UnreadableFile(f"Berkas {source.name} bukan cadangan Urun Rembug yang utuh.")
