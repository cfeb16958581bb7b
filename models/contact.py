"""How to reach somebody, apart from what they said: erased without touching the text."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Contact(Base):
    __tablename__ = "contact"

    key: Mapped[str] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    name: Mapped[str | None]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    made_at: Mapped[datetime] = mapped_column(Moment)
