"""Imports: a file of submissions becomes rows; what is wrong is reported by row, the rest goes in."""

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Dimension, Mission, Point, Submission
from models.vocabulary import Channel, Element, Group, Nature, Verdict
from services import audit, receipts, texts
from services.errors import UnreadableFile

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
MAX_BYTES, MAX_CELL = 64 * 2**20, 2**20
BATCH = 500


@dataclass(frozen=True, slots=True)
class RowError:
    """`number` is the row in the file, the header being row 1."""

    number: int
    reason: str


@dataclass(slots=True)
class Report:
    added: int = 0
    known: int = 0
    errors: list[RowError] = field(default_factory=list)


class BadRow(ValueError):
    """One row cannot be taken; the text says why, in Indonesian."""


def read_table(path: Path) -> list[tuple[int, dict[str, str] | RowError]]:
    """The rows of a CSV file (UTF-8; comma, semicolon or tab) with their numbers; a ragged row becomes an error.

    Columns whose names begin with `expected_` are labels for tests and are not read. An unknown column refuses
    the whole file, because leaving it out would lose what it says.
    """
    text = _decode(path)
    header_line = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header_line.count)
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(header)
        return list(_numbered(reader, header))
    except csv.Error as error:
        raise UnreadableFile(f"Baris {reader.line_num}: bentuk CSV rusak ({error}).") from error


def _decode(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableFile(f"Berkas lebih dari {MAX_BYTES // 2**20} MB; bagi menjadi beberapa berkas.")
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile("Berkas bukan UTF-8. Simpan ulang sebagai CSV UTF-8.") from error
    except OSError as error:
        raise UnreadableFile(f"Berkas tidak dapat dibuka: {error.strerror}.") from error


def _check_header(header: list[str]) -> None:
    names = [n for n in header if not n.startswith(LABEL_PREFIX)]
    problems = [f"kolom berulang: {n}" for n, times in Counter(names).items() if times > 1]
    problems += [f"kolom tidak dikenal: {n or '(tanpa nama)'}" for n in names if n not in COLUMNS]
    if "text" not in names:
        problems.append("kolom text tidak ada")
    if problems:
        raise UnreadableFile(f"{'; '.join(problems)}. Kolom yang dikenal: {', '.join(COLUMNS)}.")


def _numbered(reader: Iterator[list[str]], header: list[str]) -> Iterator[tuple[int, dict[str, str] | RowError]]:
    for number, cells in enumerate(reader, start=2):
        if not cells:
            continue
        if len(cells) != len(header):
            yield number, RowError(number, f"berisi {len(cells)} kolom, seharusnya {len(header)}")
            continue
        pairs = zip(header, cells, strict=True)
        yield number, {name: cell for name, cell in pairs if not name.startswith(LABEL_PREFIX)}


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
    rows, report, seen = read_table(path), Report(), Counter[str]()
    places, takers = _known_places(session), set(session.scalars(select(Submission.source_ref)))
    words = _Words(places, set(session.scalars(select(Dimension.code))), set(session.scalars(select(Mission.code))))
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


@dataclass(frozen=True, slots=True)
class _Source:
    ref: str
    prefix: str
    numbers: set[str]
    round_id: int
    now: datetime


def _reference(row: dict[str, str], seen: Counter[str]) -> str:
    plain = json.dumps({k: v for k, v in sorted(row.items()) if v}, ensure_ascii=True)
    digest = hashlib.sha256(plain.encode()).hexdigest()[:32]
    seen[digest] += 1
    return f"{digest}:{seen[digest]}"


def _known_places(session: Session) -> dict[str, str]:
    places: dict[str, str] = {}
    for code, name, aliases in session.execute(select(Area.code, Area.name, Area.aliases).order_by(Area.code)):
        for spelling in (name, code, *aliases.split("|")):
            if spelling:
                places.setdefault(_plain(spelling), code)
    return places


def _plain(name: str) -> str:
    return "".join(name.casefold().split())


def _take(
    session: Session,
    row: dict[str, str],
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


def _submission(row: dict[str, str], words: _Words, source: _Source) -> Submission:
    text = row["text"]
    if not text.strip():
        raise BadRow("text kosong")
    if not texts.is_clean(text):
        raise BadRow("text memuat karakter kendali atau huruf rusak")
    text = texts.clean(text)
    point = Point(
        text=text,
        dimension=_known(row, "dimension", words.dimensions),
        condition=_scale(row, "condition_1_4"),
        importance=_scale(row, "importance_1_4"),
        element=_word(row, "element", Element),
        nature=_word(row, "digital", Nature),
        proposed_text=row.get("proposed_text") or None,
        paragraph_ref=row.get("paragraph_ref") or None,
        programme_ref=row.get("programme_ref") or None,
        verdict=_word(row, "programme_verdict", Verdict),
        evidence=row.get("evidence_ref") or None,
        mission=_known(row, "rpjmd_mission", words.missions),
    )
    return Submission(
        round_id=source.round_id,
        receipt_no=_number(source),
        source_ref=source.ref,
        group=_word(row, "group", Group) or Group.CITIZEN,
        channel=_word(row, "channel", Channel) or Channel.PAPER,
        text=text,
        area=_place(row, words.places),
        received_at=source.now,
        points=[point],
    )


def _number(source: _Source) -> str:
    attempt = 0
    while (number := receipts.number_of(source.prefix, source.ref, attempt)) in source.numbers:
        attempt += 1
    source.numbers.add(number)
    return number


def _known(row: dict[str, str], column: str, known: set[str]) -> str | None:
    value = row.get(column, "").strip()
    if value and value not in known:
        raise BadRow(f"{column} “{value[:40]}” tidak dikenal; yang ada: {', '.join(sorted(known))}")
    return value or None


def _word(row: dict[str, str], column: str, kind: type[StrEnum]) -> Any:
    value = row.get(column, "").strip()
    if value in ("", "unspecified"):
        return None
    if value not in list(kind):
        raise BadRow(f"{column} “{value[:40]}” tidak dikenal; yang ada: {', '.join(kind)}")
    return kind(value)


def _scale(row: dict[str, str], column: str) -> int | None:
    value = row.get(column, "").strip()
    if not value:
        return None
    if value not in ("1", "2", "3", "4"):
        raise BadRow(f"{column} “{value[:40]}” bukan angka 1 sampai 4")
    return int(value)


def _place(row: dict[str, str], places: dict[str, str]) -> str | None:
    name = row.get("kelurahan", "").strip() or row.get("kecamatan", "").strip()
    if not name:
        return None
    code = places.get(_plain(name))
    if code is None:
        raise BadRow(f"kelurahan “{name[:40]}” tidak dikenal")
    return code
