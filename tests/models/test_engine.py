"""Connections: durable, foreign keys on, writers wait their turn, on every pooled connection."""

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from models.engine import PRAGMAS, open_engine, weigh

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


def planned(connection, number):
    """The plan of a query that was not asked before, after one that ran: what only explains sees no new schema."""
    connection.execute(text("SELECT count(*) FROM t"))
    rows = connection.execute(text(f"EXPLAIN QUERY PLAN SELECT {number} FROM t WHERE kind = 1 AND place = 7"))
    return rows.all()[0].detail


def test_open_connections_plan_by_what_was_weighed_last(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (kind INTEGER, place INTEGER)"))
        connection.execute(text("CREATE INDEX by_kind ON t (kind)"))
        connection.execute(text("CREATE INDEX by_place ON t (place)"))
    reading = engine.execution_options(reading=True)
    for number, (kind, place, expected) in enumerate(((1, "n", "by_place"), ("n", 7, "by_kind"))):
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM t"))
            many = "WITH c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 500)"
            connection.execute(text(f"INSERT INTO t {many} SELECT {kind}, {place} FROM c"))
        with reading.connect() as held:
            planned(held, number)
            held.rollback()
            weigh(engine)
            assert expected in planned(held, number + 100)


def test_an_empty_table_is_taken_for_a_short_one(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE long (id INTEGER PRIMARY KEY, kind INTEGER)"))
        connection.execute(text("CREATE INDEX by_kind ON long (kind)"))
        connection.execute(text("CREATE TABLE short (id INTEGER PRIMARY KEY, long_id INTEGER)"))
        connection.execute(text("CREATE INDEX by_long ON short (long_id)"))
        many = "WITH c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 30000)"
        connection.execute(text(f"INSERT INTO long (kind) {many} SELECT 1 FROM c"))
    joined = "EXPLAIN QUERY PLAN SELECT {n} FROM short JOIN long ON long.id = short.long_id WHERE long.kind = 1"
    with engine.connect() as connection:
        assert "long USING" in connection.execute(text(joined.format(n=1))).all()[0].detail
    weigh(engine)
    with engine.connect() as connection:
        connection.execute(text("SELECT count(*) FROM short"))
        assert connection.execute(text(joined.format(n=2))).all()[0].detail == "SCAN short"


def test_what_is_weighed_holds_numbers_and_nobodys_words(engine):
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE t (said TEXT)"))
        connection.execute(text("CREATE INDEX by_said ON t (said)"))
        connection.execute(text("INSERT INTO t VALUES ('kerahasiaan'), ('kerahasiaan'), ('lain')"))
    weigh(engine)
    with engine.connect() as connection:
        names = set(connection.execute(text("SELECT name FROM sqlite_master")).scalars())
        assert connection.execute(text("SELECT stat FROM sqlite_stat1 WHERE idx = 'by_said'")).scalar() == "3 2"
        samples = "SELECT count(*) FROM sqlite_stat4" if "sqlite_stat4" in names else "SELECT 0"
        assert connection.execute(text(samples)).scalar() == 0
