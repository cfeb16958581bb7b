"""A point that a person chose as an example of what belongs into a theme."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class ThemeExample(Base):
    __tablename__ = "theme_example"

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)
