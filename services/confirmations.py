"""Confirmations: the second person on a refusal, what is sent back, opened again or taken back."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models import Decision, Release, Response
from models.vocabulary import DecisionState, ReleaseState
from services.decisions import REWRITABLE, get, record, retire, stamp, told, unsign
from services.errors import AlreadyDecided, NotThisState, SecondPersonNeeded, Unexplained
from services.texts import clean
from services.tongue import N_

NO_NOTE = N_("Tulis apa yang perlu dibenahi.")


def confirm(session: Session, seen: Mapping[int, str], *, actor_id: int, now: datetime) -> int:
    """Confirm decisions that await a second person, all of them or none; returns how many.

    `seen` holds the stamp of each as it was read. Nobody confirms what they wrote or had a hand in, also where
    somebody else changed a word of it since: the hands of everything that was not confirmed in between count.
    """
    for decision_id, stamped in seen.items():
        row = get(session, decision_id)
        if row.state is not DecisionState.AWAITING:
            raise NotThisState(f"decision {decision_id} is {row.state}")
        if stamp(row) != stamped:
            raise AlreadyDecided
        if actor_id in authors(session, row):
            raise SecondPersonNeeded
        old = told(row)
        row.state, row.confirmed_at, row.confirmed_by, row.note = DecisionState.CONFIRMED, now, actor_id, ""
        session.flush()
        record(session, row, "decision.confirm", old, actor_id=actor_id, now=now)
    return len(seen)


def authors(session: Session, row: Decision) -> set[int]:
    """Everybody who wrote this, or what it was made of since something was last confirmed."""
    hands, one = set(), row
    while one is not None:
        hands.add(one.made_by)
        before = session.get(Decision, one.replaces_id) if one.replaces_id else None
        one = before if before is not None and before.confirmed_at is None else None
    return {hand for hand in hands if hand is not None}


def send_back(session: Session, decision_id: int, note: str, *, actor_id: int, now: datetime) -> None:
    """Give a decision that awaits a second person back to its author, with what is to be mended."""
    row = get(session, decision_id)
    if row.state is not DecisionState.AWAITING:
        raise NotThisState(f"decision {decision_id} is {row.state}")
    _return(session, row, note, "decision.send_back", actor_id=actor_id, now=now)


def reopen(session: Session, decision_id: int, note: str, *, actor_id: int, now: datetime) -> None:
    """Open a confirmed decision again, as long as no release has it; after that a new one replaces it."""
    row = get(session, decision_id)
    if row.state is not DecisionState.CONFIRMED or is_in_release(session, decision_id):
        raise NotThisState(f"decision {decision_id} is {row.state}")
    _return(session, row, note, "decision.reopen", actor_id=actor_id, now=now)


def _return(session: Session, row: Decision, note: str, action: str, *, actor_id: int, now: datetime) -> None:
    if not clean(note):
        raise Unexplained({"note": (NO_NOTE, {})})
    old = told(row)
    row.state, row.note, row.confirmed_at, row.confirmed_by = DecisionState.RETURNED, clean(note), None, None
    session.flush()
    unsign(session, row.id)
    record(session, row, action, old, actor_id=actor_id, now=now)


def is_in_release(session: Session, decision_id: int) -> bool:
    """Whether a release carries it that was not thrown away, or one that was approved with its signed text in it."""
    carried = (Release.id == Response.release_id) & (Release.state != ReleaseState.DISCARDED)
    approved = (
        (Release.round_id == Decision.round_id)
        & (Release.state == ReleaseState.APPROVED)
        & (Response.ready_at <= Release.approved_at)
    )
    query = (
        select(Response.id)
        .join(Decision, Decision.id == Response.decision_id)
        .join(Release, or_(carried, approved))
        .where(Decision.id == decision_id)
    )
    return session.scalar(query.limit(1)) is not None


def take_back(session: Session, decision_id: int, *, actor_id: int, now: datetime) -> None:
    """Take one's own back before it is confirmed; a confirmed one that it was to replace stands again."""
    row = get(session, decision_id)
    if row.state not in REWRITABLE or row.made_by != actor_id:
        raise NotThisState(f"decision {decision_id} is {row.state}")
    old = told(row)
    retire(session, row)
    before = session.get(Decision, row.replaces_id) if row.replaces_id else None
    if before is not None and before.confirmed_at is not None:
        before.state = DecisionState.CONFIRMED
        session.flush()
    record(session, row, "decision.take_back", old, actor_id=actor_id, now=now)
