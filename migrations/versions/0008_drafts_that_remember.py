"""Drafts that remember: what became of each paragraph in later versions, and what belongs to comments alone.

Until now a comment was found again by its paragraph's mark; what is known of older versions is carried over so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TABLES = ("stage_window", "letter", "fate", "remark", "reply", "wording")
# Earlier versions were compared by their marks alone, and so a paragraph whose mark is gone counts as removed.
LINEAGE = """
    UPDATE paragraph SET lineage_id = (
        SELECT min(first.id) FROM paragraph AS first JOIN draft ON draft.id = first.draft_id
        WHERE first.mark = paragraph.mark)
"""
# A long chapter is read in pages of twenty paragraphs.
PAGES = "UPDATE paragraph SET page = (position - 1) / 20 + 1"
FATES = """
    INSERT INTO fate (paragraph_id, draft_id, heir_id, others, state, similarity, confidence)
    SELECT old.id, later.id, heir.id, '[]',
        CASE WHEN heir.id IS NULL THEN 'removed' WHEN heir.text = old.text THEN 'same' ELSE 'edited' END,
        CASE WHEN heir.id IS NULL THEN 0 WHEN heir.text = old.text THEN 1 ELSE 0.5 END,
        CASE WHEN heir.text = old.text THEN 1 ELSE 0.5 END
    FROM paragraph AS old
    JOIN draft AS mine ON mine.id = old.draft_id AND mine.state = 'published'
    JOIN draft AS later ON later.number > mine.number
    LEFT JOIN paragraph AS heir ON heir.draft_id = later.id AND heir.mark = old.mark
"""
BASES = """
    UPDATE draft SET base_id = (
        SELECT base.id FROM draft AS base
        WHERE base.number < draft.number AND base.state = 'published' ORDER BY base.number DESC LIMIT 1)
"""


def upgrade() -> None:
    op.create_table(
        "stage_window",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column(
            "group",
            sa.Enum(
                "citizen",
                "academic",
                "agency",
                "business",
                "community",
                "media",
                name="stage_window_group",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("opens_at", sa.DateTime(), nullable=False),
        sa.Column("closes_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("opens_at < closes_at", name=op.f("ck_stage_window_opens_before_it_closes")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_stage_window_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_window")),
        sa.UniqueConstraint("round_id", "group", name=op.f("uq_stage_window_round_id_group")),
    )
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("emptied_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_letter_person_id_user")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_letter_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("number", name=op.f("uq_letter_number")),
    )
    op.create_index("ix_letter_person_id", "letter", ["person_id"], unique=False)

    op.create_table(
        "fate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paragraph_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("heir_id", sa.Integer(), nullable=True),
        sa.Column("others", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "same",
                "edited",
                "moved",
                "split",
                "merged",
                "removed",
                name="fate_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(heir_id IS NULL) = (state = 'removed')", name=op.f("ck_fate_heir_or_removed")),
        sa.ForeignKeyConstraint(["confirmed_by"], ["user.id"], name=op.f("fk_fate_confirmed_by_user")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_fate_draft_id_draft")),
        sa.ForeignKeyConstraint(["heir_id"], ["paragraph.id"], name=op.f("fk_fate_heir_id_paragraph")),
        sa.ForeignKeyConstraint(["paragraph_id"], ["paragraph.id"], name=op.f("fk_fate_paragraph_id_paragraph")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fate")),
        sa.UniqueConstraint("paragraph_id", "draft_id", name=op.f("uq_fate_paragraph_id_draft_id")),
    )
    op.create_index("ix_fate_draft_id_heir_id", "fate", ["draft_id", "heir_id"], unique=False)

    op.create_table(
        "remark",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=True),
        sa.Column("is_gap", sa.Boolean(), nullable=False),
        sa.Column("quote", sa.String(), nullable=False),
        sa.Column(
            "severity",
            sa.Enum(
                "must", "should", "minor", name="remark_severity", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column(
            "state",
            sa.Enum(
                "pending", "shown", "hidden", name="remark_state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("moderated_at", sa.DateTime(), nullable=True),
        sa.Column("moderated_by", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_remark_draft_id_draft")),
        sa.ForeignKeyConstraint(["moderated_by"], ["user.id"], name=op.f("fk_remark_moderated_by_user")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_remark_point_id_point")),
        sa.ForeignKeyConstraint(["settled_by"], ["user.id"], name=op.f("fk_remark_settled_by_user")),
        sa.PrimaryKeyConstraint("point_id", name=op.f("pk_remark")),
    )
    op.create_index("ix_remark_draft_id", "remark", ["draft_id"], unique=False)
    op.create_index("ix_remark_state", "remark", ["state"], unique=False)

    op.create_table(
        "reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_reply_person_id_user")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_reply_point_id_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
    )
    op.create_index("ix_reply_point_id", "reply", ["point_id"], unique=False)

    op.create_table(
        "wording",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("paragraph_id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("is_literal", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_wording_decision_id_decision")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_wording_draft_id_draft")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_wording_made_by_user")),
        sa.ForeignKeyConstraint(["paragraph_id"], ["paragraph.id"], name=op.f("fk_wording_paragraph_id_paragraph")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_wording_point_id_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
        sa.UniqueConstraint("draft_id", "decision_id", name=op.f("uq_wording_draft_id_decision_id")),
    )
    op.create_index("ix_wording_decision_id", "wording", ["decision_id"], unique=False)
    op.create_index("ix_wording_paragraph_id", "wording", ["paragraph_id"], unique=False)
    op.create_index("ix_wording_point_id", "wording", ["point_id"], unique=False)

    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.add_column(sa.Column("base_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_draft_base_id_draft"), "draft", ["base_id"], ["id"])

    with op.batch_alter_table("paragraph", schema=None) as batch_op:
        batch_op.add_column(sa.Column("lineage_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("page", sa.Integer(), nullable=False, server_default="1"))
        batch_op.add_column(sa.Column("fixed_why", sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_paragraph_lineage_id"), ["lineage_id"], unique=False)

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("shows_comments_early", sa.Boolean(), nullable=False, server_default=sa.false()))
    for statement in (LINEAGE, PAGES, FATES, BASES):
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_column("shows_comments_early")
    with op.batch_alter_table("paragraph", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paragraph_lineage_id"))
        batch_op.drop_column("fixed_why")
        batch_op.drop_column("page")
        batch_op.drop_column("lineage_id")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_draft_base_id_draft"), type_="foreignkey")
        batch_op.drop_column("base_id")
    for table in reversed(TABLES):
        op.drop_table(table)
