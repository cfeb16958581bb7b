"""What people say of a point's place and of themes stands apart; a run leaves its words, and compares itself."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES = ("active", "proposed", "refused", "retired")


def upgrade() -> None:
    _allow((*STATES, "merged"))
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("made_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("merged_into", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(op.f("fk_theme_made_by_user"), "user", ["made_by"], ["id"])
        batch_op.create_foreign_key(op.f("fk_theme_merged_into_theme"), "theme", ["merged_into"], ["id"])
        batch_op.create_check_constraint(
            op.f("ck_theme_merged_into_something"), "(state = 'merged') = (merged_into IS NOT NULL)"
        )
        batch_op.create_check_constraint(op.f("ck_theme_not_into_itself"), "merged_into != id")
        batch_op.create_index(op.f("ix_theme_merged_into"), ["merged_into"], unique=False)
    with op.batch_alter_table("reading", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merged_from_id", sa.Integer(), nullable=True))
        # 0 stands for "not known yet": the next full run writes both.
        batch_op.add_column(sa.Column("fingerprint", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("digest", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.create_foreign_key(op.f("fk_reading_merged_from_id_theme"), "theme", ["merged_from_id"], ["id"])
        batch_op.create_index(op.f("ix_reading_merged_from_id"), ["merged_from_id"], unique=False)
        batch_op.create_index(op.f("ix_reading_fingerprint"), ["fingerprint"], unique=False)
        batch_op.create_index(op.f("ix_reading_duplicate_group"), ["duplicate_group"], unique=False)
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("placed", sa.Integer(), nullable=False, server_default="0"))
    _add_mark()
    op.create_table(
        "theme_word",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_theme_word_round_id_round")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_theme_word_theme_id_theme")),
        sa.PrimaryKeyConstraint("round_id", "key", "theme_id", name=op.f("pk_theme_word")),
    )
    op.create_table(
        "difference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("texts", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("agreement", sa.Double(), nullable=False),
        sa.Column("flows", sa.JSON(), nullable=False),
        sa.Column("proposals", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_difference_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_difference")),
    )
    with op.batch_alter_table("difference", schema=None) as batch_op:
        batch_op.create_index(op.f("ix_difference_run_id"), ["run_id"], unique=False)


def _add_mark() -> None:
    op.create_table(
        "mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("pin", "move", "release", name="mark_kind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.CheckConstraint("(kind = 'release') = (theme_id IS NULL)", name=op.f("ck_mark_theme_unless_released")),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_mark_actor_id_user")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_mark_point_id_point")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_mark_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark")),
    )
    with op.batch_alter_table("mark", schema=None) as batch_op:
        for column in ("point_id", "theme_id", "at"):
            batch_op.create_index(op.f(f"ix_mark_{column}"), [column], unique=False)


def downgrade() -> None:
    for table in ("difference", "theme_word", "mark"):
        op.drop_table(table)
    with op.batch_alter_table("run", schema=None) as batch_op:
        batch_op.drop_column("placed")
    op.execute("UPDATE reading SET theme_id = merged_from_id WHERE merged_from_id IS NOT NULL")
    with op.batch_alter_table("reading", schema=None) as batch_op:
        for column in ("duplicate_group", "fingerprint", "merged_from_id"):
            batch_op.drop_index(op.f(f"ix_reading_{column}"))
        batch_op.drop_constraint(op.f("fk_reading_merged_from_id_theme"), type_="foreignkey")
        for column in ("merged_from_id", "fingerprint", "digest"):
            batch_op.drop_column(column)
    # A theme that was merged lives again, as what it was.
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_index(op.f("ix_theme_merged_into"))
        batch_op.drop_constraint(op.f("ck_theme_merged_into_something"), type_="check")
        batch_op.drop_constraint(op.f("ck_theme_not_into_itself"), type_="check")
        batch_op.drop_constraint(op.f("fk_theme_merged_into_theme"), type_="foreignkey")
        batch_op.drop_constraint(op.f("fk_theme_made_by_user"), type_="foreignkey")
    op.execute(
        "UPDATE theme SET state = CASE WHEN is_machine_made AND code != 'K-' || id THEN 'proposed' ELSE 'active' END "
        "WHERE state = 'merged'"
    )
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_column("made_by")
        batch_op.drop_column("merged_into")
    _allow(STATES)


def _allow(states: tuple[str, ...]) -> None:
    """Let these words be stored and no others."""
    name = op.f("ck_theme_theme_state")
    allowed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"state IN ({allowed})")
