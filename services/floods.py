"""Floods: what comes in faster than people write is taken and held for a person, never refused and never lost."""

import hashlib
import hmac
import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from analysis.mask import mask
from models import Arrival, Submission
from models.vocabulary import Channel, SubmissionState
from services import audit
from services.errors import NotThisState

KEPT, HOUR = timedelta(days=1), timedelta(hours=1)  # swept once a day, so gone after two at the latest
QUICKEST = 3  # seconds from the form to its sending: nobody reads and writes in less
ADDRESS, SESSION, SUSPECTS, WHOLE = "address", "session", "suspects", "whole"
REASONS = (ADDRESS, SESSION, SUSPECTS, WHOLE)
BY_A_PERSON = "person"  # somebody looked and let it rest
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Limits:
    """How many sendings of one hour pass; above that they are held.

    A workshop of 200 people behind one address passes. A session is one browser: at a counter one is shared by many.
    Suspects are those with a filled trap, or quicker than anybody writes.
    """

    address: int = 300
    session: int = 60
    suspects: int = 100
    whole: int = 20_000

    @classmethod
    def of(cls, city: dict[str, Any]) -> "Limits":
        """The city's own limits (`[floods]` of `city.toml`), where it has any."""
        own = city.get("floods", {})
        return cls(**{f.name: int(own[f.name]) for f in fields(cls) if f.name in own})


@dataclass(frozen=True, slots=True)
class Visit:
    """One sending as the counting sees it: senders by what they are, as hashes or plain words."""

    senders: dict[str, str]


def visit(key: str, address: str | None, session: str, *, is_suspect: bool, now: datetime) -> Visit:
    """The senders of one sending, hashed with a key and the day, so that nobody is followed for longer."""
    senders = {SESSION: _hash(key, now, SESSION, session), WHOLE: WHOLE}
    if address:
        senders[ADDRESS] = _hash(key, now, ADDRESS, _household(address))
    if is_suspect:
        senders[SUSPECTS] = SUSPECTS
    return Visit(senders)


def _hash(key: str, now: datetime, kind: str, what: str) -> str:
    message = f"{kind}:{now.date().isoformat()}:{what}"
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()[:32]


def _household(address: str) -> str:
    """One IPv6 line has billions of addresses: the network of 64 bits is one sender."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((found, 64), strict=False)) if found.version == 6 else str(found)


def looks_automatic(*, is_trapped: bool, seconds: int | None) -> bool:
    """Whether the trap was filled, or the form came back faster than anybody writes, or without its signed moment."""
    return is_trapped or seconds is None or seconds < QUICKEST


@dataclass(frozen=True, slots=True)
class Hour:
    """What the senders of one sending sent within the last hour, and their rows of this minute."""

    visit: Visit
    minute: datetime
    sums: dict[str, int]
    rows: dict[str, Arrival]


def look(session: Session, seen: Visit, *, now: datetime) -> Hour:
    """What its senders sent within the last hour."""
    minute = now.replace(second=0, microsecond=0)
    rows = session.scalars(
        select(Arrival).where(Arrival.sender.in_(seen.senders.values()), Arrival.minute > now - HOUR)
    ).all()
    sums = dict.fromkeys(seen.senders.values(), 0)
    for row in rows:
        sums[row.sender] += row.sendings
    return Hour(seen, minute, sums, {row.sender: row for row in rows if row.minute == minute})


def reason_to_hold(hour: Hour, limits: Limits) -> str | None:
    """Which limit the next sending is above, or None where it passes."""
    senders = hour.visit.senders
    return next((r for r in REASONS if r in senders and hour.sums[senders[r]] >= getattr(limits, r)), None)


def count(session: Session, hour: Hour) -> None:
    """Count one sending that was taken; a double tap is none."""
    for sender in hour.visit.senders.values():
        row = hour.rows.get(sender) or Arrival(sender=sender, minute=hour.minute, sendings=0)
        row.sendings += 1
        session.add(row)
    session.flush()


def forget(session: Session, *, now: datetime) -> int:
    """Throw away what is older than a day; returns how many rows that were."""
    return session.execute(delete(Arrival).where(Arrival.minute < now - KEPT)).rowcount


@dataclass(frozen=True, slots=True)
class Flood:
    """What waits for a person: how many, for which reasons, since when."""

    held: int
    reasons: tuple[tuple[str, int], ...]
    since: datetime
    newest: datetime


def waiting(session: Session) -> Flood | None:
    """What is held because of a flood and was not looked at yet; None where nothing is."""
    rows = session.execute(
        select(Submission.held_for, func.count(), func.min(Submission.received_at), func.max(Submission.received_at))
        .where(Submission.state == SubmissionState.HELD, Submission.held_for.in_(REASONS))
        .group_by(Submission.held_for)
        .order_by(func.count().desc(), Submission.held_for)
    ).all()
    if not rows:
        return None
    return Flood(
        held=sum(n for _, n, _, _ in rows),
        reasons=tuple((reason, n) for reason, n, _, _ in rows),
        since=min(first for *_, first, _ in rows),
        newest=max(last for *_, last in rows),
    )


@dataclass(frozen=True, slots=True)
class Held:
    """One text that is held, and how often it came: `first_id` stands for all of them."""

    first_id: int
    text: str
    times: int
    reason: str
    first_at: datetime
    last_at: datetime
    last_id: int
    suspects: int


def held(session: Session, *, rests: bool = False) -> tuple[list[Held], int]:
    """Held texts, masked, the most frequent first, and how many different ones there are.

    `rests` asks for those that somebody looked at and let rest.
    """
    mine = _held(rests)
    of = session.scalar(select(func.count(Submission.text.distinct())).where(*mine)) or 0
    rows = session.execute(
        select(
            func.min(Submission.id),
            Submission.text,
            func.count(),
            func.min(Submission.held_for),
            func.min(Submission.received_at),
            func.max(Submission.received_at),
            func.max(Submission.id),
            func.count().filter(Submission.is_suspect),
        )
        .where(*mine)
        .group_by(Submission.text)
        .order_by(func.count().desc(), func.min(Submission.id))
        .limit(SHOWN)
    )
    return [Held(first_id, mask(text).text, *more) for first_id, text, *more in rows], of


def newest(session: Session) -> int:
    """The id of the newest held sending, so that a decision covers only what was there when the page was made."""
    return session.scalar(select(func.max(Submission.id)).where(Submission.state == SubmissionState.HELD)) or 0


def _held(rests: bool) -> tuple[Any, ...]:
    reason = Submission.held_for == BY_A_PERSON if rests else Submission.held_for.in_(REASONS)
    return Submission.state == SubmissionState.HELD, reason


@dataclass(frozen=True, slots=True)
class Choice:
    """Which held sendings a person speaks of: those with the texts of `first_ids`, or all where it is None.

    Only up to the id `upto`, the newest that the person saw; `rests` those that somebody had looked at before.
    """

    first_ids: tuple[int, ...] | None
    upto: int
    rests: bool = False


def release(session: Session, choice: Choice, *, actor_id: int, now: datetime) -> int:
    """Let held sendings be read like any other; returns how many. The reason stays with them."""
    return _decide(session, "flood.release", choice, actor_id, now, state=SubmissionState.RECEIVED)


def let_rest(session: Session, choice: Choice, *, actor_id: int, now: datetime) -> int:
    """Keep them held, out of the banner; they can be released later. Returns how many."""
    return _decide(session, "flood.rest", choice, actor_id, now, held_for=BY_A_PERSON)


def _decide(session: Session, action: str, choice: Choice, actor_id: int, now: datetime, **changes: object) -> int:
    mine = [*_held(choice.rests), Submission.id <= choice.upto]
    if choice.first_ids is not None:
        mine.append(Submission.text.in_(select(Submission.text).where(Submission.id.in_(choice.first_ids))))
    changed = session.execute(
        update(Submission).where(*mine).values(**changes).execution_options(synchronize_session=False)
    ).rowcount
    if not changed:
        raise NotThisState("nothing of this is held")
    audit.record(session, action, "submission", choice.upto, now=now, actor_id=actor_id, submissions=changed)
    return changed


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds from the form to its sending, beside what was aimed at."""

    sendings: int
    median: int
    p90: int
    median_aim: int = 120
    p90_aim: int = 180


def pace(session: Session) -> Pace | None:
    """How long people take with the form on this site, without suspects; None before the first."""
    taken = Submission.seconds_taken
    rows = session.execute(
        select(taken, func.count())
        .where(Submission.channel == Channel.WEB, taken.is_not(None), Submission.is_suspect.is_(False))
        .group_by(taken)
        .order_by(taken)
    )
    times = [(int(seconds), n) for seconds, n in rows]
    if not times:
        return None
    return Pace(sum(n for _, n in times), _at(times, 50), _at(times, 90))


def _at(times: Sequence[tuple[int, int]], percent: int) -> int:
    """The seconds below or at which so many percent lie (nearest rank), of (seconds, how often) in their order."""
    rank = max(-(-sum(n for _, n in times) * percent // 100), 1)
    so_far = accumulate(n for _, n in times)
    return next(seconds for (seconds, _), reached in zip(times, so_far, strict=True) if reached >= rank)
