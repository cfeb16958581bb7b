"""What a page adds up over a whole round, as one run left it; of big rounds alone, where nobody can wait for it."""

from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class Total(Base):
    __tablename__ = "total"

    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    # Numbers by codes, never people's words.
    value: Mapped[Any] = mapped_column(JSON)
