"""Which items of national policy a point refers to."""

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class PointFramework(Base):
    __tablename__ = "point_framework"
    __table_args__ = (ForeignKeyConstraint(["framework", "code"], ["framework_item.framework", "framework_item.code"]),)

    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)
    framework: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
