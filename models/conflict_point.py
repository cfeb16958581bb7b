"""A point that stands in a conflict."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class ConflictPoint(Base):
    __tablename__ = "conflict_point"

    conflict_id: Mapped[int] = mapped_column(ForeignKey("conflict.id"), primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True, index=True)
