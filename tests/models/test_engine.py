"""Connections: durable, foreign keys on, writers wait their turn, on every pooled connection."""

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from models.engine import PRAGMAS, open_engine

EXPECTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 3000, "secure_delete": 1}


@pytest.fixture
def engine(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/urun.db")
    yield engine
    engine.dispose()


def test_every_pooled_connection_has_the_pragmas(engine):
    assert PRAGMAS.keys() == EXPECTED.keys()
    held = [engine.execution_options(reading=True).connect() for _ in range(5)]
    for connection in held:
        for name, value in EXPECTED.items():
            assert connection.execute(text(f"PRAGMA {name}")).scalar() == value, name
    for connection in held:
        connection.close()


def test_a_transaction_that_may_write_begins_immediate_and_a_reading_one_does_not(engine):
    begun: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cur, statement, *_more: begun.append(statement))
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (n INTEGER)"))
    with engine.execution_options(reading=True).connect() as connection:
        connection.execute(text("SELECT n FROM t"))
    assert [s for s in begun if s.startswith("BEGIN")] == ["BEGIN IMMEDIATE", "BEGIN"]


def test_readers_do_not_wait_for_a_writer(engine):
    with engine.connect() as writer:
        writer.execute(text("CREATE TABLE t (n INTEGER)"))
        with engine.execution_options(reading=True).connect() as reader:
            assert reader.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 0


def test_a_broken_schema_change_leaves_nothing(engine):
    with pytest.raises(ZeroDivisionError), engine.begin() as connection:
        connection.execute(text("CREATE TABLE half (n INTEGER)"))
        raise ZeroDivisionError
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sqlite_master")).scalar() == 0


def test_a_broken_reference_is_refused(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY)"))
        connection.execute(text("CREATE TABLE child (parent INTEGER REFERENCES parent (id))"))
    with pytest.raises(IntegrityError), engine.begin() as connection:
        connection.execute(text("INSERT INTO child VALUES (7)"))
