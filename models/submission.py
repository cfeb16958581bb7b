"""One sending, one receipt."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Moment, word
from models.point import Point
from models.vocabulary import Capacity, Channel, Group


class Submission(Base):
    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    receipt_no: Mapped[str] = mapped_column(unique=True)
    pin_salt: Mapped[str | None]
    pin_hash: Mapped[str | None]
    pin_failures: Mapped[int] = mapped_column(default=0)
    pin_failed_at: Mapped[datetime | None] = mapped_column(Moment)
    key_hash: Mapped[str | None] = mapped_column(unique=True)
    source_ref: Mapped[str | None] = mapped_column(unique=True)
    group: Mapped[Group] = mapped_column(word(Group, "submission_group"))
    channel: Mapped[Channel] = mapped_column(word(Channel, "submission_channel"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    organisation: Mapped[str | None]
    agency: Mapped[str | None] = mapped_column(ForeignKey("agency.code"), index=True)
    capacity: Mapped[Capacity | None] = mapped_column(word(Capacity, "submission_capacity"))
    signed_off_by: Mapped[str | None]
    text: Mapped[str]
    area: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    place_note: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(Moment, index=True)
    seconds_taken: Mapped[int | None]
    is_suspect: Mapped[bool] = mapped_column(default=False)

    points: Mapped[list[Point]] = relationship(back_populates="submission", order_by="Point.position")
