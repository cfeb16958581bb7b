"""What the team made of a theme, of a group of equal texts, or of one point, and why.

For a point its own decision counts, else that of its group, else that of its theme. A new one replaces an old one,
which stays readable.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import DecisionCode, DecisionState, ReasonCode

LIVING = text("state != 'replaced'")
# What is decided on, and the column that names it.
TARGETS = {"theme": "theme_id", "point": "point_id", "group": "duplicate_group"}


class Decision(Base):
    __tablename__ = "decision"
    __table_args__ = (
        CheckConstraint(
            "(theme_id IS NOT NULL) + (point_id IS NOT NULL) + (duplicate_group IS NOT NULL) = 1", name="one_target"
        ),
        CheckConstraint("reason != '' OR state = 'drafted'", name="reason_is_written"),
        CheckConstraint(
            "confirmed_by IS NULL OR confirmed_by != made_by OR code NOT IN ('not_accepted', 'out_of_scope')",
            name="refusal_by_two",
        ),
        *(
            Index(
                f"uq_decision_round_id_{name}",
                "round_id",
                name,
                unique=True,
                sqlite_where=LIVING,
                postgresql_where=LIVING,
            )
            for name in TARGETS.values()
        ),
        Index("ix_decision_round_id_state_id", "round_id", "state", "id"),
        Index("ix_decision_lead_agency_due_on", "lead_agency", "due_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("point.id"))
    duplicate_group: Mapped[str | None]
    conflict_id: Mapped[int | None] = mapped_column(ForeignKey("conflict.id"), index=True)
    code: Mapped[DecisionCode] = mapped_column(word(DecisionCode, "decision_code"))
    reason_code: Mapped[ReasonCode | None] = mapped_column(word(ReasonCode, "decision_reason_code"))
    reason: Mapped[str] = mapped_column(default="")
    # What changes in the plan, and where: a paragraph of the draft (its mark outlives the version) or a programme.
    change: Mapped[str] = mapped_column(default="")
    paragraph_id: Mapped[int | None] = mapped_column(ForeignKey("paragraph.id"))
    paragraph_mark: Mapped[str] = mapped_column(default="")
    text_before: Mapped[str] = mapped_column(default="")
    text_after: Mapped[str] = mapped_column(default="")
    programme: Mapped[str | None] = mapped_column(ForeignKey("programme.code"))
    deferred_to: Mapped[str] = mapped_column(default="")
    forwarded_to: Mapped[str] = mapped_column(default="")
    lead_agency: Mapped[str | None] = mapped_column(ForeignKey("agency.code"))
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    state: Mapped[DecisionState] = mapped_column(word(DecisionState, "decision_state"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # What the second person wants changed, where it was sent back.
    note: Mapped[str] = mapped_column(default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("decision.id"))

    @property
    def target(self) -> tuple[str, int | str]:
        """Theme, group or point, and its id or the name of the group."""
        return next((kind, key) for kind, name in TARGETS.items() if (key := getattr(self, name)) is not None)

    @property
    def stamp(self) -> str:
        """What changes with the row: a page shows it and sends it back."""
        return f"{self.id}-{self.made_at:%Y%m%d%H%M%S%f}"
