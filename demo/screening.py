"""Screening: what the verifier of the story does at the inbox, point by point, through the services."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demo.generator import Row
from demo.past import person
from models import Point, Submission, Theme, Triage
from models.submission import STANDS
from models.vocabulary import AsideReason, HandoverState, Stage, TriageField
from services import asides, handovers, redactions, splits, triages
from services.handovers import Wanted
from services.redactions import StillPersonal, propose, whole
from services.texts import clean

TRIALS = ("te", "co", "as")
SPLITS, HANDED, TRACKED = 5, 40, 14


def flagged(story: Any, session: Session, flag: str) -> list[int]:
    """The points of the round whose words were made for this flag."""
    return saying(story, session, lambda row: flag in row["expected_flags"].replace(":", "|").split("|"))


def saying(story: Any, session: Session, is_meant: Callable[[Row], bool]) -> list[int]:
    """The points of the round whose words are those of rows that are meant."""
    said = {clean(row["text"]) for row in story.rows() if is_meant(row)}
    query = select(Point.id, Point.text).join(Submission).where(Submission.round_id == story.round_id, STANDS)
    return [point_id for point_id, text in session.execute(query.order_by(Point.id)) if text in said]


def set_aside(story: Any, session: Session) -> None:
    """Advertising, trials and nothing at all are counted and not read; long letters become several points."""
    actor, now = person(session, "verifikator"), story.times.after(2)
    for point_id in [*flagged(story, session, "spam"), *flagged(story, session, "empty")]:
        reason = _why(session.get_one(Point, point_id).text)
        asides.set_aside(session, [point_id], reason, actor_id=actor, now=now)
    for point_id, parts in _long(story, session):
        splits.split(session, point_id, parts, actor_id=actor, now=now)


def _why(text: str) -> AsideReason:
    if len(text) > 20:
        return AsideReason.SPAM
    return AsideReason.TRIAL if text.startswith(TRIALS) else AsideReason.EMPTY


def _long(story: Any, session: Session) -> Iterable[tuple[int, list[str]]]:
    """Texts in which somebody goes on to another matter, cut there."""
    query = select(Point).join(Submission).where(Submission.round_id == story.round_id, STANDS).order_by(Point.id)
    found = 0
    for point in session.scalars(query).all():
        at = max(point.text.casefold().find(f"{bridge.strip()} ") for bridge in ("satu lagi,", "oh ya,"))
        if at > 40 and found < SPLITS:
            found += 1
            yield point.id, [point.text[:at], point.text[at:]]


def _points(story: Any, session: Session) -> list[int]:
    query = select(Triage.point_id).where(Triage.round_id == story.round_id, Triage.is_aside.is_(False))
    return list(session.scalars(query.order_by(Triage.point_id)))


def screen(story: Any, session: Session) -> None:
    """Every point is looked at: what the machine suggests is taken over or not, and the point is coded."""
    triages.prepare(session)
    actor, now = person(session, "verifikator"), story.times.after(3)
    some = _points(story, session)
    triages.accept(session, some, actor_id=actor, now=now)
    triages.mark(session, some, TriageField.STAGE_FIELD, Stage.CODED.value, actor_id=actor, now=now)


def redact(story: Any, session: Session) -> None:
    """What points to nobody stands as it is; numbers and names are covered; an insult is hidden and still counted."""
    actor, now = person(session, "verifikator"), story.times.after(4)
    for point_id in flagged(story, session, "offensive"):
        redactions.offend(session, point_id, is_offensive=True, actor_id=actor, now=now)
    redactions.confirm_plain(session, _points(story, session), actor_id=actor, now=now)
    left = select(Point).join(Triage, Triage.point_id == Point.id)
    left = left.where(Triage.round_id == story.round_id, Triage.redacted_at.is_(None), Triage.is_aside.is_(False))
    for point in session.scalars(left.where(Triage.is_offensive.is_(False)).order_by(Point.id)).all():
        proposal = propose(whole(point.text, point.proposal))
        if any(piece.kind and not piece.is_covered for piece in proposal.pieces):
            continue  # that somebody's child is ill is told in other words, by a person
        try:
            redactions.confirm(session, point.id, proposal.text, actor_id=actor, now=now)
        except StillPersonal:
            continue


def hand_over(story: Any, session: Session) -> None:
    """Complaints of one spot go to the channel that is there for them; some have their number from there."""
    actor, now = person(session, "verifikator"), story.times.after(5)
    rows = select(Triage, Theme.label_id).outerjoin(Theme, Theme.id == Triage.theme_id)
    found = session.execute(rows.where(Triage.point_id.in_(flagged(story, session, "lapor"))).order_by(Triage.point_id))
    ready = [(row, name) for row, name in found.all() if row.public_text]
    for number, (row, name) in enumerate(ready[:HANDED], start=1):
        wanted = Wanted(HandoverState.READY, name or "Lain-lain", row.public_text)
        handovers.save(session, row.point_id, wanted, actor_id=actor, now=now)
        if number <= TRACKED:
            handed = Wanted(HandoverState.HANDED, wanted.category, wanted.text, tracking_id=f"CONTOH-{number:04d}")
            handovers.save(session, row.point_id, handed, actor_id=actor, now=story.times.after(6))
