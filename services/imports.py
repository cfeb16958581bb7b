"""Imports: a row that somebody brought becomes a submission; what is wrong is reported by row, the rest goes in."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import PaperForm, Point, Submission
from models.vocabulary import Channel, Group
from services import audit, receipts, rows, tables
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
    "received_at",
)
LABEL_PREFIX = "expected_"
SHEET_MARK = "~"
BATCH = 500


@dataclass(frozen=True, slots=True)
class Brought:
    """One row: what its columns mean, and the words by which it is known again (all its columns, by their heads).

    `person` is the keyed digest of who wrote it, where a file tells people apart without naming them; `digest` is what
    is left of a row whose words were erased.
    """

    number: int
    row: Row
    identity: Row
    fault: RowError | None = None
    person: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """Where rows go: the round, and what holds for a whole file.

    `sheet` is the sheet of a workbook, `elsewhere` the takes of its other sheets: what stands on two sheets was said
    twice, though its words are the same.
    """

    round_id: int
    prefix: str
    import_id: int | None = None
    group: Group | None = None
    channel: Channel | None = None
    sheet: str = ""
    elsewhere: frozenset[int] = frozenset()


def import_submissions(
    session: Session,
    path: Path,
    *,
    round_id: int,
    prefix: str,
    now: datetime,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Take a CSV file that has our own columns, in one transaction; the limits of the form do not apply.

    Each row is known by a digest of its own words, so the same file taken twice adds nothing, and two equal rows
    in one file (two people may say the same) stay two.
    """
    brought = own_rows(path)
    report, taker, done = Report(), Taker(session, Call(round_id, prefix)), 0
    for some in _batches(brought, BATCH):
        taker.take(session, some, report, now=now)
        done += len(some)
        progress(done, len(brought))
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


def own_rows(path: Path) -> list[Brought]:
    """The rows of a CSV file that has our own columns."""
    read = tables.read(path, COLUMNS, {"text"}, LABEL_PREFIX)
    return [Brought(n, {}, {}, row) if isinstance(row, RowError) else Brought(n, row, row) for n, row in read]


def _batches(brought: Sequence[Brought], size: int) -> Iterable[Sequence[Brought]]:
    return (brought[at : at + size] for at in range(0, len(brought), size))


def digest_of(brought: Brought) -> str:
    """By what a row is known again: a digest of its own words, led by that of who wrote it where there is one."""
    plain = json.dumps({k: v for k, v in sorted(brought.identity.items()) if v}, ensure_ascii=True)
    digest = hashlib.sha256(plain.encode()).hexdigest()[:32]
    return f"@{brought.person}:{digest}" if brought.person else digest


class Taker:
    """Takes the rows of one file, some at a time; remembers how often a row was seen, so that equal rows stay two."""

    def __init__(self, session: Session, call: Call) -> None:
        self.call, self.seen, self.words = call, Counter[str](), rows.words(session)

    def skip(self, some: Iterable[Brought]) -> None:
        """Pass over rows that were dealt with before."""
        for brought in some:
            if brought.fault is None:
                self._reference(brought)

    def take(self, session: Session, some: Sequence[Brought], report: Report, *, now: datetime) -> None:
        """Put the rows in that are not here yet; what is wrong with others goes into the report."""
        refs = [None if brought.fault else self._reference(brought) for brought in some]
        refs, known = self._look_up(session, refs)
        numbers = _Numbers(session, self.call.prefix, [ref for ref in refs if ref and ref not in known])
        for brought, ref in zip(some, refs, strict=True):
            if brought.fault or ref is None:
                report.errors.append(brought.fault or RowError(brought.number, ""))
            elif ref in known:
                report.known += 1
            else:
                self._add(session, brought, _Source(ref, numbers, now), report)
        session.flush()

    def _look_up(self, session: Session, refs: list[str | None]) -> tuple[list[str | None], set[str]]:
        """The references, apart from those of equal rows on another sheet of the file; and those that are here."""
        found = self._found(session, refs)
        mark = SHEET_MARK + hashlib.sha256(self.call.sheet.encode()).hexdigest()[:8]
        apart = [ref + mark if ref and found.get(ref) in self.call.elsewhere else ref for ref in refs]
        twice = {ref for ref, was in zip(apart, refs, strict=True) if ref != was}
        if twice:
            found |= self._found(session, twice)
        return apart, {ref for ref in apart if ref in found}

    def _found(self, session: Session, refs: Iterable[str | None]) -> dict[str | None, int | None]:
        query = select(Submission.source_ref, Submission.import_id).where(Submission.source_ref.in_(refs))
        return {ref: import_id for ref, import_id in session.execute(query)}

    def check(self, brought: Brought) -> RowError | None:
        """What is wrong with a row, without taking it."""
        if brought.fault:
            return brought.fault
        try:
            self._read(brought.row)
        except BadRow as error:
            return error.at(brought.number)
        return None

    def _reference(self, brought: Brought) -> str:
        digest = brought.digest or digest_of(brought)
        self.seen[digest] += 1
        return f"{digest}:{self.seen[digest]}"

    def _add(self, session: Session, brought: Brought, source: "_Source", report: Report) -> None:
        try:
            points, facts = self._read(brought.row)
        except BadRow as error:
            report.errors.append(error.at(brought.number))
            return
        submission = Submission(
            round_id=self.call.round_id,
            receipt_no=source.numbers.of(source.ref),
            source_ref=source.ref,
            import_id=self.call.import_id,
            text="\n\n".join(point.text for point in points),
            points=points,
            **{"received_at": source.now} | facts,
        )
        session.add(submission)
        report.added += 1
        report.unresolved += sum(
            bool(ref) and not found
            for p in points
            for ref, found in ((p.paragraph_ref, p.paragraph_id), (p.programme_ref, p.programme))
        )

    def _read(self, row: Row) -> tuple[list[Point], dict[str, object]]:
        facts = rows.facts(row, self.words, self.call.group, self.call.channel)
        return rows.points(row, self.words), facts


class _Numbers:
    """Receipt numbers for references; a number that is taken gives way to the next."""

    def __init__(self, session: Session, prefix: str, refs: Sequence[str]) -> None:
        self.session, self.prefix = session, prefix
        wanted = [receipts.number_of(prefix, ref, 0) for ref in refs]
        columns = (Submission.receipt_no, PaperForm.receipt_no)
        self.taken = {n for column in columns for n in session.scalars(select(column).where(column.in_(wanted)))}

    def of(self, ref: str) -> str:
        """The first free number of a reference."""
        attempt = 0
        while (number := receipts.number_of(self.prefix, ref, attempt)) in self.taken or self._is_used(number, attempt):
            attempt += 1
        self.taken.add(number)
        return number

    def _is_used(self, number: str, attempt: int) -> bool:
        """The first tries were looked up together."""
        if not attempt:
            return False
        with self.session.no_autoflush:
            return self.session.scalar(select(Submission.id).where(Submission.receipt_no == number)) is not None


@dataclass(frozen=True, slots=True)
class _Source:
    ref: str
    numbers: _Numbers
    now: datetime
