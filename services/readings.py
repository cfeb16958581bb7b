"""Readings: material is analysed by the pure engine, and what it says is stored."""

import ctypes
import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, replace
from datetime import datetime
from hashlib import blake2b
from itertools import islice
from typing import Any

import numpy as np
from sqlalchemy import bindparam, case, delete, exists, func, insert, select, update
from sqlalchemy.orm import Session

from analysis import assigning, language, pipeline
from analysis import types as a
from models import Finding, Mark, PlanVersion, Point, Reading, Run, Submission, Theme, ThemeWord
from models.run import BIG
from models.theme import LIVE
from models.vocabulary import RunState, ThemeState
from services import merges
from services.errors import NotThisState
from services.materials import Material

KEPT_RUNS = 10
BLOCK = 5_000
TRIES = 3
# Processes of one run; they take seconds to begin.
MOST_JOBS, WORTH_IT = 2, 20_000
FEWEST = 3
MOVED = func.coalesce(Point.changed_at, Submission.received_at)  # when a point came in or was last written anew


def analyse(
    material: Material, progress: Callable[[int, int], None] | None = None, *, is_cold: bool = False
) -> a.Analysis:
    """Run the pure engine over gathered material; `is_cold` begins from nothing instead of from what stands.

    Where the machine proposes a theme again that people merged into another, its texts are held in that other one and
    everything is counted once more: a merge holds, and a count made of two would not be the count of one.
    """
    pinned: dict[str, str] = {}
    for _ in range(TRIES):
        result = pipeline.analyse(
            _held(material.texts, pinned),
            plan=material.plan,
            codebook=material.codebook,
            previous={} if is_cold else material.previous,
            progress=progress,
            jobs=min(MOST_JOBS, os.cpu_count() or 1) if material.size > WORTH_IT else 1,
            is_sorted=True,
        )
        strays = _strays(result, material.leads)
        if not strays:
            break
        pinned |= strays
    return result


def _held(texts: Iterable[a.Text], pinned: Mapping[str, str]) -> Iterator[a.Text]:
    for text in texts:
        held = pinned.get(text.id) if text.pinned_theme is None else None
        yield replace(text, pinned_theme=held) if held else text


def _strays(result: a.Analysis, leads: Mapping[str, str | None]) -> dict[str, str]:
    found = {}
    for theme in result.themes:
        target = leads.get(theme.id)
        if target is not None:
            found.update(dict.fromkeys(theme.members, target))
    return found


def rest() -> None:
    """Give memory back between runs: a worker waits far longer than it works.

    The C library keeps what a thread freed unless it is asked (50 MB here); where it cannot be asked, it keeps it.
    """
    language.forget()
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


def store(session: Session, run_id: int, result: a.Analysis, *, now: datetime, big: int = BIG) -> None:
    """Write a result in the caller's one transaction: readings replaced, findings added, old findings dropped.

    What was corrected since the run began is left out, its old words with it; the next run reads the new ones.
    What the words say for the themes is kept of rounds with more than `big` points.
    """
    themes = _begin(session, run_id, result, now)
    unplaced = sum(_keep(session, run_id, block, themes) for block in _blocks(result.readings))
    _finish(session, run_id, result, themes, unplaced, now, big)
    session.flush()
    session.expire_all()  # rows were written beside what the session knows


def store_in_steps(
    begin: Callable[[], AbstractContextManager[Session]],
    run_id: int,
    result: a.Analysis,
    *,
    clock: Callable[[], datetime],
    lease: Callable[[datetime], datetime],
    big: int = BIG,
) -> None:
    """The same with a transaction for each block, so that nobody who sends something waits for a million rows.

    A block is put into words between two transactions, which leaves the others their turn. What was stored stays when
    the run is stopped in the middle; the run that follows writes over it. `lease` says until when a step holds.
    """
    with begin() as session:
        themes = _begin(session, run_id, result, clock())
    unplaced = 0
    for block in _blocks(result.readings):
        with begin() as session:
            _running(session, run_id).lease_until = lease(clock())
            unplaced += _keep(session, run_id, block, themes)
    with begin() as session:
        _finish(session, run_id, result, themes, unplaced, clock(), big)


def row_of(reading: a.Reading, theme_id: int | None) -> dict[str, Any]:
    """What is stored of a reading, without the run that wrote it."""
    return {
        "point_id": int(reading.id),
        "language": reading.language,
        "theme_id": theme_id,
        "theme_reason": reading.theme_reason if theme_id is None else None,
        "margin": float(reading.margin),
        "duplicate_group": reading.duplicate_group,
        "masked_text": reading.masked_text,
        "sentiment": reading.sentiment,
        "words": [[c.word, round(c.weight, 3)] for c in reading.words],
        "types": [[t.type, list(t.cues)] for t in reading.types],
        "dimensions": [[d.code, round(d.confidence, 3), list(d.cues)] for d in reading.dimensions],
        "flags": list(reading.flags),
        "fingerprint": reading.fingerprint,
    }


def digest_of(reading: a.Reading, theme_id: int | None) -> int:
    """A hash of what a reading says, never 0: where, why and by which words, not how heavy each of them was.

    One new text moves the weights of all by a little; a million rows are not written anew for that.
    """
    said = (
        theme_id,
        reading.theme_reason,
        reading.language,
        reading.duplicate_group,
        reading.masked_text,
        reading.sentiment,
        [(mark.type, mark.cues) for mark in reading.types],
        [mark.code for mark in reading.dimensions],
        reading.flags,
        sorted(cue.word for cue in reading.words),
    )
    digest = blake2b(repr(said).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


def _blocks(readings: Iterable[a.Reading]) -> Iterator[list[a.Reading]]:
    coming = iter(readings)
    while block := list(islice(coming, BLOCK)):
        yield block


def _running(session: Session, run_id: int) -> Run:
    run = session.get_one(Run, run_id)
    if run.state is not RunState.RUNNING:
        raise NotThisState(f"run {run_id} lost its lease")
    return run


def _begin(session: Session, run_id: int, result: a.Analysis, now: datetime) -> dict[str, int]:
    """Ids of the result's themes; a theme the machine proposes anew gets a row of its own.

    A proposed theme is known again by its name, one that people refused stays refused, and one that people merged
    into another leads to that one.
    """
    _running(session, run_id)
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
    leads = merges.leads(session)
    living = {t.id for t in known.values() if t.state in LIVE}
    found = {code: leads.get(t.id, t.id) for code, t in known.items()}
    return {code: theme_id for code, theme_id in found.items() if theme_id in living}


def _keep(session: Session, run_id: int, block: Sequence[a.Reading], themes: Mapping[str, int]) -> int:
    """Write the readings of a block that are new or different; returns how many of it stand in no theme.

    Left out is what was corrected, came in, was marked by a person or was deleted since the run began: an id may have a
    new owner, and a mark is never overwritten.
    """
    known = _known(session, run_id, block)
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    unplaced = 0
    for reading in block:
        point_id = int(reading.id)
        if point_id not in known:
            continue
        theme_id = themes.get(reading.theme) if reading.theme else None
        unplaced += theme_id is None
        digest = digest_of(reading, theme_id)
        if known[point_id] != digest:
            rows = fresh if known[point_id] is None else changed
            rows.append({**row_of(reading, theme_id), "digest": digest, "run_id": run_id})
    if fresh:
        session.execute(insert(Reading), fresh)
    if changed:
        session.connection().execute(UPDATE, [{f"new_{name}": value for name, value in row.items()} for row in changed])
    return unplaced


TABLE = Reading.__table__
# While a text stays in the theme it was merged into, where it came from is remembered.
UPDATE = (
    update(TABLE)
    .where(TABLE.c.point_id == bindparam("new_point_id"))
    .values(
        merged_from_id=case((TABLE.c.theme_id == bindparam("new_theme_id"), TABLE.c.merged_from_id)),
        **{
            column.name: bindparam(f"new_{column.name}", type_=column.type)
            for column in TABLE.columns
            if column.name not in ("point_id", "merged_from_id")
        },
    )
)


def _known(session: Session, run_id: int, block: Sequence[a.Reading]) -> dict[int, int | None]:
    """The settled points of a block with the digest of what is stored of each, None where nothing is."""
    run = session.get_one(Run, run_id)
    rows = session.execute(
        select(Point.id, Reading.digest)
        .join(Submission)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .where(
            Point.id.between(int(block[0].id), int(block[-1].id)),
            Submission.round_id == run.round_id,
            MOVED <= run.started_at,
            ~exists().where(Mark.point_id == Point.id, Mark.at > run.started_at),
        )
    )
    return {key: value for key, value in rows}


def _finish(
    session: Session,
    run_id: int,
    result: a.Analysis,
    themes: Mapping[str, int],
    unplaced: int,
    now: datetime,
    big: int,
) -> None:
    run = _running(session, run_id)
    session.flush()
    _store_findings(session, run, result, themes)
    _store_words(session, run.round_id, result, themes, big)
    counts = dict(result.run.counts)
    run.received, run.distinct_texts = counts["received"], counts["distinct_texts"]
    run.people_min, run.people_max = counts["people"], counts["people_max"]
    run.unplaced, run.placed = unplaced, 0
    run.input_hash, run.state, run.finished_at = result.run.input_hash, RunState.DONE, now
    run.record = {
        "seed": result.run.seed,
        "versions": dict(result.run.versions),
        "parameters": _plain(result.run.parameters),
    }
    run.campaigns = [_plain(asdict(c)) for c in result.campaigns]
    old = select(Run.id).where(Run.round_id == run.round_id).order_by(Run.id.desc()).offset(KEPT_RUNS)
    session.execute(delete(Finding).where(Finding.run_id.in_(old)))


def _store_words(session: Session, round_id: int, result: a.Analysis, themes: Mapping[str, int], big: int) -> None:
    """What the run learned of the words replaces what the one before it left.

    A word in fewer than three texts is left out: it may be somebody's own. What the codebook says of it is known.
    """
    session.execute(delete(ThemeWord).where(ThemeWord.round_id == round_id))
    if len(result.readings) <= big:
        return
    matcher = result.readings.matcher
    times = np.bincount(matcher.present.indices, minlength=len(matcher.columns))
    common = {key for key, n in zip(matcher.columns, times.tolist(), strict=True) if n >= FEWEST}
    weights: dict[tuple[str, int], float] = {}
    for key, code, weight in assigning.weights(matcher):
        if key in common and code in themes:
            at = (key, themes[code])
            weights[at] = weights.get(at, 0.0) + weight
    rows = (
        {"round_id": round_id, "key": key, "theme_id": theme_id, "weight": weight}
        for (key, theme_id), weight in weights.items()
    )
    while some := list(islice(rows, BLOCK)):
        session.execute(insert(ThemeWord), some)


def _store_findings(session: Session, run: Run, result: a.Analysis, themes: Mapping[str, int]) -> None:
    ranks = {r.theme: (position, r) for position, r in enumerate(result.ranking, start=1)}
    came = dict(result.as_they_came)
    apart = {d.theme: d for d in result.disagreements}
    settled = _settled(session, run, [int(q.id) for theme in result.themes for q in theme.quotes])
    taken: set[int] = set()
    for theme in result.themes:
        if theme.id not in themes or themes[theme.id] in taken or not theme.received:
            continue
        taken.add(themes[theme.id])
        position, rank = ranks.get(theme.id, (None, None))
        said = apart.get(theme.id)
        session.add(
            Finding(
                run_id=run.id,
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
                quotes=[asdict(q) for q in theme.quotes if int(q.id) in settled],
                borderline=list(theme.borderline),
                rank=_plain(asdict(rank) | {"as_they_came": came.get(theme.id), "share_word": theme.share_word})
                if rank
                else {},
            )
        )


def _settled(session: Session, run: Run, point_ids: Sequence[int]) -> set[int]:
    rows = select(Point.id).join(Submission).where(Point.id.in_(point_ids), MOVED <= run.started_at)
    return set(session.scalars(rows))


def _plain(value: Any) -> Any:
    """Tuples to lists and numpy numbers to Python's, as JSON wants them."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(v) for v in value]
    return value.item() if hasattr(value, "item") else value
