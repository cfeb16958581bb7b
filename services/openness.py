"""Openness: which parts of a version of the draft are still asked about, and why the others are fixed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models import Chapter, Paragraph
from services import audit
from services.errors import NotFound
from services.texts import clean


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a chapter: of how many paragraphs, how many are fixed, and why ("" where they say different)."""

    section: str
    paragraphs: int
    fixed: int
    why: str


def parts(session: Session, draft_id: int, position: int) -> list[Part]:
    """The sections of a chapter in their order; what stands before the first heading has no name."""
    rows = session.execute(
        select(
            Paragraph.section,
            func.count(),
            func.count().filter(Paragraph.fixed_why != ""),
            func.min(Paragraph.fixed_why),
            func.max(Paragraph.fixed_why),
            func.min(Paragraph.position),
        )
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .where(Chapter.draft_id == draft_id, Chapter.position == position)
        .group_by(Paragraph.section)
        .order_by(func.min(Paragraph.position))
    )
    return [Part(section, n, fixed, why if why == other else "") for section, n, fixed, why, other, _ in rows]


def fix(
    session: Session,
    draft_id: int,
    position: int,
    section: str | None,
    why: str,
    *,
    now: datetime,
    actor_id: int | None = None,
) -> int:
    """Say of a section, or with None of all of a chapter, why nothing is asked about it; "" opens it again.

    Returns how many paragraphs say something else now. What is said here goes on into later versions with the text.
    """
    said = clean(why)
    asked = (
        select(Paragraph.id)
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .where(Chapter.draft_id == draft_id, Chapter.position == position)
    )
    if section is not None:
        asked = asked.where(Paragraph.section == section)
    if session.scalar(asked.limit(1)) is None:
        raise NotFound(f"chapter {position}, section {section}")
    done = session.execute(
        update(Paragraph)
        .where(Paragraph.id.in_(asked), Paragraph.fixed_why != said)
        .values(fixed_why=said)
        .execution_options(synchronize_session=False)
    )
    told = {"chapter": position, "section": section, "why": said, "paragraphs": done.rowcount}
    audit.record(session, "draft.fix" if said else "draft.open", "draft", draft_id, now=now, actor_id=actor_id, **told)
    return int(done.rowcount)
