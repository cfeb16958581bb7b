"""Finer groups inside one theme that somebody asked for; nothing is split until a person does."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Division(Base):
    __tablename__ = "division"

    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # Later than `asked_at` once it was answered.
    made_at: Mapped[datetime | None] = mapped_column(Moment)
    # Each with its name, the ids of its points, and those of the points that say it most clearly.
    groups: Mapped[list[Any]] = mapped_column(JSON, default=list)
