"""Conflicts: points that ask for opposite things; people link them, and they are answered together."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from models import Conflict, ConflictPoint, Decision, Point, Reading, Submission, Theme
from models.submission import STANDS
from models.vocabulary import DecisionCode, DecisionState, PointType
from services import audit, decisions
from services.answers import SILENT
from services.decisions import Target
from services.errors import NotFound, NotThisState, Unexplained
from services.explanations import REFUSALS, Faults, Ruling, faults
from services.texts import clean
from services.wording import theme_name

LIKES = (PointType.SUPPORT.value, PointType.PROPOSAL.value)
PAGE = 20
EACH = 12  # texts of each side that are looked at in one theme


@dataclass(frozen=True, slots=True)
class Side:
    """One of two points that may ask for opposite things; `cues` are the words by which its stance was read."""

    point_id: int
    text: str
    stance: str
    cues: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two points of one theme, one that supports or proposes and one that objects: a guess for a person to judge."""

    theme_id: int
    theme: str
    one: Side
    other: Side


@dataclass(frozen=True, slots=True)
class Linked:
    """A conflict with its points that still stand."""

    id: int
    round_id: int
    note: str
    made_at: datetime
    point_ids: tuple[int, ...]
    decided: int


def link(
    session: Session, round_id: int, point_ids: Collection[int], *, note: str, actor_id: int, now: datetime
) -> int:
    """Say that these points ask for opposite things; returns the conflict. A point stands in one conflict only."""
    ids = sorted(set(point_ids))
    there = select(Point.id).join(Submission).where(Point.id.in_(ids), Submission.round_id == round_id, STANDS)
    if len(session.scalars(there).all()) != len(ids):
        raise NotFound(f"points {ids}")
    taken = select(ConflictPoint.point_id).where(ConflictPoint.point_id.in_(ids)).limit(1)
    if len(ids) < 2 or session.scalar(taken) is not None:
        raise NotThisState("fewer than two points, or one of them stands in a conflict")
    row = Conflict(round_id=round_id, note=clean(note), made_at=now, made_by=actor_id)
    session.add(row)
    session.flush()
    session.add_all(ConflictPoint(conflict_id=row.id, point_id=point_id) for point_id in ids)
    session.flush()
    audit.record(session, "conflict.link", "conflict", row.id, now=now, actor_id=actor_id, new={"points": ids})
    return row.id


def unlink(session: Session, conflict_id: int, *, actor_id: int, now: datetime) -> None:
    """Say that they do not; not once they were answered together."""
    row = _get(session, conflict_id)
    decided = select(Decision.id).where(Decision.conflict_id == conflict_id, Decision.state != DecisionState.REPLACED)
    if session.scalar(decided.limit(1)) is not None:
        raise NotThisState(f"conflict {conflict_id} is answered")
    ids = _points(session, conflict_id)
    session.execute(update(Decision).where(Decision.conflict_id == conflict_id).values(conflict_id=None))
    session.execute(delete(ConflictPoint).where(ConflictPoint.conflict_id == conflict_id))
    session.delete(row)
    audit.record(session, "conflict.unlink", "conflict", conflict_id, now=now, actor_id=actor_id, old={"points": ids})


def answer(
    session: Session,
    conflict_id: int,
    sides: Mapping[int, DecisionCode],
    ruling: Ruling,
    *,
    actor_id: int,
    now: datetime,
    seen: Mapping[Target, str] | None = None,
) -> list[int]:
    """Answer all points of a conflict together: one explanation, and a code for each side.

    Whatever one of the sides needs to be explained must be said.
    """
    row = _get(session, conflict_id)
    standing = set(_points(session, conflict_id))
    if set(sides) != standing:
        raise NotFound(f"points {sorted(set(sides) ^ standing)}")
    missing: Faults = {}
    for code in sides.values():
        missing |= faults(_of_side(ruling, code), in_conflict=True)
    if missing:
        raise Unexplained(missing)
    made = []
    for point_id, code in sorted(sides.items()):
        made += decisions.decide(
            session,
            row.round_id,
            [Target("point", point_id)],
            _of_side(ruling, code),
            actor_id=actor_id,
            now=now,
            conflict_id=conflict_id,
            seen=seen,
        )
    return made


def _of_side(ruling: Ruling, code: DecisionCode) -> Ruling:
    """What is said of one side: a refused one changes nothing in the plan."""
    if code not in REFUSALS:
        return replace(ruling, code=code)
    return replace(ruling, code=code, change="", paragraph="", programme=None, text_before="", text_after="")


def _points(session: Session, conflict_id: int) -> list[int]:
    query = select(ConflictPoint.point_id).join(Point, Point.id == ConflictPoint.point_id).join(Submission)
    return list(session.scalars(query.where(ConflictPoint.conflict_id == conflict_id, STANDS).order_by(Point.id)))


def one(session: Session, conflict_id: int) -> Linked:
    """A conflict with its points."""
    return _linked(session, [_get(session, conflict_id)])[0]


def page(session: Session, round_id: int, *, after: int = 0) -> list[Linked]:
    """The conflicts of a round, the newest first, from below `after`."""
    query = select(Conflict).where(Conflict.round_id == round_id, *([Conflict.id < after] if after else []))
    return _linked(session, session.scalars(query.order_by(Conflict.id.desc()).limit(PAGE)).all())


def of_points(session: Session, point_ids: Collection[int]) -> dict[int, int]:
    """The conflict in which each of these points stands."""
    query = select(ConflictPoint.point_id, ConflictPoint.conflict_id).where(ConflictPoint.point_id.in_(point_ids))
    return {point_id: conflict_id for point_id, conflict_id in session.execute(query)}


def _linked(session: Session, rows: Any) -> list[Linked]:
    ids = [row.id for row in rows]
    is_answer = (
        (Decision.point_id == ConflictPoint.point_id)
        & (Decision.conflict_id == ConflictPoint.conflict_id)
        & Decision.state.not_in(SILENT)
    )
    found = session.execute(
        select(ConflictPoint.conflict_id, ConflictPoint.point_id, func.count(Decision.id))
        .join(Point, Point.id == ConflictPoint.point_id)
        .join(Submission)
        .outerjoin(Decision, is_answer)
        .where(ConflictPoint.conflict_id.in_(ids), STANDS)
        .group_by(ConflictPoint.conflict_id, ConflictPoint.point_id)
        .order_by(ConflictPoint.point_id)
    ).all()
    return [
        Linked(
            row.id,
            row.round_id,
            row.note,
            row.made_at,
            tuple(point_id for conflict_id, point_id, _ in found if conflict_id == row.id),
            sum(bool(n) for conflict_id, _, n in found if conflict_id == row.id),
        )
        for row in rows
    ]


def suggestions(session: Session, round_id: int, theme_id: int, lang: str = "id") -> list[Pair]:
    """Pairs of one theme of which one side likes and the other objects, as read by their words. None is linked by this.

    The clearest objections stand first, each beside the clearest of the other side that is not linked yet.
    """
    rows = session.execute(
        select(Reading.point_id, Reading.masked_text, Reading.types, theme_name(Theme, lang))
        .join(Point, Point.id == Reading.point_id)
        .join(Submission)
        .join(Theme, Theme.id == Reading.theme_id)
        .outerjoin(ConflictPoint, ConflictPoint.point_id == Reading.point_id)
        .where(Reading.theme_id == theme_id, Submission.round_id == round_id, STANDS)
        .where(ConflictPoint.point_id.is_(None))
        .order_by(Reading.point_id)
        .limit(500)
    ).all()
    name = rows[0][3] if rows else ""
    against = _sides(rows, (PointType.OBJECTION.value,))
    liking = _sides([row for row in rows if row.point_id not in {s.point_id for s in against}], LIKES)
    return [Pair(theme_id, name, one, other) for one, other in zip(liking, against, strict=False)]


def _sides(rows: Any, stances: tuple[str, ...]) -> list[Side]:
    """One side of each text that takes this stance, the one with the most cue words first."""
    found = []
    for point_id, text, types, _ in rows:
        stance, cues = next(((stance, cues) for stance, cues in types if stance in stances), ("", []))
        if stance:
            found.append(Side(point_id, text, stance, tuple(cues)))
    return sorted(found, key=lambda side: (-len(side.cues), side.point_id))[:EACH]


def _get(session: Session, conflict_id: int) -> Conflict:
    row = session.get(Conflict, conflict_id)
    if row is None:
        raise NotFound(f"conflict {conflict_id}")
    return row
