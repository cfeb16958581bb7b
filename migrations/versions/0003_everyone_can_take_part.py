"""Everyone can take part: contact and consent, paper, meetings, files that are brought, floods and targets."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrival",
        sa.Column("sender", sa.String(), nullable=False),
        sa.Column("minute", sa.DateTime(), nullable=False),
        sa.Column("sendings", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sender", "minute", name=op.f("pk_arrival")),
    )
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_arrival_minute"), ["minute"], unique=False)

    op.create_table(
        "import_mapping",
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("signature", name=op.f("pk_import_mapping")),
    )
    op.create_table(
        "target",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("note_en", sa.String(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "code", name=op.f("pk_target")),
    )
    op.create_table(
        "entry_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "web",
                "assisted",
                "paper",
                "fgd",
                "letter",
                "musrenbang",
                name="entry_batch_channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.code"], name=op.f("fk_entry_batch_area_area")),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_entry_batch_person_id_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_batch")),
    )
    with op.batch_alter_table("entry_batch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_entry_batch_person_id"), ["person_id"], unique=False)

    op.create_table(
        "import_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "previewed",
                "taking",
                "taken",
                "undone",
                name="import_file_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("mapping", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(), nullable=True),
        sa.Column("undone_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_import_file_made_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_file")),
    )
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_import_file_digest"), ["digest"], unique=False)

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fgd_meeting",
                "fkp",
                "musrenbang_meeting",
                name="meeting_kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["area"], ["area.code"], name=op.f("fk_meeting_area_area")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_meeting_made_by_user")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_table(
        "paper_form",
        sa.Column("serial", sa.String(), nullable=False),
        sa.Column("receipt_no", sa.String(), nullable=False),
        sa.Column("pin_salt", sa.String(), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("printed_at", sa.DateTime(), nullable=False),
        sa.Column("printed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["printed_by"], ["user.id"], name=op.f("fk_paper_form_printed_by_user")),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_paper_form")),
        sa.UniqueConstraint("receipt_no", name=op.f("uq_paper_form_receipt_no")),
    )
    op.create_table(
        "agreement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agreement_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement")),
    )
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agreement_meeting_id"), ["meeting_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("constituency", sa.String(), nullable=False),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("women", sa.Integer(), nullable=False),
        sa.Column("men", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting")),
        sa.PrimaryKeyConstraint("meeting_id", "constituency", name=op.f("pk_attendance")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum("news", "name", name="consent_purpose", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("wording", sa.String(), nullable=False),
        sa.Column(
            "channel",
            sa.Enum(
                "web",
                "assisted",
                "paper",
                "fgd",
                "letter",
                "musrenbang",
                name="consent_channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_consent_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_submission_id"), ["submission_id"], unique=False)

    op.create_table(
        "contact",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_contact_submission_id_submission")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_contact")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_contact_submission_id")),
    )
    op.create_table(
        "data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "withdraw", "erase", name="data_request_kind", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=False),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["done_by"], ["user.id"], name=op.f("fk_data_request_done_by_user")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_data_request_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    with op.batch_alter_table("data_request", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_data_request_due_at"), ["due_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_data_request_submission_id"), ["submission_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "sent", "given_up", name="notice_state", native_enum=False, create_constraint=True, length=40
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("next_at", sa.DateTime(), nullable=False),
        sa.Column("sent_at", sa.DateTime(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name=op.f("fk_notice_submission_id_submission")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.create_index("ix_notice_state_next_at", ["state", "next_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_notice_submission_id"), ["submission_id"], unique=False)

    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.add_column(sa.Column("population", sa.Integer(), nullable=True))

    with op.batch_alter_table("dimension", schema=None) as batch_op:
        batch_op.add_column(sa.Column("plain_jv", sa.String(), server_default=sa.text("''"), nullable=False))

    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.add_column(sa.Column("label_jv", sa.String(), server_default=sa.text("''"), nullable=False))

    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.add_column(sa.Column("label_jv", sa.String(), server_default=sa.text("''"), nullable=False))

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("revoked_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("made_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_invitation_made_by_user"), "user", ["made_by"], ["id"])

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changed_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "state",
                sa.Enum(
                    "received",
                    "held",
                    "withdrawn",
                    "erased",
                    name="submission_state",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                server_default=sa.text("'received'"),
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("held_for", sa.String(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "visibility",
                sa.Enum(
                    "named",
                    "unnamed",
                    "team",
                    name="submission_visibility",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                server_default=sa.text("'unnamed'"),
                nullable=False,
            )
        )
        batch_op.add_column(sa.Column("affected", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(sa.Column("constituencies", sa.JSON(), server_default=sa.text("'[]'"), nullable=False))
        batch_op.add_column(
            sa.Column(
                "experience",
                sa.Enum(
                    "own",
                    "neighbour",
                    "none",
                    name="submission_experience",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column(
                "age_band",
                sa.Enum(
                    "under_18",
                    "18_25",
                    "26_40",
                    "41_59",
                    "60_up",
                    name="submission_age_band",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(
            sa.Column(
                "gender",
                sa.Enum(
                    "woman",
                    "man",
                    "unstated",
                    name="submission_gender",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("serial", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("entry_batch_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("meeting_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("import_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("entered_by", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_submission_entry_batch_id"), ["entry_batch_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_import_id"), ["import_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_meeting_id"), ["meeting_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_submission_state"), ["state"], unique=False)
        batch_op.create_unique_constraint(batch_op.f("uq_submission_serial"), ["serial"])
        batch_op.create_foreign_key(batch_op.f("fk_submission_serial_paper_form"), "paper_form", ["serial"], ["serial"])
        batch_op.create_foreign_key(batch_op.f("fk_submission_entered_by_user"), "user", ["entered_by"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_submission_meeting_id_meeting"), "meeting", ["meeting_id"], ["id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_submission_entry_batch_id_entry_batch"), "entry_batch", ["entry_batch_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_submission_import_id_import_file"), "import_file", ["import_id"], ["id"]
        )

    op.create_table(
        "entry_check",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column("differences", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["user.id"], name=op.f("fk_entry_check_asked_by_user")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_entry_check_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_entry_check")),
    )


def downgrade() -> None:
    op.drop_table("entry_check")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_submission_import_id_import_file"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_submission_entry_batch_id_entry_batch"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_submission_meeting_id_meeting"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_submission_entered_by_user"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_submission_serial_paper_form"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("uq_submission_serial"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_submission_state"))
        batch_op.drop_index(batch_op.f("ix_submission_meeting_id"))
        batch_op.drop_index(batch_op.f("ix_submission_import_id"))
        batch_op.drop_index(batch_op.f("ix_submission_entry_batch_id"))
        batch_op.drop_column("entered_by")
        batch_op.drop_column("import_id")
        batch_op.drop_column("meeting_id")
        batch_op.drop_column("entry_batch_id")
        batch_op.drop_column("serial")
        batch_op.drop_constraint(batch_op.f("ck_submission_submission_gender"), type_="check")
        batch_op.drop_column("gender")
        batch_op.drop_constraint(batch_op.f("ck_submission_submission_age_band"), type_="check")
        batch_op.drop_column("age_band")
        batch_op.drop_constraint(batch_op.f("ck_submission_submission_experience"), type_="check")
        batch_op.drop_column("experience")
        batch_op.drop_column("constituencies")
        batch_op.drop_column("affected")
        batch_op.drop_constraint(batch_op.f("ck_submission_submission_visibility"), type_="check")
        batch_op.drop_column("visibility")
        batch_op.drop_column("held_for")
        batch_op.drop_constraint(batch_op.f("ck_submission_submission_state"), type_="check")
        batch_op.drop_column("state")

    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_column("changed_at")

    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_invitation_made_by_user"), type_="foreignkey")
        batch_op.drop_column("made_by")
        batch_op.drop_column("revoked_at")

    with op.batch_alter_table("topic", schema=None) as batch_op:
        batch_op.drop_column("label_jv")

    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.drop_column("label_jv")

    with op.batch_alter_table("dimension", schema=None) as batch_op:
        batch_op.drop_column("plain_jv")

    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_column("population")

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_submission_id"))
        batch_op.drop_index("ix_notice_state_next_at")

    op.drop_table("notice")
    with op.batch_alter_table("data_request", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_data_request_submission_id"))
        batch_op.drop_index(batch_op.f("ix_data_request_due_at"))

    op.drop_table("data_request")
    op.drop_table("contact")
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consent_submission_id"))

    op.drop_table("consent")
    op.drop_table("attendance")
    with op.batch_alter_table("agreement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agreement_meeting_id"))

    op.drop_table("agreement")
    op.drop_table("paper_form")
    op.drop_table("meeting")
    with op.batch_alter_table("import_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_import_file_digest"))

    op.drop_table("import_file")
    with op.batch_alter_table("entry_batch", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_entry_batch_person_id"))

    op.drop_table("entry_batch")
    op.drop_table("target")
    op.drop_table("import_mapping")
    with op.batch_alter_table("arrival", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_arrival_minute"))

    op.drop_table("arrival")
