"""What became of a paragraph in a later version of the draft: where its comments are read there, and how sure that is.

One row for each older paragraph and each later version, so that every comment has one place in every version, though
none is ever moved: it stays on the paragraph it was written on.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import FateState


class Fate(Base):
    __tablename__ = "fate"
    __table_args__ = (
        UniqueConstraint("paragraph_id", "draft_id"),
        CheckConstraint("(heir_id IS NULL) = (state = 'removed')", name="heir_or_removed"),
        Index("ix_fate_draft_id_heir_id", "draft_id", "heir_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("paragraph.id"))
    # The later version.
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    # The paragraph that took its place there; of several the most like it, and the others beside it.
    heir_id: Mapped[int | None] = mapped_column(ForeignKey("paragraph.id"))
    others: Mapped[list[Any]] = mapped_column(JSON, default=list)
    state: Mapped[FateState] = mapped_column(word(FateState, "fate_state"))
    similarity: Mapped[float]
    confidence: Mapped[float]
    # When a person of the team said that it is so; what was sure needs nobody.
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
