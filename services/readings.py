"""Readings: material is analysed by the pure engine, and what it says is stored."""

import ctypes
import gc
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from analysis import language, pipeline
from analysis import types as a
from models import Finding, PlanVersion, Point, Reading, Run, Submission, Theme
from models.theme import LIVE
from models.vocabulary import RunState, ThemeState
from services.errors import NotThisState
from services.materials import Material

KEPT_RUNS = 10


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
    old = select(Run.id).where(Run.round_id == run.round_id).order_by(Run.id.desc()).offset(KEPT_RUNS)
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
