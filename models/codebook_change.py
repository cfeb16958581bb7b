"""One change of the codebook; the number of the newest one is the version of the codebook."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class CodebookChange(Base):
    __tablename__ = "codebook_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    theme_id: Mapped[int] = mapped_column(ForeignKey("theme.id"), index=True)
    action: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    # The theme as it stood after the change, so that any version can be read again.
    row: Mapped[dict[str, Any]] = mapped_column(JSON)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Moment)
