"""One thing said: the unit that is read, themed, decided and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, word
from models.vocabulary import Element, Nature, Verdict

if TYPE_CHECKING:
    from models.submission import Submission


class Point(Base):
    __tablename__ = "point"
    __table_args__ = (
        CheckConstraint("condition BETWEEN 1 AND 4", name="condition_1_4"),
        CheckConstraint("importance BETWEEN 1 AND 4", name="importance_1_4"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    position: Mapped[int] = mapped_column(default=1)
    text: Mapped[str]
    topic: Mapped[str | None] = mapped_column(ForeignKey("topic.slug"))
    dimension: Mapped[str | None] = mapped_column(ForeignKey("dimension.code"), index=True)
    condition: Mapped[int | None]
    importance: Mapped[int | None]
    element: Mapped[Element | None] = mapped_column(word(Element, "point_element"))
    nature: Mapped[Nature | None] = mapped_column(word(Nature, "point_nature"))
    proposed_text: Mapped[str | None]
    paragraph_ref: Mapped[str | None]
    programme_ref: Mapped[str | None]
    verdict: Mapped[Verdict | None] = mapped_column(word(Verdict, "point_verdict"))
    evidence: Mapped[str | None]
    mission: Mapped[str | None] = mapped_column(ForeignKey("mission.code"))

    submission: Mapped[Submission] = relationship(back_populates="points")
