"""The theme that one person gave to one point of a sample; no theme where none of the codebook fits."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Coding(Base):
    __tablename__ = "coding"
    __table_args__ = (
        ForeignKeyConstraint(["sample_id", "point_id"], ["sample_point.sample_id", "sample_point.point_id"]),
        ForeignKeyConstraint(["sample_id", "person_id"], ["coder.sample_id", "coder.person_id"]),
    )

    sample_id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    person_id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    at: Mapped[datetime] = mapped_column(Moment)
