"""One version of the draft of the plan: seen by the team first, published by a deed of its own."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import DraftState


class Draft(Base):
    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    title: Mapped[str]
    preface: Mapped[str] = mapped_column(default="")
    digest: Mapped[str] = mapped_column(unique=True)
    source_name: Mapped[str]
    state: Mapped[DraftState] = mapped_column(word(DraftState, "draft_state"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    published_at: Mapped[datetime | None] = mapped_column(Moment)
    report: Mapped[dict[str, Any]] = mapped_column(JSON)
    # The version whose paragraphs were looked for in this one.
    base_id: Mapped[int | None] = mapped_column(ForeignKey("draft.id"))


# The newest version that everybody may read; other columns of it come by `with_only_columns`.
NEWEST_DRAFT = select(Draft).where(Draft.state == DraftState.PUBLISHED).order_by(Draft.number.desc()).limit(1)
