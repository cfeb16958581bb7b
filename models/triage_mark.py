"""One thing that a person of the team said of a point, in the order in which it was said; never changed."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import TriageField


class TriageMark(Base):
    __tablename__ = "triage_mark"

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), index=True)
    field: Mapped[TriageField] = mapped_column(word(TriageField, "triage_mark_field"))
    # Codes and states only, never people's words; empty where it was taken back.
    value: Mapped[str] = mapped_column(default="")
    # What the machine had suggested for it, and so whether it was accepted.
    suggested: Mapped[str | None]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)
