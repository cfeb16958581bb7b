"""What an earlier cycle asked for and was not given, and the reason it was told: the register of refusals."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import ReasonCode


class RefusedItem(Base):
    __tablename__ = "refused_item"
    __table_args__ = (UniqueConstraint("cycle", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle: Mapped[str]
    code: Mapped[str]
    text: Mapped[str]
    dimension: Mapped[str | None] = mapped_column(ForeignKey("dimension.code"))
    reason_code: Mapped[ReasonCode | None] = mapped_column(word(ReasonCode, "refused_item_reason_code"))
    reason: Mapped[str]
    agency: Mapped[str | None] = mapped_column(ForeignKey("agency.code"))
    imported_at: Mapped[datetime] = mapped_column(Moment)
