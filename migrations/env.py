"""How the schema moves: one explicit transaction for each migration, so that a broken one leaves nothing."""

from alembic import context
from flask import current_app

extension = current_app.extensions["migrate"]


def run() -> None:
    """Run the migrations on the site's own engine (SQLite's DDL stands under its BEGIN IMMEDIATE)."""
    with extension.db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=extension.db.metadata,
            transaction_per_migration=True,
            **extension.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
