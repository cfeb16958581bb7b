"""Windows: from when to when a group may write within a round, where that is not all of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from models import Round, StageWindow
from models.vocabulary import Group
from services import audit, days
from services.errors import NotFound, WrongRound
from services.tongue import N_

# Those who write with an account; citizens have all of the round.
GROUPS = (Group.ACADEMIC, Group.AGENCY)
Days = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """The first and the last moment of a group's window."""

    group: Group
    opens_at: datetime
    closes_at: datetime


def of_rounds(session: Session) -> dict[int, list[WindowFacts]]:
    """The windows of every round that has some, as its desk lists them."""
    found: dict[int, list[WindowFacts]] = {}
    for row in session.scalars(select(StageWindow).order_by(StageWindow.opens_at, StageWindow.id)):
        found.setdefault(row.round_id, []).append(WindowFacts(row.group, row.opens_at, row.closes_at))
    return found


def of_round(session: Session, round_id: int, *, zone: ZoneInfo) -> dict[Group, Days]:
    """The days of the windows of one round; a group without one is left out."""
    rows = session.scalars(select(StageWindow).where(StageWindow.round_id == round_id))
    return {row.group: (days.of(row.opens_at, zone), days.of(row.closes_at, zone)) for row in rows}


def put(
    session: Session,
    round_id: int,
    wanted: Mapping[Group, Days],
    *,
    zone: ZoneInfo,
    now: datetime,
    actor_id: int | None = None,
) -> None:
    """Give each of these groups its window; without days a group may write during all of the round.

    Raises WrongRound, with the faults by "opens_academic" and the like, where a window lies outside of the round,
    ends before it begins, or has only one of its days.
    """
    row = session.get(Round, round_id)
    if row is None:
        raise NotFound(f"round {round_id}")
    first, last = days.of(row.opens_at, zone), days.of(row.closes_at, zone)
    faults = {name: fault for group, pair in wanted.items() for name, fault in _faults(group, pair, first, last)}
    if faults:
        raise WrongRound(faults)
    session.execute(delete(StageWindow).where(StageWindow.round_id == round_id, StageWindow.group.in_(list(wanted))))
    for group, (opens, closes) in wanted.items():
        if opens and closes:
            edges = {"opens_at": days.start(opens, zone), "closes_at": days.end(closes, zone)}
            session.add(StageWindow(round_id=round_id, group=group, **edges))
    session.flush()
    told = {group.value: [day.isoformat() if day else None for day in pair] for group, pair in wanted.items()}
    audit.record(session, "round.windows", "round", round_id, now=now, actor_id=actor_id, **told)


def _faults(group: Group, pair: Days, first: date, last: date) -> list[tuple[str, tuple[str, dict[str, object]]]]:
    opens, closes = pair
    if opens is None and closes is None:
        return []
    if opens is None or closes is None:
        return [
            (
                f"{'opens' if opens is None else 'closes'}_{group}",
                (N_("Isi kedua harinya, atau kosongkan dua-duanya."), {}),
            )
        ]
    if closes < opens:
        return [(f"closes_{group}", (N_("Hari terakhir mendahului hari pertama."), {}))]
    outside = N_("Di luar putaran, yang dibuka dari %(first)s sampai %(last)s.")
    days_of_round = {"first": first.isoformat(), "last": last.isoformat()}
    return [
        (f"{name}_{group}", (outside, days_of_round))
        for name, day in (("opens", opens), ("closes", closes))
        if not first <= day <= last
    ]
