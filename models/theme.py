"""Points that say the same thing: a permanent object, from the codebook or proposed by the machine."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Moment, word
from models.vocabulary import ThemeState

# A theme that people see: in the codebook, or proposed to it.
LIVE = (ThemeState.ACTIVE, ThemeState.PROPOSED)


class Theme(Base):
    __tablename__ = "theme"
    __table_args__ = (
        CheckConstraint("(state = 'merged') = (merged_into IS NOT NULL)", name="merged_into_something"),
        CheckConstraint("merged_into != id", name="not_into_itself"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    dimension: Mapped[str | None] = mapped_column(ForeignKey("dimension.code"))
    label_id: Mapped[str]
    label_en: Mapped[str] = mapped_column(default="")
    definition: Mapped[str] = mapped_column(default="")
    include: Mapped[str] = mapped_column(default="")
    exclude: Mapped[str] = mapped_column(default="")
    keywords: Mapped[str] = mapped_column(default="")
    state: Mapped[ThemeState] = mapped_column(word(ThemeState, "theme_state"))
    is_machine_made: Mapped[bool] = mapped_column(default=False)
    name_by_person: Mapped[str | None]
    # Who made it out of points of another theme; neither the plan nor the machine takes such a one away.
    made_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    # Who wrote its words anew; the plan's folder no longer decides them.
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id"))
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("theme.id"), index=True)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    version: Mapped[int] = mapped_column(default=1)

    @property
    def name(self) -> str:
        """A person's name for it outranks the one it came with."""
        return self.name_by_person or self.label_id
