"""What somebody agreed to, in which wording, and whether they took it back."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import Channel, Purpose


class Consent(Base):
    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    purpose: Mapped[Purpose] = mapped_column(word(Purpose, "consent_purpose"))
    wording: Mapped[str]
    channel: Mapped[Channel] = mapped_column(word(Channel, "consent_channel"))
    given_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)
