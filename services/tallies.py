"""Tallies: what a finding counts, kept true between two runs when points move or themes are merged."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, String, case, cast, delete, func, select
from sqlalchemy.orm import Session

from models import Finding, Point, Reading, Run, Submission
from models.run import NEWEST_OF_EACH, newest_of
from models.submission import SPEAKER, STANDS

# Texts without words are all one; a text that is like no other is a text of its own.
DISTINCT = case(
    (Reading.fingerprint == 0, "-"), else_=func.coalesce(Reading.duplicate_group, cast(Reading.point_id, String))
)
# Who did not say who they are may be one person where text, group and area are the same.
ALIKE = (
    cast(Reading.fingerprint, String) + "|" + cast(Submission.group, String) + "|" + func.coalesce(Submission.area, "")
)


def newest(session: Session, round_id: int) -> int | None:
    """The newest finished run of a round."""
    return session.scalar(newest_of(round_id))


def all_newest(session: Session) -> list[int]:
    """The newest finished run of each round."""
    return list(session.scalars(NEWEST_OF_EACH))


def recount(session: Session, run_id: int, theme_ids: Iterable[int]) -> None:
    """Count the themes of a run anew from its readings; places, ranges, words and quotes stay those of the run.

    A theme that nothing stands in any more loses its finding, one that something came into gets one without a place.
    """
    wanted = sorted(set(theme_ids))
    known = {row.theme_id: row for row in session.scalars(_findings(run_id, wanted))}
    counts = {row.theme_id: row for row in _counts(session, run_id, wanted)}
    groups = _groups(session, run_id, wanted)
    for theme_id in wanted:
        row = counts.get(theme_id)
        if row is None:
            session.execute(delete(Finding).where(Finding.run_id == run_id, Finding.theme_id == theme_id))
            continue
        finding = known.get(theme_id) or add(session, run_id, theme_id)
        finding.received, finding.distinct_texts = row.received, row.distinct
        finding.people_min, finding.people_max = row.known + row.alike, row.known + row.unknown
        finding.groups = groups[theme_id]
    session.flush()


def _findings(run_id: int, theme_ids: list[int]) -> Any:
    return select(Finding).where(Finding.run_id == run_id, Finding.theme_id.in_(theme_ids))


def _counts(session: Session, run_id: int, theme_ids: list[int]) -> Iterable[Row[Any]]:
    """The counting of `analysis/findings.People`, asked of the database."""
    return session.execute(
        select(
            Reading.theme_id,
            func.count().label("received"),
            func.count(DISTINCT.distinct()).label("distinct"),
            func.count(SPEAKER.distinct()).label("known"),
            func.count(case((SPEAKER.is_(None), ALIKE)).distinct()).label("alike"),
            func.count(case((SPEAKER.is_(None), 1))).label("unknown"),
        )
        .join(Point, Point.id == Reading.point_id)
        .join(Submission)
        .join(Run, Run.round_id == Submission.round_id)
        .where(Run.id == run_id, Reading.theme_id.in_(theme_ids), STANDS)
        .group_by(Reading.theme_id)
    )


def _groups(session: Session, run_id: int, theme_ids: list[int]) -> dict[int, list[list[Any]]]:
    rows = session.execute(
        select(Reading.theme_id, Submission.group, func.count().label("n"))
        .join(Point, Point.id == Reading.point_id)
        .join(Submission)
        .join(Run, Run.round_id == Submission.round_id)
        .where(Run.id == run_id, Reading.theme_id.in_(theme_ids), STANDS)
        .group_by(Reading.theme_id, Submission.group)
    )
    found: dict[int, list[list[Any]]] = {theme_id: [] for theme_id in theme_ids}
    for theme_id, group, n in sorted(rows, key=lambda row: (row.theme_id, -row.n, str(row.group))):
        found[theme_id].append([str(group), n])
    return found


def add(session: Session, run_id: int, theme_id: int) -> Finding:
    """A finding of a theme in which the run had found nothing: it has no place until the next one."""
    empty: dict[str, Any] = {name: [] for name in ("terms", "stance", "groups", "voices", "quotes", "borderline")}
    finding = Finding(run_id=run_id, theme_id=theme_id, rank={}, received=0, **empty)
    finding.distinct_texts = finding.people_min = finding.people_max = 0
    session.add(finding)
    return finding


def restance(session: Session, run_id: int, theme_id: int, types: Iterable[str], by: int) -> None:
    """Let a theme hold `by` more sayings of these types."""
    finding = session.get(Finding, (run_id, theme_id))
    if finding is not None:
        finding.stance = shift(finding.stance, types, by)


def count_unplaced(session: Session, run_id: int) -> None:
    """How many points of a run's round stand in no theme."""
    session.flush()
    session.get_one(Run, run_id).unplaced = (
        session.scalar(
            select(func.count())
            .select_from(Reading)
            .join(Point, Point.id == Reading.point_id)
            .join(Submission)
            .join(Run, Run.round_id == Submission.round_id)
            .where(Run.id == run_id, Reading.theme_id.is_(None), STANDS)
        )
        or 0
    )


def shift(pairs: list[Any], codes: Iterable[str], by: int) -> list[list[Any]]:
    """Pairs of (code, number) with `by` more of each code, the most first.

    >>> shift([["problem", 2], ["question", 1]], ["question", "support"], 1)
    [['problem', 2], ['question', 2], ['support', 1]]
    """
    counts = {code: n for code, n in pairs}
    for code in codes:
        counts[code] = counts.get(code, 0) + by
    return [[code, n] for code, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if n > 0]
