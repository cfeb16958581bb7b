"""One reviewer's turn at a scheme: when they said they were finished, and who typed it where they scored on paper."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Ballot(Base):
    __tablename__ = "ballot"

    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
    typed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
