"""One sending, one receipt."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, case, cast, func
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Moment, word
from models.point import Point
from models.vocabulary import (
    AgeBand,
    AsideReason,
    Capacity,
    Channel,
    Experience,
    Gender,
    Group,
    SubmissionState,
    Visibility,
)


class Submission(Base):
    __tablename__ = "submission"
    __table_args__ = (
        # How long people take with the form of the site.
        Index("ix_submission_channel_is_suspect_seconds_taken", "channel", "is_suspect", "seconds_taken"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    receipt_no: Mapped[str] = mapped_column(unique=True)
    pin_salt: Mapped[str | None]
    pin_hash: Mapped[str | None]
    pin_failures: Mapped[int] = mapped_column(default=0)
    pin_failed_at: Mapped[datetime | None] = mapped_column(Moment)
    key_hash: Mapped[str | None] = mapped_column(unique=True)
    source_ref: Mapped[str | None] = mapped_column(unique=True)
    group: Mapped[Group] = mapped_column(word(Group, "submission_group"))
    channel: Mapped[Channel] = mapped_column(word(Channel, "submission_channel"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    organisation: Mapped[str | None]
    agency: Mapped[str | None] = mapped_column(ForeignKey("agency.code"), index=True)
    capacity: Mapped[Capacity | None] = mapped_column(word(Capacity, "submission_capacity"))
    signed_off_by: Mapped[str | None]
    text: Mapped[str]
    area: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    place_note: Mapped[str | None]
    received_at: Mapped[datetime] = mapped_column(Moment, index=True)
    seconds_taken: Mapped[int | None]
    is_suspect: Mapped[bool] = mapped_column(default=False)
    state: Mapped[SubmissionState] = mapped_column(
        word(SubmissionState, "submission_state"), default=SubmissionState.RECEIVED, index=True
    )
    held_for: Mapped[str | None]
    aside_reason: Mapped[AsideReason | None] = mapped_column(word(AsideReason, "submission_aside_reason"))
    visibility: Mapped[Visibility] = mapped_column(
        word(Visibility, "submission_visibility"), default=Visibility.UNNAMED
    )
    affected: Mapped[list[Any]] = mapped_column(JSON, default=list)
    constituencies: Mapped[list[Any]] = mapped_column(JSON, default=list)
    experience: Mapped[Experience | None] = mapped_column(word(Experience, "submission_experience"))
    age_band: Mapped[AgeBand | None] = mapped_column(word(AgeBand, "submission_age_band"))
    gender: Mapped[Gender | None] = mapped_column(word(Gender, "submission_gender"))
    # How it came in, where somebody else typed it or a file brought it.
    serial: Mapped[str | None] = mapped_column(ForeignKey("paper_form.serial"), unique=True)
    entry_batch_id: Mapped[int | None] = mapped_column(ForeignKey("entry_batch.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("import_file.id"), index=True)
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    points: Mapped[list[Point]] = relationship(back_populates="submission", order_by="Point.position")


# Only what was received and still stands is read, themed, counted, shown and exported.
STANDS = Submission.state == SubmissionState.RECEIVED

# Whose name others may read: a person who chose it, an office always. Offices are known by `agency`.
IS_NAMED = Submission.agency.is_not(None) | (Submission.visibility == Visibility.NAMED)

# Who spoke, where it is known: an office has one voice, whoever of it wrote; a chat tells its writers apart.
SPEAKER = func.coalesce(
    "agency:" + Submission.agency,
    "person:" + cast(Submission.person_id, String),
    case((Submission.source_ref.like("@%"), func.substr(Submission.source_ref, 1, 17))),
)
