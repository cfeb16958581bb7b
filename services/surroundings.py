"""Surroundings: what stands around one point: the other points of its sending, and what was refused before."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Point, RefusedItem, RefusedMatch
from models.vocabulary import MatchState
from services import redactions
from services.tongue import word

MOST = 30
SHOWN = 90


@dataclass(frozen=True, slots=True)
class Sibling:
    """Another point of the same sending."""

    point_id: int
    position: int
    start: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class Echo:
    """A refused item for which the point may ask again."""

    item_id: int
    cycle: str
    text: str
    reason_label: str
    reason: str
    words: tuple[str, ...]
    state: MatchState
    state_label: str


def siblings(session: Session, submission_id: int, point_id: int) -> tuple[Sibling, ...]:
    """The points of a sending in their order, this one among them, each by how it begins."""
    rows = session.execute(
        select(Point.id, Point.position, Point.text)
        .where(Point.submission_id == submission_id)
        .order_by(Point.position, Point.id)
        .limit(MOST)
    )
    return tuple(
        Sibling(number, position, redactions.propose(" ".join(text.split())).text[:SHOWN], number == point_id)
        for number, position, text in rows
    )


def echoes(session: Session, point_id: int, lang: str = "id") -> tuple[Echo, ...]:
    """The refused items for which a point may ask again, the likeliest first."""
    rows = session.execute(
        select(RefusedMatch, RefusedItem)
        .join(RefusedItem, RefusedItem.id == RefusedMatch.item_id)
        .where(RefusedMatch.point_id == point_id)
        .order_by(RefusedMatch.similarity.desc(), RefusedItem.id)
        .limit(MOST)
    )
    return tuple(
        Echo(
            item.id,
            item.cycle,
            item.text,
            word(item.reason_code, lang) if item.reason_code else "",
            item.reason,
            tuple(match.words),
            match.state,
            word(match.state, lang),
        )
        for match, item in rows
    )
