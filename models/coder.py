"""Somebody who codes a sample; until they have finished they may change what they gave."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Coder(Base):
    __tablename__ = "coder"

    sample_id: Mapped[int] = mapped_column(ForeignKey("coding_sample.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)
