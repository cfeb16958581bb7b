"""Divisions: somebody asks for finer groups inside a theme, the worker suggests them, a person splits or leaves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Division, Reading, Theme
from models.theme import LIVE
from services import audit
from services.errors import NotFound, NotThisState
from services.tongue import say

SHOWN = 12


class Found(Protocol):
    """What the machine found: see `subthemes.Subtheme`."""

    name: str
    point_ids: tuple[int, ...]
    examples: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """One suggested group as a page shows it; `number` is its place in the list, `examples` masked texts."""

    number: int
    name: str
    points: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DivisionFacts:
    is_waiting: bool
    made_at: datetime | None
    groups: tuple[GroupFacts, ...]


def ask(session: Session, theme_id: int, *, actor_id: int, now: datetime) -> None:
    """Ask for finer groups inside a living theme; asking again asks anew."""
    theme = session.get(Theme, theme_id)
    if theme is None:
        raise NotFound(f"theme {theme_id}")
    if theme.state not in LIVE:
        raise NotThisState(f"theme {theme_id} is {theme.state}")
    row = session.get(Division, theme_id) or Division(theme_id=theme_id, groups=[])
    row.asked_at, row.asked_by, row.made_at = now, actor_id, None
    session.add(row)
    session.flush()
    audit.record(session, "theme.divide", "theme", theme_id, now=now, actor_id=actor_id)


def waiting(session: Session) -> list[int]:
    """The themes for which somebody waits."""
    return list(
        session.scalars(select(Division.theme_id).where(Division.made_at.is_(None)).order_by(Division.asked_at))
    )


def keep(session: Session, theme_id: int, groups: Sequence[Found], *, now: datetime) -> None:
    """Keep what was found, the largest group first."""
    row = session.get_one(Division, theme_id)
    row.groups = [
        {"name": group.name, "point_ids": list(group.point_ids), "examples": list(group.examples)}
        for group in groups[:SHOWN]
    ]
    row.made_at = now
    session.flush()


def facts(session: Session, theme_id: int, lang: str = "id") -> DivisionFacts | None:
    """What was asked and found of a theme, by the points that stand in it now; None where nobody asked."""
    row = session.get(Division, theme_id)
    if row is None:
        return None
    wanted = {i for group in row.groups for i in group["point_ids"]}
    here = dict(
        session.execute(
            select(Reading.point_id, Reading.masked_text).where(
                Reading.theme_id == theme_id, Reading.point_id.in_(wanted)
            )
        ).all()
    )
    groups = [_group(number, group, here, lang) for number, group in enumerate(row.groups)]
    return DivisionFacts(row.made_at is None, row.made_at, tuple(group for group in groups if group.points))


def _group(number: int, group: dict, here: dict[int, str], lang: str) -> GroupFacts:
    named = group["name"]
    return GroupFacts(
        number,
        say(lang, named),
        sum(1 for i in group["point_ids"] if i in here),
        tuple(here[i] for i in group["examples"] if i in here),
    )


def points_of(session: Session, theme_id: int, number: int) -> list[int]:
    """The points of one suggested group that still stand in the theme; raises NotFound without such a group."""
    row = session.get(Division, theme_id)
    if row is None or not 0 <= number < len(row.groups):
        raise NotFound(f"group {number} of theme {theme_id}")
    return list(
        session.scalars(
            select(Reading.point_id)
            .where(Reading.theme_id == theme_id, Reading.point_id.in_(row.groups[number]["point_ids"]))
            .order_by(Reading.point_id)
        )
    )
