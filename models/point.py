"""One thing said: the unit that is read, themed, decided and answered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Moment, word
from models.point_framework import PointFramework
from models.point_mission import PointMission
from models.vocabulary import Element, Nature, PointType, Verdict

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
    # The point out of which a person of the team took this one.
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("point.id"), index=True)
    text: Mapped[str]
    proposal: Mapped[str | None]
    point_type: Mapped[PointType | None] = mapped_column(word(PointType, "point_type"))
    topic: Mapped[str | None] = mapped_column(ForeignKey("topic.slug"))
    dimension: Mapped[str | None] = mapped_column(ForeignKey("dimension.code"), index=True)
    condition: Mapped[int | None]
    importance: Mapped[int | None]
    element: Mapped[Element | None] = mapped_column(word(Element, "point_element"))
    nature: Mapped[Nature | None] = mapped_column(word(Nature, "point_nature"))
    # What a file said, kept also where it names nothing we know; the id is what it was found to mean.
    paragraph_ref: Mapped[str | None]
    paragraph_id: Mapped[int | None] = mapped_column(ForeignKey("paragraph.id"), index=True)
    proposed_text: Mapped[str | None]
    programme_ref: Mapped[str | None]
    programme: Mapped[str | None] = mapped_column(ForeignKey("programme.code"), index=True)
    verdict: Mapped[Verdict | None] = mapped_column(word(Verdict, "point_verdict"))
    merge_into: Mapped[str | None] = mapped_column(ForeignKey("programme.code"))
    evidence: Mapped[str | None]
    changed_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    # When a person of the team read it and let it stand on the front page.
    shown_at: Mapped[datetime | None] = mapped_column(Moment, index=True)

    submission: Mapped[Submission] = relationship(back_populates="points")
    missions: Mapped[list[PointMission]] = relationship(cascade="all, delete-orphan", order_by="PointMission.mission")
    framework_items: Mapped[list[PointFramework]] = relationship(
        cascade="all, delete-orphan", order_by="PointFramework.framework, PointFramework.code"
    )
