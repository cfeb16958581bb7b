"""What the machine read in one point; people's marks are kept elsewhere and outrank it."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Reading(Base):
    __tablename__ = "reading"
    __table_args__ = (Index("ix_reading_theme_id_point_id", "theme_id", "point_id"),)

    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    language: Mapped[str]
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    theme_reason: Mapped[str | None]
    margin: Mapped[float]
    duplicate_group: Mapped[str | None]
    masked_text: Mapped[str]
    sentiment: Mapped[str]
    words: Mapped[list[Any]] = mapped_column(JSON)
    types: Mapped[list[Any]] = mapped_column(JSON)
    dimensions: Mapped[list[Any]] = mapped_column(JSON)
    flags: Mapped[list[str]] = mapped_column(JSON)
