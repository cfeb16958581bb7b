"""Descents: paragraphs of earlier versions are looked for in a version, and people correct what was found."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.orm import Session, aliased

from analysis.alignment import align
from models import Chapter, Draft, Fate, Paragraph
from models.vocabulary import DraftState, FateState
from services import audit, totals
from services.errors import NotFound, NotThisState

# What is said of a paragraph over several versions is the gravest of what was said from one to the next.
GRAVITY = (FateState.SAME, FateState.EDITED, FateState.MERGED, FateState.SPLIT, FateState.MOVED, FateState.REMOVED)

Texts = Sequence[tuple[int, str, int | None, str]]


def trace(session: Session, draft_id: int, *, fixed: Mapping[int, int] | None = None) -> None:
    """Look for every paragraph of the newest published version in this one, and write down where it went.

    `fixed` leads from lineages to paragraphs of this version, where its file said so. Paragraphs of older versions
    go where their heirs in that version went. What was confirmed of this version before is asked anew.
    """
    draft = session.get_one(Draft, draft_id)
    draft.base_id = base_id = _base(session, draft)
    session.execute(delete(Fate).where(Fate.draft_id == draft_id))
    new = _texts(session, draft_id)
    if base_id is not None:
        old = _texts(session, base_id)
        _write(session, draft_id, old, new, _known(old, new, fixed or {}))
        _compose(session, draft_id, base_id)
    _inherit(session, draft_id)


def _base(session: Session, draft: Draft) -> int | None:
    """The newest version before this one that people have seen."""
    before = select(Draft.id).where(Draft.state == DraftState.PUBLISHED, Draft.number < draft.number)
    return session.scalar(before.order_by(Draft.number.desc()).limit(1))


def admit(session: Session, draft: Draft) -> None:
    """Let a version that was published late stand between those around it: what comes after it is looked for anew."""
    for later in session.scalars(select(Draft).where(Draft.number > draft.number).order_by(Draft.number)).all():
        if later.base_id != _base(session, later):
            trace(session, later.id)
            _again(session, later)


def _texts(session: Session, draft_id: int) -> Texts:
    """Id, text, lineage and mark of a version's paragraphs, in the order of reading."""
    rows = session.execute(
        select(Paragraph.id, Paragraph.text, Paragraph.lineage_id, Paragraph.mark)
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .where(Paragraph.draft_id == draft_id)
        .order_by(Chapter.position, Paragraph.position)
    )
    return [tuple(row) for row in rows]


def _known(old: Texts, new: Texts, fixed: Mapping[int, int]) -> dict[int, int]:
    """The pairs that the file itself names, as places in the two versions."""
    places = {paragraph_id: n for n, (paragraph_id, *_rest) in enumerate(new)}
    return {
        n: places[fixed[lineage]]
        for n, (_id, _text, lineage, _mark) in enumerate(old)
        if lineage in fixed and fixed[lineage] in places
    }


def _write(session: Session, draft_id: int, old: Texts, new: Texts, known: dict[int, int]) -> None:
    found = align([text for _, text, *_ in old], [text for _, text, *_ in new], known)
    rows = [
        {
            "paragraph_id": old[pair.old][0],
            "draft_id": draft_id,
            "heir_id": new[pair.main][0] if pair.main is not None else None,
            "others": [new[n][0] for n in pair.new if n != pair.main],
            "state": FateState(pair.state),
            "similarity": pair.similarity,
            "confidence": pair.confidence,
        }
        for pair in found.pairs
    ]
    if rows:
        session.execute(insert(Fate), rows)


def _compose(session: Session, draft_id: int, base_id: int) -> None:
    """Let the paragraphs of still older versions go where their heirs in the base went."""
    now = {fate.paragraph_id: fate for fate in session.scalars(select(Fate).where(Fate.draft_id == draft_id))}
    rows = []
    for before in session.scalars(select(Fate).where(Fate.draft_id == base_id)):
        after = now.get(before.heir_id) if before.heir_id is not None else None
        rows.append(
            {
                "paragraph_id": before.paragraph_id,
                "draft_id": draft_id,
                "heir_id": after.heir_id if after else None,
                "others": after.others if after else [],
                "state": max(before.state, after.state, key=GRAVITY.index) if after else FateState.REMOVED,
                "similarity": before.similarity * after.similarity if after else 0.0,
                "confidence": before.confidence * after.confidence if after else before.confidence,
                "confirmed_at": before.confirmed_at,
                "confirmed_by": before.confirmed_by,
            }
        )
    if rows:
        session.execute(insert(Fate), rows)


def _inherit(session: Session, draft_id: int) -> None:
    """Give each paragraph the line of the one that it is most like, and what was fixed of it; else one of its own."""
    old, base_id = aliased(Paragraph), select(Draft.base_id).where(Draft.id == draft_id).scalar_subquery()
    rows = session.execute(
        select(Paragraph.id, old.lineage_id, old.fixed_why)
        .outerjoin(Fate, (Fate.heir_id == Paragraph.id) & (Fate.draft_id == draft_id))
        .outerjoin(old, (old.id == Fate.paragraph_id) & (old.draft_id == base_id))
        .where(Paragraph.draft_id == draft_id)
        .order_by(Fate.similarity, Fate.paragraph_id.desc())
    )
    lines: dict[int, tuple[int, str]] = {}
    for number, lineage_id, why in rows:
        if lineage_id is not None or number not in lines:
            lines[number] = (lineage_id or number, why or "")
    table = Paragraph.__table__
    said = update(table).where(table.c.id == bindparam("number"))
    session.execute(
        said.values(lineage_id=bindparam("line"), fixed_why=bindparam("why")),
        [{"number": number, "line": line, "why": why} for number, (line, why) in lines.items()],
    )
    for row in session.identity_map.values():
        if isinstance(row, Paragraph):
            session.expire(row, ["lineage_id", "fixed_why"])


def correct(session: Session, fate_id: int, heir_id: int | None, *, now: datetime, actor_id: int | None = None) -> None:
    """A person says what became of a paragraph of the version before: this one of the new version, or nothing.

    Raises NotFound where the fate or the paragraph is not of that version, NotThisState where the paragraph belongs
    to an older version than the one before: its heir there is what goes on.
    """
    fate = session.get(Fate, fate_id)
    if fate is None:
        raise NotFound(f"fate {fate_id}")
    draft, old = session.get_one(Draft, fate.draft_id), session.get_one(Paragraph, fate.paragraph_id)
    if old.draft_id != draft.base_id:
        raise NotThisState(f"fate {fate_id} follows from another one")
    heir = session.get(Paragraph, heir_id) if heir_id is not None else None
    if heir_id is not None and (heir is None or heir.draft_id != fate.draft_id):
        raise NotFound(f"paragraph {heir_id}")
    fate.state = _said_of(fate, old, heir)
    fate.heir_id, fate.others = heir_id, []
    fate.similarity, fate.confidence = (1.0 if fate.state is FateState.SAME else fate.similarity), 1.0
    fate.confirmed_at, fate.confirmed_by = now, actor_id
    session.flush()
    _again(session, draft)
    totals.forget(session)
    audit.record(session, "draft.correct", "draft", draft.id, now=now, actor_id=actor_id, mark=old.mark)


def _said_of(fate: Fate, old: Paragraph, heir: Paragraph | None) -> FateState:
    if heir is None:
        return FateState.REMOVED
    if fate.state is FateState.MOVED and fate.heir_id == heir.id:
        return FateState.MOVED
    return FateState.SAME if old.text == heir.text else FateState.EDITED


def _again(session: Session, draft: Draft) -> None:
    """Follow a correction: older paragraphs go with it, and so do the lines, also in versions that came of this one."""
    waiting = [draft]
    while waiting:
        one = waiting.pop(0)
        if one.base_id is not None and session.get_one(Draft, one.base_id).base_id is not None:
            older = select(Paragraph.id).where(Paragraph.draft_id != one.base_id)
            session.execute(delete(Fate).where(Fate.draft_id == one.id, Fate.paragraph_id.in_(older)))
            _compose(session, one.id, one.base_id)
        _inherit(session, one.id)
        waiting += session.scalars(select(Draft).where(Draft.base_id == one.id).order_by(Draft.number))


def forget(session: Session, draft_id: int) -> None:
    """Leave nothing of a version that is thrown away."""
    session.execute(delete(Fate).where(Fate.draft_id == draft_id))
