"""The ranked findings of a run: one statement under the list, its pictures, its summary and its workbook."""

from sqlalchemy import Select, select

from models import Dimension, Finding, Theme
from models.theme import LIVE
from services.tongue import label

Ranked = tuple[Finding, Theme, str | None, int | None]


def ranked(run_id: int, lang: str = "id") -> Select[Ranked]:
    """Every finding that has a place, first place first, with its theme and the theme's dimension.

    Of the dimension its short name and its position, None where the theme belongs to none.
    """
    return (
        select(Finding, Theme, label(Dimension, "short", lang), Dimension.position)
        .join(Theme, Theme.id == Finding.theme_id)
        .outerjoin(Dimension, Dimension.code == Theme.dimension)
        .where(Finding.run_id == run_id, Finding.position.is_not(None), Theme.state.in_(LIVE))
        .order_by(Finding.position)
    )
