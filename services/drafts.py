"""Drafts of the plan: a file becomes a version that the team looks at first; publishing is a deed of its own."""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from analysis.paragraphs import Document, read_markdown
from analysis.paragraphs import Paragraph as Read
from models import Agency, Chapter, Dimension, Draft, Paragraph, Point
from models.vocabulary import LABELS, DraftState, Element, Nature
from services import audit, texts
from services.errors import NotFound, NotThisState, UnreadableFile
from services.tables import plain
from services.tongue import N_

MAX_BYTES, MAX_PARAGRAPHS, LONGEST = 2 * 2**20, 5000, 20_000
SHOWN = 5
KEYS = {"elemen": "element", "element": "element", "sifat": "nature", "nature": "nature", "opd": "agency"}


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A version of the draft; `report` says what was read, what was numbered here and what was left out."""

    id: int
    number: int
    title: str
    preface: str
    is_published: bool
    made_at: datetime
    published_at: datetime | None
    chapters: int
    paragraphs: int
    report: dict[str, int | list[str]]


def take(session: Session, content: bytes, *, name: str, now: datetime, actor_id: int | None = None) -> int:
    """Read a Markdown file into a new, unpublished version and return its id; the same file again is the same version.

    Raises UnreadableFile where it is too large, not UTF-8, holds no paragraph, or gives one mark to two paragraphs,
    because a comment must know which one it stands on.
    """
    digest = hashlib.sha256(content).hexdigest()
    earlier = session.scalar(select(Draft.id).where(Draft.digest == digest))
    if earlier is not None:
        return earlier
    document = _read(content)
    draft = Draft(
        number=(session.scalar(select(func.max(Draft.number))) or 0) + 1,
        title=document.title or name,
        preface="\n\n".join(document.preface),
        digest=digest,
        source_name=name[:200],
        state=DraftState.UNPUBLISHED,
        made_at=now,
        made_by=actor_id,
        report={},
    )
    session.add(draft)
    session.flush()
    draft.report = _report(document) | {"unknown": _store(session, draft.id, document)}
    audit.record(session, "draft.take", "draft", draft.id, now=now, actor_id=actor_id, digest=digest[:16])
    return draft.id


def _read(content: bytes) -> Document:
    if len(content) > MAX_BYTES:
        raise UnreadableFile(N_("Berkas lebih dari %(n)s MB."), n=MAX_BYTES // 2**20)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableFile(N_("Baris %(line)s bukan UTF-8. Simpan ulang sebagai UTF-8."), line=line) from error
    document = read_markdown("\n" * _empty_lines(text) + texts.clean(text))
    _check([p for chapter in document.chapters for p in chapter.paragraphs])
    return document


def _empty_lines(text: str) -> int:
    """How many lines at the head cleaning takes away."""
    lines = re.split(r"\r\n?|\n", text)
    return next((n for n, line in enumerate(lines) if texts.clean(line)), 0)


def _check(paragraphs: list[Read]) -> None:
    if not paragraphs:
        raise UnreadableFile(
            N_("Tidak ada paragraf di dalamnya. Naskah ditulis dalam Markdown, satu paragraf per alinea.")
        )
    if len(paragraphs) > MAX_PARAGRAPHS:
        raise UnreadableFile(N_("Lebih dari %(n)s paragraf; bagi menjadi beberapa berkas."), n=MAX_PARAGRAPHS)
    _check_marks(paragraphs)
    empty = [p for p in paragraphs if not p.text]
    if empty:
        raise UnreadableFile(N_("Baris %(line)s: paragraf %(mark)s kosong."), line=empty[0].line, mark=empty[0].mark)
    long = [p for p in paragraphs if len(p.text) > LONGEST]
    if long:
        raise UnreadableFile(
            N_("Baris %(line)s: paragraf lebih panjang dari %(n)s huruf."), line=long[0].line, n=LONGEST
        )


def _check_marks(paragraphs: list[Read]) -> None:
    lines: dict[str, list[str]] = defaultdict(list)
    for p in paragraphs:
        lines[p.mark].append(str(p.line))
    doubled = [f"{mark} ({', '.join(found[:SHOWN])})" for mark, found in lines.items() if len(found) > 1]
    if doubled:
        where = ", ".join(doubled[:SHOWN])
        raise UnreadableFile(N_("Penanda paragraf berulang, dengan nomor barisnya: %(where)s."), where=where)


def _report(document: Document) -> dict[str, int | list[str]]:
    paragraphs = [p for chapter in document.chapters for p in chapter.paragraphs]
    left_out = dict(document.left_out)
    return {
        "chapters": len(document.chapters),
        "paragraphs": len(paragraphs),
        "preface": len(document.preface),
        "numbered_here": sum(not p.has_own_mark for p in paragraphs),
        "images": left_out.get("image", 0),
        "rules": left_out.get("rule", 0),
    }


def _store(session: Session, draft_id: int, document: Document) -> list[str]:
    """Write chapters and paragraphs; returns the notes in which a word was not known."""
    dimensions = set(session.scalars(select(Dimension.code)))
    agencies = {plain(spelling): a.code for a in session.scalars(select(Agency)) for spelling in (a.code, a.name)}
    unknown: list[str] = []
    for number, chapter in enumerate(document.chapters, start=1):
        row = Chapter(draft_id=draft_id, position=number, title=chapter.title)
        session.add(row)
        session.flush()
        for position, read in enumerate(chapter.paragraphs, start=1):
            values, unread = _note(read.note, agencies)
            unknown += [f"{read.mark}: {u}" for u in unread]
            dimension = next((part for part in read.mark.split("-") if part in dimensions), None)
            session.add(
                Paragraph(
                    draft_id=draft_id,
                    chapter_id=row.id,
                    position=position,
                    mark=read.mark,
                    section=read.section,
                    text=read.text,
                    dimension=dimension,
                    annotation=read.note,
                    **values,
                )
            )
    session.flush()
    return unknown


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


def publish(session: Session, draft_id: int, *, now: datetime, actor_id: int | None = None) -> int:
    """Show a version to everybody; points that named its paragraphs before it was here now stand on them.

    Returns how many did.
    """
    draft = _unpublished(session, draft_id)
    draft.state, draft.published_at = DraftState.PUBLISHED, now
    session.flush()
    named = select(Paragraph.id).where(Paragraph.draft_id == draft_id, Paragraph.mark == Point.paragraph_ref)
    found = session.execute(
        update(Point)
        .where(Point.paragraph_id.is_(None), Point.paragraph_ref.is_not(None), named.exists())
        .values(paragraph_id=named.scalar_subquery())
        .execution_options(synchronize_session=False)
    )
    audit.record(session, "draft.publish", "draft", draft_id, now=now, actor_id=actor_id)
    return int(found.rowcount)


def discard(session: Session, draft_id: int, *, now: datetime, actor_id: int | None = None) -> None:
    """Throw away a version that nobody but the team has seen."""
    draft = _unpublished(session, draft_id)
    session.execute(delete(Paragraph).where(Paragraph.draft_id == draft_id))
    session.execute(delete(Chapter).where(Chapter.draft_id == draft_id))
    session.delete(draft)
    audit.record(session, "draft.discard", "draft", draft_id, now=now, actor_id=actor_id)


def _unpublished(session: Session, draft_id: int) -> Draft:
    draft = session.get(Draft, draft_id)
    if draft is None:
        raise NotFound(f"draft {draft_id}")
    if draft.state is not DraftState.UNPUBLISHED:
        raise NotThisState(f"draft {draft_id} is {draft.state}")
    return draft


def versions(session: Session) -> list[DraftFacts]:
    """Every version, the newest first."""
    return [_facts(d) for d in session.scalars(select(Draft).order_by(Draft.number.desc()))]


def newest(session: Session) -> DraftFacts | None:
    """The newest published version."""
    query = select(Draft).where(Draft.state == DraftState.PUBLISHED).order_by(Draft.number.desc()).limit(1)
    draft = session.scalar(query)
    return _facts(draft) if draft else None


def version(session: Session, number: int, *, sees_unpublished: bool) -> DraftFacts:
    """A version by its number; what is not published is not there for anybody but the team."""
    draft = session.scalar(select(Draft).where(Draft.number == number))
    if draft is None or not (sees_unpublished or draft.state is DraftState.PUBLISHED):
        raise NotFound(f"draft {number}")
    return _facts(draft)


def facts(session: Session, draft_id: int) -> DraftFacts:
    """A version by its id."""
    return _facts(session.get_one(Draft, draft_id))


def _facts(draft: Draft) -> DraftFacts:
    return DraftFacts(
        id=draft.id,
        number=draft.number,
        title=draft.title,
        preface=draft.preface,
        is_published=draft.state is DraftState.PUBLISHED,
        made_at=draft.made_at,
        published_at=draft.published_at,
        chapters=int(draft.report["chapters"]),  # type: ignore[arg-type]
        paragraphs=int(draft.report["paragraphs"]),  # type: ignore[arg-type]
        report=draft.report,
    )
