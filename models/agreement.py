"""What a meeting agreed on, who sees to it, and by when."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Agreement(Base):
    __tablename__ = "agreement"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    subject: Mapped[str]
    text: Mapped[str]
    responsible: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None]
