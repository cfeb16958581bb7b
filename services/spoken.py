"""Spoken: what the points of a round name themselves: paragraphs, programmes and missions."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, cast, exists, func, literal, select
from sqlalchemy.orm import Session

from models import Dimension, Mission, Point, PointMission, Reading, Submission, Triage
from models.run import round_of
from models.submission import STANDS
from services import crossings, fates, totals
from services.tongue import label

PARAGRAPH, PROGRAMME, MISSION = "paragraph", "programme", "mission"
NAMED, MISSIONS = "points by what they name", "points by mission"


@dataclass(frozen=True, slots=True)
class MissionRow:
    """A mission: how many points name it, and the dimensions that feed it as (code, name, points of their themes)."""

    code: str
    name: str
    named: int
    dimensions: tuple[tuple[str, str, int], ...]


def named(session: Session, run_id: int) -> dict[tuple[str, str], Counter[int | None]]:
    """How many points of each theme name a paragraph or a programme themselves; None counts those without a theme."""
    found: dict[tuple[str, str], Counter[int | None]] = defaultdict(Counter)
    for kind, code, theme_id, n in totals.of_run(session, run_id, NAMED, _named):
        found[kind, code][theme_id] = n
    return found


def count(session: Session, run_id: int) -> dict[str, Any]:
    """What is kept of a run of what its points name."""
    return {NAMED: _named(session, run_id), MISSIONS: _counted(session, run_id)}


def _named(session: Session, run_id: int) -> list[list[Any]]:
    rows = session.execute(
        select(Reading.theme_id, Point.paragraph_id, Point.programme, func.count())
        .select_from(Point)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .where(
            Submission.round_id == round_of(run_id),
            STANDS,
            Point.paragraph_id.is_not(None) | Point.programme.is_not(None),
        )
        .group_by(Reading.theme_id, Point.paragraph_id, Point.programme)
    )
    found: Counter[tuple[str, str, int | None]] = Counter()
    marks = fates.marks(session)
    for theme_id, paragraph_id, programme, n in rows:
        for kind, code in ((PARAGRAPH, marks.get(paragraph_id)), (PROGRAMME, programme)):
            if code:
                found[kind, code, theme_id] += n
    return [[*key, n] for key, n in found.items()]


def missions(session: Session, run_id: int, lang: str) -> tuple[MissionRow, ...]:
    """Every mission with the points that name it, by their writer or by the team, and its dimensions."""
    counts, points = totals.of_run(session, run_id, MISSIONS, _counted), crossings.spoken(session, run_id)
    known, dimensions = [], {}
    for kind, code, name, more in session.execute(_plan(lang)):
        if kind == MISSION:
            known.append((code, name, [d for d in more.split("|") if d]))
        else:
            dimensions[code] = (code, name, points.get(code, 0))
    return tuple(
        MissionRow(code, name, counts.get(code, 0), tuple(dimensions[d] for d in fed if d in dimensions))
        for code, name, fed in sorted(known, key=lambda row: (len(row[0]), row[0]))
    )


def _counted(session: Session, run_id: int) -> dict[str, int]:
    return dict(Counter(mission for _, mission in _said(session, run_id)))


def _said(session: Session, run_id: int) -> set[tuple[int, str]]:
    """Which points name which missions, by their writers or by the team."""
    writers = select(PointMission.point_id, PointMission.mission, literal("[]"))
    writers = writers.join(Point, Point.id == PointMission.point_id).join(Submission)
    writers = writers.where(Submission.round_id == round_of(run_id), STANDS)
    marked = cast(Triage.missions, String)
    # Asked last, of the few that the team marked: joined, it would go through every point of the round.
    stands = exists().where(Point.id == Triage.point_id, Submission.id == Point.submission_id, STANDS)
    team = select(Triage.point_id, literal(""), marked)
    team = team.where(Triage.round_id == round_of(run_id), marked != "[]", stands)
    rows = session.execute(writers.union_all(team))
    return {(point_id, mission) for point_id, own, codes in rows for mission in ([own] if own else json.loads(codes))}


def _plan(lang: str) -> Any:
    """Missions with the dimensions that feed them, and dimensions, in one statement."""
    kept = select(literal(MISSION), Mission.code, label(Mission, "label", lang), Mission.dimensions)
    dimensions = select(literal("dimension"), Dimension.code, label(Dimension, "short", lang), literal(""))
    return kept.where(Mission.is_current).union_all(dimensions)
