"""Readings: what is due is claimed, analysed by the pure engine, and stored; the database says what is due."""

import ctypes
import gc
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, delete, exists, func, select
from sqlalchemy.orm import Session

from analysis import language, pipeline
from analysis import types as a
from models import (
    Area,
    Dimension,
    Finding,
    ImportFile,
    Mission,
    PlanVersion,
    Point,
    PointMission,
    Reading,
    Run,
    Submission,
    Theme,
)
from models.submission import STANDS
from models.theme import LIVE
from models.vocabulary import RunState, ThemeState
from services.errors import NotThisState

LEASE = timedelta(minutes=10)
KEPT_RUNS = 10


@dataclass(frozen=True, slots=True)
class Material:
    """Plain data for one run, free of the database."""

    texts: tuple[a.Text, ...]
    plan: a.Plan
    codebook: tuple[a.CodebookTheme, ...]


def is_due(session: Session, round_id: int) -> bool:
    """Whether a point waits for a reading, or a point, a theme or the plan changed since the newest run began."""
    newest = session.scalars(
        select(Run.started_at)
        .where(Run.round_id == round_id, Run.state == RunState.DONE)
        .order_by(Run.id.desc())
        .limit(1)
    ).first()
    unread = (
        select(Point.id)
        .join(Submission)
        .where(Submission.round_id == round_id, STANDS, ~exists().where(Reading.point_id == Point.id))
    )
    if session.scalar(unread.limit(1)) is not None:
        return True
    if newest is None:
        return False
    marks = (Theme.changed_at, PlanVersion.loaded_at, Point.changed_at, ImportFile.undone_at)
    changed = [session.scalar(select(func.max(mark))) for mark in marks]
    return any(moment > newest for moment in changed if moment is not None)


def claim(session: Session, round_id: int, *, now: datetime) -> int | None:
    """Claim the work that is due with a lease; None where nothing is due or somebody is at it.

    A worker that died leaves a lease that runs out; its run is marked failed and the work is taken up again.
    """
    for stale in session.scalars(select(Run).where(Run.state == RunState.RUNNING)):
        if stale.lease_until > now:
            return None
        stale.state = RunState.FAILED
    if not is_due(session, round_id):
        return None
    run = Run(round_id=round_id, state=RunState.RUNNING, started_at=now, lease_until=now + LEASE)
    session.add(run)
    session.flush()
    return run.id


def release(session: Session) -> None:
    """Mark every running run failed: called by a worker at its start, when no other worker can be alive."""
    for run in session.scalars(select(Run).where(Run.state == RunState.RUNNING)):
        run.state = RunState.FAILED


def gather(session: Session, round_id: int) -> Material:
    """Everything a run needs, read in a few statements."""
    rows = session.execute(
        select(Point, Submission.group, Submission.area, Submission.received_at, _speaker())
        .join(Submission)
        .where(Submission.round_id == round_id, STANDS)
        .order_by(Point.id)
    )
    missions = _missions(session, round_id)
    texts = tuple(_text(point, *more, missions.get(point.id, ())) for point, *more in rows)
    return Material(texts, _plan(session), _codebook(session))


def _speaker() -> ColumnElement[str | None]:
    """Who spoke, where it is known: an office has one voice, whoever of it wrote; a chat tells its writers apart."""
    writer = case((Submission.source_ref.like("@%"), func.substr(Submission.source_ref, 1, 17)))
    return func.coalesce("agency:" + Submission.agency, "person:" + cast(Submission.person_id, String), writer)


def _missions(session: Session, round_id: int) -> dict[int, tuple[str, ...]]:
    rows = session.execute(
        select(PointMission.point_id, PointMission.mission)
        .join(Point, Point.id == PointMission.point_id)
        .join(Submission)
        .where(Submission.round_id == round_id)
        .order_by(PointMission.point_id, PointMission.mission)
    )
    missions: dict[int, tuple[str, ...]] = {}
    for point_id, mission in rows:
        missions[point_id] = (*missions.get(point_id, ()), mission)
    return missions


def _text(
    point: Point, group: str, area: str | None, received_at: datetime, speaker: str | None, missions: tuple[str, ...]
) -> a.Text:
    return a.Text(
        id=f"{point.id:09d}",
        text=f"{point.text}\n{point.proposal}" if point.proposal else point.text,
        person=speaker,
        group=str(group),
        area=area,
        dimension=point.dimension,
        created_at=received_at.isoformat(),
        condition=point.condition,
        importance=point.importance,
        has_evidence=bool(point.evidence),
        missions=missions,
        chosen_type=point.point_type.value if point.point_type else None,
    )


def _plan(session: Session) -> a.Plan:
    weights = session.scalars(select(PlanVersion.weights).order_by(PlanVersion.id.desc()).limit(1)).one()
    return a.Plan(
        dimensions=tuple(
            a.Dimension(code=d.code, label=d.label_id, keywords=_split(d.keywords))
            for d in session.scalars(select(Dimension).where(Dimension.is_current).order_by(Dimension.position))
        ),
        areas=tuple(
            a.Area(code=r.code, name=r.name, aliases=_split(r.aliases))
            for r in session.scalars(select(Area).where(Area.is_current, Area.kind == "kelurahan").order_by(Area.code))
        ),
        missions=tuple(
            a.Mission(code=m.code, dimensions=_split(m.dimensions))
            for m in session.scalars(select(Mission).where(Mission.is_current).order_by(Mission.code))
        ),
        weights=tuple((w["code"], float(w["weight"])) for w in weights),
    )


def _codebook(session: Session) -> tuple[a.CodebookTheme, ...]:
    themes = session.scalars(select(Theme).where(Theme.state == ThemeState.ACTIVE).order_by(Theme.code))
    return tuple(
        a.CodebookTheme(
            id=t.code,
            name=t.name,
            dimension=t.dimension,
            include=t.include,
            exclude=t.exclude,
            keywords=_split(t.keywords),
            name_en=t.label_en,
        )
        for t in themes
    )


def _split(joined: str) -> tuple[str, ...]:
    return tuple(word for word in joined.split("|") if word)


def analyse(material: Material, progress: Callable[..., None] | None = None) -> a.Analysis:
    """Run the pure engine over gathered material."""
    return pipeline.analyse(material.texts, plan=material.plan, codebook=material.codebook, progress=progress)


def rest() -> None:
    """Give memory back between runs: a worker waits far longer than it works.

    The C library keeps what a thread freed unless it is asked (50 MB here); where it cannot be asked, it keeps it.
    """
    language.forget()
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def store(session: Session, run_id: int, result: a.Analysis, *, now: datetime) -> None:
    """Write a result in the caller's one transaction: readings replaced, findings added, old findings dropped.

    What was corrected since the run began is left out, its old words with it; the next run reads the new ones.
    """
    run = session.get_one(Run, run_id)
    if run.state is not RunState.RUNNING:
        raise NotThisState(f"run {run_id} lost its lease")
    themes = _themes_of(session, result, now)
    stale = _stale(session, run, result)
    _store_readings(session, run_id, result, themes, stale)
    _store_findings(session, run_id, result, themes, stale)
    counts = result.run.counts if isinstance(result.run.counts, dict) else dict(result.run.counts)
    run.received, run.distinct_texts = counts["received"], counts["distinct_texts"]
    run.people_min, run.people_max = counts["people"], counts["people_max"]
    run.unplaced = sum(r.theme is None for r in result.readings)
    run.input_hash, run.state, run.finished_at = result.run.input_hash, RunState.DONE, now
    run.record = {
        "seed": result.run.seed,
        "versions": dict(result.run.versions),
        "parameters": _plain(result.run.parameters),
    }
    run.campaigns = [_plain(asdict(c)) for c in result.campaigns]
    old = select(Run.id).order_by(Run.id.desc()).offset(KEPT_RUNS)
    session.execute(delete(Finding).where(Finding.run_id.in_(old)))


def _stale(session: Session, run: Run, result: a.Analysis) -> frozenset[int]:
    """Points that were corrected, came in or were deleted since the run began; an id may have a new owner."""
    moved = func.coalesce(Point.changed_at, Submission.received_at)
    settled = select(Point.id).join(Submission).where(moved <= run.started_at)
    return frozenset(int(reading.id) for reading in result.readings) - set(session.scalars(settled))


def _themes_of(session: Session, result: a.Analysis, now: datetime) -> dict[str, int]:
    """Ids of the result's themes; a theme the machine proposes anew gets a row of its own.

    A proposed theme is known again by its name, and one that people refused stays refused.
    """
    known = {t.code: t for t in session.scalars(select(Theme))}
    for theme in result.themes:
        if theme.id not in known:
            known[theme.id] = Theme(
                code=theme.id,
                dimension=theme.dimension,
                label_id=theme.name,
                state=ThemeState.PROPOSED,
                keywords="|".join(c.word for c in theme.terms[:12]),
                is_machine_made=True,
                changed_at=now,
            )
            # A proposal is not a change that asks for another run.
            known[theme.id].changed_at = session.scalar(select(func.min(PlanVersion.loaded_at))) or now
            session.add(known[theme.id])
    session.flush()
    return {code: t.id for code, t in known.items() if t.state in LIVE}


def _store_readings(
    session: Session, run_id: int, result: a.Analysis, themes: dict[str, int], stale: frozenset[int]
) -> None:
    points = select(Point.id).join(Submission).where(Submission.round_id == session.get_one(Run, run_id).round_id)
    old = {r.point_id: r for r in session.scalars(select(Reading).where(Reading.point_id.in_(points)))}
    for reading in result.readings:
        if int(reading.id) in stale:
            continue
        row = old.get(int(reading.id)) or Reading(point_id=int(reading.id))
        theme_id = themes.get(reading.theme) if reading.theme else None
        row.run_id, row.language, row.theme_id = run_id, reading.language, theme_id
        row.theme_reason = reading.theme_reason if theme_id is None else None
        row.margin, row.duplicate_group = float(reading.margin), reading.duplicate_group
        row.masked_text, row.sentiment = reading.masked_text, reading.sentiment
        row.words = [[c.word, round(c.weight, 3)] for c in reading.words]
        row.types = [[t.type, list(t.cues)] for t in reading.types]
        row.dimensions = [[d.code, round(d.confidence, 3), list(d.cues)] for d in reading.dimensions]
        row.flags = list(reading.flags)
        session.add(row)
    session.flush()


def _store_findings(
    session: Session, run_id: int, result: a.Analysis, themes: dict[str, int], stale: frozenset[int]
) -> None:
    ranks = {r.theme: (position, r) for position, r in enumerate(result.ranking, start=1)}
    apart = {d.theme: d for d in result.disagreements}
    for theme in result.themes:
        if theme.id not in themes or not theme.received:
            continue
        position, rank = ranks.get(theme.id, (None, None))
        said = apart.get(theme.id)
        session.add(
            Finding(
                run_id=run_id,
                theme_id=themes[theme.id],
                position=position,
                place=rank and rank.place,
                low=rank and rank.low,
                high=rank and rank.high,
                score=rank and float(rank.score),
                disagreement=said and said.value,
                received=theme.received,
                distinct_texts=theme.distinct_texts,
                people_min=theme.people,
                people_max=theme.people_max,
                terms=[[c.word, round(c.weight, 3)] for c in theme.terms],
                stance=_plain(theme.stance),
                groups=_plain(theme.groups),
                voices=_plain([asdict(group) for group in said.groups]) if said else [],
                quotes=[asdict(q) for q in theme.quotes if int(q.id) not in stale],
                borderline=list(theme.borderline),
                rank=_plain(asdict(rank)) if rank else {},
            )
        )


def _plain(value: Any) -> Any:
    """Tuples to lists and numpy numbers to Python's, as JSON wants them."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value.item() if hasattr(value, "item") else value
