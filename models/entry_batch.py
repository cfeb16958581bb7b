"""A pile of paper forms that one officer types in: how many there are, and how many are in."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import Channel


class EntryBatch(Base):
    __tablename__ = "entry_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    channel: Mapped[Channel] = mapped_column(word(Channel, "entry_batch_channel"))
    area: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    expected: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
