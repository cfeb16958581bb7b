"""A point that asks again for what was refused before: the machine suggests it, a person says whether it is so."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import MatchState


class RefusedMatch(Base):
    __tablename__ = "refused_match"
    __table_args__ = (Index("ix_refused_match_item_id_state", "item_id", "state"),)

    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("refused_item.id"), primary_key=True)
    similarity: Mapped[float]
    words: Mapped[list[Any]] = mapped_column(JSON)
    state: Mapped[MatchState] = mapped_column(word(MatchState, "refused_match_state"))
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime | None] = mapped_column(Moment)
