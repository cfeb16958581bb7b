"""Crossings: how often each dimension was spoken of, by whatever is known of the sender."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models import Point, Reading, Submission, Theme
from models.run import round_of
from models.submission import STANDS
from services import totals
from services.tongue import word
from services.wording import dimension_label

ACROSS = "-"
NAMES = {"group": "dimensions by group", "channel": "dimensions by channel"}


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
    kept = totals.of_run(session, run_id, NAMES[column.key], lambda *run: _count(*run, column))
    cells = {(code, value): n for code, value, n in kept}
    rows = (*dimensions, *([across(lang)] if any(code == ACROSS for code, _ in cells) else []))
    counts = tuple(tuple(cells.get((code, value), 0) for value in kind) for code, _ in rows)
    return Crossing(rows, tuple((value.value, word(value, lang)) for value in kind), counts)


def spoken(session: Session, run_id: int) -> dict[str, int]:
    """How many points of a run stand in each dimension; those of none are left out."""
    found: Counter[str] = Counter()
    for code, _, n in totals.of_run(session, run_id, NAMES["group"], lambda *run: _count(*run, Submission.group)):
        found[code] += n
    del found[ACROSS]
    return dict(found)


def count(session: Session, run_id: int) -> dict[str, Any]:
    """What is kept of a run for all crossings."""
    return {NAMES[one.key]: _count(session, run_id, one) for one in (Submission.group, Submission.channel)}


def _count(session: Session, run_id: int, column: InstrumentedAttribute[Any]) -> list[list[Any]]:
    own = func.coalesce(Point.dimension, Theme.dimension, ACROSS)
    rows = session.execute(
        select(own, column, func.count())
        .select_from(Reading)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Theme, Theme.id == Reading.theme_id)
        .where(Submission.round_id == round_of(run_id), STANDS)
        .group_by(own, column)
    )
    return [[code, value.value, n] for code, value, n in rows]
