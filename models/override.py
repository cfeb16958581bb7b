"""A place that a person gave to a theme in the order of the team, and why; the newest counts, none is changed."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Override(Base):
    __tablename__ = "override"
    __table_args__ = (
        CheckConstraint("place IS NULL OR place > 0", name="place_positive"),
        CheckConstraint("place IS NULL OR reason != ''", name="reason_is_written"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"), index=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    # None takes an earlier one back.
    place: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)
