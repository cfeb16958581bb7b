"""A numbered paragraph of one version of the draft: the unit that is commented on."""

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, word
from models.vocabulary import Element, Nature


class Paragraph(Base):
    __tablename__ = "paragraph"
    __table_args__ = (
        UniqueConstraint("draft_id", "mark"),
        Index("ix_paragraph_chapter_id_position", "chapter_id", "position"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    chapter_id: Mapped[int] = mapped_column(ForeignKey("chapter.id"))
    position: Mapped[int]
    mark: Mapped[str] = mapped_column(index=True)
    section: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    dimension: Mapped[str | None] = mapped_column(ForeignKey("dimension.code"))
    element: Mapped[Element | None] = mapped_column(word(Element, "paragraph_element"))
    nature: Mapped[Nature | None] = mapped_column(word(Nature, "paragraph_nature"))
    agency: Mapped[str | None] = mapped_column(ForeignKey("agency.code"))
    annotation: Mapped[str] = mapped_column(default="")
    # The same through all versions: the id of the first paragraph of its line.
    lineage_id: Mapped[int | None] = mapped_column(index=True)
    # A long chapter is read in pages, so that each stays small.
    page: Mapped[int] = mapped_column(default=1)
    # Why nothing is asked about it any more; empty where it is open.
    fixed_why: Mapped[str] = mapped_column(default="")
