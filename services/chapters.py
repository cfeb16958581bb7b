"""Chapters: what was read of a file becomes the chapters and paragraphs of a version."""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.paragraphs import Document
from analysis.paragraphs import Paragraph as Read
from models import Agency, Chapter, Dimension, Paragraph
from models.vocabulary import LABELS, Element, Nature
from services.tables import plain

KEYS = {"elemen": "element", "element": "element", "sifat": "nature", "nature": "nature", "opd": "agency"}
# A page of a chapter ends with the paragraph that goes beyond one of these.
PAGE_LETTERS, PAGE_PARAGRAPHS = 10_000, 20


def store(session: Session, draft_id: int, document: Document) -> tuple[list[int], list[str]]:
    """Write chapters and paragraphs; returns the paragraphs' ids in order, and the notes with a word we do not know."""
    dimensions = set(session.scalars(select(Dimension.code)))
    agencies = {plain(spelling): a.code for a in session.scalars(select(Agency)) for spelling in (a.code, a.name)}
    rows: list[Paragraph] = []
    unknown: list[str] = []
    for number, chapter in enumerate(document.chapters, start=1):
        row = Chapter(draft_id=draft_id, position=number, title=chapter.title)
        session.add(row)
        session.flush()
        for position, (page, read) in enumerate(_paged(chapter.paragraphs), start=1):
            values, unread = _note(read.note, agencies)
            unknown += [f"{read.mark}: {u}" for u in unread]
            dimension = next((part for part in read.mark.split("-") if part in dimensions), None)
            rows.append(
                Paragraph(
                    draft_id=draft_id,
                    chapter_id=row.id,
                    position=position,
                    page=page,
                    mark=read.mark,
                    section=read.section,
                    text=read.text,
                    dimension=dimension,
                    annotation=read.note,
                    **values,
                )
            )
    session.add_all(rows)
    session.flush()
    return [row.id for row in rows], unknown


def _paged(paragraphs: Sequence[Read]) -> Iterator[tuple[int, Read]]:
    """Each paragraph with the page of its chapter on which it is read."""
    page, letters, count = 1, 0, 0
    for read in paragraphs:
        if count and (count == PAGE_PARAGRAPHS or letters + len(read.text) > PAGE_LETTERS):
            page, letters, count = page + 1, 0, 0
        letters, count = letters + len(read.text), count + 1
        yield page, read


def _note(note: str, agencies: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """What the note of a paragraph says in words we know, and the parts that we do not know."""
    words = {"element": _spelled(Element), "nature": _spelled(Nature), "agency": agencies}
    values: dict[str, str] = {}
    unread = []
    for part in filter(None, (p.strip() for p in note.split(";"))):
        name, _, said = part.partition(":")
        key = KEYS.get(name.strip().lower())
        found = words[key].get(plain(said)) if key else None
        if key and found:
            values[key] = found
        else:
            unread.append(part)
    return values, unread


def _spelled(kind: type[Element] | type[Nature]) -> dict[str, str]:
    return {plain(label): member for member in kind for label in (*LABELS[member], member.value)}
