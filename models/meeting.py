"""A meeting at which people spoke: where, when, who came, what was agreed."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import MeetingKind


class Meeting(Base):
    __tablename__ = "meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[MeetingKind] = mapped_column(word(MeetingKind, "meeting_kind"))
    title: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    area: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    held_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
