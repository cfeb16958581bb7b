"""A printed form: its serial, and the receipt number and PIN on its tear-off strip."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class PaperForm(Base):
    __tablename__ = "paper_form"

    serial: Mapped[str] = mapped_column(primary_key=True)
    receipt_no: Mapped[str] = mapped_column(unique=True)
    pin_salt: Mapped[str]
    pin_hash: Mapped[str]
    language: Mapped[str]
    printed_at: Mapped[datetime] = mapped_column(Moment)
    printed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
