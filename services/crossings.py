"""Crossings: how often each dimension was spoken of, by whatever is known of the sender."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models import Point, Reading, Submission, Theme
from models.run import round_of
from models.submission import STANDS
from services.tongue import word
from services.wording import dimension_label

ACROSS = "-"


@dataclass(frozen=True, slots=True)
class Crossing:
    """Rows are dimensions and columns the words of one kind, each as (code, label); `counts` holds row after row."""

    rows: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    counts: tuple[tuple[int, ...], ...]


def across(lang: str = "id") -> tuple[str, str]:
    """The row of points that belong to no dimension."""
    return ACROSS, dimension_label(None, lang)


def cross(
    session: Session,
    run_id: int,
    column: InstrumentedAttribute[Any],
    kind: type[StrEnum],
    dimensions: list[tuple[str, str]],
    lang: str = "id",
) -> Crossing:
    """The points of a run by dimension (their own, else their theme's) and by `column` of their submission.

    Every word of `kind` is a column, also one that nobody used; points of no dimension get a row where there are any.
    """
    own = func.coalesce(Point.dimension, Theme.dimension, ACROSS)
    found = session.execute(
        select(own, column, func.count())
        .select_from(Reading)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Theme, Theme.id == Reading.theme_id)
        .where(Submission.round_id == round_of(run_id), STANDS)
        .group_by(own, column)
    )
    cells = {(code, value): n for code, value, n in found}
    rows = (*dimensions, *([across(lang)] if any(code == ACROSS for code, _ in cells) else []))
    counts = tuple(tuple(cells.get((code, value), 0) for value in kind) for code, _ in rows)
    return Crossing(rows, tuple((value.value, word(value, lang)) for value in kind), counts)
