"""All that a release tells of a round, in one language, as plain values."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Draft, PlanVersion, Point, Round, Run, Submission
from models.submission import STANDS
from models.vocabulary import DraftState, Level, SubmissionState
from services import codebooks
from services.errors import NotFound, NotThisState
from services.results import heard, people
from services.results.heard import Heard
from services.results.people import Person, PersonTable
from services.tongue import label, word


@dataclass(frozen=True, slots=True)
class Field:
    """One dimension with what was heard in it."""

    code: str
    name: str
    themes: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    name: str
    weight: float
    meaning: str


@dataclass(frozen=True, slots=True)
class Results:
    """What is told: counts, who took part, what was heard and answered, how it was counted."""

    round_code: str
    title: str
    opens_at: datetime
    closes_at: datetime
    answer_by: datetime
    answerer: str
    level: str
    promise: str
    run_id: int
    input_hash: str
    run_at: datetime
    codebook: int
    draft: int | None
    received: int
    distinct_texts: int
    people_min: int
    people_max: int
    unplaced: int
    proposed: int
    points: int
    tables: tuple[PersonTable, ...]
    fields: tuple[Field, ...]
    answered: tuple[tuple[str, int], ...]
    criteria: tuple[Criterion, ...]
    uncounted: tuple[tuple[str, int], ...]
    threshold: int
    rounding: int

    @property
    def themes(self) -> tuple[Heard, ...]:
        """All themes that are told, the highest place first."""
        found = [theme for field in self.fields for theme in field.themes]
        return tuple(sorted(found, key=lambda theme: (theme.place or 10**6, theme.name)))


def gather(
    session: Session,
    round_id: int,
    run_id: int,
    *,
    now: datetime,
    threshold: int = 10,
    rounding: int = 5,
    lang: str = "id",
    spoken: Sequence[Person] | None = None,
) -> Results:
    """Everything a release tells, of `people.persons` where somebody has them already.

    Raises NotThisState for a run that is not of the round or not finished.
    """
    row, run = session.get(Round, round_id), session.get(Run, run_id)
    if row is None or run is None:
        raise NotFound(f"round {round_id}, run {run_id}")
    if run.round_id != round_id or run.finished_at is None:
        raise NotThisState(f"run {run_id} is not a finished one of round {round_id}")
    spoken = people.persons(session, round_id) if spoken is None else spoken
    groups = people.large_groups(spoken, threshold)
    told = heard.themes(session, round_id, run_id, groups=groups, now=now, lang=lang)
    return Results(
        round_code=row.code,
        title=label(row, "title", lang),
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        answer_by=row.answer_by,
        answerer=label(row, "answerer", lang),
        level=word(Level(row.level), lang),
        promise=label(row, "promise", lang),
        run_id=run.id,
        input_hash=run.input_hash,
        run_at=run.finished_at,
        codebook=codebooks.number(session),
        draft=session.scalar(select(func.max(Draft.number)).where(Draft.state == DraftState.PUBLISHED)),
        received=run.received,
        distinct_texts=run.distinct_texts,
        people_min=run.people_min,
        people_max=run.people_max,
        unplaced=run.unplaced,
        proposed=heard.proposed(session, run_id),
        points=_points(session, round_id),
        tables=people.tables(session, spoken, threshold=threshold, rounding=rounding, lang=lang),
        fields=_fields(session, told, lang),
        answered=_answered(told),
        criteria=_criteria(session, lang),
        uncounted=_uncounted(session, round_id, lang),
        threshold=threshold,
        rounding=rounding,
    )


def _points(session: Session, round_id: int) -> int:
    query = select(func.count()).select_from(Point).join(Submission).where(Submission.round_id == round_id, STANDS)
    return session.scalar(query) or 0


def _fields(session: Session, told: list[Heard], lang: str) -> tuple[Field, ...]:
    return tuple(
        Field(code, name, tuple(theme for theme in told if theme.dimension == code))
        for code, name in people.dimension_names(session, lang).items()
    )


def _answered(told: list[Heard]) -> tuple[tuple[str, int], ...]:
    counts = Counter(theme.answer.label for theme in told if theme.answer)
    return tuple(counts.most_common())


def _criteria(session: Session, lang: str) -> tuple[Criterion, ...]:
    weights: list[dict[str, Any]] = (
        session.scalars(select(PlanVersion.weights).order_by(PlanVersion.id.desc()).limit(1)).first() or []
    )
    return tuple(Criterion(label(row, "label", lang), row["weight"], label(row, "meaning", lang)) for row in weights)


def _uncounted(session: Session, round_id: int, lang: str) -> tuple[tuple[str, int], ...]:
    """How many sendings do not count, by why: nothing is deleted unseen."""
    rows = session.execute(
        select(Submission.state, func.count())
        .where(Submission.round_id == round_id, Submission.state != SubmissionState.RECEIVED)
        .group_by(Submission.state)
    )
    counts = {state: n for state, n in rows}
    return tuple((word(state, lang), counts[state]) for state in SubmissionState if state in counts)
