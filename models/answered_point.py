"""Which answer a release gave to which point: later runs and merges move points, an answer that was given stays."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class AnsweredPoint(Base):
    __tablename__ = "answered_point"

    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)
    release_id: Mapped[int] = mapped_column(ForeignKey("release.id"), primary_key=True, index=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"), index=True)
