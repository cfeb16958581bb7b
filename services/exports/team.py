"""What the team made of the themes: its scheme, its scores once they are open, and its order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models import Scheme
from services import medians, orders
from services.exports.frames import Frame
from services.medians import WEIGHTED, Scored
from services.orders import Place

LITTLE_EFFORT, GREAT_IMPACT = 2, 4  # of five: what is quickly won


@dataclass(frozen=True, slots=True)
class Team:
    """`scores` and `places` are empty until the scores are open; `criteria` are the weighted ones, in their order."""

    scheme: Scheme | None
    criteria: tuple[Mapping[str, Any], ...]
    scores: Mapping[int, Scored]
    places: Mapping[int, Place]

    def median(self, theme_id: int, code: str) -> float | None:
        scored = self.scores.get(theme_id)
        return scored.median(code) if scored else None

    def is_quick_win(self, theme_id: int | None) -> bool | None:
        """Whether little effort does much; None where nobody has scored it."""
        effort, impact = (self.median(theme_id or 0, code) for code in ("effort", "impact"))
        if effort is None or impact is None:
            return None
        return effort <= LITTLE_EFFORT and impact >= GREAT_IMPACT


def of_round(frame: Frame) -> Team:
    """The newest scheme of the round that is fixed, with what is open of it."""
    query = select(Scheme).where(Scheme.round_id == frame.round.id, Scheme.fixed_at.is_not(None))
    scheme = frame.session.scalars(query.order_by(Scheme.number.desc()).limit(1)).first()
    if scheme is None:
        return Team(None, (), {}, {})
    criteria = tuple(row for row in scheme.criteria if row["kind"] == WEIGHTED)
    if scheme.revealed_at is None:
        return Team(scheme, criteria, {}, {})
    places = orders.team(frame.session, frame.round.id, frame.lang)
    scores = medians.of_scheme(frame.session, scheme)
    return Team(scheme, criteria, scores, {place.theme_id: place for place in places})
