"""What the public is told of a decision; everybody sees it from the moment of the release that carries it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Response(Base):
    __tablename__ = "response"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), unique=True)
    text_id: Mapped[str]
    text_en: Mapped[str] = mapped_column(default="")
    text_jv: Mapped[str] = mapped_column(default="")
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # Written to its end: the next release takes it along.
    ready_at: Mapped[datetime | None] = mapped_column(Moment)
    ready_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"), index=True)
