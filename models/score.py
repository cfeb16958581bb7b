"""What one reviewer gave to one theme by one criterion of a scheme."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Score(Base):
    __tablename__ = "score"
    __table_args__ = (CheckConstraint("value BETWEEN 0 AND 5", name="value_0_5"),)

    scheme_id: Mapped[int] = mapped_column(ForeignKey("scheme.id"), primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("user.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
