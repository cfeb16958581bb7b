"""A service complaint on its way to SP4N-LAPOR!: the plan keeps its theme, the complaint goes where it is mended."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import HandoverState


class Handover(Base):
    __tablename__ = "handover"

    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)
    state: Mapped[HandoverState] = mapped_column(word(HandoverState, "handover_state"), index=True)
    category: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    agency: Mapped[str | None] = mapped_column(ForeignKey("agency.code"))
    tracking_id: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    changed_at: Mapped[datetime] = mapped_column(Moment)
