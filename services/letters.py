"""Letters of contribution: given out once with a number, kept as they were, and checked by whoever holds the number."""

import hashlib
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from models import Agency, Letter, Person, Point, Remark, Round, Submission
from models.submission import STANDS
from services import audit, outcomes
from services.errors import NotFound, Refusal
from services.outcomes import Outcome
from services.receipts import LETTERS
from services.tongue import N_, label

BEGINNING, GROUP, GROUPS = "SK", 4, 2  # SK-2026-7F3K-9QWM: 110 thousand million numbers a year
# What is of the letter and not of the contribution: it differs where nothing changed.
OWN = ("number", "day")
MANY = 100


class NothingToTell(Refusal):
    """Who wrote no comment in a round gets no letter for it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A round in which somebody wrote comments, how many, and the letter that was given out for it last."""

    round_id: int
    title: str
    comments: int
    number: str
    made_at: datetime | None
    is_emptied: bool


@dataclass(frozen=True, slots=True)
class Issued:
    """A letter as it was given out.

    `content` is empty once something in it was erased or withdrawn; `replaced_by` is the number of a later letter to
    the same person for the same round, or empty; `is_intact` tells that the content is what the digest was made of.
    """

    number: str
    made_at: datetime
    digest: str
    content: dict[str, Any]
    emptied_at: datetime | None
    replaced_by: str
    is_intact: bool


def standings(session: Session, person_id: int, lang: str = "id") -> list[Standing]:
    """The rounds in which a person wrote comments, the newest first."""
    newest = select(func.max(Letter.id)).where(Letter.person_id == person_id, Letter.round_id == Round.id)
    rows = session.execute(
        select(
            Round.id,
            label(Round, "title", lang),
            func.count(Point.id),
            Letter.number,
            Letter.made_at,
            Letter.emptied_at,
        )
        .join(Submission, Submission.round_id == Round.id)
        .join(Point, Point.submission_id == Submission.id)
        .outerjoin(Remark, Remark.point_id == Point.id)
        .outerjoin(Letter, Letter.id == newest.correlate(Round).scalar_subquery())
        .where(Submission.person_id == person_id, STANDS)
        .where(Point.paragraph_id.is_not(None) | Remark.draft_id.is_not(None))
        .group_by(Round.id, Letter.id)
        .order_by(Round.opens_at.desc(), Round.id.desc())
        .limit(MANY)
    )
    return [Standing(*row[:3], row[3] or "", row[4], row[5] is not None) for row in rows]


def ask(session: Session, person_id: int, round_id: int, *, now: datetime, zone: tzinfo) -> str:
    """Give out a letter for what a person wrote in a round, and return its number.

    While nothing has changed since the last one, that one is it. Raises NothingToTell where they wrote no comment.
    """
    facts = _facts(session, person_id, round_id, now)
    earlier = _newest(session, person_id, round_id)
    if earlier is not None and {k: v for k, v in earlier.content.items() if k not in OWN} == facts:
        return earlier.number
    day = now.astimezone(zone).date()
    content = facts | {"number": _free_number(session, day.year), "day": day.isoformat()}
    row = Letter(
        number=content["number"],
        person_id=person_id,
        round_id=round_id,
        made_at=now,
        digest=digest_of(content),
        content=content,
    )
    session.add(row)
    session.flush()
    audit.record(session, "letter.give", "letter", row.id, now=now, actor_id=person_id)
    return row.number


def _facts(session: Session, person_id: int, round_id: int, now: datetime) -> dict[str, Any]:
    round_ = session.get(Round, round_id)
    if round_ is None:
        raise NotFound(f"round {round_id}")
    found = outcomes.of_person(session, person_id, round_id, now=now)
    if not found:
        raise NothingToTell(N_("Belum ada komentar Anda di putaran ini, jadi belum ada yang dapat diterangkan."))
    name, organisation, agency = session.execute(
        select(Person.name, Person.organisation, Agency.name)
        .outerjoin(Agency, Agency.code == Person.agency)
        .where(Person.id == person_id)
    ).one()
    return {
        "name": name or "",
        "organisation": agency or organisation or "",
        "round": {"code": round_.code, "title_id": round_.title_id, "title_en": round_.title_en},
        "answerer": {"answerer_id": round_.answerer_id, "answerer_en": round_.answerer_en},
        "versions": sorted({one.version for one in found}),
        "comments": [_comment(one) for one in found],
        "adopted": [_adopted(one) for one in found if _is_told_adopted(one)],
    }


def _comment(one: Outcome) -> dict[str, Any]:
    """What is told of a comment; its decision only once a release has made it public."""
    return {
        "receipt": one.receipt_no,
        "version": one.version,
        "mark": one.origin.mark if one.origin else "",
        "kind": one.kind.value if one.kind else "",
        "decision": one.answer.code.value if one.answer else "",
    }


def _is_told_adopted(one: Outcome) -> bool:
    return one.taken is not None and one.answer is not None and bool(one.proposed_text)


def _adopted(one: Outcome) -> dict[str, Any]:
    assert one.taken is not None  # asked by whoever calls
    return {
        "receipt": one.receipt_no,
        "version": one.taken.version,
        "mark": one.taken.mark,
        "text": one.proposed_text,
        "is_literal": one.taken.is_literal,
    }


def _newest(session: Session, person_id: int, round_id: int) -> Letter | None:
    query = select(Letter).where(Letter.person_id == person_id, Letter.round_id == round_id)
    return session.scalar(query.order_by(Letter.id.desc()).limit(1))


def _free_number(session: Session, year: int) -> str:
    while True:
        groups = ("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
        number = "-".join((BEGINNING, str(year), *groups))
        if session.scalar(select(Letter.id).where(Letter.number == number)) is None:
            return number


def digest_of(content: dict[str, Any]) -> str:
    """The SHA-256 of a letter's content, written in one way only.

    >>> digest_of({"b": 1, "a": "é"}) == digest_of({"a": "é", "b": 1})
    True
    """
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def tidy_number(typed: str) -> str:
    """A number as it was typed, in the form in which it is kept; empty where it can be none.

    >>> tidy_number(" sk 2026 7f3k 9qwm "), tidy_number("SK-2026-7F3K")
    ('SK-2026-7F3K-9QWM', '')
    """
    signs = "".join(sign for sign in typed[:60].upper() if sign.isascii() and sign.isalnum())
    year, rest = signs[2:6], signs[6:]
    is_one = signs.startswith(BEGINNING) and year.isdecimal() and len(rest) == GROUP * GROUPS
    return "-".join((BEGINNING, year, rest[:GROUP], rest[GROUP:])) if is_one else ""


def find(session: Session, typed: str, *, person_id: int | None = None) -> Issued:
    """A letter by its number, with `person_id` only one that was given to this person; NotFound for any other."""
    row = session.scalar(select(Letter).where(Letter.number == tidy_number(typed)))
    if row is None or person_id not in (None, row.person_id):
        raise NotFound("letter")
    later = _newest(session, row.person_id, row.round_id)
    return Issued(
        number=row.number,
        made_at=row.made_at,
        digest=row.digest,
        content=row.content,
        emptied_at=row.emptied_at,
        replaced_by=later.number if later is not None and later.id != row.id else "",
        is_intact=digest_of(row.content) == row.digest,
    )


def forget(session: Session, person_id: int | None, receipt_no: str, *, now: datetime) -> int:
    """Empty the letters that tell of a sending which is erased or withdrawn; returns how many that were."""
    if person_id is None:
        return 0
    rows = session.scalars(select(Letter).where(Letter.person_id == person_id, Letter.emptied_at.is_(None))).all()
    gone = [row.id for row in rows if receipt_no in {one["receipt"] for one in row.content.get("comments", ())}]
    session.execute(update(Letter).where(Letter.id.in_(gone)).values(content={}, emptied_at=now))
    return len(gone)
