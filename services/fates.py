"""Fates: what became of each paragraph of earlier versions in a later one. Comments follow it, and none is moved."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, delete, func, insert, literal, select, union_all, update
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql.selectable import Subquery

from analysis.alignment import SURE, align
from models import Chapter, Draft, Fate, Paragraph, Point, Submission
from models.submission import STANDS
from models.vocabulary import CommentState, DraftState, FateState
from services import audit, totals
from services.errors import NotFound, NotThisState

# What is said of a paragraph over several versions is the gravest of what was said from one to the next.
GRAVITY = (FateState.SAME, FateState.EDITED, FateState.MERGED, FateState.SPLIT, FateState.MOVED, FateState.REMOVED)
# How a comment stands that was written on a paragraph with this fate.
STANDING = {
    FateState.SAME: CommentState.APPLIES,
    FateState.EDITED: CommentState.CHANGED,
    FateState.SPLIT: CommentState.CHANGED,
    FateState.MERGED: CommentState.CHANGED,
    FateState.MOVED: CommentState.MOVED,
    FateState.REMOVED: CommentState.REMOVED,
}
MANY = 200


@dataclass(frozen=True, slots=True)
class Doubt:
    """A fate that a person of the team may have to look at; `heir_id` is None where the paragraph is gone.

    `comments` counts what stands on the old paragraph; similarity and confidence lie in 0-1.
    """

    id: int
    mark: str
    text: str
    heir_id: int | None
    heir_mark: str
    heir_text: str
    state: FateState
    similarity: float
    confidence: float
    is_confirmed: bool
    comments: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Of the base's paragraphs how many had which fate, of all comments how many stand how, and what is not sure."""

    paragraphs: Mapping[FateState, int]
    comments: Mapping[CommentState, int]
    added: int
    unsure: int


Texts = Sequence[tuple[int, str, int | None, str]]


def trace(session: Session, draft_id: int, *, fixed: Mapping[int, int] | None = None) -> None:
    """Look for every paragraph of the newest published version in this one, and write down where it went.

    `fixed` leads from lineages to paragraphs of this version, where its file said so. Paragraphs of older versions
    go where their heirs in that version went. What was confirmed of this version before is asked anew.
    """
    draft = session.get_one(Draft, draft_id)
    base_id = session.scalar(
        select(Draft.id)
        .where(Draft.state == DraftState.PUBLISHED, Draft.number < draft.number)
        .order_by(Draft.number.desc())
        .limit(1)
    )
    draft.base_id = base_id
    session.execute(delete(Fate).where(Fate.draft_id == draft_id))
    new = _texts(session, draft_id)
    if base_id is not None:
        old = _texts(session, base_id)
        _write(session, draft_id, old, new, _known(old, new, fixed or {}))
        _compose(session, draft_id, base_id)
    _inherit(session, draft_id)


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


def marks(session: Session) -> dict[int, str]:
    """The mark that each paragraph of any version has in the newest published one; what is gone is left out."""
    heir, newest = aliased(Paragraph), newest_published()
    here = select(Paragraph.id, Paragraph.mark).where(Paragraph.draft_id == newest)
    came = select(Fate.paragraph_id, heir.mark).join(heir, heir.id == Fate.heir_id).where(Fate.draft_id == newest)
    return {number: mark for number, mark in session.execute(here.union_all(came))}


def newest_published() -> ScalarSelect[int]:
    """The id of the newest published version, for a condition."""
    query = select(Draft.id).where(Draft.state == DraftState.PUBLISHED).order_by(Draft.number.desc()).limit(1)
    return query.scalar_subquery()


def confirm(
    session: Session, draft_id: int, fate_ids: Collection[int], *, now: datetime, actor_id: int | None = None
) -> int:
    """A person says of these that they are right; returns of how many that was not said before."""
    found = session.execute(
        update(Fate)
        .where(Fate.id.in_(fate_ids), Fate.draft_id == draft_id, Fate.confirmed_at.is_(None))
        .values(confirmed_at=now, confirmed_by=actor_id)
        .execution_options(synchronize_session=False)
    )
    audit.record(session, "draft.confirm", "draft", draft_id, now=now, actor_id=actor_id, paragraphs=found.rowcount)
    return int(found.rowcount)


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


def doubts(session: Session, draft_id: int, *, after: int = 0, limit: int = MANY, every: bool = False) -> list[Doubt]:
    """What is not sure of a version and nobody has confirmed, or with `every` all of it, in the order of writing."""
    old, heir = aliased(Paragraph), aliased(Paragraph)
    said = select(func.count(Point.id)).join(Submission).where(Point.paragraph_id == old.id, STANDS).scalar_subquery()
    query = (
        select(Fate, old.mark, old.text, heir.mark.label("heir_mark"), heir.text.label("heir_text"), said)
        .join(old, old.id == Fate.paragraph_id)
        .join(Draft, (Draft.id == Fate.draft_id) & (Draft.base_id == old.draft_id))
        .outerjoin(heir, heir.id == Fate.heir_id)
        .where(Fate.draft_id == draft_id, Fate.id > after)
        .order_by(Fate.id)
        .limit(limit)
    )
    if not every:
        query = query.where(is_unsure())
    return [_doubt(row) for row in session.execute(query)]


def is_unsure() -> ColumnElement[bool]:
    """Nobody has confirmed what is not sure."""
    return (Fate.confidence < SURE) & Fate.confirmed_at.is_(None)


def _doubt(row: Any) -> Doubt:
    fate, mark, text, heir_mark, heir_text, comments = row
    return Doubt(
        id=fate.id,
        mark=mark,
        text=text,
        heir_id=fate.heir_id,
        heir_mark=heir_mark or "",
        heir_text=heir_text or "",
        state=fate.state,
        similarity=fate.similarity,
        confidence=fate.confidence,
        is_confirmed=fate.confirmed_at is not None,
        comments=comments,
    )


def tally(session: Session, draft_id: int) -> Tally:
    """What became of everything in one version; the comments of all earlier versions add up to their number."""
    is_base = select(Draft.id).where(Draft.id == Fate.draft_id, Draft.base_id == Paragraph.draft_id).exists()
    rows = session.execute(
        select(Fate.state, func.count(), func.sum(is_unsure()))
        .join(Paragraph, Paragraph.id == Fate.paragraph_id)
        .where(Fate.draft_id == draft_id, is_base)
        .group_by(Fate.state)
    ).all()
    said = session.execute(
        select(Fate.state, func.count(Point.id))
        .join(Point, Point.paragraph_id == Fate.paragraph_id)
        .join(Submission, Submission.id == Point.submission_id)
        .where(Fate.draft_id == draft_id, STANDS)
        .group_by(Fate.state)
    )
    comments = dict.fromkeys(CommentState, 0)
    for state, n in said:
        comments[STANDING[state]] += n
    return Tally(
        paragraphs={state: n for state, n, _ in rows},
        comments={state: n for state, n in comments.items() if n},
        added=_added(session, draft_id),
        unsure=sum(int(unsure or 0) for _, _, unsure in rows),
    )


def _added(session: Session, draft_id: int) -> int:
    """How many paragraphs of a version come from none of the versions before."""
    all_ = select(func.count()).where(Paragraph.draft_id == draft_id).scalar_subquery()
    rows = session.execute(select(Fate.heir_id, Fate.others, all_).where(Fate.draft_id == draft_id)).all()
    come = {number for heir_id, others, _n in rows for number in (heir_id, *others) if number is not None}
    return rows[0][2] - len(come) if rows else session.scalar(select(all_)) or 0


def standing(draft_id: int, paragraph_ids: Collection[int] | None = None) -> Subquery:
    """Which point stands where in a version: `point_id`, `at_id` (None: its paragraph is gone) and `state`.

    Points that were written on this version stand where they were written; those of earlier versions where their
    paragraph went; those of later versions do not stand here. With `paragraph_ids` only what stands on these.
    """
    here = (
        select(Point.id.label("point_id"), Point.paragraph_id.label("at_id"), literal("same").label("state"))
        .join(Paragraph, Paragraph.id == Point.paragraph_id)
        .where(Paragraph.draft_id == draft_id)
    )
    came = (
        select(Point.id, Fate.heir_id, Fate.state)
        .join(Fate, Fate.paragraph_id == Point.paragraph_id)
        .where(Fate.draft_id == draft_id)
    )
    if paragraph_ids is not None:
        here, came = here.where(Point.paragraph_id.in_(paragraph_ids)), came.where(Fate.heir_id.in_(paragraph_ids))
    return union_all(here, came).subquery("standing")
