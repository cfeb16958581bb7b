"""What the machine read in one point; people's marks are kept elsewhere and outrank it.

`run_id` is the run that wrote it last: a later one that found nothing new leaves the row alone.
"""

from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Reading(Base):
    __tablename__ = "reading"
    __table_args__ = (Index("ix_reading_theme_id_point_id", "theme_id", "point_id"),)

    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    language: Mapped[str]
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    # The theme it stood in before people merged that one into the present one; an undone merge leads back by it.
    merged_from_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    theme_reason: Mapped[str | None]
    margin: Mapped[float]
    duplicate_group: Mapped[str | None] = mapped_column(index=True)
    masked_text: Mapped[str]
    sentiment: Mapped[str]
    words: Mapped[list[Any]] = mapped_column(JSON)
    types: Mapped[list[Any]] = mapped_column(JSON)
    dimensions: Mapped[list[Any]] = mapped_column(JSON)
    flags: Mapped[list[str]] = mapped_column(JSON)
    # A hash of what the text says letter for letter, 0 for nothing: an equal text is found again by it.
    fingerprint: Mapped[int] = mapped_column(BigInteger, default=0, index=True)
    # A hash of what a run wrote here, so that the next run leaves alone what did not change; 0 where others wrote.
    digest: Mapped[int] = mapped_column(BigInteger, default=0)
