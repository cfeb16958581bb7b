"""Definitions: what belongs into a theme and what does not, as people write it, with examples that they choose."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Dimension, Point, Reading, Submission, Theme, ThemeExample
from models.submission import STANDS
from models.theme import LIVE
from models.vocabulary import ThemeState
from services import audit, codebooks
from services.errors import NotFound, NotThisState
from services.wording import caption

MOST_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Words:
    """What a person writes of a theme; `keywords` are separated by bars, as in the plan's folder."""

    definition: str
    include: str
    exclude: str
    keywords: str
    label_en: str
    dimension: str | None


@dataclass(frozen=True, slots=True)
class Example:
    point_id: int
    text: str
    caption: str
    language: str


def words_of(session: Session, theme_id: int) -> Words:
    """The words of a theme as they stand."""
    theme = _theme(session, theme_id)
    return Words(*(getattr(theme, name) for name in Words.__dataclass_fields__))


def edit(session: Session, theme_id: int, words: Words, *, why: str, actor_id: int, now: datetime) -> bool:
    """Write a theme's words anew, with a reason; returns whether anything changed.

    The next run reads by them, and the plan's folder no longer decides them.
    """
    theme = _theme(session, theme_id)
    if theme.state not in (*LIVE, ThemeState.RETIRED):
        raise NotThisState(f"theme {theme_id} is {theme.state}")
    if words.dimension is not None and session.get(Dimension, words.dimension) is None:
        raise NotFound(f"dimension {words.dimension}")
    names = [name for name in Words.__dataclass_fields__ if getattr(theme, name) != getattr(words, name)]
    if not names:
        return False
    for name in names:
        setattr(theme, name, getattr(words, name))
    _change(session, theme, "edit", why=why, actor_id=actor_id, now=now)
    audit.record(session, "theme.edit", "theme", theme_id, now=now, actor_id=actor_id, fields=names)
    return True


def retire(session: Session, theme_id: int, *, why: str, actor_id: int, now: datetime) -> None:
    """Use a theme no longer: its texts are placed anew by the next run, none is lost."""
    theme = _theme(session, theme_id)
    if theme.state is not ThemeState.ACTIVE:
        raise NotThisState(f"theme {theme_id} is {theme.state}")
    theme.state = ThemeState.RETIRED
    _change(session, theme, "retire", why=why, actor_id=actor_id, now=now)
    audit.record(session, "theme.retire", "theme", theme_id, now=now, actor_id=actor_id)


def revive(session: Session, theme_id: int, *, actor_id: int, now: datetime) -> None:
    """Use a retired theme again."""
    theme = _theme(session, theme_id)
    if theme.state is not ThemeState.RETIRED:
        raise NotThisState(f"theme {theme_id} is {theme.state}")
    theme.state = ThemeState.ACTIVE
    _change(session, theme, "revive", why="", actor_id=actor_id, now=now)
    audit.record(session, "theme.revive", "theme", theme_id, now=now, actor_id=actor_id)


def _change(session: Session, theme: Theme, action: str, *, why: str, actor_id: int, now: datetime) -> None:
    theme.changed_by, theme.changed_at, theme.version = actor_id, now, theme.version + 1
    codebooks.record(session, theme, action, actor_id=actor_id, now=now, why=why)


def choose(session: Session, theme_id: int, point_id: int, *, actor_id: int, now: datetime) -> None:
    """Make a point that stands in a theme an example of it; at most five, so that they are read."""
    theme = _theme(session, theme_id)
    here = select(Reading.point_id).where(Reading.point_id == point_id, Reading.theme_id == theme_id)
    if session.scalar(here) is None:
        raise NotFound(f"point {point_id} in theme {theme_id}")
    chosen = set(session.scalars(select(ThemeExample.point_id).where(ThemeExample.theme_id == theme_id)))
    if point_id in chosen:
        return
    if len(chosen) >= MOST_EXAMPLES:
        raise NotThisState("enough examples")
    session.add(ThemeExample(theme_id=theme_id, point_id=point_id, actor_id=actor_id, at=now))
    codebooks.record(session, theme, "example", actor_id=actor_id, now=now)
    audit.record(session, "theme.example", "theme", theme_id, now=now, actor_id=actor_id, point=point_id)


def drop(session: Session, theme_id: int, point_id: int, *, actor_id: int, now: datetime) -> None:
    """Let a point be an example no longer."""
    row = session.get(ThemeExample, (theme_id, point_id))
    if row is None:
        raise NotFound(f"example {point_id} of theme {theme_id}")
    session.delete(row)
    codebooks.record(session, _theme(session, theme_id), "unexample", actor_id=actor_id, now=now)
    audit.record(session, "theme.unexample", "theme", theme_id, now=now, actor_id=actor_id, point=point_id)


def examples(session: Session, theme_ids: Collection[int], lang: str = "id") -> dict[int, tuple[Example, ...]]:
    """The examples that people chose for some themes, masked; what was withdrawn is none any more."""
    rows = session.execute(
        select(ThemeExample.theme_id, Point.id, Reading.masked_text, Submission.group, Reading.language)
        .join(Point, Point.id == ThemeExample.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .join(Reading, Reading.point_id == Point.id)
        .where(ThemeExample.theme_id.in_(list(theme_ids)), STANDS)
        .order_by(ThemeExample.theme_id, ThemeExample.at, Point.id)
    )
    found: dict[int, list[Example]] = defaultdict(list)
    for theme_id, point_id, text, group, language in rows:
        found[theme_id].append(Example(point_id, text, caption(group, None, language, lang), language))
    return {theme_id: tuple(rows) for theme_id, rows in found.items()}


def _theme(session: Session, theme_id: int) -> Theme:
    theme = session.get(Theme, theme_id)
    if theme is None:
        raise NotFound(f"theme {theme_id}")
    return theme
