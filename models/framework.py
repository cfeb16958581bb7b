"""An item of a national reference framework, kept apart from the city's own dimensions."""

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class FrameworkItem(Base):
    __tablename__ = "framework_item"

    framework: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    label_id: Mapped[str]
    label_en: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    is_current: Mapped[bool] = mapped_column(default=True)
