"""What the team makes of one point at its inbox; what a machine read of it stands beside, to be filtered by."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import Channel, Element, Group, Nature, PointType, Stage


class Triage(Base):
    __tablename__ = "triage"
    __table_args__ = (
        CheckConstraint("(redacted_at IS NULL) = (public_text IS NULL)", name="public_text_was_read"),
        # Every filter of the inbox is answered from this index alone, whatever is combined with what, the newest first.
        Index(
            "ix_triage_facets",
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
        ),
    )

    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)
    # Copied here to be filtered by; `prepare` keeps them equal to what they are copied from.
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    group: Mapped[Group] = mapped_column(word(Group, "triage_group"))
    channel: Mapped[Channel] = mapped_column(word(Channel, "triage_channel"))
    language: Mapped[str] = mapped_column(default="")
    area: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    kind: Mapped[str] = mapped_column(default="")
    suggested: Mapped[str | None] = mapped_column(ForeignKey("dimension.code"))
    has_personal_data: Mapped[bool] = mapped_column(default=False)
    is_complaint: Mapped[bool] = mapped_column(default=False)
    # What people say.
    stage: Mapped[Stage] = mapped_column(word(Stage, "triage_stage"), default=Stage.ARRIVED)
    dimension: Mapped[str | None] = mapped_column(ForeignKey("dimension.code"))
    second_dimension: Mapped[str | None] = mapped_column(ForeignKey("dimension.code"))
    element: Mapped[Element | None] = mapped_column(word(Element, "triage_element"))
    nature: Mapped[Nature | None] = mapped_column(word(Nature, "triage_nature"))
    point_type: Mapped[PointType | None] = mapped_column(word(PointType, "triage_point_type"))
    missions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    is_offensive: Mapped[bool] = mapped_column(default=False)
    # Its sending says nothing that can be answered; what was said of the point waits here until it is brought back.
    is_aside: Mapped[bool] = mapped_column(default=False)
    # Whether it was held against what earlier cycles refused.
    is_compared: Mapped[bool] = mapped_column(default=False)
    # What may be published of it, once a person has read it; an offensive text is not shown at all.
    public_text: Mapped[str | None]
    redacted_at: Mapped[datetime | None] = mapped_column(Moment)
    redacted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    screened_at: Mapped[datetime | None] = mapped_column(Moment)
    screened_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
