"""What one run found of one theme: its counts, words and quotes, and its place with the parts of it."""

from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Finding(Base):
    __tablename__ = "finding"
    __table_args__ = (
        Index("ix_finding_run_id_position", "run_id", "position"),
        Index("ix_finding_run_id_disagreement", "run_id", "disagreement"),
    )

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    position: Mapped[int | None]
    place: Mapped[int | None]
    low: Mapped[int | None]
    high: Mapped[int | None]
    score: Mapped[float | None]
    disagreement: Mapped[float | None]
    received: Mapped[int]
    distinct_texts: Mapped[int]
    people_min: Mapped[int]
    people_max: Mapped[int]
    terms: Mapped[list[Any]] = mapped_column(JSON)
    stance: Mapped[list[Any]] = mapped_column(JSON)
    groups: Mapped[list[Any]] = mapped_column(JSON)
    voices: Mapped[list[Any]] = mapped_column(JSON, default=list)
    quotes: Mapped[list[Any]] = mapped_column(JSON)
    borderline: Mapped[list[Any]] = mapped_column(JSON)
    rank: Mapped[dict[str, Any]] = mapped_column(JSON)
