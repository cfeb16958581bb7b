"""One line of the audit: who did what to which thing; ids only, never the words."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Event(Base):
    __tablename__ = "event"
    # What was done to one thing, among everything that was ever done.
    __table_args__ = (Index("ix_event_subject_id_action", "subject_id", "action"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None]
    action: Mapped[str]
    subject: Mapped[str]
    subject_id: Mapped[str]
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
