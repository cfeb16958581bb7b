"""A city agency (OPD); they are renamed often, so they are data."""

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Agency(Base):
    __tablename__ = "agency"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")
    is_current: Mapped[bool] = mapped_column(default=True)
