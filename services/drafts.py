"""Drafts of the plan: a file becomes a version that the team looks at first; publishing is a deed of its own."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from models import Chapter, Draft, Paragraph, Point, Wording
from models.draft import NEWEST_DRAFT
from models.vocabulary import DraftState
from services import audit, chapters, descents, totals, wordings
from services.errors import NotFound, NotThisState, Overtaken
from services.manuscripts import apart
from services.manuscripts.apart import Manuscript


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
    report: dict[str, Any]
    base_id: int | None


def read(content: bytes, *, name: str) -> Manuscript:
    """What a file holds, without the database: a long one takes its time, and nobody is to wait for it."""
    return apart.read(content, name=name)


def take(
    session: Session,
    content: bytes,
    *,
    name: str,
    now: datetime,
    actor_id: int | None = None,
    found: Manuscript | None = None,
) -> int:
    """Read a file into a new, unpublished version and return its id; the newest file again is the same version.

    `found` is what it holds, where somebody has read it before.

    Every paragraph of the newest published version is looked for in it (`services/descents.py`). Raises UnreadableFile
    where it cannot be read or gives one mark to two paragraphs, because a comment must know which one it stands on.
    """
    digest = hashlib.sha256(content).hexdigest()
    earlier = session.scalar(
        select(Draft).where(Draft.digest.startswith(digest)).order_by(Draft.number.desc()).limit(1)
    )
    if earlier is not None:
        if earlier.state is DraftState.UNPUBLISHED or earlier.number == _newest_number(session):
            return earlier.id
        digest += f"-{earlier.number}"  # an older text comes back as a newer version
    found = found or read(content, name=name)
    draft = add(session, found.document.title or name, digest, source=name, now=now, actor_id=actor_id)
    draft.preface = "\n\n".join(found.document.preface)
    ids, unknown = chapters.store(session, draft.id, found.document)
    draft.report = _report(found) | {"unknown": unknown}
    lines = {line: number for number, line in zip(ids, found.lineages, strict=True) if line is not None}
    descents.trace(session, draft.id, fixed=lines)
    audit.record(session, "draft.take", "draft", draft.id, now=now, actor_id=actor_id, digest=digest[:16])
    return draft.id


def _newest_number(session: Session) -> int | None:
    return session.scalar(NEWEST_DRAFT.with_only_columns(Draft.number))


def add(session: Session, title: str, digest: str, *, source: str, now: datetime, actor_id: int | None = None) -> Draft:
    """An empty, unpublished version with the next number."""
    draft = Draft(
        number=(session.scalar(select(func.max(Draft.number))) or 0) + 1,
        title=title,
        digest=digest,
        source_name=source[:200],
        state=DraftState.UNPUBLISHED,
        made_at=now,
        made_by=actor_id,
        report={"chapters": 0, "paragraphs": 0},
    )
    session.add(draft)
    session.flush()
    return draft


def _report(found: Manuscript) -> dict[str, Any]:
    """What was read, what was numbered here, and what of the file was kept and left out, each with its count."""
    document = found.document
    paragraphs = [p for chapter in document.chapters for p in chapter.paragraphs]
    return {
        "chapters": len(document.chapters),
        "paragraphs": len(paragraphs),
        "preface": len(document.preface),
        "numbered_here": sum(not p.has_own_mark for p in paragraphs),
        "images": found.dropped.get("images", 0),
        "rules": found.dropped.get("rules", 0),
        "kind": found.kind,
        "kept": dict(found.kept),
        "dropped": dict(found.dropped),
    }


def publish(session: Session, draft_id: int, *, now: datetime, actor_id: int | None = None) -> int:
    """Show a version to everybody; points that named its paragraphs before it was here now stand on them.

    Returns how many did. Raises Overtaken where it was put together from a version that is not the newest any more.
    """
    draft = _unpublished(session, draft_id)
    base = newest(session)
    is_overtaken = base is not None and base.id != draft.base_id
    if is_overtaken and draft.report.get("kind") == "composed":
        raise Overtaken(f"draft {draft_id} was put together from draft {draft.base_id}")
    if base is not None and base.id != draft.base_id and base.number < draft.number:
        descents.trace(session, draft_id)  # another version was published since this one was read
    draft.state, draft.published_at = DraftState.PUBLISHED, now
    session.flush()
    named = select(Paragraph.id).where(Paragraph.draft_id == draft_id, Paragraph.mark == Point.paragraph_ref)
    found = session.execute(
        update(Point)
        .where(Point.paragraph_id.is_(None), Point.paragraph_ref.is_not(None), named.exists())
        .values(paragraph_id=named.scalar_subquery())
        .execution_options(synchronize_session=False)
    )
    descents.admit(session, draft)
    wordings.find(session, draft_id, now=now, actor_id=actor_id)
    totals.forget(session)
    audit.record(session, "draft.publish", "draft", draft_id, now=now, actor_id=actor_id)
    return int(found.rowcount)


def discard(session: Session, draft_id: int, *, now: datetime, actor_id: int | None = None) -> None:
    """Throw away a version that nobody but the team has seen."""
    draft = _unpublished(session, draft_id)
    descents.forget(session, draft_id)
    session.execute(delete(Wording).where(Wording.draft_id == draft_id))
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
    draft = session.scalar(NEWEST_DRAFT)
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
        chapters=draft.report["chapters"],
        paragraphs=draft.report["paragraphs"],
        report=draft.report,
        base_id=draft.base_id,
    )
