"""Where a person said that a point belongs: apart from what the machine read, never changed, the newest counts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, func, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import MarkKind


class Mark(Base):
    __tablename__ = "mark"
    __table_args__ = (CheckConstraint("(kind = 'release') = (theme_id IS NULL)", name="theme_unless_released"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), index=True)
    kind: Mapped[MarkKind] = mapped_column(word(MarkKind, "mark_kind"))
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    reason: Mapped[str] = mapped_column(default="")


# The mark that counts of each point; a released point has one too, which names no theme.
NEWEST_MARK = select(func.max(Mark.id)).group_by(Mark.point_id)
