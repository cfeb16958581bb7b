"""Connections: the pragmas, the transactions, and what is done when the file turns read-only."""

from typing import Any

from sqlalchemy import Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import Connection

BUSY_MS = 3000
# Rows of an index that are looked at when its size is told: no list has to be counted to its end.
LOOKED_AT = 200_000
# A table that is empty now is taken for a short one; SQLite would take it for a million rows and begin elsewhere.
EMPTY = """
INSERT INTO sqlite_stat1 SELECT name, NULL, '1000' FROM sqlite_schema
WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND sql NOT LIKE 'CREATE VIRTUAL%'
AND name NOT IN (SELECT tbl FROM sqlite_stat1)
"""
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",
    "foreign_keys": "on",
    "busy_timeout": str(BUSY_MS),
    "secure_delete": "on",
}


def open_engine(url: str) -> Engine:
    """An engine outside Flask (worker, commands, tests), with the same habits as the site's.

    A fault names its statement in the log, never the values: those are people's words.
    """
    return prepare(create_engine(url, hide_parameters=True))


def prepare(engine: Engine) -> Engine:
    """Give an SQLite engine its habits; another engine is returned as it is.

    A receipt that was shown must survive a power cut, hence `synchronous=FULL`; a transaction that may write
    starts with BEGIN IMMEDIATE, because one that reads first and writes later cannot wait for its turn. Work
    that only reads says so with the execution option `reading=True`.
    """
    if engine.dialect.name != "sqlite":
        return engine
    event.listen(engine, "connect", _on_connect)
    event.listen(engine, "begin", _on_begin)
    event.listen(engine, "handle_error", _on_error)
    return engine


def truncate(engine: Engine) -> bool:
    """Empty the write-ahead log, where erased words would stand until it is used again; False while somebody reads."""
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        is_busy = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.close()
    return not is_busy


def weigh(engine: Engine) -> None:
    """Tell the planner how long tables are and how many rows a key finds.

    Without that SQLite takes every key for one that finds ten rows, and begins a page of a large round at all that was
    received in it. The numbers are made anew in a new table, because connections that are open read them again only
    when the schema changed; a bound on the rows also keeps SQLite from taking samples, which would be people's words.
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA analysis_limit={LOOKED_AT}")
        connection.exec_driver_sql("DROP TABLE IF EXISTS sqlite_stat1")
        connection.exec_driver_sql("ANALYZE")
        connection.exec_driver_sql(EMPTY)
        connection.exec_driver_sql("ANALYZE sqlite_schema")


def _on_connect(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name}={value}")


def _on_begin(connection: Connection) -> None:
    is_reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")


def _on_error(context: ExceptionContext) -> None:
    # A pooled connection keeps the read-only mode it was opened in, also after the disk is repaired.
    if "readonly database" in str(context.original_exception) and context.engine is not None:
        context.engine.dispose()
