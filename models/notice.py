"""A notice to one recipient: it waits in the table until a worker has sent it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import NoticeState


class Notice(Base):
    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_state_next_at", "state", "next_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    kind: Mapped[str]
    state: Mapped[NoticeState] = mapped_column(word(NoticeState, "notice_state"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    next_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
