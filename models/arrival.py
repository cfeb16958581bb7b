"""How many sendings came from one address in one minute; the address is a keyed daily hash, kept a week at most."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Arrival(Base):
    __tablename__ = "arrival"

    sender: Mapped[str] = mapped_column(primary_key=True)
    minute: Mapped[datetime] = mapped_column(Moment, primary_key=True, index=True)
    sendings: Mapped[int] = mapped_column(default=0)
