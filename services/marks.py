"""Marks: where people say a point belongs. They stand apart from what the machine reads; every run keeps to them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from models import Mark, Person, Point, Reading, Submission, Theme
from models.mark import NEWEST_MARK
from models.submission import STANDS
from models.vocabulary import MarkKind, ThemeState
from services import audit, codebooks, merges, names, tallies
from services.errors import NotFound, NotThisState
from services.tongue import word
from services.wording import theme_name

PINNED = 99.0  # the margin of a text that a person placed


@dataclass(frozen=True, slots=True)
class MarkFacts:
    """One mark as a page shows it; `theme` is empty where the point was given back to the machine."""

    kind: MarkKind
    label: str
    theme: str
    by: str
    at: datetime
    reason: str


def pin(session: Session, point_ids: Collection[int], *, actor_id: int, now: datetime, reason: str = "") -> int:
    """Hold points where they stand now; one that stands nowhere cannot be held. All of them or none; how many."""
    places = _places(session, point_ids)
    if any(theme_id is None for _, theme_id in places.values()):
        raise NotThisState("a point without a theme")
    for theme_id in sorted({theme_id for _, theme_id in places.values() if theme_id is not None}):
        held = [point_id for point_id, (_, there) in places.items() if there == theme_id]
        _record(session, held, MarkKind.PIN, theme_id, actor_id=actor_id, now=now, reason=reason)
    return len(places)


def move(
    session: Session, point_ids: Collection[int], theme_id: int, *, actor_id: int, now: datetime, reason: str = ""
) -> int:
    """Put points into a living theme and hold them there. All of them or none; how many."""
    merges.living(session, theme_id)
    places = _places(session, point_ids)
    _move(session, places, theme_id, actor_id=actor_id, now=now, reason=reason)
    return len(places)


def _move(
    session: Session,
    places: dict[int, tuple[int, int | None]],
    theme_id: int,
    *,
    actor_id: int,
    now: datetime,
    reason: str = "",
) -> None:
    _record(session, places, MarkKind.MOVE, theme_id, actor_id=actor_id, now=now, reason=reason)
    _settle(session, places, theme_id)


def unpin(session: Session, point_ids: Collection[int], *, actor_id: int, now: datetime, reason: str = "") -> int:
    """Give points back to the machine, which reads them anew; one that nobody marked cannot be given back."""
    places = _places(session, point_ids)
    if not set(places) <= set(pinned(session, places)):
        raise NotThisState("a point without a mark")
    _record(session, places, MarkKind.RELEASE, None, actor_id=actor_id, now=now, reason=reason)
    return len(places)


def split(
    session: Session, theme_id: int, point_ids: Collection[int], name: str, *, actor_id: int, now: datetime
) -> int:
    """Make a theme of a person's own out of chosen points of another one; returns its id.

    It belongs to the codebook, is found by the words of its name and of the points that are held in it, and the plan's
    folder does not take it away. Some points stay behind, or it would be a renaming.
    """
    theme, name = merges.living(session, theme_id), name.strip()
    places = _places(session, point_ids)
    if not places or not name or any(there != theme_id for _, there in places.values()):
        raise NotThisState(f"not points of theme {theme_id}, or no name")
    left = select(Reading.point_id).where(Reading.theme_id == theme_id, Reading.point_id.not_in(places)).limit(1)
    if session.scalar(left) is None:
        raise NotThisState(f"nothing would be left of theme {theme_id}")
    if names.is_taken(session, name):
        raise NotThisState("name taken")
    made = _make(session, name, theme.dimension, "split", actor_id=actor_id, now=now, why=theme.code)
    audit.record(session, "theme.split", "theme", made.id, now=now, actor_id=actor_id, out_of=theme_id)
    _move(session, places, made.id, actor_id=actor_id, now=now)
    return made.id


def found(
    session: Session,
    point_ids: Collection[int],
    name: str,
    *,
    dimension: str | None = None,
    actor_id: int,
    now: datetime,
) -> int:
    """Make a theme of a person's own out of points that stand in none; returns its id."""
    name, places = name.strip(), _places(session, point_ids)
    if not places or not name or any(there is not None for _, there in places.values()):
        raise NotThisState("not points without a theme, or no name")
    if names.is_taken(session, name):
        raise NotThisState("name taken")
    made = _make(session, name, dimension, "found", actor_id=actor_id, now=now)
    audit.record(session, "theme.found", "theme", made.id, now=now, actor_id=actor_id, points=len(places))
    _move(session, places, made.id, actor_id=actor_id, now=now)
    return made.id


def _make(
    session: Session, name: str, dimension: str | None, action: str, *, actor_id: int, now: datetime, why: str = ""
) -> Theme:
    """A theme of the codebook that a person makes; its code comes from its id."""
    made = Theme(
        code=f"K-new-{now.timestamp():.6f}",
        dimension=dimension,
        label_id=name,
        state=ThemeState.ACTIVE,
        made_by=actor_id,
        changed_at=now,
    )
    session.add(made)
    session.flush()
    made.code = f"K-{made.id}"
    codebooks.record(session, made, action, actor_id=actor_id, now=now, why=why)
    return made


def pinned(session: Session, point_ids: Iterable[int] | None = None, *, round_id: int | None = None) -> dict[int, int]:
    """The theme at which people hold each point, read through merges; of some points or of a round."""
    query = select(Mark.point_id, Mark.theme_id).where(Mark.id.in_(NEWEST_MARK), Mark.theme_id.is_not(None))
    if point_ids is not None:
        query = query.where(Mark.point_id.in_(list(point_ids)))
    if round_id is not None:
        query = query.join(Point, Point.id == Mark.point_id).join(Submission).where(Submission.round_id == round_id)
    lead = merges.leads(session)
    return {point_id: lead.get(theme_id, theme_id) for point_id, theme_id in session.execute(query)}


def history(session: Session, point_id: int, lang: str = "id") -> list[MarkFacts]:
    """What people did with a point's place, the newest first."""
    rows = session.execute(
        select(Mark, theme_name(Theme, lang), Person.name)
        .outerjoin(Theme, Theme.id == Mark.theme_id)
        .outerjoin(Person, Person.id == Mark.actor_id)
        .where(Mark.point_id == point_id)
        .order_by(Mark.id.desc())
    )
    return [
        MarkFacts(mark.kind, word(mark.kind, lang), theme or "", by or "", mark.at, mark.reason)
        for mark, theme, by in rows
    ]


def _places(session: Session, point_ids: Collection[int]) -> dict[int, tuple[int, int | None]]:
    """Round and present theme of each point; raises NotFound where one is gone or stands no more."""
    rows = session.execute(
        select(Point.id, Submission.round_id, Reading.theme_id)
        .join(Submission)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .where(Point.id.in_(list(point_ids)), STANDS)
        .order_by(Point.id)
    )
    found = {point_id: (round_id, theme_id) for point_id, round_id, theme_id in rows}
    if len(found) < len(set(point_ids)):
        raise NotFound(f"points {sorted(set(point_ids) - set(found))}")
    return found


def _record(
    session: Session,
    point_ids: Iterable[int],
    kind: MarkKind,
    theme_id: int | None,
    *,
    actor_id: int,
    now: datetime,
    reason: str,
) -> None:
    for point_id in point_ids:
        session.add(
            Mark(point_id=point_id, kind=kind, theme_id=theme_id, actor_id=actor_id, at=now, reason=reason.strip())
        )
        audit.record(session, f"mark.{kind.value}", "point", point_id, now=now, actor_id=actor_id, theme=theme_id)
    session.flush()


def _settle(session: Session, places: dict[int, tuple[int, int | None]], theme_id: int) -> None:
    """Show it at once: the reading and the counts of the newest run follow; places in the list wait for the next."""
    moved = {point_id: place for point_id, place in places.items() if place[1] != theme_id}
    said = session.execute(select(Reading.point_id, Reading.types).where(Reading.point_id.in_(moved)))
    types = {point_id: kinds for point_id, kinds in said}
    session.execute(
        update(Reading)
        .where(Reading.point_id.in_(places))
        .values(theme_id=theme_id, theme_reason=None, merged_from_id=None, margin=PINNED, words=[], digest=0)
    )
    for round_id in sorted({round_id for round_id, _ in moved.values()}):
        run_id = tallies.newest(session, round_id)
        here = {point_id: there for point_id, (at, there) in moved.items() if at == round_id and point_id in types}
        if run_id is not None and here:
            tallies.recount(session, run_id, {theme_id, *(there for there in here.values() if there)})
            _restance(session, run_id, here, theme_id, {n: [code for code, _ in types[n]] for n in here})
            tallies.count_unplaced(session, run_id)
    session.flush()


def _restance(
    session: Session, run_id: int, was: dict[int, int | None], theme_id: int, types: dict[int, list[str]]
) -> None:
    for point_id, there in was.items():
        for number, by in ((there, -1), (theme_id, 1)):
            if number is not None:
                tallies.restance(session, run_id, number, types[point_id], by)
