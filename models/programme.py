"""A programme of the plan that is being revised: its agency says what should become of it, others may too."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, word
from models.vocabulary import Element, Nature, ProgrammeState


class Programme(Base):
    __tablename__ = "programme"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    old_dimension: Mapped[str] = mapped_column(default="")
    dimension: Mapped[str | None] = mapped_column(ForeignKey("dimension.code"))
    element: Mapped[Element | None] = mapped_column(word(Element, "programme_element"))
    nature: Mapped[Nature | None] = mapped_column(word(Nature, "programme_nature"))
    agency: Mapped[str] = mapped_column(ForeignKey("agency.code"), index=True)
    state: Mapped[ProgrammeState | None] = mapped_column(word(ProgrammeState, "programme_state"))
    mission: Mapped[str | None] = mapped_column(ForeignKey("mission.code"))
    start_year: Mapped[int | None]
    basis: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
