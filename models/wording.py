"""A decided text that went into a version of the draft: which paragraph it is now, and whose comment brought it."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Wording(Base):
    __tablename__ = "wording"
    __table_args__ = (UniqueConstraint("draft_id", "decision_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    paragraph_id: Mapped[int] = mapped_column(ForeignKey("paragraph.id"), index=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    # Whose words they are, where one comment proposed them; a decision on a theme has no single author.
    point_id: Mapped[int | None] = mapped_column(ForeignKey("point.id"), index=True)
    # Whether they stand there as they were decided; a drafter may have gone on.
    is_literal: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
