"""A kecamatan or a kelurahan; the portal never asks for anything finer."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Area(Base):
    __tablename__ = "area"

    code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]
    parent: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    aliases: Mapped[str] = mapped_column(default="")
    population: Mapped[int | None]
    is_current: Mapped[bool] = mapped_column(default=True)
