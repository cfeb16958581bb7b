"""What only a comment on the draft has, beside its point: the words it is about, its weight, who may see it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import RemarkState, Severity


class Remark(Base):
    __tablename__ = "remark"

    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)
    # The version, where the comment is about all of it and stands on no paragraph.
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"), index=True)
    # It stands in the gap after its paragraph: something is missing there.
    is_gap: Mapped[bool] = mapped_column(default=False)
    quote: Mapped[str] = mapped_column(default="")
    severity: Mapped[Severity | None] = mapped_column(word(Severity, "remark_severity"))
    # Whether others may read it, once a person of the team has read it.
    state: Mapped[RemarkState] = mapped_column(
        word(RemarkState, "remark_state"), default=RemarkState.PENDING, index=True
    )
    why: Mapped[str] = mapped_column(default="")
    moderated_at: Mapped[datetime | None] = mapped_column(Moment)
    moderated_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # A person's word that nothing is left to do about it.
    settled_at: Mapped[datetime | None] = mapped_column(Moment)
    settled_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
