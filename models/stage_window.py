"""When a group may write during a round, where that is not all of it: academics first, offices after them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import Group


class StageWindow(Base):
    __tablename__ = "stage_window"
    __table_args__ = (
        UniqueConstraint("round_id", "group"),
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    group: Mapped[Group] = mapped_column(word(Group, "stage_window_group"))
    opens_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime] = mapped_column(Moment)
