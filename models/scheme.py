"""By which criteria and weights the team scores: fixed before anybody scores, and before any score is seen."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Scheme(Base):
    __tablename__ = "scheme"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        CheckConstraint("order_by IN ('usg', 'weighted')", name="order_by_known"),
        CheckConstraint("revealed_at IS NULL OR fixed_at IS NOT NULL", name="fixed_before_revealed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    order_by: Mapped[str] = mapped_column(default="usg")
    # Each with code (u, s, g, k1 .. k6, effort, impact, evidence), labels, meanings of both ends, and its weight.
    criteria: Mapped[list[Any]] = mapped_column(JSON)
    # What each group weighs in the computed order; all the same unless the team changes it here.
    group_weights: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    why: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    fixed_at: Mapped[datetime | None] = mapped_column(Moment)
    fixed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    revealed_at: Mapped[datetime | None] = mapped_column(Moment)
    revealed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
