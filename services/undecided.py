"""Undecided: the themes on which nobody decided yet, in the order of their places."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Decision, Dimension, Finding, Reading, Theme
from models.run import newest_of
from models.theme import LIVE
from services.answers import SILENT
from services.tongue import label
from services.wording import dimension_label, theme_name

PAGE = 25


@dataclass(frozen=True, slots=True)
class Undecided:
    """A theme that nobody decided on: how many speak of it, and how many of its points have a decision of their own."""

    theme_id: int
    name: str
    dimension: str
    position: int | None
    received: int
    own: int


def themes(
    session: Session, round_id: int, *, dimension: str = "", after: int = 0, lang: str = "id"
) -> tuple[list[Undecided], int | None]:
    """Themes of the newest run of a round without a decision, in the order of their places, and the next cursor."""
    newest = newest_of(round_id).scalar_subquery()
    living = select(Decision.theme_id).where(
        Decision.round_id == round_id,
        Decision.theme_id.is_not(None),
        Decision.state.not_in(SILENT),
    )
    own = (
        select(func.count(Decision.id))
        .join(Reading, Reading.point_id == Decision.point_id)
        .where(Reading.theme_id == Theme.id, Decision.state.not_in(SILENT))
        .correlate(Theme)
        .scalar_subquery()
    )
    order = func.coalesce(Finding.position, 1_000_000) * 1_000_000 + Theme.id
    query = (
        select(
            Theme.id,
            theme_name(Theme, lang).label("name"),
            label(Dimension, "short", lang).label("dimension"),
            Finding.position,
            Finding.received,
            own.label("own"),
            order.label("cursor"),
        )
        .select_from(Theme)
        .join(Finding, (Finding.theme_id == Theme.id) & (Finding.run_id == newest))
        .outerjoin(Dimension, Dimension.code == Theme.dimension)
        .where(Theme.state.in_(LIVE), Finding.received > 0, Theme.id.not_in(living), order > after)
    )
    if dimension:
        query = query.where(Theme.dimension == dimension)
    rows = session.execute(query.order_by(order).limit(PAGE + 1)).all()
    shown = [
        Undecided(r.id, r.name, dimension_label(r.dimension, lang), r.position, r.received, r.own) for r in rows[:PAGE]
    ]
    return shown, rows[PAGE - 1].cursor if len(rows) > PAGE else None
