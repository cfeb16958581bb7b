"""What holds of a point: what people of the team said of it, else its writer, else its theme or the machine."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from analysis.mask import mask
from models import Point, PointFramework, PointMission, Reading, Submission, Theme, Triage
from models.vocabulary import Group, PointType
from services.exports.frames import Frame
from services.tongue import word

DIMENSION = func.coalesce(Triage.dimension, Point.dimension, Theme.dimension)
ELEMENT = func.coalesce(Triage.element, Point.element)
NATURE = func.coalesce(Triage.nature, Point.nature)
KIND = func.coalesce(Triage.point_type, Point.point_type)
MISSIONS = (
    select(func.aggregate_strings(PointMission.mission, "|"))
    .where(PointMission.point_id == Point.id)
    .correlate(Point)
    .scalar_subquery()
)
FRAMEWORKS = (
    select(func.aggregate_strings(PointFramework.framework + "/" + PointFramework.code, ", "))
    .where(PointFramework.point_id == Point.id)
    .correlate(Point)
    .scalar_subquery()
)
# A text that a person has read and let go; what is offensive is not shown at all.
IS_CONFIRMED = Triage.redacted_at.is_not(None) & ~func.coalesce(Triage.is_offensive, False)


def of(query: Select[Any]) -> Select[Any]:
    """The points with their submissions and with what was said and read of each, on which the columns above rest."""
    return (
        query.select_from(Point)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Triage, Triage.point_id == Point.id)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .outerjoin(Theme, Theme.id == Reading.theme_id)
    )


def only(frame: Frame) -> list[ColumnElement[bool]]:
    """The conditions of the round and of the filters."""
    asked = frame.asked
    found: list[ColumnElement[bool]] = [Submission.round_id == frame.round.id]
    if asked.dimension:
        found.append(DIMENSION == asked.dimension)
    if asked.group:
        found.append(Submission.group == Group(asked.group))
    return found


def kind_of(said: PointType | None, types: list[Any] | None, lang: str) -> str | None:
    """What sort of thing is said: as a person has it, else the first that the machine read."""
    if said is not None:
        return word(said, lang)
    first = next((code for code, *_ in types or ()), None)
    return word(PointType(first), lang) if first in list(PointType) else None


def public(point: Any) -> str | None:
    """What may be published of a point: nothing before a person has read it, and nothing offensive."""
    return None if point.is_offensive else point.public_text


def is_read(point: Any) -> bool:
    """Whether a person has read all that is shown of a point: nobody reads proposed wordings and references for it."""
    return bool(public(point)) and not (point.proposed_text or point.evidence)


def masked(text: str | None) -> str | None:
    """A text with what points to a person covered."""
    return mask(text).text if text else None


def shown(point: Any) -> str | None:
    """The words of a point as the team's papers have them: those that a person cleared, else with a cover."""
    return public(point) or point.masked_text or masked(point.text)


def join(values: Any, between: str = "; ") -> str | None:
    """Each value once, in their order; None where there is none."""
    return between.join(dict.fromkeys(str(value) for value in values if value not in (None, ""))) or None


def counted(names: Iterable[str]) -> str | None:
    """Each name with how often it is there, the most frequent first.

    >>> counted(["air", "rob", "rob"])
    'rob 2, air 1'
    """
    found = sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))
    return join((f"{name} {n}" for name, n in found), ", ")


def only_number(values: Any) -> int | str | None:
    """One number stays one; several different ones stand beside each other."""
    found = list(dict.fromkeys(value for value in values if value is not None))
    return found[0] if len(found) == 1 else join(found)


def number(receipt_no: str, position: int) -> str:
    """How papers call a point: the number of its receipt and its place there.

    >>> number("PKL-7K3M-92", 2)
    'PKL-7K3M-92/2'
    """
    return f"{receipt_no}/{position}"


def mission_codes(point: Any) -> set[str]:
    """The missions that the team or the writer names for a point."""
    return {str(code) for code in point.missions or ()} | set((point.own_missions or "").split("|")) - {""}


def by_number(codes: Iterable[str]) -> list[str]:
    """Codes of missions in the order of their numbers.

    >>> by_number(["10", "2"])
    ['2', '10']
    """
    return sorted(codes, key=lambda code: (len(code), code))


def missions(said: Any) -> str | None:
    """The missions of several points, by number."""
    found = set().union(*(mission_codes(point) for point in said))
    return join(by_number(found), ", ")
