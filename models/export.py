"""A paper that somebody of the team asked for: made in a process of its own, kept for some days."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import ExportState


class Export(Base):
    __tablename__ = "export"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    ending: Mapped[str]
    language: Mapped[str] = mapped_column(default="id")
    filters: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[ExportState] = mapped_column(word(ExportState, "export_state"), index=True)
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id"))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    made_at: Mapped[datetime | None] = mapped_column(Moment)
    file: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)
    digest: Mapped[str] = mapped_column(default="")
    error: Mapped[str] = mapped_column(default="")
