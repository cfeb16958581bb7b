"""A word a city may explain in its own way: elements, natures, groups, decisions, reasons."""

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Term(Base):
    __tablename__ = "term"

    kind: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    label_id: Mapped[str]
    label_en: Mapped[str]
    label_jv: Mapped[str] = mapped_column(default="")
    meaning_id: Mapped[str] = mapped_column(default="")
    meaning_en: Mapped[str] = mapped_column(default="")
    is_current: Mapped[bool] = mapped_column(default=True)
