"""Placements: what comes into a big round is put into its themes at once, by the words that its newest run left."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, exists, func, insert, select, update
from sqlalchemy.orm import Session

from analysis import assigning, codebook, placing
from analysis import types as a
from models import Finding, Point, Reading, Run, Submission, Theme, ThemeWord
from models.submission import SPEAKER, STANDS
from models.theme import LIVE
from services import materials, tallies
from services.readings import row_of

STEP = 200
KEYS = 500


@dataclass(frozen=True, slots=True)
class Voice:
    """Who may be behind a text: a known speaker, or a group and an area."""

    speaker: str | None
    person_id: int | None
    agency: str | None
    writer: str | None
    group: str
    area: str | None


def place(session: Session, round_id: int, *, most: int = STEP, is_quick: bool = False) -> int:
    """Read the points of a round that nobody read yet, at most so many; returns how many that were.

    `is_quick` looks only at what came in after everything that was read, without going through the round. Each point
    gets its reading, the group of the texts it equals, and is counted in its theme and in the newest run. Places and
    ranges stay those of that run until the next one.
    """
    run_id = tallies.newest(session, round_id)
    point_ids = _newest(session, round_id, most) if is_quick else _unread(session, round_id, most)
    if run_id is None or not point_ids:
        return 0
    opened = assigning.open_texts(materials.texts_of(session, point_ids))
    living = {t.id: t for t in session.scalars(select(Theme).where(Theme.state.in_(LIVE)))}
    known = materials.codebook(session)
    stored = _stored(session, round_id, opened.keys, living, _said(known))
    codes = {theme for rows in stored.values() for theme, _ in rows} | {theme.id for theme in known}
    dimensions = {theme.code: theme.dimension for theme in living.values() if theme.code in codes}
    found = assigning.assign(opened, stored, dimensions, materials.plan(session))
    numbers = {theme.code: theme.id for theme in living.values()}
    voices = _voices(session, point_ids)
    run = session.get_one(Run, run_id)
    for reading in found:
        _put(session, run, reading, numbers.get(reading.theme or ""), voices[int(reading.id)])
    session.flush()
    return len(found)


def _unread(session: Session, round_id: int, most: int) -> list[int]:
    there = Submission.round_id == round_id
    query = select(Point.id).join(Submission).where(there, STANDS, ~exists().where(Reading.point_id == Point.id))
    return list(session.scalars(query.order_by(Point.id).limit(most)))


def _newest(session: Session, round_id: int, most: int) -> list[int]:
    """In two steps, because in one the database would rather go through the whole round."""
    last = session.scalar(select(func.max(Reading.point_id))) or 0
    came = session.scalars(select(Point.id).where(Point.id > last).order_by(Point.id).limit(most)).all()
    query = select(Point.id).join(Submission).where(Point.id.in_(came), Submission.round_id == round_id, STANDS)
    return list(session.scalars(query.order_by(Point.id)))


@lru_cache(maxsize=1)
def _said(known: tuple[a.CodebookTheme, ...]) -> Any:
    """The words of a codebook, weighed once for as long as it stays the same."""
    # A text without content stands there for what it lacks, not for the words of its name.
    return codebook.frame([theme for theme in known if theme.id != placing.EMPTY_THEME]).by_key


def _stored(
    session: Session,
    round_id: int,
    keys: Sequence[str],
    living: dict[int, Theme],
    said: Any,
) -> dict[str, list[tuple[str, float]]]:
    """The weights of these words; of one that no run kept, what the codebook says."""
    found: dict[str, list[tuple[str, float]]] = {key: list(said[key]) for key in keys if key in said}
    learned: dict[str, list[tuple[str, float]]] = {}
    for at in range(0, len(keys), KEYS):
        rows = session.execute(
            select(ThemeWord.key, ThemeWord.theme_id, ThemeWord.weight).where(
                ThemeWord.round_id == round_id, ThemeWord.key.in_(keys[at : at + KEYS])
            )
        )
        for key, theme_id, weight in rows:
            if theme_id in living:
                learned.setdefault(key, []).append((living[theme_id].code, weight))
    return found | learned


def _voices(session: Session, point_ids: Sequence[int]) -> dict[int, Voice]:
    rows = session.execute(
        select(
            Point.id,
            SPEAKER,
            Submission.person_id,
            Submission.agency,
            Submission.source_ref,
            Submission.group,
            Submission.area,
        )
        .join(Submission)
        .where(Point.id.in_(point_ids))
    )
    return {number: Voice(*facts) for number, *facts in rows}


def _put(session: Session, run: Run, reading: a.Reading, theme_id: int | None, voice: Voice) -> None:
    row = row_of(reading, theme_id)
    row["duplicate_group"] = _group(session, run, reading)
    run.received, run.placed = run.received + 1, run.placed + 1
    run.distinct_texts += not _is_repeat(session, run, row, ())
    least, most = _people(session, run, reading.fingerprint, voice, ())
    run.people_min, run.people_max = run.people_min + least, run.people_max + most
    if theme_id is None:
        run.unplaced += 1
    else:
        # Not by the index of themes: equal texts and a speaker are found sooner than all texts of a theme.
        within = (Reading.theme_id + 0 == theme_id,)
        finding = session.get(Finding, (run.id, theme_id)) or tallies.add(session, run.id, theme_id)
        finding.received += 1
        finding.distinct_texts += not _is_repeat(session, run, row, within)
        least, most = _people(session, run, reading.fingerprint, voice, within)
        finding.people_min, finding.people_max = finding.people_min + least, finding.people_max + most
        finding.groups = tallies.shift(finding.groups, [voice.group], 1)
        finding.stance = tallies.shift(finding.stance, [mark.type for mark in reading.types], 1)
    session.execute(insert(Reading), [{**row, "run_id": run.id, "digest": 0}])


def _group(session: Session, run: Run, reading: a.Reading) -> str | None:
    """The group of the texts that say the same letter for letter; the first of them gets one, where it stood alone."""
    if not reading.fingerprint:
        return None
    first = session.execute(
        _there(run, Reading.fingerprint == reading.fingerprint)
        .with_only_columns(Reading.point_id, Reading.duplicate_group)
        .order_by(Reading.duplicate_group.is_(None), Reading.point_id)
        .limit(1)
    ).first()
    if first is None:
        return None
    if first.duplicate_group is not None:
        return str(first.duplicate_group)
    name = f"D-{first.point_id:09d}"
    session.execute(update(Reading).where(Reading.point_id == first.point_id).values(duplicate_group=name, digest=0))
    return name


def _is_repeat(session: Session, run: Run, row: dict[str, Any], within: Sequence[ColumnElement[bool]]) -> bool:
    """Whether another text that counts as the same stands there already."""
    if not row["fingerprint"]:
        return _is_there(session, run, Reading.fingerprint == 0, *within)
    if row["duplicate_group"] is None:
        return False
    return _is_there(session, run, Reading.duplicate_group == row["duplicate_group"], *within)


def _people(
    session: Session, run: Run, fingerprint: int, voice: Voice, within: Sequence[ColumnElement[bool]]
) -> tuple[int, int]:
    """How many more people there are at least and at most with this voice: the rule of `analysis/findings.People`."""
    if voice.speaker is not None:
        is_new = not _is_there(session, run, _same_speaker(voice), *within)
        return int(is_new), int(is_new)
    alike = (
        Reading.fingerprint == fingerprint,
        SPEAKER.is_(None),
        Submission.group == voice.group,
        Submission.area.is_(None) if voice.area is None else Submission.area == voice.area,
    )
    return int(not _is_there(session, run, *alike, *within)), 1


def _same_speaker(voice: Voice) -> ColumnElement[bool]:
    """Asked of the indexed columns, because nothing has to be looked through for that."""
    if voice.agency is not None:
        return Submission.agency == voice.agency
    if voice.person_id is not None:
        return (Submission.person_id == voice.person_id) & Submission.agency.is_(None)
    return Submission.source_ref.between(voice.speaker, f"{voice.speaker}\U0010ffff")


def _there(run: Run, *conditions: ColumnElement[bool]) -> Any:
    return (
        select(Reading.point_id)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission)
        .where(Submission.round_id == run.round_id, STANDS, *conditions)
    )


def _is_there(session: Session, run: Run, *conditions: ColumnElement[bool]) -> bool:
    return session.scalar(_there(run, *conditions).limit(1)) is not None
