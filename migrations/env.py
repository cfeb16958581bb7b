"""How the schema moves: one explicit transaction for each migration, so that a broken one leaves nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from alembic.runtime.migration import MigrationContext
from flask import current_app
from sqlalchemy import Connection

extension = current_app.extensions["migrate"]


@contextmanager
def unguarded(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table that others refer to: dropping the old one would touch what stands on it.

    The switch works only between transactions, hence the driver's own connection.
    """
    driver = connection.connection.driver_connection
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        driver.execute("PRAGMA foreign_keys=off")
    try:
        yield
    finally:
        if is_sqlite:
            driver.execute("PRAGMA foreign_keys=on")


def check_references(*, ctx: MigrationContext, **_: object) -> None:
    """Inside the migration's transaction: references that lead nowhere undo it whole."""
    if ctx.dialect.name != "sqlite":
        return
    broken = ctx.connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise RuntimeError(f"references that lead nowhere after the migration: {broken[:5]}")


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Leave an index of words alone: SQLite keeps it in tables that no model describes."""
    return kind != "table" or not (name or "").startswith("point_search")


def run() -> None:
    """Run the migrations on the site's own engine (SQLite's DDL stands under its BEGIN IMMEDIATE)."""
    with extension.db.engine.connect() as connection, unguarded(connection):
        context.configure(
            connection=connection,
            target_metadata=extension.db.metadata,
            transaction_per_migration=True,
            on_version_apply=check_references,
            include_name=is_ours,
            **extension.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
