"""What somebody replies who does not agree with the answer to their point; what is not settled is printed."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import ObjectionState


class Objection(Base):
    __tablename__ = "objection"
    __table_args__ = (UniqueConstraint("response_id", "point_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    response_id: Mapped[int] = mapped_column(ForeignKey("response.id"))
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    text: Mapped[str]
    # What may be printed of it, once a person has read it.
    public_text: Mapped[str | None]
    at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[ObjectionState] = mapped_column(word(ObjectionState, "objection_state"), index=True)
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
