"""Backups: whole while the site writes, checked before they replace anything."""

import sqlite3
from contextlib import closing

import pytest

from services import backups
from services.errors import UnreadableFile


def a_database(path, rows=50):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=wal")
        connection.execute("CREATE TABLE submission (id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.executemany("INSERT INTO submission (text) VALUES (?)", [(f"kiriman {n}",) for n in range(rows)])
        connection.commit()
    return path


def rows_of(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM submission").fetchone()[0]


def test_a_backup_of_an_open_database_holds_every_row(tmp_path):
    live = a_database(tmp_path / "live.db")
    with closing(sqlite3.connect(live)) as writer:
        writer.execute("INSERT INTO submission (text) VALUES ('belum di berkas utama')")
        writer.commit()
        backups.backup(live, tmp_path / "copy.db")
    assert rows_of(tmp_path / "copy.db") == 51


def test_a_restore_brings_the_rows_back(tmp_path):
    live = a_database(tmp_path / "live.db")
    backups.backup(live, tmp_path / "copy.db")
    with closing(sqlite3.connect(live)) as writer:
        writer.execute("DELETE FROM submission")
        writer.commit()
    backups.restore(tmp_path / "copy.db", live)
    assert rows_of(live) == 50


@pytest.mark.parametrize("content", [b"", b"bukan basis data" * 100])
def test_a_file_that_is_no_backup_replaces_nothing(tmp_path, content):
    live, bad = a_database(tmp_path / "live.db"), tmp_path / "bad.db"
    bad.write_bytes(content)
    with pytest.raises(UnreadableFile):
        backups.restore(bad, live)
    assert rows_of(live) == 50


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UnreadableFile, match="tidak-ada.db"):
        backups.restore(tmp_path / "tidak-ada.db", tmp_path / "live.db")
