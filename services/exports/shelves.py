"""The shelves of papers that were asked for: who may see which, how far each is, and what it is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Export, Person
from models.vocabulary import ExportState, Group
from services import audit
from services.errors import NotFound
from services.exports.catalogue import Shelf, entry, on_shelf
from services.exports.jobs import SUBJECT, WAITING
from services.tongue import say, word

PAGE = 25


@dataclass(frozen=True, slots=True)
class Job:
    """One paper that was asked for; `name` is how the file is called when it is taken."""

    id: int
    code: str
    title: str
    ending: str
    state: ExportState
    state_label: str
    asked_at: datetime
    asked_by: str
    size: int
    run_id: int | None
    error: str
    name: str
    filters: str
    file: str

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @property
    def is_made(self) -> bool:
        return self.state is ExportState.MADE

    @property
    def has_explanation(self) -> bool:
        return self.ending == "csv"


def listing(
    session: Session, shelf: Shelf, lang: str = "id", *, before: int | None = None
) -> tuple[list[Job], int | None]:
    """One page of the jobs of a shelf, the newest first, and the cursor of the next page."""
    query = (
        select(Export, Person.name)
        .outerjoin(Person, Person.id == Export.asked_by)
        .where(Export.code.in_(_codes(shelf)))
        .order_by(Export.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        query = query.where(Export.id < before)
    rows = session.execute(query).all()
    shown = [_job(row, name, lang) for row, name in rows[:PAGE]]
    return shown, rows[PAGE - 1][0].id if len(rows) > PAGE else None


def one(session: Session, job_id: int, shelf: Shelf, lang: str = "id") -> Job:
    """A job of a shelf; one of another shelf is not there."""
    row = session.get(Export, job_id)
    if row is None or row.code not in _codes(shelf):
        raise NotFound(f"export {job_id}")
    return _job(row, None, lang)


def ahead(session: Session, job_id: int) -> int:
    """How many papers are made before this one."""
    earlier = select(func.count()).where(Export.id < job_id, Export.state.in_(WAITING))
    return session.scalar(earlier) or 0


def took(session: Session, job: Job, *, actor_id: int, now: datetime) -> None:
    """Every taking of a file is written down."""
    audit.record(session, "export.take", SUBJECT, job.id, now=now, actor_id=actor_id, code=job.code)


def _codes(shelf: Shelf) -> list[str]:
    return [paper.code for paper in on_shelf(shelf)]


def _job(row: Export, name: str | None, lang: str) -> Job:
    paper = entry(row.code)
    run = f"-hitungan-{row.run_id}" if row.run_id else ""
    return Job(
        id=row.id,
        code=row.code,
        title=say(lang, paper.name),
        ending=row.ending,
        state=row.state,
        state_label=word(row.state, lang),
        asked_at=row.asked_at,
        asked_by=name or "",
        size=row.size,
        run_id=row.run_id,
        error=say(lang, row.error) if row.error else "",
        name=f"{row.code}-{paper.slug}{run}.{row.ending}",
        filters=_filters(row.filters, lang),
        file=row.file,
    )


def _filters(kept: Mapping[str, Any], lang: str) -> str:
    """What it was narrowed to, in words."""
    names = {
        "dimension": say(lang, "Bidang"),
        "group": say(lang, "Kelompok"),
        "meeting": say(lang, "Pertemuan nomor"),
        "receipt": say(lang, "Nomor tanda terima"),
    }
    found = [f"{name} {_told(kept[key], lang)}" for key, name in names.items() if kept.get(key)]
    return ", ".join([*found, *([say(lang, "untuk umum")] if kept.get("public") else [])])


def _told(value: Any, lang: str) -> str:
    return word(Group(value), lang) if value in list(Group) else str(value)
