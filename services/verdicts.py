"""Verdicts: what each group would do with each programme, side by side, the widest disagreement first."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from analysis.mask import mask
from analysis.verdicts import distance
from models import Agency, Dimension, Point, Programme, Submission
from models.submission import STANDS
from models.vocabulary import Group, Verdict
from services.errors import NotFound
from services.tongue import label, word
from services.wording import group_label

PAGE = 50


@dataclass(frozen=True, slots=True)
class GroupVerdict:
    """What one group said of one programme: how often each verdict, and how it rates the present condition."""

    group: str
    verdicts: tuple[tuple[str, int], ...]
    voices: int
    condition: float | None


@dataclass(frozen=True, slots=True)
class ProgrammeVerdicts:
    """`distance` is 0 to 100: the widest gap between two groups' verdicts."""

    code: str
    name: str
    agency: str
    dimension: str | None
    state: str | None
    groups: tuple[GroupVerdict, ...]
    distance: int
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """One voice on a programme, masked."""

    group: str
    who: str
    verdict: str | None
    text: str
    evidence: str | None
    receipt_no: str
    merge_into: str | None


def by_programme(session: Session, lang: str = "id", *, dimension: str | None = None) -> list[ProgrammeVerdicts]:
    """Every programme with what the groups said; where they part most stands first, then where more spoke."""
    query = (
        select(Programme, Agency.name, label(Dimension, "short", lang))
        .join(Agency, Agency.code == Programme.agency)
        .outerjoin(Dimension, Dimension.code == Programme.dimension)
    )
    if dimension:
        query = query.where(Programme.dimension == dimension)
    said = _said(session)
    found = [_programme(*row, said.get(row[0].code, []), lang) for row in session.execute(query)]
    return sorted(found, key=lambda p: (-p.distance, -sum(g.voices for g in p.groups), p.code))


def _said(session: Session) -> dict[str, list[Row[Any]]]:
    rows = session.execute(
        select(
            Point.programme,
            Submission.group,
            Point.verdict,
            func.count(Point.id).label("voices"),
            func.sum(Point.condition).label("rated"),
            func.count(Point.condition).label("raters"),
        )
        .join(Submission, Submission.id == Point.submission_id)
        .where(Point.programme > "", STANDS)  # found by its index, which "is not null" is not
        .group_by(Point.programme, Submission.group, Point.verdict)
    )
    said: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        said[row.programme].append(row)
    return said


def _programme(
    programme: Programme, agency: str, dimension: str | None, rows: list[Row[Any]], lang: str
) -> ProgrammeVerdicts:
    votes: dict[str, Counter[Verdict]] = defaultdict(Counter)
    for row in rows:
        votes[row.group][row.verdict] += row.voices
    shares = {group: {v.value: n for v, n in given.items() if v} for group, given in votes.items()}
    groups = [_group(g, votes[g], [r for r in rows if r.group == g], lang) for g in Group if g in votes]
    return ProgrammeVerdicts(
        code=programme.code,
        name=programme.name,
        agency=agency,
        dimension=dimension,
        state=word(programme.state, lang) if programme.state else None,
        groups=tuple(groups),
        distance=round(100 * distance(shares)),
        is_answered=Group.AGENCY in votes,
    )


def _group(group: Group, given: Counter[Verdict], rows: list[Row[Any]], lang: str) -> GroupVerdict:
    raters = sum(r.raters for r in rows)
    return GroupVerdict(
        group=group_label(group, lang),
        verdicts=tuple((word(v, lang), given[v]) for v in Verdict if given[v]),
        voices=sum(given.values()),
        condition=sum(r.rated or 0 for r in rows) / raters if raters else None,
    )


def name_of(session: Session, code: str) -> str:
    """The name of a programme."""
    name = session.scalar(select(Programme.name).where(Programme.code == code))
    if name is None:
        raise NotFound(f"programme {code}")
    return name


def reasons(session: Session, code: str, lang: str = "id", *, after: int = 0) -> tuple[list[Reason], int | None]:
    """One page of the voices on a programme with their words, oldest first, and the cursor of the next page."""
    rows = session.execute(
        select(
            Point.id,
            Submission.group,
            func.coalesce(Agency.name, Submission.organisation).label("who"),
            Point.verdict,
            Point.text,
            Point.evidence,
            Submission.receipt_no,
            Programme.name.label("into"),
        )
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Agency, Agency.code == Submission.agency)
        .outerjoin(Programme, Programme.code == Point.merge_into)
        .where(Point.programme == code, Point.id > after, STANDS)
        .order_by(Point.id)
        .limit(PAGE + 1)
    ).all()
    shown = [
        Reason(
            group=group_label(row.group, lang),
            who=row.who or "",
            verdict=word(row.verdict, lang) if row.verdict else None,
            text=mask(row.text).text,
            evidence=mask(row.evidence).text if row.evidence else None,
            receipt_no=row.receipt_no,
            merge_into=row.into,
        )
        for row in rows[:PAGE]
    ]
    return shown, rows[PAGE - 1].id if len(rows) > PAGE else None
