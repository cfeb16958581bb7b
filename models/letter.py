"""A letter of contribution as it was given out: its number can be checked, its content stays as it was."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Letter(Base):
    __tablename__ = "letter"

    id: Mapped[int] = mapped_column(primary_key=True)
    # Not to be guessed, because whoever has it may read who contributed and how much.
    number: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    digest: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    # When its content was taken away, because something in it was erased or withdrawn.
    emptied_at: Mapped[datetime | None] = mapped_column(Moment)
