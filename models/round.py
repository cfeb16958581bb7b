"""A time-boxed call for input: what is open, what is fixed, who answers by when."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment


class Round(Base):
    __tablename__ = "round"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title_id: Mapped[str]
    title_en: Mapped[str]
    opens_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime] = mapped_column(Moment)
    answer_by: Mapped[datetime] = mapped_column(Moment)
    level: Mapped[str]
    promise_id: Mapped[str]
    promise_en: Mapped[str]
    open_id: Mapped[str]
    open_en: Mapped[str]
    fixed_id: Mapped[str]
    fixed_en: Mapped[str]
    answerer_id: Mapped[str]
    answerer_en: Mapped[str]
    # Others read a comment once the team has read it: while the round is open, or only after it has closed.
    shows_comments_early: Mapped[bool] = mapped_column(default=False)
    # Changed by a person of the team: the plan folder no longer decides.
    changed_at: Mapped[datetime | None] = mapped_column(Moment)
