"""Programmes of the plan under revision: taken from a file, and each reviewed by the agency that leads it."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Select, and_, func, select, update
from sqlalchemy.orm import Session

from models import Agency, Dimension, Mission, Point, Programme, Submission
from models.submission import STANDS
from models.vocabulary import Capacity, Element, Nature, ProgrammeState
from services import audit, contributions, tables
from services.contributions import Author, Call, Said
from services.errors import NotFound, RoundClosed
from services.tables import BadRow, Report, Row, RowError
from services.tongue import label, word

COLUMNS = (
    "id",
    "name",
    "old_dimension",
    "dimension",
    "element",
    "digital",
    "opd",
    "status",
    "rpjmd_mission",
    "start_year",
    "basis",
    "note",
)
# How a column is called in the file, where its name is another one.
FIELDS = {"code": "id", "nature": "digital", "agency": "opd", "state": "status", "mission": "rpjmd_mission"}
STATES = {
    "berjalan": ProgrammeState.UNDER_WAY,
    "terhambat": ProgrammeState.HINDERED,
    "belum_mulai": ProgrammeState.NOT_STARTED,
    "terhenti": ProgrammeState.STOPPED,
}
LONGEST = {"id": 40, "name": 300}


@dataclass(frozen=True, slots=True)
class ProgrammeRow:
    """A programme as its agency sees it, with the agency's verdict where there is one."""

    code: str
    name: str
    agency: str
    dimension: str | None
    old_dimension: str
    state: str | None
    start_year: int | None
    note: str
    verdict: str | None
    reason: str | None
    merge_into: str | None


@dataclass(frozen=True, slots=True)
class _Names:
    """What a row may refer to."""

    agencies: dict[str, str]
    dimensions: set[str]
    missions: set[str]


def import_file(session: Session, path: Path, *, now: datetime) -> Report:
    """Take a file of programmes: a bad row is reported, the rest goes in, the same file twice changes nothing.

    A programme that is here already (by its id) is brought up to date in the columns that the file has; none is
    taken away, because points may stand on it. Points that named a programme before it was here now stand on it.
    """
    rows = tables.read(path, COLUMNS, {"id", "name", "opd"})
    names, report, seen = _names(session), Report(), set[str]()
    known = {p.code: p for p in session.scalars(select(Programme))}
    for number, row in rows:
        try:
            if isinstance(row, RowError):
                raise BadRow(row.reason)
            _take(session, row, names, known, seen, report)
        except BadRow as error:
            report.errors.append(RowError(number, str(error)))
    session.flush()
    _stand(session)
    counts = {"added": report.added, "changed": report.changed, "refused": len(report.errors)}
    audit.record(session, "import.programmes", "file", path.name[:100], now=now, **counts)
    return report


def _names(session: Session) -> _Names:
    agencies = {tables.plain(s): a.code for a in session.scalars(select(Agency)) for s in (a.code, a.name)}
    return _Names(agencies, set(session.scalars(select(Dimension.code))), set(session.scalars(select(Mission.code))))


def _take(
    session: Session, row: Row, names: _Names, known: dict[str, Programme], seen: set[str], report: Report
) -> None:
    values = _values(row, names)
    code = values["code"]
    if code in seen:
        raise BadRow(f"id “{code}” sudah ada di baris sebelumnya")
    seen.add(code)
    programme = known.get(code)
    if programme is None:
        session.add(Programme(**values))
        report.added += 1
        return
    said = {name: value for name, value in values.items() if FIELDS.get(name, name) in row}
    if any(getattr(programme, name) != value for name, value in said.items()):
        for name, value in said.items():
            setattr(programme, name, value)
        report.changed += 1
    else:
        report.known += 1


def _values(row: Row, names: _Names) -> dict[str, Any]:
    tables.check_clean(row)
    for column, most in LONGEST.items():
        if not 0 < len(row[column].strip()) <= most:
            raise BadRow(f"{column} kosong atau lebih dari {most} huruf")
    if "/" in row["id"] or not set(row["id"].strip()) - {"."}:
        raise BadRow("id memuat garis miring atau hanya titik; halamannya tidak akan dapat dibuka")
    agency = names.agencies.get(tables.plain(row["opd"]))
    if agency is None:
        raise BadRow(f"opd “{row['opd'][:40]}” tidak dikenal; daftarnya ada di plan/agencies.csv")
    state = tables.known(row, "status", STATES)
    return {
        "code": row["id"].strip(),
        "name": row["name"].strip(),
        "old_dimension": row.get("old_dimension", "").strip(),
        "dimension": tables.known(row, "dimension", names.dimensions),
        "element": tables.word(row, "element", Element),
        "nature": tables.word(row, "digital", Nature),
        "agency": agency,
        "state": STATES[state] if state else None,
        "mission": tables.known(row, "rpjmd_mission", names.missions),
        "start_year": tables.number(row, "start_year", 1900, 2100),
        "basis": row.get("basis", "").strip(),
        "note": row.get("note", "").strip(),
    }


def _stand(session: Session) -> None:
    known = select(Programme.code)
    session.execute(
        update(Point)
        .where(Point.programme.is_(None), Point.programme_ref.in_(known))
        .values(programme=Point.programme_ref)
        .execution_options(synchronize_session=False)
    )


def of_agency(session: Session, agency: str, lang: str = "id") -> list[ProgrammeRow]:
    """The programmes an agency leads, those without its verdict first."""
    rows = session.execute(
        _with_verdict(lang)
        .where(Programme.agency == agency)
        .order_by(Point.id.is_not(None), Dimension.position, Programme.code)
    )
    return [_row(row, lang) for row in rows]


def one(session: Session, agency: str, code: str, lang: str = "id") -> ProgrammeRow:
    """One of the agency's programmes; another agency's is not there."""
    row = session.execute(_with_verdict(lang).where(Programme.agency == agency, Programme.code == code)).first()
    if row is None:
        raise NotFound(f"programme {code}")
    return _row(row, lang)


def _with_verdict(lang: str) -> Select[Any]:
    reviewed = (
        select(func.max(Point.id))
        .join(Submission)
        .where(Point.programme == Programme.code, Submission.agency == Programme.agency, STANDS)
        .scalar_subquery()
    )
    return (
        select(Programme, Agency.name, label(Dimension, "short", lang), Point)
        .join(Agency, Agency.code == Programme.agency)
        .outerjoin(Dimension, Dimension.code == Programme.dimension)
        .outerjoin(Point, and_(Point.id == reviewed))
    )


def _row(row: Any, lang: str) -> ProgrammeRow:
    programme, agency, dimension, point = row
    return ProgrammeRow(
        code=programme.code,
        name=programme.name,
        agency=agency,
        dimension=dimension,
        old_dimension=programme.old_dimension,
        state=word(programme.state, lang) if programme.state else None,
        start_year=programme.start_year,
        note=programme.note,
        verdict=word(point.verdict, lang) if point and point.verdict else None,
        reason=point.text if point else None,
        merge_into=point.merge_into if point else None,
    )


def others(session: Session, code: str) -> list[tuple[str, str]]:
    """The programmes into which this one could be merged: (code, name)."""
    rows = session.execute(
        select(Programme.code, Programme.name).where(Programme.code != code).order_by(Programme.name)
    )
    return [(other, name) for other, name in rows]


def loaded(session: Session, author: Author, code: str) -> tuple[int, Said] | None:
    """The agency's verdict on one of its programmes, as the form shows it again, with the id of its point."""
    point = session.scalar(
        select(Point)
        .join(Submission)
        .where(Point.programme == code, contributions.is_of(author), STANDS)
        .order_by(Point.id.desc())
        .limit(1)
    )
    if point is None:
        return None
    signed = point.submission.signed_off_by
    return point.id, Said(
        text=point.text,
        verdict=point.verdict,
        merge_into=point.merge_into,
        evidence=point.evidence,
        condition=point.condition,
        signed_off_by=signed,
    )


def review(session: Session, author: Author, code: str, said: Said, *, call: Call, key: str, now: datetime) -> int:
    """Say what should become of an own programme; an agency has one verdict, and saying it again changes that one."""
    programme = session.scalar(
        select(Programme).where(Programme.code == code, Programme.agency == (author.agency or ""))
    )
    if programme is None:
        raise NotFound(f"programme {code}")
    whole = replace(
        said,
        programme=code,
        dimension=programme.dimension,
        element=programme.element,
        nature=programme.nature,
        missions=(programme.mission,) if programme.mission else (),
        capacity=Capacity.OFFICIAL,
    )
    earlier = loaded(session, author, code)
    if earlier is None:
        return contributions.add(session, author, whole, call=call, key=key, now=now)
    if call.round_id is None:
        raise RoundClosed("no open round")
    contributions.change(session, author, earlier[0], whole, is_open=True, now=now)
    return earlier[0]
