"""Jobs: papers that somebody asked for; made in a process of their own, kept some days, gone when words are erased."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from models import Export, Submission
from models.vocabulary import ExportState, Group
from services import audit
from services.errors import NotFound, Refusal
from services.exports.catalogue import entry
from services.exports.frames import LANGUAGES, Asked
from services.tongue import N_

KEPT = timedelta(days=7)
LEASE = timedelta(minutes=20)
TOO_MANY = 5  # of one person at a time
FAILED = N_("Berkas tidak jadi dibuat. Coba sekali lagi; bila tetap gagal, beri tahu pengelola situs.")
TOO_LONG = N_("Membuatnya terlalu lama. Saring dahulu, atau ambil lewat perintah di komputer server.")
SUBJECT = "export"
EXPLAINED = "-keterangan.csv"
WAITING = (ExportState.ASKED, ExportState.MAKING)


class TooManyJobs(Refusal):
    """Somebody has asked for enough already."""


class UnknownReceipt(Refusal):
    """There is no submission under this number."""


def ask(
    session: Session,
    code: str,
    ending: str,
    *,
    actor_id: int,
    now: datetime,
    lang: str = "id",
    filters: Mapping[str, Any] | None = None,
) -> int:
    """Ask for a paper; the same one that still waits is not asked for twice. Returns the number of the job."""
    paper = entry(code)
    if ending not in paper.endings:
        raise NotFound(f"{code}.{ending}")
    kept = {name: value for name, value in (filters or {}).items() if name in (*paper.asks, "round") and value}
    facts = {
        "code": paper.code,
        "ending": ending,
        "language": lang if lang in LANGUAGES else "id",
        "asked_by": actor_id,
    }
    waiting = session.scalars(select(Export).filter_by(**facts).where(Export.state.in_(WAITING)))
    for job in waiting:
        if job.filters == kept:
            return job.id
    _check_pile(session, actor_id)
    if "receipt" in paper.asks:
        _check_receipt(session, kept)
    row = Export(state=ExportState.ASKED, asked_at=now, filters=kept, **facts)
    session.add(row)
    session.flush()
    told = {"code": paper.code, "ending": ending, "filters": {k: v for k, v in kept.items() if k != "receipt"}}
    audit.record(session, "export.ask", SUBJECT, row.id, now=now, actor_id=actor_id, **told)
    return row.id


def _check_pile(session: Session, actor_id: int) -> None:
    waiting = (Export.asked_by == actor_id) & Export.state.in_(WAITING)
    if len(session.scalars(select(Export.id).where(waiting).limit(TOO_MANY)).all()) >= TOO_MANY:
        raise TooManyJobs(N_("Lima berkas Anda masih dibuat. Tunggu sampai salah satunya jadi."))


def _check_receipt(session: Session, kept: dict[str, Any]) -> None:
    kept["receipt"] = str(kept.get("receipt", "")).strip().upper()
    if session.scalar(select(Submission.id).where(Submission.receipt_no == kept["receipt"])) is None:
        raise UnknownReceipt(kept["receipt"])


def asked(row: Export, *, now: datetime) -> Asked:
    """What the job asks of the press."""
    kept = row.filters
    return Asked(
        ending=row.ending,
        lang=row.language,
        round_id=_int(kept.get("round")),
        dimension=kept.get("dimension"),
        group=Group(kept["group"]) if kept.get("group") in list(Group) else None,
        meeting_id=_int(kept.get("meeting")),
        receipt=kept.get("receipt"),
        is_public=bool(kept.get("public")),
        now=now,
    )


def _int(value: Any) -> int | None:
    return int(value) if value is not None and str(value).isdecimal() else None


def _due(now: datetime) -> ColumnElement[bool]:
    """What waits, and what a press that died has left."""
    return (Export.state == ExportState.ASKED) | ((Export.state == ExportState.MAKING) & (Export.lease_until < now))


def is_waiting(session: Session, *, now: datetime) -> bool:
    """Whether there is something to make."""
    return session.scalar(select(Export.id).where(_due(now)).limit(1)) is not None


def claim(session: Session, *, now: datetime) -> int | None:
    """Take the job that waits longest; None where there is none."""
    row = session.scalars(select(Export).where(_due(now)).order_by(Export.id).limit(1)).first()
    if row is None:
        return None
    row.state, row.lease_until = ExportState.MAKING, now + LEASE
    return row.id


def release(session: Session) -> None:
    """Give back what a worker that died had claimed."""
    session.execute(
        update(Export).where(Export.state == ExportState.MAKING).values(state=ExportState.ASKED, lease_until=None)
    )


def load(session: Session, job_id: int) -> Export:
    """A job that is being made; what was taken back meanwhile is not there."""
    row = session.get(Export, job_id)
    if row is None or row.state is not ExportState.MAKING:
        raise NotFound(f"export {job_id}")
    return row


def finish(
    session: Session, job_id: int, *, file: str, size: int, digest: str, run_id: int | None, now: datetime
) -> None:
    """The file lies in the folder: whoever asked may take it."""
    row = load(session, job_id)
    row.state, row.made_at, row.lease_until, row.error = ExportState.MADE, now, None, ""
    row.file, row.size, row.digest, row.run_id = file, size, digest, run_id
    told = {"code": row.code, "run": run_id, "digest": digest}
    audit.record(session, "export.make", SUBJECT, row.id, now=now, actor_id=row.asked_by, **told)


def fail(session: Session, job_id: int, error: str = FAILED) -> None:
    """Say why there will be no file: a message that the reader's language has."""
    row = session.get(Export, job_id)
    if row is not None and row.state is ExportState.MAKING:
        row.state, row.error, row.lease_until = ExportState.BROKEN, error, None


def tidy(session: Session, folder: Path, *, now: datetime) -> int:
    """Delete what was kept long enough, and every file that no job names any more; returns how many files went."""
    old = select(Export).where(Export.asked_at < now - KEPT, Export.state != ExportState.MAKING)
    for row in session.scalars(old):
        session.delete(row)
    session.flush()
    return sweep(session, folder)


def sweep(session: Session, folder: Path) -> int:
    """Delete every file that no finished job names: those of erased words above all."""
    if not folder.is_dir():
        return 0
    kept = set(session.scalars(select(Export.file).where(Export.state == ExportState.MADE)))
    making = set(session.scalars(select(Export.id).where(Export.state == ExportState.MAKING)))
    gone = [path for path in folder.iterdir() if path.name not in kept and not _belongs(path, kept, making)]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def explained(name: str) -> str:
    """What the file is called that explains the columns of a table.

    >>> explained("7.csv")
    '7-keterangan.csv'
    """
    return f"{name.removesuffix('.csv')}{EXPLAINED}"


def _belongs(path: Path, kept: set[str], making: set[int]) -> bool:
    """What explains a table goes with it; what is being written stays."""
    number = path.name.partition("-")[0].partition(".")[0]
    if number.isdecimal() and int(number) in making:
        return True
    return path.name in map(explained, kept)
