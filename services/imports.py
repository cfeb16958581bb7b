"""Imports: a file of submissions becomes rows; what is wrong is reported by row, the rest goes in."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Dimension, Draft, Mission, Paragraph, Point, PointMission, Programme, Submission
from models.vocabulary import Channel, DraftState, Element, Group, Nature, Verdict
from services import audit, receipts, tables, texts
from services.tables import BadRow, Report, Row, RowError

COLUMNS = (
    "id",
    "group",
    "channel",
    "language",
    "kecamatan",
    "kelurahan",
    "dimension",
    "element",
    "digital",
    "condition_1_4",
    "importance_1_4",
    "text",
    "paragraph_ref",
    "proposed_text",
    "programme_ref",
    "programme_verdict",
    "evidence_ref",
    "rpjmd_mission",
)
LABEL_PREFIX = "expected_"
BATCH = 500


def import_submissions(
    session: Session,
    path: Path,
    *,
    round_id: int,
    prefix: str,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Take a file of submissions; the limits of the form do not apply.

    Each row is known by a digest of its own words, so the same file taken twice adds nothing, and two equal rows
    in one file (two people may say the same) stay two.
    """
    rows = tables.read(path, COLUMNS, {"text"}, LABEL_PREFIX)
    report, seen, words = Report(), Counter[str](), _words(session)
    takers = set(session.scalars(select(Submission.source_ref)))
    numbers = set(session.scalars(select(Submission.receipt_no)))
    for done, (number, row) in enumerate(rows, start=1):
        if isinstance(row, RowError):
            report.errors.append(row)
        else:
            ref = _reference(row, seen)
            if ref in takers:
                report.known += 1
            else:
                _take(session, row, number, words, report, _Source(ref, prefix, numbers, round_id, now))
        if done % BATCH == 0:
            session.flush()
        progress(done, len(rows))
    session.flush()
    audit.record(
        session,
        "import.submissions",
        "file",
        hashlib.sha256(path.read_bytes()).hexdigest()[:16],
        now=now,
        added=report.added,
        known=report.known,
        refused=len(report.errors),
    )
    return report


@dataclass(frozen=True, slots=True)
class _Words:
    """What a row may refer to."""

    places: dict[str, str]
    dimensions: set[str]
    missions: set[str]
    paragraphs: dict[str, int]
    programmes: set[str]


@dataclass(frozen=True, slots=True)
class _Source:
    ref: str
    prefix: str
    numbers: set[str]
    round_id: int
    now: datetime


def _words(session: Session) -> _Words:
    published = select(Paragraph.mark, Paragraph.id).join(Draft, Draft.id == Paragraph.draft_id)
    newest_last = published.where(Draft.state == DraftState.PUBLISHED).order_by(Draft.number)
    return _Words(
        _known_places(session),
        set(session.scalars(select(Dimension.code))),
        set(session.scalars(select(Mission.code))),
        {mark: paragraph_id for mark, paragraph_id in session.execute(newest_last)},
        set(session.scalars(select(Programme.code))),
    )


def _reference(row: Row, seen: Counter[str]) -> str:
    plain = json.dumps({k: v for k, v in sorted(row.items()) if v}, ensure_ascii=True)
    digest = hashlib.sha256(plain.encode()).hexdigest()[:32]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _known_places(session: Session) -> dict[str, str]:
    places: dict[str, str] = {}
    for code, name, aliases in session.execute(select(Area.code, Area.name, Area.aliases).order_by(Area.code)):
        for spelling in (name, code, *aliases.split("|")):
            if spelling:
                places.setdefault(tables.plain(spelling), code)
    return places


def _take(
    session: Session,
    row: Row,
    number: int,
    words: _Words,
    report: Report,
    source: _Source,
) -> None:
    try:
        submission = _submission(row, words, source)
    except BadRow as error:
        report.errors.append(RowError(number, str(error)))
        return
    session.add(submission)
    report.added += 1
    report.unresolved += sum(
        bool(ref) and not found
        for p in submission.points
        for ref, found in ((p.paragraph_ref, p.paragraph_id), (p.programme_ref, p.programme))
    )


def _submission(row: Row, words: _Words, source: _Source) -> Submission:
    text = row["text"]
    if not text.strip():
        raise BadRow("text kosong")
    tables.check_clean(row)
    text = texts.clean(text)
    return Submission(
        round_id=source.round_id,
        receipt_no=_number(source),
        source_ref=source.ref,
        group=tables.word(row, "group", Group) or Group.CITIZEN,
        channel=tables.word(row, "channel", Channel) or Channel.PAPER,
        text=text,
        area=_place(row, words.places),
        received_at=source.now,
        points=[_point(row, text, words)],
    )


def _point(row: Row, text: str, words: _Words) -> Point:
    """The row's point. A paragraph or programme that is not here yet is kept as it was named, not refused."""
    mission = tables.known(row, "rpjmd_mission", words.missions)
    paragraph, programme = row.get("paragraph_ref", "").strip(), row.get("programme_ref", "").strip()
    return Point(
        text=text,
        dimension=tables.known(row, "dimension", words.dimensions),
        condition=tables.number(row, "condition_1_4", 1, 4),
        importance=tables.number(row, "importance_1_4", 1, 4),
        element=tables.word(row, "element", Element),
        nature=tables.word(row, "digital", Nature),
        proposed_text=row.get("proposed_text") or None,
        paragraph_ref=paragraph or None,
        paragraph_id=words.paragraphs.get(paragraph),
        programme_ref=programme or None,
        programme=programme if programme in words.programmes else None,
        verdict=tables.word(row, "programme_verdict", Verdict),
        evidence=row.get("evidence_ref") or None,
        missions=[PointMission(mission=mission)] if mission else [],
    )


def _number(source: _Source) -> str:
    attempt = 0
    while (number := receipts.number_of(source.prefix, source.ref, attempt)) in source.numbers:
        attempt += 1
    source.numbers.add(number)
    return number


def _place(row: Row, places: dict[str, str]) -> str | None:
    name = row.get("kelurahan", "").strip() or row.get("kecamatan", "").strip()
    if not name:
        return None
    code = places.get(tables.plain(name))
    if code is None:
        raise BadRow(f"kelurahan “{name[:40]}” tidak dikenal")
    return code
