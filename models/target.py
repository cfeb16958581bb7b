"""A yardstick for who takes part: how many of a group, a place or a constituency there should be."""

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Target(Base):
    __tablename__ = "target"

    kind: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    least: Mapped[int]
    note_id: Mapped[str] = mapped_column(default="")
    note_en: Mapped[str] = mapped_column(default="")
    is_current: Mapped[bool] = mapped_column(default=True)
