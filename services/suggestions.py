"""Suggestions: what the machine would say of a point, with the words that tell; nothing of it counts yet."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from analysis import elements
from models import Mission, Point, PointMission, Reading, Triage
from models.vocabulary import TriageField
from services.tongue import N_

F = TriageField
BY_WRITER = N_("pilihan penulis")
OF_DIMENSION = N_("misi bidangnya")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A code and what speaks for it: words of the text, or a message that is said later (`is_said`)."""

    value: str
    cues: tuple[str, ...]
    is_said: bool = False


Suggestions = dict[TriageField, tuple[Suggestion, ...]]


def of_points(session: Session, point_ids: Collection[int]) -> dict[int, Suggestions]:
    """What is suggested for each point, the likeliest first; a field without a suggestion is left out."""
    feeds = missions(session)
    return {row.id: suggest(row, feeds) for row in session.execute(facts().where(Point.id.in_(list(point_ids))))}


def missions(session: Session) -> dict[str, frozenset[str]]:
    """The missions of the plan, in their order, each with the dimensions it mostly feeds."""
    rows = session.execute(select(Mission.code, Mission.dimensions).where(Mission.is_current).order_by(Mission.code))
    return {code: frozenset(filter(None, dimensions.split("|"))) for code, dimensions in rows}


def facts() -> Select[Any]:
    """What suggestions rest on, one row a point; to be narrowed or joined by whoever asks."""
    served = select(func.aggregate_strings(PointMission.mission, "|")).where(PointMission.point_id == Point.id)
    return (
        select(
            Point.id,
            Point.dimension.label("own_dimension"),
            Point.element.label("own_element"),
            Point.nature.label("own_nature"),
            Point.point_type.label("own_type"),
            served.scalar_subquery().label("own_missions"),
            Reading.masked_text,
            Reading.dimensions.label("read_dimensions"),
            Reading.types.label("read_types"),
            Triage.dimension.label("team_dimension"),
        )
        .outerjoin(Reading, Reading.point_id == Point.id)
        .outerjoin(Triage, Triage.point_id == Point.id)
    )


def suggest(row: Row[Any], feeds: Mapping[str, frozenset[str]]) -> Suggestions:
    """What a writer said of their own words comes first, then what the machine reads in them."""
    ranked = list(_unique(_dimensions(row)))
    chosen = row.team_dimension or (ranked[0].value if ranked else None)
    text = row.masked_text or ""
    found = {
        F.DIMENSION_FIELD: tuple(ranked[:1]),
        F.SECOND_DIMENSION_FIELD: tuple(s for s in ranked if s.value != chosen)[:1],
        F.ELEMENT_FIELD: _guessed(row.own_element, elements.element(text)),
        F.NATURE_FIELD: _guessed(row.own_nature, elements.nature(text)),
        F.TYPE_FIELD: tuple(_unique(_types(row)))[:2],
        F.MISSION_FIELD: tuple(_unique(_missions(row, chosen, feeds))),
    }
    return {field: some for field, some in found.items() if some}


def _dimensions(row: Row[Any]) -> Iterator[Suggestion]:
    if row.own_dimension:
        yield Suggestion(row.own_dimension, (BY_WRITER,), is_said=True)
    for code, _confidence, cues in row.read_dimensions or ():
        yield Suggestion(code, tuple(cues))


def _types(row: Row[Any]) -> Iterator[Suggestion]:
    if row.own_type:
        yield Suggestion(row.own_type.value, (BY_WRITER,), is_said=True)
    for code, cues in row.read_types or ():
        yield Suggestion(code, tuple(cues))


def _guessed(own: Any, guess: elements.Guess | None) -> tuple[Suggestion, ...]:
    if own:
        return (Suggestion(own.value, (BY_WRITER,), is_said=True),)
    return (Suggestion(guess.code, guess.cues),) if guess else ()


def _missions(row: Row[Any], dimension: str | None, feeds: Mapping[str, frozenset[str]]) -> Iterator[Suggestion]:
    for code in sorted(filter(None, (row.own_missions or "").split("|"))):
        yield Suggestion(code, (BY_WRITER,), is_said=True)
    for code, dimensions in feeds.items():
        if dimension in dimensions:
            yield Suggestion(code, (OF_DIMENSION,), is_said=True)


def _unique(some: Iterator[Suggestion]) -> Iterator[Suggestion]:
    seen: set[str] = set()
    for one in some:
        if one.value not in seen:
            seen.add(one.value)
            yield one
