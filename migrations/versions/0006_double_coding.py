"""Double coding: samples that were drawn, their points, who codes them, and what they gave."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coding_sample",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_coding_sample_size_positive")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_coding_sample_made_by_user")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_coding_sample_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding_sample")),
    )
    op.create_index(op.f("ix_coding_sample_round_id"), "coding_sample", ["round_id"], unique=False)
    op.create_table(
        "sample_point",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_sample_point_point_id_point")),
        sa.ForeignKeyConstraint(
            ["sample_id"], ["coding_sample.id"], name=op.f("fk_sample_point_sample_id_coding_sample")
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_sample_point_theme_id_theme")),
        sa.PrimaryKeyConstraint("sample_id", "point_id", name=op.f("pk_sample_point")),
    )
    op.create_index(op.f("ix_sample_point_point_id"), "sample_point", ["point_id"], unique=False)
    op.create_table(
        "coder",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_coder_person_id_user")),
        sa.ForeignKeyConstraint(["sample_id"], ["coding_sample.id"], name=op.f("fk_coder_sample_id_coding_sample")),
        sa.PrimaryKeyConstraint("sample_id", "person_id", name=op.f("pk_coder")),
    )
    op.create_table(
        "coding",
        sa.Column("sample_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sample_id", "point_id"],
            ["sample_point.sample_id", "sample_point.point_id"],
            name=op.f("fk_coding_sample_id_point_id_sample_point"),
        ),
        sa.ForeignKeyConstraint(
            ["sample_id", "person_id"],
            ["coder.sample_id", "coder.person_id"],
            name=op.f("fk_coding_sample_id_person_id_coder"),
        ),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_coding_theme_id_theme")),
        sa.PrimaryKeyConstraint("sample_id", "point_id", "person_id", name=op.f("pk_coding")),
    )
    op.create_index(op.f("ix_coding_point_id"), "coding", ["point_id"], unique=False)


def downgrade() -> None:
    for table in ("coding", "coder", "sample_point", "coding_sample"):
        op.drop_table(table)
