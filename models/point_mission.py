"""Which missions of the five-year plan a point serves."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class PointMission(Base):
    __tablename__ = "point_mission"

    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)
    mission: Mapped[str] = mapped_column(ForeignKey("mission.code"), primary_key=True, index=True)
