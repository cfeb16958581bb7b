"""Redactions: what of a point may be published; the machine proposes, a person reads, edits and confirms."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.hints import CHILD_HEALTH, hints
from analysis.mask import COVER, Finding, mask
from models import Point, Triage
from models.submission import STANDS
from models.vocabulary import TriageField
from services import audit, triages
from services.errors import NotThisState, Refusal
from services.texts import clean
from services.tongue import N_, say
from services.triages import Said

F = TriageField
# What no text for the public may hold, whoever confirms it; a plate or a neighbourhood may be what it is about.
NEVER = ("identity", "number", "phone", "email", "account")
KINDS = {
    "identity": N_("nomor identitas"),
    "number": N_("nomor panjang"),
    "phone": N_("nomor telepon"),
    "email": N_("alamat e-mail"),
    "account": N_("nomor rekening"),
    "plate": N_("pelat nomor"),
    "address": N_("RT/RW"),
    "name": N_("nama orang"),
    "child_health": N_("kesehatan anak"),
}


class StillPersonal(Refusal):
    """A text for the public that still holds what points to somebody."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the original; `kind` is what it may be, empty for plain words, `is_covered` whether it goes."""

    text: str
    kind: str = ""
    label: str = ""
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """The original in pieces and the text that is proposed for the public."""

    pieces: tuple[Piece, ...]
    text: str

    @property
    def kinds(self) -> tuple[Piece, ...]:
        """What was found, each kind once."""
        return tuple({piece.kind: piece for piece in self.pieces if piece.kind}.values())


def propose(said: str, lang: str = "id") -> Proposal:
    """What of a text may point to somebody, covered where covering is enough.

    That a child is ill cannot be covered by a bar: it is shown to the person, who writes it in another way.

    >>> propose("Pak Fulan di RT 03, hp 0812-0000-0000").text
    'Pak ▇▇▇ di ▇▇▇, hp ▇▇▇'
    """
    pieces, at = [], 0
    for finding in _findings(said):
        if finding.start < at:
            continue
        label, is_covered = say(lang, KINDS[finding.kind]), finding.kind != CHILD_HEALTH
        pieces += [
            Piece(said[at : finding.start]),
            Piece(said[finding.start : finding.end], finding.kind, label, is_covered),
        ]
        at = finding.end
    pieces.append(Piece(said[at:]))
    kept = tuple(piece for piece in pieces if piece.text)
    return Proposal(kept, "".join(COVER if piece.is_covered else piece.text for piece in kept))


def _findings(said: str) -> list[Finding]:
    """What the mask knows first, then what only a person can judge."""
    return sorted((*mask(said).findings, *hints(said)), key=lambda f: (f.start, f.kind == CHILD_HEALTH, -f.end))


def whole(text: str, proposal: str | None) -> str:
    """A point's words as they are read: the problem and, where there is one, the proposal below it."""
    return f"{text}\n{proposal}" if proposal else text


def confirm(session: Session, point_id: int, text: str, *, actor_id: int, now: datetime) -> None:
    """Let this text stand in public; raises StillPersonal where a number or an address of somebody is left in it."""
    row, cleaned = triages.row_of(session, point_id), clean(text)
    if row.is_offensive or not cleaned:
        raise NotThisState(f"point {point_id} has no text for the public")
    check(cleaned)
    _let(row, cleaned, actor_id, now)
    triages.put(session, [Said(row, F.REDACTION_FIELD, triages.YES)], actor_id=actor_id, now=now)


def check(text: str) -> None:
    """Raise StillPersonal where a text that leaves the house holds a number or an address of somebody."""
    left = next((f.kind for f in mask(text).findings if f.kind in NEVER), None)
    if left:
        raise StillPersonal(N_("Masih ada yang menyerupai %(what)s."), what=KINDS[left])


def confirm_plain(session: Session, point_ids: Collection[int], *, actor_id: int, now: datetime) -> int:
    """Confirm as they are the texts in which nothing was found and that wait for it; returns how many those were."""
    rows = session.execute(
        select(Triage, Point.text, Point.proposal)
        .join(Point, Point.id == Triage.point_id)
        .join(Point.submission)
        .where(
            Triage.point_id.in_(list(point_ids)), Triage.redacted_at.is_(None), Triage.is_offensive.is_(False), STANDS
        )
        .order_by(Triage.point_id)
    )
    said = []
    for row, text, proposal in rows.all():
        words = clean(whole(text, proposal))
        if words and not _findings(words):
            _let(row, words, actor_id, now)
            said.append(Said(row, F.REDACTION_FIELD, triages.YES))
    triages.put(session, said, actor_id=actor_id, now=now)
    return len(said)


def _let(row: Triage, text: str, actor_id: int, now: datetime) -> None:
    row.public_text, row.redacted_at, row.redacted_by = text, now, actor_id


def offend(session: Session, point_id: int, *, is_offensive: bool, actor_id: int, now: datetime) -> None:
    """Hide a text that hurts from the public, or no longer; it stays where it is read, counted and answered."""
    row = triages.row_of(session, point_id)
    if row.is_offensive == is_offensive:
        raise NotThisState(f"point {point_id} is so already")
    value = triages.YES if is_offensive else ""
    triages.put(session, [Said(row, F.OFFENSIVE_FIELD, value)], actor_id=actor_id, now=now)


def void(session: Session, point_id: int, *, actor_id: int | None, now: datetime, why: str) -> None:
    """Nobody has read these words yet: a text that was let go for others is taken back."""
    row = session.get(Triage, point_id)
    if row is not None and row.redacted_at is not None:
        triages.put(session, [Said(row, F.REDACTION_FIELD, "")], actor_id=actor_id, now=now)
        audit.record(session, "point.void_public_text", "point", point_id, now=now, actor_id=actor_id, why=why)
