"""Releases: a frozen snapshot of what is told in public, scanned for personal data, let go by two persons."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from models import Consent, Contact, Decision, Person, Release, ReleaseFile, Response, Round, Submission
from models.vocabulary import DecisionState, Purpose, ReleaseState, Visibility
from services import audit, gates, tallies
from services.errors import NotFound, NotThisState
from services.tongue import N_

OPEN = (ReleaseState.PREPARED, ReleaseState.BLOCKED, ReleaseState.APPROVED)
SHOWN_LEAKS = 200


@dataclass(frozen=True, slots=True)
class File:
    """One page or file of a release, as it will be sent."""

    path: str
    language: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Terms:
    """When it is seen, until when people may object, and how small counts are treated."""

    publish_at: datetime
    replies_until: datetime | None = None
    threshold: int = 10
    rounding: int = 5


def prepare(session: Session, round_id: int, terms: Terms, *, actor_id: int | None, now: datetime) -> int:
    """Ask for a new release of a round from its newest run; its pages are made after that. Returns its id.

    One is open at a time. Raises NotThisState where nothing was read yet, or for a rounding larger than the threshold.
    """
    if session.get(Round, round_id) is None:
        raise NotFound(f"round {round_id}")
    if session.scalar(select(Release.id).where(Release.round_id == round_id, Release.state.in_(OPEN)).limit(1)):
        raise NotThisState(N_("Masih ada terbitan yang disiapkan; terbitkan atau buang dulu yang itu."))
    run_id = tallies.newest(session, round_id)
    if run_id is None:
        raise NotThisState(N_("Belum ada hitungan yang dapat diterbitkan."))
    if not 1 <= terms.rounding <= terms.threshold:
        raise NotThisState(N_("Pembulatan paling kecil 1 dan tidak lebih besar daripada batas sel kecil."))
    last = session.scalar(select(func.max(Release.number)).where(Release.round_id == round_id)) or 0
    row = Release(
        round_id=round_id,
        number=last + 1,
        state=ReleaseState.PREPARED,
        run_id=run_id,
        publish_at=terms.publish_at,
        replies_until=terms.replies_until,
        threshold=terms.threshold,
        rounding=terms.rounding,
        made_at=now,
        made_by=actor_id,
    )
    session.add(row)
    session.flush()
    audit.record(session, "release.prepare", "release", row.id, now=now, actor_id=actor_id, round=round_id, run=run_id)
    return row.id


def waiting(session: Session) -> list[int]:
    """The releases whose pages are still to be made."""
    return list(session.scalars(select(Release.id).where(Release.state == ReleaseState.PREPARED, Release.digest == "")))


def keep(
    session: Session,
    release_id: int,
    files: Sequence[File],
    *,
    facts: Mapping[str, Any],
    codebook: int,
    now: datetime,
    allowed: Sequence[str] = (),
) -> ReleaseState:
    """Keep the pages of a release and scan them; where anything personal is found, it is blocked.

    What was made before for it is thrown away; a release that somebody approved is not made anew.
    """
    row = _get(session, release_id)
    if row.state not in (ReleaseState.PREPARED, ReleaseState.BLOCKED):
        raise NotThisState(f"release {release_id} is {row.state}")
    session.execute(delete(ReleaseFile).where(ReleaseFile.release_id == release_id))
    for file in files:
        tag = hashlib.sha256(file.body).hexdigest()
        session.add(
            ReleaseFile(
                release_id=release_id,
                path=file.path,
                language=file.language,
                media_type=file.media_type,
                etag=tag,
                body=file.body,
            )
        )
    session.flush()
    found = gates.scan({_name(file): file.body for file in files}, names=names_to_hide(session), allowed=list(allowed))
    row.leaks = [
        {"file": leak.file, "place": leak.place, "kind": str(leak.kind), "excerpt": leak.excerpt}
        for leak in found[:SHOWN_LEAKS]
    ]
    told = {"leaks": len(found), "until": now.isoformat(), "told": _told(session, row.round_id, now)}
    row.facts, row.codebook, row.digest = dict(facts) | told, codebook, digest_of(session, release_id)
    row.state = ReleaseState.BLOCKED if found else ReleaseState.PREPARED
    session.flush()
    return row.state


def _name(file: File) -> str:
    return f"{file.language}/{file.path}" if file.language else file.path


def names_to_hide(session: Session) -> list[str]:
    """Names that must not stand in public: of contacts and of people with an account, but of those who agreed."""
    agreed = (
        select(Consent.submission_id)
        .join(Submission, Submission.id == Consent.submission_id)
        .where(
            Consent.purpose == Purpose.NAME,
            Consent.withdrawn_at.is_(None),
            Submission.visibility == Visibility.NAMED,
        )
    )
    contacts = select(Contact.name).where(Contact.name.is_not(None), Contact.submission_id.not_in(agreed))
    writers = (
        select(Person.name)
        .join(Submission, Submission.person_id == Person.id)
        .where(Submission.visibility != Visibility.NAMED)
        .distinct()
    )
    found = [*session.scalars(contacts), *session.scalars(writers)]
    return sorted({name.strip() for name in found if name and name.strip()})


def digest_of(session: Session, release_id: int) -> str:
    """A hash over every page and file of a release: the same snapshot has the same, any change another one."""
    whole = hashlib.sha256()
    rows = session.execute(
        select(ReleaseFile.path, ReleaseFile.language, ReleaseFile.etag)
        .where(ReleaseFile.release_id == release_id)
        .order_by(ReleaseFile.path, ReleaseFile.language)
    )
    for path, language, etag in rows:
        whole.update(f"{path}\0{language}\0{etag}\n".encode())
    return whole.hexdigest()


def approve(session: Session, release_id: int, *, actor_id: int, now: datetime) -> None:
    """The first of two persons: the pages were looked at."""
    row = _get(session, release_id)
    if row.state is not ReleaseState.PREPARED or not row.digest:
        raise NotThisState(f"release {release_id} is {row.state}")
    row.state, row.approved_at, row.approved_by = ReleaseState.APPROVED, now, actor_id
    session.flush()
    audit.record(session, "release.approve", "release", release_id, now=now, actor_id=actor_id, digest=row.digest)


def release(session: Session, release_id: int, *, actor_id: int, now: datetime) -> None:
    """The second of two persons lets it go; it is seen from its moment on, or at once where that has passed.

    Raises NotThisState where the same person approved it, or where what is stored is not what was approved.
    """
    row = _get(session, release_id)
    if row.state is not ReleaseState.APPROVED:
        raise NotThisState(f"release {release_id} is {row.state}")
    if row.approved_by == actor_id:
        raise NotThisState(N_("Yang menyetujui dan yang menerbitkan harus dua orang."))
    until = datetime.fromisoformat(row.facts["until"])
    if _told(session, row.round_id, until) != row.facts["told"]:
        raise NotThisState(N_("Ada jawaban yang diganti sejak halamannya dibuat; buang terbitan ini dan siapkan lagi."))
    if digest_of(session, release_id) != row.digest or _is_changed(session, release_id):
        raise NotThisState(N_("Isi terbitan ini berubah sejak disetujui; buang dan siapkan lagi."))
    row.state, row.released_at, row.released_by = ReleaseState.RELEASED, now, actor_id
    row.publish_at = max(row.publish_at, now)
    session.flush()
    audit.record(session, "release.release", "release", release_id, now=now, actor_id=actor_id, digest=row.digest)


def _told(session: Session, round_id: int, until: datetime) -> str:
    """A hash of the answers that were signed by a moment and still stand: the pages say these."""
    rows = session.execute(
        select(Decision.id, Response.id)
        .join(Response, Response.decision_id == Decision.id)
        .where(
            Decision.round_id == round_id,
            Decision.state == DecisionState.CONFIRMED,
            Response.ready_at <= until,
        )
        .order_by(Decision.id)
    )
    return hashlib.sha256(repr([tuple(row) for row in rows]).encode()).hexdigest()


def _is_changed(session: Session, release_id: int) -> bool:
    rows = session.execute(select(ReleaseFile.body, ReleaseFile.etag).where(ReleaseFile.release_id == release_id))
    return any(hashlib.sha256(body).hexdigest() != etag for body, etag in rows)


def discard(session: Session, release_id: int, *, actor_id: int, now: datetime) -> None:
    """Throw a release away that was not let go; its pages go, its trace stays."""
    row = _get(session, release_id)
    if row.state not in OPEN:
        raise NotThisState(f"release {release_id} is {row.state}")
    row.state = ReleaseState.DISCARDED
    session.execute(delete(ReleaseFile).where(ReleaseFile.release_id == release_id))
    session.flush()
    audit.record(session, "release.discard", "release", release_id, now=now, actor_id=actor_id)


def postpone(session: Session, release_id: int, publish_at: datetime, *, actor_id: int, now: datetime) -> None:
    """Choose another moment, as long as the public has not seen it."""
    row = _get(session, release_id)
    if row.state is ReleaseState.DISCARDED or (row.state is ReleaseState.RELEASED and row.publish_at <= now):
        raise NotThisState(f"release {release_id} is {row.state}")
    row.publish_at = max(publish_at, now)
    session.flush()
    audit.record(session, "release.postpone", "release", release_id, now=now, actor_id=actor_id)


def _get(session: Session, release_id: int) -> Release:
    row = session.get(Release, release_id)
    if row is None:
        raise NotFound(f"release {release_id}")
    return row
