"""The draft, the programmes, and voices of people who sign in; a point may serve several missions."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programme",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("old_dimension", sa.String(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=True),
        sa.Column(
            "element",
            sa.Enum(
                "superstructure",
                "infrastructure",
                "structure",
                name="programme_element",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "nature",
            sa.Enum(
                "digital",
                "non_digital",
                "both",
                name="programme_nature",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("agency", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "under_way",
                "hindered",
                "not_started",
                "stopped",
                name="programme_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("mission", sa.String(), nullable=True),
        sa.Column("start_year", sa.Integer(), nullable=True),
        sa.Column("basis", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_programme_agency_agency")),
        sa.ForeignKeyConstraint(["dimension"], ["dimension.code"], name=op.f("fk_programme_dimension_dimension")),
        sa.ForeignKeyConstraint(["mission"], ["mission.code"], name=op.f("fk_programme_mission_mission")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_programme")),
    )
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_programme_agency"), ["agency"], unique=False)

    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("preface", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("source_name", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "unpublished", "published", name="draft_state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_draft_made_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("digest", name=op.f("uq_draft_digest")),
        sa.UniqueConstraint("number", name=op.f("uq_draft_number")),
    )
    op.create_table(
        "chapter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_chapter_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chapter")),
        sa.UniqueConstraint("draft_id", "position", name=op.f("uq_chapter_draft_id_position")),
    )
    op.create_table(
        "paragraph",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("chapter_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("section", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=True),
        sa.Column(
            "element",
            sa.Enum(
                "superstructure",
                "infrastructure",
                "structure",
                name="paragraph_element",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column(
            "nature",
            sa.Enum(
                "digital",
                "non_digital",
                "both",
                name="paragraph_nature",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("agency", sa.String(), nullable=True),
        sa.Column("annotation", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_paragraph_agency_agency")),
        sa.ForeignKeyConstraint(["chapter_id"], ["chapter.id"], name=op.f("fk_paragraph_chapter_id_chapter")),
        sa.ForeignKeyConstraint(["dimension"], ["dimension.code"], name=op.f("fk_paragraph_dimension_dimension")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_paragraph_draft_id_draft")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paragraph")),
        sa.UniqueConstraint("draft_id", "mark", name=op.f("uq_paragraph_draft_id_mark")),
    )
    with op.batch_alter_table("paragraph", schema=None) as batch_op:
        batch_op.create_index("ix_paragraph_chapter_id_position", ["chapter_id", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_paragraph_mark"), ["mark"], unique=False)

    op.create_table(
        "point_framework",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("framework", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework", "code"],
            ["framework_item.framework", "framework_item.code"],
            name=op.f("fk_point_framework_framework_code_framework_item"),
        ),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_point_framework_point_id_point")),
        sa.PrimaryKeyConstraint("point_id", "framework", "code", name=op.f("pk_point_framework")),
    )
    op.create_table(
        "point_mission",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("mission", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["mission"], ["mission.code"], name=op.f("fk_point_mission_mission_mission")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_point_mission_point_id_point")),
        sa.PrimaryKeyConstraint("point_id", "mission", name=op.f("pk_point_mission")),
    )
    with op.batch_alter_table("point_mission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_point_mission_mission"), ["mission"], unique=False)

    op.execute("INSERT INTO point_mission (point_id, mission) SELECT id, mission FROM point WHERE mission IS NOT NULL")

    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("disagreement", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("voices", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.create_index("ix_finding_run_id_disagreement", ["run_id", "disagreement"], unique=False)

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("organisation", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("agency", sa.String(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_invitation_agency_agency"), "agency", ["agency"], ["code"])

    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.add_column(sa.Column("proposal", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "point_type",
                sa.Enum(
                    "problem",
                    "proposal",
                    "service_complaint",
                    "question",
                    "support",
                    "objection",
                    "factual_error",
                    "unclear",
                    "missing",
                    name="point_type",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("paragraph_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("programme", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("merge_into", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("shown_at", sa.DateTime(), nullable=True))
        batch_op.create_index(batch_op.f("ix_point_changed_at"), ["changed_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_shown_at"), ["shown_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_paragraph_id"), ["paragraph_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_point_programme"), ["programme"], unique=False)
        batch_op.drop_constraint(batch_op.f("fk_point_mission_mission"), type_="foreignkey")
        batch_op.create_foreign_key(
            batch_op.f("fk_point_paragraph_id_paragraph"), "paragraph", ["paragraph_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_point_programme_programme"), "programme", ["programme"], ["code"])
        batch_op.create_foreign_key(batch_op.f("fk_point_merge_into_programme"), "programme", ["merge_into"], ["code"])
        batch_op.drop_column("mission")

    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("organisation", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("agency", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "capacity",
                sa.Enum(
                    "personal",
                    "official",
                    name="submission_capacity",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("signed_off_by", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_submission_agency"), ["agency"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_person_id"), ["person_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_submission_agency_agency"), "agency", ["agency"], ["code"])
        batch_op.create_foreign_key(batch_op.f("fk_submission_person_id_user"), "user", ["person_id"], ["id"])

    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("organisation", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("agency", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_user_agency"), ["agency"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_user_agency_agency"), "agency", ["agency"], ["code"])


def downgrade() -> None:
    with op.batch_alter_table("user", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_user_agency_agency"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_user_agency"))
        batch_op.drop_column("agency")
        batch_op.drop_column("organisation")
        batch_op.drop_column("name")

    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_submission_person_id_user"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_submission_agency_agency"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_submission_person_id"))
        batch_op.drop_index(batch_op.f("ix_submission_agency"))
        batch_op.drop_column("signed_off_by")
        batch_op.drop_constraint(batch_op.f("ck_submission_submission_capacity"), type_="check")
        batch_op.drop_column("capacity")
        batch_op.drop_column("agency")
        batch_op.drop_column("organisation")
        batch_op.drop_column("person_id")

    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mission", sa.VARCHAR(), nullable=True))
        batch_op.drop_constraint(batch_op.f("fk_point_merge_into_programme"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_point_programme_programme"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_point_paragraph_id_paragraph"), type_="foreignkey")
        batch_op.create_foreign_key(batch_op.f("fk_point_mission_mission"), "mission", ["mission"], ["code"])
        batch_op.drop_index(batch_op.f("ix_point_programme"))
        batch_op.drop_index(batch_op.f("ix_point_paragraph_id"))
        batch_op.drop_index(batch_op.f("ix_point_shown_at"))
        batch_op.drop_index(batch_op.f("ix_point_changed_at"))
        batch_op.drop_column("shown_at")
        batch_op.drop_column("changed_at")
        batch_op.drop_column("merge_into")
        batch_op.drop_column("programme")
        batch_op.drop_column("paragraph_id")
        batch_op.drop_constraint(batch_op.f("ck_point_point_type"), type_="check")
        batch_op.drop_column("point_type")
        batch_op.drop_column("proposal")

    # The table before could hold one mission of a point; the first is kept.
    op.execute("UPDATE point SET mission = (SELECT min(m.mission) FROM point_mission m WHERE m.point_id = point.id)")

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_invitation_agency_agency"), type_="foreignkey")
        batch_op.drop_column("agency")
        batch_op.drop_column("organisation")

    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index("ix_finding_run_id_disagreement")
        batch_op.drop_column("voices")
        batch_op.drop_column("disagreement")

    with op.batch_alter_table("point_mission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_point_mission_mission"))

    op.drop_table("point_mission")
    op.drop_table("point_framework")
    with op.batch_alter_table("paragraph", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paragraph_mark"))
        batch_op.drop_index("ix_paragraph_chapter_id_position")

    op.drop_table("paragraph")
    op.drop_table("chapter")
    op.drop_table("draft")
    with op.batch_alter_table("programme", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_programme_agency"))

    op.drop_table("programme")
