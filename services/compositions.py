"""Compositions: the next version of the draft, made of the newest one and of what decisions put in its place."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from analysis.differing import Piece
from models import Chapter, Draft, Paragraph
from services import audit, descents, drafts, wordings
from services.changes import between
from services.errors import NotThisState
from services.wordings import Pending, Taken

SHOWN = 50  # of each kind on a page
COPIED = (
    "position",
    "mark",
    "section",
    "dimension",
    "element",
    "nature",
    "agency",
    "annotation",
    "page",
    "fixed_why",
)


@dataclass(frozen=True, slots=True)
class Change:
    """A paragraph and what it is to say; several decisions may have put it into the same words."""

    paragraph_id: int
    mark: str
    before: str
    after: str
    decision_ids: tuple[int, ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What goes out and what comes in, word by word."""
        return between(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Plan:
    """What would go into the next version, and what would not.

    `clashes` are paragraphs that decisions want to say different things: none of them goes in. `stale` was decided
    of words that do not stand there any more, or of a paragraph that is gone.
    """

    base: int | None
    changes: Sequence[Change]
    clashes: Sequence[Sequence[Pending]]
    stale: Sequence[Pending]


def plan(session: Session) -> Plan:
    """What the next version would be; two statements."""
    base = drafts.newest(session)
    if base is None:
        return Plan(None, (), (), ())
    return _sorted(base.number, wordings.pending(session, base.id))


def _sorted(base: int, waiting: Sequence[Pending]) -> Plan:
    by_paragraph: dict[int, list[Pending]] = defaultdict(list)
    stale = []
    for one in waiting:
        if one.at_id is None or not wordings.same(one.now, one.before) or wordings.same(one.now, one.after):
            stale.append(one)
        else:
            by_paragraph[one.at_id].append(one)
    alike = {at_id: len({" ".join(o.after.split()) for o in said}) == 1 for at_id, said in by_paragraph.items()}
    changes = [_change(at_id, said) for at_id, said in by_paragraph.items() if alike[at_id]]
    return Plan(base, changes, [said for at_id, said in by_paragraph.items() if not alike[at_id]], stale)


def _change(at_id: int, said: Sequence[Pending]) -> Change:
    first = said[0]
    return Change(at_id, first.at_mark, first.now, first.after, tuple(one.decision_id for one in said))


def compose(session: Session, *, now: datetime, actor_id: int | None = None) -> int:
    """Make an unpublished version with everything that can go in; returns its id. The same again is the same version.

    A paragraph that does not change stays letter for letter, and every one knows the one that it comes from, so no
    comment has to be looked for. Raises NotThisState where nothing waits to go in.
    """
    base = drafts.newest(session)
    found = plan(session)
    if base is None or not found.changes:
        raise NotThisState("no decision waits for a version")
    digest = _digest(base.id, found.changes)
    earlier = session.scalar(select(Draft.id).where(Draft.digest == digest))
    if earlier is not None:
        return earlier
    draft = drafts.add(session, base.title, digest, source="", now=now, actor_id=actor_id)
    draft.preface = base.preface
    draft.report = _report(base.report, len(found.changes))
    heirs = _copy(session, base.id, draft.id, {change.paragraph_id: change.after for change in found.changes})
    descents.trace(session, draft.id, fixed=_lines(session, heirs))
    taken = [Taken(n, heirs[change.paragraph_id], True) for change in found.changes for n in change.decision_ids]
    wordings.keep(session, draft.id, taken, now=now, actor_id=actor_id)
    audit.record(session, "draft.compose", "draft", draft.id, now=now, actor_id=actor_id, base=base.number)
    return draft.id


def _digest(base_id: int, changes: Sequence[Change]) -> str:
    """What makes this version this one: where it comes from and what goes in; no file has it."""
    facts = repr((base_id, [(c.paragraph_id, c.after, c.decision_ids) for c in changes]))
    return hashlib.sha256(b"composed\0" + facts.encode()).hexdigest()


def _report(base: Mapping[str, Any], changes: int) -> dict[str, Any]:
    kept = {name: base[name] for name in ("chapters", "paragraphs", "preface") if name in base}
    nothing = {"numbered_here": 0, "images": 0, "rules": 0, "unknown": [], "kept": {}, "dropped": {}}
    return kept | nothing | {"kind": "composed", "changes": changes}


def _copy(session: Session, base_id: int, draft_id: int, after: Mapping[int, str]) -> dict[int, int]:
    """The chapters and paragraphs of a version once more, some with another text: by their ids the new ids."""
    chapters = session.scalars(select(Chapter).where(Chapter.draft_id == base_id)).all()
    copies = {c.id: Chapter(draft_id=draft_id, position=c.position, title=c.title) for c in chapters}
    session.add_all(copies.values())
    session.flush()
    old = session.scalars(select(Paragraph).where(Paragraph.draft_id == base_id).order_by(Paragraph.id)).all()
    session.execute(
        insert(Paragraph),
        [
            {name: getattr(p, name) for name in COPIED}
            | {"draft_id": draft_id, "chapter_id": copies[p.chapter_id].id, "text": after.get(p.id, p.text)}
            for p in old
        ],
    )
    made = dict(session.execute(select(Paragraph.mark, Paragraph.id).where(Paragraph.draft_id == draft_id)).all())
    return {p.id: made[p.mark] for p in old}


def _lines(session: Session, heirs: Mapping[int, int]) -> dict[int, int]:
    """From the lineage of each paragraph to the one that goes on with it."""
    rows = session.execute(select(Paragraph.id, Paragraph.lineage_id).where(Paragraph.id.in_(heirs)))
    return {lineage: heirs[number] for number, lineage in rows if lineage is not None}
