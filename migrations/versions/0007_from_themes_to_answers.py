"""From themes to answers: what the team says of a point, scores, decides, answers, publishes and hands over."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STATES = ("received", "held", "withdrawn", "erased")
TABLES = (
    "triage",
    "triage_mark",
    "handover",
    "refused_item",
    "refused_match",
    "codebook_change",
    "theme_example",
    "division",
    "scheme",
    "score",
    "ballot",
    "override",
    "conflict",
    "conflict_point",
    "decision",
    "release",
    "release_file",
    "response",
    "objection",
    "answered_point",
    "export",
    "total",
)


def upgrade() -> None:
    _allow((*STATES, "set_aside"))
    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.add_column(sa.Column("split_from_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_point_split_from_id"), ["split_from_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_point_split_from_id_point"), "point", ["split_from_id"], ["id"])
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "aside_reason",
                sa.Enum(
                    "spam",
                    "empty",
                    "trial",
                    name="submission_aside_reason",
                    native_enum=False,
                    create_constraint=True,
                    length=40,
                ),
                nullable=True,
            )
        )
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.add_column(sa.Column("definition", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("changed_by", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("parent_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_theme_changed_by_user"), "user", ["changed_by"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_theme_parent_id_theme"), "theme", ["parent_id"], ["id"])
    _add_triage()
    _add_search()
    _add_codebook()
    _add_priorities()
    _add_decisions()
    _add_answers()


def _add_triage() -> None:
    op.create_table(
        "triage",
        sa.Column("point_id", sa.Integer(), nullable=False),
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
                name="triage_group",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "channel",
            sa.Enum(
                "web",
                "assisted",
                "paper",
                "fgd",
                "letter",
                "musrenbang",
                "online_form",
                "chat",
                name="triage_channel",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=True),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("suggested", sa.String(), nullable=True),
        sa.Column("has_personal_data", sa.Boolean(), nullable=False),
        sa.Column("is_complaint", sa.Boolean(), nullable=False),
        sa.Column(
            "stage",
            sa.Enum(
                "arrived",
                "screened",
                "coded",
                name="triage_stage",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("dimension", sa.String(), nullable=True),
        sa.Column("second_dimension", sa.String(), nullable=True),
        sa.Column(
            "element",
            sa.Enum(
                "superstructure",
                "infrastructure",
                "structure",
                name="triage_element",
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
                name="triage_nature",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
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
                name="triage_point_type",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("missions", sa.JSON(), nullable=False),
        sa.Column("is_offensive", sa.Boolean(), nullable=False),
        sa.Column("is_aside", sa.Boolean(), nullable=False),
        sa.Column("is_compared", sa.Boolean(), nullable=False),
        sa.Column("public_text", sa.String(), nullable=True),
        sa.Column("redacted_at", sa.DateTime(), nullable=True),
        sa.Column("redacted_by", sa.Integer(), nullable=True),
        sa.Column("screened_at", sa.DateTime(), nullable=True),
        sa.Column("screened_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(redacted_at IS NULL) = (public_text IS NULL)", name=op.f("ck_triage_public_text_was_read")
        ),
        sa.ForeignKeyConstraint(["area"], ["area.code"], name=op.f("fk_triage_area_area")),
        sa.ForeignKeyConstraint(["dimension"], ["dimension.code"], name=op.f("fk_triage_dimension_dimension")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_triage_point_id_point")),
        sa.ForeignKeyConstraint(["redacted_by"], ["user.id"], name=op.f("fk_triage_redacted_by_user")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_triage_round_id_round")),
        sa.ForeignKeyConstraint(["screened_by"], ["user.id"], name=op.f("fk_triage_screened_by_user")),
        sa.ForeignKeyConstraint(
            ["second_dimension"], ["dimension.code"], name=op.f("fk_triage_second_dimension_dimension")
        ),
        sa.ForeignKeyConstraint(["suggested"], ["dimension.code"], name=op.f("fk_triage_suggested_dimension")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_triage_theme_id_theme")),
        sa.PrimaryKeyConstraint("point_id", name=op.f("pk_triage")),
    )
    with op.batch_alter_table("triage", schema=None) as batch_op:
        batch_op.create_index(
            "ix_triage_facets",
            [
                "round_id",
                "is_aside",
                "stage",
                "point_id",
                "dimension",
                "suggested",
                "group",
                "channel",
                "language",
                "kind",
                "theme_id",
                "has_personal_data",
                "is_complaint",
                "is_offensive",
                "is_compared",
            ],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_triage_theme_id"), ["theme_id"], unique=False)
    op.create_table(
        "triage_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column(
            "field",
            sa.Enum(
                "dimension",
                "second_dimension",
                "element",
                "nature",
                "point_type",
                "mission",
                "stage",
                "redaction",
                "offensive",
                name="triage_mark_field",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("suggested", sa.String(), nullable=True),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_triage_mark_actor_id_user")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_triage_mark_point_id_point")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_triage_mark")),
    )
    with op.batch_alter_table("triage_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_triage_mark_point_id"), ["point_id"], unique=False)
    op.create_table(
        "handover",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ready",
                "handed",
                "answered",
                "taken_back",
                name="handover_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=True),
        sa.Column("tracking_id", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_handover_agency_agency")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_handover_made_by_user")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_handover_point_id_point")),
        sa.PrimaryKeyConstraint("point_id", name=op.f("pk_handover")),
    )
    with op.batch_alter_table("handover", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_handover_state"), ["state"], unique=False)
    op.create_table(
        "refused_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("dimension", sa.String(), nullable=True),
        sa.Column(
            "reason_code",
            sa.Enum(
                "authority",
                "legal",
                "alignment",
                "budget",
                "evidence",
                "technical",
                "conflict",
                "duplicate",
                "study",
                "scope",
                name="refused_item_reason_code",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("agency", sa.String(), nullable=True),
        sa.Column("imported_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["agency"], ["agency.code"], name=op.f("fk_refused_item_agency_agency")),
        sa.ForeignKeyConstraint(["dimension"], ["dimension.code"], name=op.f("fk_refused_item_dimension_dimension")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refused_item")),
        sa.UniqueConstraint("cycle", "code", name=op.f("uq_refused_item_cycle_code")),
    )
    op.create_table(
        "refused_match",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "suggested",
                "agreed",
                "denied",
                name="refused_match_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_refused_match_actor_id_user")),
        sa.ForeignKeyConstraint(["item_id"], ["refused_item.id"], name=op.f("fk_refused_match_item_id_refused_item")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_refused_match_point_id_point")),
        sa.PrimaryKeyConstraint("point_id", "item_id", name=op.f("pk_refused_match")),
    )
    with op.batch_alter_table("refused_match", schema=None) as batch_op:
        batch_op.create_index("ix_refused_match_item_id_state", ["item_id", "state"], unique=False)


def _add_search() -> None:
    """An index of words is SQLite's own; another engine has none and is searched by nobody."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE VIRTUAL TABLE point_search USING fts5(words)")


def _add_codebook() -> None:
    op.create_table(
        "codebook_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("row", sa.JSON(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_codebook_change_actor_id_user")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_codebook_change_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_codebook_change")),
    )
    with op.batch_alter_table("codebook_change", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_codebook_change_theme_id"), ["theme_id"], unique=False)
    op.create_table(
        "theme_example",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_theme_example_actor_id_user")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_theme_example_point_id_point")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_theme_example_theme_id_theme")),
        sa.PrimaryKeyConstraint("theme_id", "point_id", name=op.f("pk_theme_example")),
    )
    with op.batch_alter_table("theme_example", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_theme_example_point_id"), ["point_id"], unique=False)
    op.create_table(
        "division",
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["user.id"], name=op.f("fk_division_asked_by_user")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_division_theme_id_theme")),
        sa.PrimaryKeyConstraint("theme_id", name=op.f("pk_division")),
    )


def _add_priorities() -> None:
    op.create_table(
        "scheme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("order_by", sa.String(), nullable=False),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("group_weights", sa.JSON(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("fixed_at", sa.DateTime(), nullable=True),
        sa.Column("fixed_by", sa.Integer(), nullable=True),
        sa.Column("revealed_at", sa.DateTime(), nullable=True),
        sa.Column("revealed_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("order_by IN ('usg', 'weighted')", name=op.f("ck_scheme_order_by_known")),
        sa.CheckConstraint("revealed_at IS NULL OR fixed_at IS NOT NULL", name=op.f("ck_scheme_fixed_before_revealed")),
        sa.ForeignKeyConstraint(["fixed_by"], ["user.id"], name=op.f("fk_scheme_fixed_by_user")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_scheme_made_by_user")),
        sa.ForeignKeyConstraint(["revealed_by"], ["user.id"], name=op.f("fk_scheme_revealed_by_user")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_scheme_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_scheme")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_scheme_round_id_number")),
    )
    op.create_table(
        "score",
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("value BETWEEN 0 AND 5", name=op.f("ck_score_value_0_5")),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_score_person_id_user")),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_score_scheme_id_scheme")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_score_theme_id_theme")),
        sa.PrimaryKeyConstraint("scheme_id", "theme_id", "person_id", "criterion", name=op.f("pk_score")),
    )
    op.create_table(
        "ballot",
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(), nullable=True),
        sa.Column("typed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["user.id"], name=op.f("fk_ballot_person_id_user")),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_ballot_scheme_id_scheme")),
        sa.ForeignKeyConstraint(["typed_by"], ["user.id"], name=op.f("fk_ballot_typed_by_user")),
        sa.PrimaryKeyConstraint("scheme_id", "person_id", name=op.f("pk_ballot")),
    )
    op.create_table(
        "override",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scheme_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("place IS NULL OR reason != ''", name=op.f("ck_override_reason_is_written")),
        sa.CheckConstraint("place IS NULL OR place > 0", name=op.f("ck_override_place_positive")),
        sa.ForeignKeyConstraint(["actor_id"], ["user.id"], name=op.f("fk_override_actor_id_user")),
        sa.ForeignKeyConstraint(["scheme_id"], ["scheme.id"], name=op.f("fk_override_scheme_id_scheme")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_override_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_override")),
    )
    with op.batch_alter_table("override", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_override_scheme_id"), ["scheme_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_override_theme_id"), ["theme_id"], unique=False)


def _add_decisions() -> None:
    op.create_table(
        "conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_conflict_made_by_user")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_conflict_round_id_round")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conflict")),
    )
    with op.batch_alter_table("conflict", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_round_id"), ["round_id"], unique=False)
    op.create_table(
        "conflict_point",
        sa.Column("conflict_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["conflict_id"], ["conflict.id"], name=op.f("fk_conflict_point_conflict_id_conflict")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_conflict_point_point_id_point")),
        sa.PrimaryKeyConstraint("conflict_id", "point_id", name=op.f("pk_conflict_point")),
    )
    with op.batch_alter_table("conflict_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_conflict_point_point_id"), ["point_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("theme_id", sa.Integer(), nullable=True),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("duplicate_group", sa.String(), nullable=True),
        sa.Column("conflict_id", sa.Integer(), nullable=True),
        sa.Column(
            "code",
            sa.Enum(
                "accepted",
                "accepted_in_part",
                "already_covered",
                "deferred",
                "not_accepted",
                "forwarded",
                "noted",
                "out_of_scope",
                name="decision_code",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "reason_code",
            sa.Enum(
                "authority",
                "legal",
                "alignment",
                "budget",
                "evidence",
                "technical",
                "conflict",
                "duplicate",
                "study",
                "scope",
                name="decision_reason_code",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("paragraph_id", sa.Integer(), nullable=True),
        sa.Column("paragraph_mark", sa.String(), nullable=False),
        sa.Column("text_before", sa.String(), nullable=False),
        sa.Column("text_after", sa.String(), nullable=False),
        sa.Column("programme", sa.String(), nullable=True),
        sa.Column("deferred_to", sa.String(), nullable=False),
        sa.Column("forwarded_to", sa.String(), nullable=False),
        sa.Column("lead_agency", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_at", sa.DateTime(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "drafted",
                "awaiting",
                "confirmed",
                "returned",
                "replaced",
                name="decision_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by != made_by OR code NOT IN ('not_accepted', 'out_of_scope')",
            name=op.f("ck_decision_refusal_by_two"),
        ),
        sa.CheckConstraint("reason != '' OR state = 'drafted'", name=op.f("ck_decision_reason_is_written")),
        sa.CheckConstraint(
            "(theme_id IS NOT NULL) + (point_id IS NOT NULL) + (duplicate_group IS NOT NULL) = 1",
            name=op.f("ck_decision_one_target"),
        ),
        sa.ForeignKeyConstraint(["confirmed_by"], ["user.id"], name=op.f("fk_decision_confirmed_by_user")),
        sa.ForeignKeyConstraint(["conflict_id"], ["conflict.id"], name=op.f("fk_decision_conflict_id_conflict")),
        sa.ForeignKeyConstraint(["lead_agency"], ["agency.code"], name=op.f("fk_decision_lead_agency_agency")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_decision_made_by_user")),
        sa.ForeignKeyConstraint(["paragraph_id"], ["paragraph.id"], name=op.f("fk_decision_paragraph_id_paragraph")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_decision_point_id_point")),
        sa.ForeignKeyConstraint(["programme"], ["programme.code"], name=op.f("fk_decision_programme_programme")),
        sa.ForeignKeyConstraint(["replaces_id"], ["decision.id"], name=op.f("fk_decision_replaces_id_decision")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_decision_round_id_round")),
        sa.ForeignKeyConstraint(["theme_id"], ["theme.id"], name=op.f("fk_decision_theme_id_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_conflict_id"), ["conflict_id"], unique=False)
        batch_op.create_index("ix_decision_lead_agency_due_on", ["lead_agency", "due_on"], unique=False)
        batch_op.create_index("ix_decision_round_id_state_id", ["round_id", "state", "id"], unique=False)
        batch_op.create_index(
            "uq_decision_round_id_duplicate_group",
            ["round_id", "duplicate_group"],
            unique=True,
            sqlite_where=sa.text("state != 'replaced'"),
            postgresql_where=sa.text("state != 'replaced'"),
        )
        batch_op.create_index(
            "uq_decision_round_id_point_id",
            ["round_id", "point_id"],
            unique=True,
            sqlite_where=sa.text("state != 'replaced'"),
            postgresql_where=sa.text("state != 'replaced'"),
        )
        batch_op.create_index(
            "uq_decision_round_id_theme_id",
            ["round_id", "theme_id"],
            unique=True,
            sqlite_where=sa.text("state != 'replaced'"),
            postgresql_where=sa.text("state != 'replaced'"),
        )


def _add_answers() -> None:
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "prepared",
                "blocked",
                "approved",
                "released",
                "discarded",
                name="release_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("codebook", sa.Integer(), nullable=False),
        sa.Column("publish_at", sa.DateTime(), nullable=False),
        sa.Column("replies_until", sa.DateTime(), nullable=True),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("rounding", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("leaks", sa.JSON(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.Column("released_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'released') = (released_at IS NOT NULL)", name=op.f("ck_release_released_when")),
        sa.CheckConstraint("released_by IS NULL OR released_by != approved_by", name=op.f("ck_release_two_persons")),
        sa.ForeignKeyConstraint(["approved_by"], ["user.id"], name=op.f("fk_release_approved_by_user")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_release_made_by_user")),
        sa.ForeignKeyConstraint(["released_by"], ["user.id"], name=op.f("fk_release_released_by_user")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_release_round_id_round")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_release_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("round_id", "number", name=op.f("uq_release_round_id_number")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_state"), ["state"], unique=False)
    op.create_table(
        "release_file",
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("etag", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_release_file_release_id_release")),
        sa.PrimaryKeyConstraint("release_id", "path", "language", name=op.f("pk_release_file")),
    )
    op.create_table(
        "response",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("decision_id", sa.Integer(), nullable=False),
        sa.Column("text_id", sa.String(), nullable=False),
        sa.Column("text_en", sa.String(), nullable=False),
        sa.Column("text_jv", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("ready_at", sa.DateTime(), nullable=True),
        sa.Column("ready_by", sa.Integer(), nullable=True),
        sa.Column("release_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name=op.f("fk_response_decision_id_decision")),
        sa.ForeignKeyConstraint(["made_by"], ["user.id"], name=op.f("fk_response_made_by_user")),
        sa.ForeignKeyConstraint(["ready_by"], ["user.id"], name=op.f("fk_response_ready_by_user")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_response_release_id_release")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_response")),
        sa.UniqueConstraint("decision_id", name=op.f("uq_response_decision_id")),
    )
    with op.batch_alter_table("response", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_response_release_id"), ["release_id"], unique=False)
    op.create_table(
        "objection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("public_text", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "objected",
                "settled",
                "dissent",
                name="objection_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["user.id"], name=op.f("fk_objection_answered_by_user")),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_objection_point_id_point")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_objection_response_id_response")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_objection_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_objection")),
        sa.UniqueConstraint("response_id", "point_id", name=op.f("uq_objection_response_id_point_id")),
    )
    with op.batch_alter_table("objection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_objection_point_id"), ["point_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_objection_state"), ["state"], unique=False)
        batch_op.create_index(batch_op.f("ix_objection_submission_id"), ["submission_id"], unique=False)
    op.create_table(
        "answered_point",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("release_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name=op.f("fk_answered_point_point_id_point")),
        sa.ForeignKeyConstraint(["release_id"], ["release.id"], name=op.f("fk_answered_point_release_id_release")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_answered_point_response_id_response")),
        sa.PrimaryKeyConstraint("point_id", "release_id", name=op.f("pk_answered_point")),
    )
    with op.batch_alter_table("answered_point", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_answered_point_release_id"), ["release_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_answered_point_response_id"), ["response_id"], unique=False)
    op.create_table(
        "export",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("ending", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "asked",
                "making",
                "made",
                "broken",
                name="export_state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=True),
        sa.Column("file", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["asked_by"], ["user.id"], name=op.f("fk_export_asked_by_user")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_export_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_export")),
    )
    with op.batch_alter_table("export", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_export_asked_by"), ["asked_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_export_state"), ["state"], unique=False)
    pace = ["channel", "is_suspect", "seconds_taken"]
    op.create_index("ix_submission_channel_is_suspect_seconds_taken", "submission", pace, unique=False)
    op.create_index("ix_event_subject_id_action", "event", ["subject_id", "action"], unique=False)
    op.create_table(
        "total",
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_total_run_id_run")),
        sa.PrimaryKeyConstraint("run_id", "name", name=op.f("pk_total")),
    )


def downgrade() -> None:
    op.execute("DROP TABLE IF EXISTS point_search")
    op.drop_index("ix_event_subject_id_action", table_name="event")
    op.drop_index("ix_submission_channel_is_suspect_seconds_taken", table_name="submission")
    for table in reversed(TABLES):
        op.drop_table(table)
    with op.batch_alter_table("theme", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_theme_parent_id_theme"), type_="foreignkey")
        batch_op.drop_constraint(op.f("fk_theme_changed_by_user"), type_="foreignkey")
        batch_op.drop_column("changed_by")
        batch_op.drop_column("parent_id")
        batch_op.drop_column("definition")
    with op.batch_alter_table("point", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("fk_point_split_from_id_point"), type_="foreignkey")
        batch_op.drop_index(op.f("ix_point_split_from_id"))
        batch_op.drop_column("split_from_id")
    # What was set aside is held again: nobody has to look for it.
    op.execute("UPDATE submission SET state = 'held', held_for = 'person' WHERE state = 'set_aside'")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_submission_submission_aside_reason"), type_="check")
        batch_op.drop_column("aside_reason")
    _allow(STATES)


def _allow(states: tuple[str, ...]) -> None:
    """Let these words be stored and no others."""
    name = op.f("ck_submission_submission_state")
    allowed = ", ".join(f"'{state}'" for state in states)
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_constraint(name, type_="check")
        batch_op.create_check_constraint(name, f"state IN ({allowed})")
