"""Corrections: what was mistyped from a paper form is put right by its officer or the team, and leaves no old words."""

import hashlib
import hmac
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from models import EntryCheck, Point, Round, Submission
from models.vocabulary import AgeBand, Experience, Gender, SubmissionState, Visibility
from services import audit, traces
from services.errors import NotFound, NotThisState, RoundClosed
from services.texts import clean

STANDING = (SubmissionState.RECEIVED, SubmissionState.HELD)
SHOWN = 160
LISTED = 500  # so many forms a pile has at most


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed from one form; the names are those of the columns in which it is kept."""

    text: str
    dimension: str | None = None
    condition: int | None = None
    importance: int | None = None
    area: str | None = None
    affected: tuple[str, ...] = ()
    experience: Experience | None = None
    age_band: AgeBand | None = None
    gender: Gender | None = None


OF_POINT = ("text", "dimension", "condition", "importance")


@dataclass(frozen=True, slots=True)
class Listed:
    """One form of a pile: what names the paper, how it begins, whether it still stands."""

    submission_id: int
    named: str
    start: str
    is_standing: bool


def listing(session: Session, batch_id: int) -> list[Listed]:
    """The forms of a pile in the order in which they were typed."""
    rows = session.execute(_forms(batch_id).order_by(Submission.id).limit(LISTED))
    return [_listed(sent, point) for sent, point in rows]


def _forms(batch_id: int):  # type: ignore[no-untyped-def]
    """The submissions of a pile, each with its first point: a paper form has one."""
    return (
        select(Submission, Point)
        .join(Point, Point.submission_id == Submission.id)
        .where(Submission.entry_batch_id == batch_id, Point.position == 1)
    )


def _listed(sent: Submission, point: Point) -> Listed:
    start = " ".join(point.text.split())
    cut = start if len(start) <= SHOWN else f"{start[:SHOWN]}…"
    return Listed(sent.id, sent.serial or sent.receipt_no, cut, sent.state in STANDING)


def one(session: Session, batch_id: int, submission_id: int) -> tuple[Listed, Typed]:
    """A form of this pile as it was typed; one of another pile is not there, one that was taken back is closed."""
    sent, point = _row(session, batch_id, submission_id)
    return _listed(sent, point), Typed(
        text=point.text,
        dimension=point.dimension,
        condition=point.condition,
        importance=point.importance,
        area=sent.area,
        affected=tuple(sent.affected),
        experience=sent.experience,
        age_band=sent.age_band,
        gender=sent.gender,
    )


def _row(session: Session, batch_id: int, submission_id: int) -> Row[tuple[Submission, Point]]:
    row = session.execute(_forms(batch_id).where(Submission.id == submission_id)).first()
    if row is None:
        raise NotFound(f"form {submission_id} of pile {batch_id}")
    if row[0].state not in STANDING:
        raise NotThisState(f"submission {submission_id} is {row[0].state}")
    return row


def check_round(session: Session, submission_id: int, *, now: datetime) -> None:
    """An officer corrects while the round of the form is open; afterwards the team does."""
    is_open = (Round.opens_at <= now) & (Round.closes_at >= now)
    query = select(Round.id).join(Submission, Submission.round_id == Round.id)
    if session.scalar(query.where(Submission.id == submission_id, is_open)) is None:
        raise RoundClosed(f"the round of submission {submission_id} is over")


def correct(
    session: Session, batch_id: int, submission_id: int, typed: Typed, *, key: bytes, actor_id: int, now: datetime
) -> tuple[str, ...]:
    """Keep what was typed now in place of what was typed before; returns the names of what changed.

    The audit says which fields changed and keeps a keyed digest of what stood there and of what stands there now: two
    that dispute can be told apart by whoever has the words, and nobody reads them out of it. The point is read again.
    """
    sent, point = _row(session, batch_id, submission_id)
    changed = _changes(sent, point, typed)
    if not changed:
        return ()
    if "text" in changed:
        traces.forget(session, submission_id, now=now)  # the old words stand nowhere any more, in a quote neither
        point.shown_at = None
    for name, (_before, after) in changed.items():
        setattr(point if name in OF_POINT else sent, name, after)
    _follow(sent, point, changed, now)
    _settle(session, submission_id, changed)
    digests = {
        name: [_digest(key, submission_id, name, before), _digest(key, submission_id, name, after)]
        for name, (before, after) in changed.items()
    }
    about = {"now": now, "actor_id": actor_id, "fields": digests}
    audit.record(session, "submission.retype", "submission", submission_id, **about)
    return tuple(changed)


def _changes(sent: Submission, point: Point, typed: Typed) -> dict[str, tuple[Any, Any]]:
    """Name -> (before, after) of what differs."""
    found: dict[str, tuple[Any, Any]] = {}
    for field in fields(Typed):
        before = getattr(point if field.name in OF_POINT else sent, field.name)
        after = getattr(typed, field.name)
        after = clean(after) if field.name == "text" else list(after) if field.name == "affected" else after
        if before != after:
            found[field.name] = (before, after)
    return found


def _follow(sent: Submission, point: Point, changed: dict[str, Any], now: datetime) -> None:
    """What follows from a change: a topic of another dimension is none, of people under 18 no name is shown."""
    point.changed_at = now
    if "dimension" in changed:
        point.topic = None
    if "text" in changed:
        sent.text = point.text
    if sent.age_band is AgeBand.UNDER_18 and sent.visibility is Visibility.NAMED:
        sent.visibility = Visibility.UNNAMED


def _settle(session: Session, submission_id: int, changed: dict[str, Any]) -> None:
    """Where the form was typed twice, what has been corrected is no difference any more."""
    check = session.get(EntryCheck, submission_id)
    if check is not None:
        check.differences = [one for one in check.differences if one[0] not in changed]


def _digest(key: bytes, submission_id: int, name: str, value: object) -> str:
    said = f"{submission_id}:{name}:{value if value is not None else ''}"
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()[:16]
