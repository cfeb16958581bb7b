"""A random sample of what was said, drawn so that several people code the same points without seeing each other."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class CodingSample(Base):
    __tablename__ = "coding_sample"
    __table_args__ = (CheckConstraint("size > 0", name="size_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    # How many were drawn; what is withdrawn or erased later leaves the sample, and the number says how many did.
    size: Mapped[int]
    seed: Mapped[int]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
