"""Entry checks: every tenth form of a pile is typed once more, blind, and what differs is listed."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import EntryBatch, EntryCheck, Point, Submission
from models.vocabulary import SubmissionState
from services import audit
from services.errors import NotFound, NotThisState
from services.texts import clean

SHARE = 0.1
TEXT = "text"
Chooser = Callable[[Sequence[int], int], list[int]]


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed the second time, in the words in which the first is kept."""

    text: str
    dimension: str | None = None
    condition: int | None = None
    importance: int | None = None
    area: str | None = None
    age_band: str | None = None
    gender: str | None = None


FIELDS = ("dimension", "condition", "importance", "area", "age_band", "gender")


@dataclass(frozen=True, slots=True)
class Asked:
    """A form to be typed once more: what names the paper, nothing of what stands on it."""

    submission_id: int
    named: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which the two typings differ; of the text, the words that were kept at those places."""

    field: str
    kept: str
    typed: str


@dataclass(frozen=True, slots=True)
class Checked:
    named: str
    done_at: datetime | None
    differences: tuple[Difference, ...]


def ask(
    session: Session, batch_id: int, *, now: datetime, actor_id: int | None = None, choose: Chooser = random.sample
) -> int:
    """Ask for a random tenth of a pile, at least one; returns how many. A pile is asked for once."""
    ids = list(session.scalars(_of(batch_id).with_only_columns(Submission.id).order_by(Submission.id)))
    asked = session.scalar(
        select(EntryCheck.submission_id).join(Submission).where(Submission.entry_batch_id == batch_id).limit(1)
    )
    if not ids or asked is not None:
        raise NotThisState("nothing to check, or asked before")
    chosen = choose(ids, ceil(len(ids) * SHARE))
    session.add_all(EntryCheck(submission_id=i, asked_at=now, asked_by=actor_id) for i in sorted(chosen))
    session.flush()
    audit.record(session, "entry_batch.check", "entry_batch", batch_id, now=now, actor_id=actor_id, forms=len(chosen))
    return len(chosen)


def _of(batch_id: int):  # type: ignore[no-untyped-def]
    return select(Submission).where(Submission.entry_batch_id == batch_id, Submission.state == SubmissionState.RECEIVED)


def next_asked(session: Session, person_id: int, batch_id: int) -> Asked | None:
    """The next form of an officer's own pile that is to be typed once more."""
    row = session.execute(
        select(Submission.id, Submission.serial, Submission.receipt_no)
        .join(EntryCheck, EntryCheck.submission_id == Submission.id)
        .join(EntryBatch, EntryBatch.id == Submission.entry_batch_id)
        .where(
            EntryBatch.id == batch_id,
            EntryBatch.person_id == person_id,
            EntryCheck.done_at.is_(None),
            Submission.state == SubmissionState.RECEIVED,
        )
        .order_by(Submission.id)
        .limit(1)
    ).first()
    return Asked(row.id, row.serial or row.receipt_no) if row else None


def compare(session: Session, person_id: int, submission_id: int, typed: Typed, *, now: datetime) -> None:
    """Keep in what the second typing differs; the second text itself is not kept, so nothing is left to erase."""
    check = session.get(EntryCheck, submission_id)
    batch = session.scalar(
        select(EntryBatch).join(Submission).where(Submission.id == submission_id, EntryBatch.person_id == person_id)
    )
    if check is None or batch is None:
        raise NotFound(f"check of submission {submission_id}")
    if check.done_at is not None:
        raise NotThisState("typed twice already")
    check.differences, check.done_at = _differences(session, submission_id, typed), now
    audit.record(session, "entry_check.done", "submission", submission_id, now=now, actor_id=person_id)


def _differences(session: Session, submission_id: int, typed: Typed) -> list[list[object]]:
    row, point = session.execute(
        select(Submission, Point).join(Point).where(Submission.id == submission_id, Point.position == 1)
    ).one()
    kept = {name: getattr(row if hasattr(row, name) else point, name) for name in FIELDS}
    found: list[list[object]] = [
        [name, str(kept[name] or ""), str(getattr(typed, name) or "")]
        for name in FIELDS
        if str(kept[name] or "") != str(getattr(typed, name) or "")
    ]
    first, second = point.text.split(), clean(typed.text).split()
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    places = [[i1, i2] for tag, i1, i2, *_ in matcher.get_opcodes() if tag != "equal"]
    return [*found, [TEXT, places, ""]] if places else found


def checked(session: Session, batch_id: int) -> list[Checked]:
    """What was asked for of a pile, and what differs; the words are read from what is kept now."""
    rows = session.execute(
        select(EntryCheck, Submission.serial, Submission.receipt_no, Point.text)
        .join(Submission, Submission.id == EntryCheck.submission_id)
        .join(Point, Point.submission_id == Submission.id)
        .where(Submission.entry_batch_id == batch_id, Point.position == 1)
        .order_by(Submission.id)
    )
    return [
        Checked(serial or number, check.done_at, tuple(_told(one, text) for one in check.differences))
        for check, serial, number, text in rows
    ]


def _told(one: list, text: str) -> Difference:  # type: ignore[type-arg]
    field, kept, typed = one
    if field != TEXT:
        return Difference(field, kept, typed)
    words = text.split()
    return Difference(field, " … ".join(" ".join(words[a:b]) or "…" for a, b in kept), "")
