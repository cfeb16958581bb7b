"""A point of a sample, and its place in the order in which everybody codes it."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.coding_sample import CodingSample
from models.point import Point
from models.submission import STANDS


class SamplePoint(Base):
    __tablename__ = "sample_point"

    sample_id: Mapped[int] = mapped_column(ForeignKey("coding_sample.id"), primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True, index=True)
    position: Mapped[int]
    # Where the machine had put it when it was drawn: neither marks nor later runs make it look better afterwards.
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))


# What a sample still holds: words that changed after it was drawn are no longer the words that somebody coded.
AS_DRAWN = STANDS & (Point.changed_at.is_(None) | (Point.changed_at <= CodingSample.made_at))
