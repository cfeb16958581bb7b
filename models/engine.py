"""Connections: the pragmas, the transactions, and what is done when the file turns read-only."""

from typing import Any

from sqlalchemy import Engine, ExceptionContext, create_engine, event
from sqlalchemy.engine import Connection

BUSY_MS = 3000
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
