"""A publication: a frozen snapshot, made anew from allowed fields, scanned, and let go by two persons.

It is seen from `publish_at` on, once it is released; nothing has to happen at that moment.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import ReleaseState


class Release(Base):
    __tablename__ = "release"
    __table_args__ = (
        UniqueConstraint("round_id", "number"),
        CheckConstraint("released_by IS NULL OR released_by != approved_by", name="two_persons"),
        CheckConstraint("(state = 'released') = (released_at IS NOT NULL)", name="released_when"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    number: Mapped[int]
    state: Mapped[ReleaseState] = mapped_column(word(ReleaseState, "release_state"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"))
    codebook: Mapped[int] = mapped_column(default=0)
    publish_at: Mapped[datetime] = mapped_column(Moment)
    # Until when those who sent something may object.
    replies_until: Mapped[datetime | None] = mapped_column(Moment)
    threshold: Mapped[int] = mapped_column(default=10)
    rounding: Mapped[int] = mapped_column(default=5)
    digest: Mapped[str] = mapped_column(default="")
    # What the scan found and where, masked; and what was left out and why.
    leaks: Mapped[list[Any]] = mapped_column(JSON, default=list)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Moment)
    approved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    released_at: Mapped[datetime | None] = mapped_column(Moment)
    released_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
