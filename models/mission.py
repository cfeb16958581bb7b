"""A mission of the five-year plan, and the dimensions it mostly feeds."""

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Mission(Base):
    __tablename__ = "mission"

    code: Mapped[str] = mapped_column(primary_key=True)
    label_id: Mapped[str]
    label_en: Mapped[str]
    dimensions: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    is_current: Mapped[bool] = mapped_column(default=True)
