"""Every way in has its word, and a request that came by mouth says how its sender was known."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CHANNELS = ("web", "assisted", "paper", "fgd", "letter", "musrenbang")
KINDS = ("withdraw", "erase")
# What a chat was called while it had no word of its own, and the columns by which its mapping is known.
LETTER, CHAT_COLUMNS = "letter", ["", "person", "text"]


def upgrade() -> None:
    _allow((*CHANNELS, "online_form", "chat"), (*KINDS, "correct"))
    with op.batch_alter_table("data_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("identity", sa.String(), nullable=True))
    _rename(LETTER, "chat")


def downgrade() -> None:
    _rename("chat", LETTER)
    for table in ("submission", "entry_batch", "consent"):
        op.execute(f"UPDATE {table} SET channel = 'letter' WHERE channel = 'chat'")
        op.execute(f"UPDATE {table} SET channel = 'paper' WHERE channel = 'online_form'")
    _rename("online_form", None)
    op.execute("DELETE FROM data_request WHERE kind = 'correct'")
    with op.batch_alter_table("data_request", schema=None) as batch_op:
        batch_op.drop_column("identity")
    _allow(CHANNELS, KINDS)


def _allow(channels: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    """Let these words be stored and no others."""
    for table, column, values in (
        ("submission", "channel", channels),
        ("entry_batch", "channel", channels),
        ("consent", "channel", channels),
        ("data_request", "kind", kinds),
    ):
        name = op.f(f"ck_{table}_{table}_{column}")
        allowed = ", ".join(f"'{value}'" for value in values)
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_constraint(name, type_="check")
            batch_op.create_check_constraint(name, f"{column} IN ({allowed})")


def _rename(old: str, new: str | None) -> None:
    """A chat that was taken, and the mappings that are kept for the next one, under the other word."""
    if new is not None:
        op.execute(
            sa.text(
                "UPDATE submission SET channel = :new WHERE channel = :old "
                "AND import_id IN (SELECT id FROM import_file WHERE kind = 'chat')"
            ).bindparams(new=new, old=old)
        )
    connection = op.get_bind()
    kept = sa.table("import_mapping", sa.column("signature", sa.String), sa.column("columns", sa.JSON))
    files = sa.table("import_file", sa.column("id", sa.Integer), sa.column("mapping", sa.JSON))
    for table, key, column in ((kept, "signature", "columns"), (files, "id", "mapping")):
        for row_id, facts in connection.execute(sa.select(table.c[key], table.c[column])).all():
            if facts.get("channel") == old and (new is None or facts.get("targets") == CHAT_COLUMNS):
                changed = {column: facts | {"channel": new}}
                connection.execute(table.update().where(table.c[key] == row_id).values(changed))
