"""A topic in plain words: what a citizen picks; it sets the dimension."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Topic(Base):
    __tablename__ = "topic"

    slug: Mapped[str] = mapped_column(primary_key=True)
    dimension: Mapped[str] = mapped_column(ForeignKey("dimension.code"), index=True)
    label_id: Mapped[str]
    label_en: Mapped[str]
    label_jv: Mapped[str] = mapped_column(default="")
    position: Mapped[int]
    is_current: Mapped[bool] = mapped_column(default=True)
