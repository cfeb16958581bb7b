"""A typed form that is to be typed once more, blind: where the two differ, never the second text itself."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class EntryCheck(Base):
    __tablename__ = "entry_check"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    # [field, what was kept, what was typed]; of the text only the places of the words that differ.
    differences: Mapped[list[Any]] = mapped_column(JSON, default=list)
