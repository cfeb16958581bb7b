"""Responses: what the public is told of a decision; a draft until a person signs it, out only with a release."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    case,
    delete,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    union,
    update,
)
from sqlalchemy.orm import Session

from models import AnsweredPoint, Decision, Point, Reading, Release, Response, Submission
from models.submission import STANDS
from models.vocabulary import DecisionState
from services import answers, audit
from services.errors import AlreadyDecided, NotFound, NotThisState, Unexplained
from services.explanations import SENTENCE, is_sentence
from services.phrasings import first_wording
from services.texts import clean

PAGE, NEAR = 25, 5_000
IS_SIGNED = and_(Decision.state == DecisionState.CONFIRMED, Response.ready_at.is_not(None))
# How far the answer to a point has come; the last two go out, or are out.
STEPS: dict[str, ColumnElement[bool]] = {
    "undecided": Decision.id.is_(None),
    "unconfirmed": Decision.state != DecisionState.CONFIRMED,
    "unwritten": and_(Decision.state == DecisionState.CONFIRMED, Response.id.is_(None)),
    "unsigned": and_(
        Decision.state == DecisionState.CONFIRMED, Response.ready_at.is_(None), Response.release_id.is_(None)
    ),
    "ready": and_(IS_SIGNED, Response.release_id.is_(None)),
    "released": Response.release_id.is_not(None),
}
LACKING = ("undecided", "unconfirmed", "unwritten", "unsigned")
STEP = case(*((STEPS[name], name) for name in ("undecided", "released")), *((STEPS[n], n) for n in STEPS), else_="")


@dataclass(frozen=True, slots=True)
class Written:
    """A public text with its decision; `stamp` is what a page shows and sends back."""

    decision_id: int
    text_id: str
    text_en: str
    text_jv: str
    is_ready: bool
    is_released: bool
    stamp: str


@dataclass(frozen=True, slots=True)
class Lacking:
    """A point that would go out without an answer, and how far its answer has come."""

    point_id: int
    number: str
    step: str
    decision_id: int | None


def stamp(row: Response | None) -> str:
    """What changes when somebody writes or signs it."""
    return "" if row is None else f"{row.id}-{row.made_at:%Y%m%d%H%M%S%f}"


def of_decision(session: Session, decision_id: int) -> Written | None:
    """The public text of a decision, or None where none is written."""
    row = _of(session, decision_id)
    if row is None:
        return None
    signed, out = row.ready_at is not None, row.release_id is not None
    return Written(decision_id, row.text_id, row.text_en, row.text_jv, signed, out, stamp(row))


def draft(session: Session, round_id: int, *, actor_id: int, now: datetime, most: int = 500) -> int:
    """Word a first draft for confirmed decisions that have none; returns how many. Nothing is signed by this."""
    without = (
        select(Decision.id)
        .outerjoin(Response, Response.decision_id == Decision.id)
        .where(Decision.round_id == round_id, Decision.state == DecisionState.CONFIRMED, Response.id.is_(None))
        .order_by(Decision.id)
        .limit(most)
    )
    facts = answers.of_decisions(session, list(session.scalars(without)), now=now)
    for decision_id, answer in sorted(facts.items()):
        told = first_wording(answer)
        session.add(Response(decision_id=decision_id, text_id=told, made_at=now, made_by=actor_id))
    session.flush()
    if facts:
        audit.record(session, "response.draft", "round", round_id, now=now, actor_id=actor_id, new={"n": len(facts)})
    return len(facts)


def write(
    session: Session,
    decision_id: int,
    texts: Mapping[str, str],
    *,
    actor_id: int,
    now: datetime,
    seen: str | None = None,
) -> None:
    """Write the public text in `id`, and where wanted in `en` and `jv`; whoever signed it before did not sign this."""
    if session.get(Decision, decision_id) is None:
        raise NotFound(f"decision {decision_id}")
    row = _of(session, decision_id)
    if seen is not None and seen != stamp(row):
        raise AlreadyDecided
    if row is not None and row.release_id is not None:
        raise NotThisState(f"the answer of decision {decision_id} is out")
    cleaned = {name: clean(texts.get(name, "")) for name in ("id", "en", "jv")}
    if not is_sentence(cleaned["id"]):
        raise Unexplained({"text_id": (SENTENCE, {})})
    row = row or Response(decision_id=decision_id)
    row.text_id, row.text_en, row.text_jv = cleaned["id"], cleaned["en"], cleaned["jv"]
    row.made_at, row.made_by, row.ready_at, row.ready_by = now, actor_id, None, None
    session.add(row)
    session.flush()
    written = [name for name, text in cleaned.items() if text]
    audit.record(session, "response.write", "decision", decision_id, now=now, actor_id=actor_id, new={"in": written})


def sign(session: Session, seen: Mapping[int, str], *, actor_id: int, now: datetime) -> int:
    """Sign texts as they were read, all of them or none: the next release takes them along. Returns how many."""
    for decision_id, stamped in seen.items():
        decision, row = session.get(Decision, decision_id), _of(session, decision_id)
        if decision is None or row is None or decision.state is not DecisionState.CONFIRMED or row.release_id:
            raise NotThisState(f"decision {decision_id} has nothing to sign")
        if stamped != stamp(row):
            raise AlreadyDecided
        if not is_sentence(row.text_id):
            raise Unexplained({"text_id": (SENTENCE, {})})
        row.ready_at, row.ready_by = now, actor_id
        audit.record(session, "response.sign", "decision", decision_id, now=now, actor_id=actor_id)
    session.flush()
    return len(seen)


def unsign(session: Session, decision_id: int, *, actor_id: int, now: datetime) -> None:
    """Take a signature back, as long as no release has the text."""
    if session.get(Decision, decision_id) is None:
        raise NotFound(f"decision {decision_id}")
    row = _of(session, decision_id)
    if row is None or row.ready_at is None or row.release_id is not None:
        raise NotThisState(f"decision {decision_id} has nothing signed")
    row.ready_at, row.ready_by = None, None
    session.flush()
    audit.record(session, "response.unsign", "decision", decision_id, now=now, actor_id=actor_id)


def _of(session: Session, decision_id: int) -> Response | None:
    return session.scalar(select(Response).where(Response.decision_id == decision_id))


def page(session: Session, round_id: int, step: str = "", *, after: int = 0) -> list[tuple[int, str]]:
    """The decisions of a round whose text has come so far, newest first, from below `after`: one page and one more.

    Beside each the stamp of its text where that can be signed, else nothing.
    """
    query = select(Decision.id, Response).outerjoin(Response, Response.decision_id == Decision.id)
    query = query.where(
        Decision.round_id == round_id, or_(Decision.state == DecisionState.CONFIRMED, STEPS["released"])
    )
    if step:
        query = query.where(STEPS[step])
    if after:
        query = query.where(Decision.id < after)
    rows = session.execute(query.order_by(Decision.id.desc()).limit(PAGE + 1))
    return [(number, stamp(row) if row and not row.ready_at and not row.release_id else "") for number, row in rows]


def counts(session: Session, round_id: int) -> dict[str, int]:
    """How many points of a round have come how far with their answer, by the names of `STEPS`."""
    decided = answers.resolved().where(Submission.round_id == round_id, STANDS)
    which = decided.selected_columns.decision_id
    # Points first, and then how far each of the few decisions has come.
    each = decided.with_only_columns(which, func.count().label("n")).group_by(which).subquery()
    rows = session.execute(
        select(STEP.label("step"), func.sum(each.c.n))
        .select_from(each)
        .outerjoin(Decision, Decision.id == each.c.decision_id)
        .outerjoin(Response, Response.decision_id == Decision.id)
        .group_by("step")
    )
    return dict.fromkeys(STEPS, 0) | {step: n for step, n in rows}


def lacking(session: Session, round_id: int, *, step: str = "", after: int = 0) -> list[Lacking]:
    """Points that would go out without an answer, oldest first, from above `after`: at most one page and one more.

    With a step of `STEPS` those whose answer has come so far, also the ones that are answered.
    """
    steps = (step,) if step else LACKING
    query = _points(round_id).with_only_columns(Point.id, Submission.receipt_no, STEP.label("step"), Decision.id)
    query = query.where(Point.id > after, STEP.in_(steps)).order_by(Point.id).limit(PAGE + 1)
    # Where there are many the next thousands hold a page of them; where there are few they are looked for.
    rows = session.execute(query.where(Point.id <= after + NEAR)).all()
    if len(rows) <= PAGE:
        rows = session.execute(query.where(Point.id.in_(_could_be(round_id, steps)))).all()
    return [Lacking(*row) for row in rows]


def _could_be(round_id: int, steps: Sequence[str]) -> CompoundSelect[tuple[int]]:
    """Points whose answer may have come so far, found by their decisions and not by looking at every point."""
    stands = (Decision.round_id == round_id, Decision.state.not_in(answers.SILENT))
    far = [STEPS[step] for step in steps if step != "undecided"]
    due = (
        select(Decision.point_id, Decision.duplicate_group, Decision.theme_id)
        .outerjoin(Response, Response.decision_id == Decision.id)
        .where(*stands, or_(false(), *far))
        .cte()
    )
    parts = [
        select(due.c.point_id).where(due.c.point_id.is_not(None)),
        select(Reading.point_id).join(due, due.c.duplicate_group == Reading.duplicate_group),
        select(Reading.point_id).join(due, due.c.theme_id == Reading.theme_id),
        select(Reading.point_id).join(due, due.c.theme_id == Reading.merged_from_id),
    ]
    if "undecided" in steps:
        decided = select(Decision.theme_id).where(*stands, Decision.theme_id.is_not(None))
        open_theme = or_(Reading.theme_id.is_(None), Reading.theme_id.not_in(decided))
        unread = select(Point.id).outerjoin(Reading, Reading.point_id == Point.id).where(Reading.point_id.is_(None))
        parts += [select(Reading.point_id).where(open_theme), unread]
    return union(*parts)


def _points(round_id: int) -> Select[Any]:
    """Every standing point of a round with the decision that counts for it, and its text."""
    found = answers.resolved()
    return (
        found.outerjoin(Decision, Decision.id == found.selected_columns.decision_id)
        .outerjoin(Response, Response.decision_id == Decision.id)
        .where(Submission.round_id == round_id, STANDS)
    )


def hand_out(session: Session, release_id: int) -> int:
    """Let a release take along what is signed, and write down which answer it gives to which point; returns how many.

    To be called in the transaction that lets the release go. Called again for the same release it writes anew. What was
    signed after the release was approved waits for the next one: nobody has seen it in this one.
    """
    release = session.get_one(Release, release_id)
    seen = release.approved_at or release.released_at
    in_time = [Response.ready_at <= seen] if seen else [Response.ready_at.is_not(None)]
    mine = select(Decision.id).where(Decision.round_id == release.round_id, Decision.state == DecisionState.CONFIRMED)
    session.execute(
        update(Response)
        .where(Response.release_id.is_(None), Response.decision_id.in_(mine), *in_time)
        .values(release_id=release_id)
        .execution_options(synchronize_session="fetch")
    )
    session.execute(delete(AnsweredPoint).where(AnsweredPoint.release_id == release_id))
    given = (
        _points(release.round_id)
        .where(Response.release_id.is_not(None), Decision.state == DecisionState.CONFIRMED)
        .with_only_columns(Point.id, literal(release_id), Response.id)
    )
    columns = ["point_id", "release_id", "response_id"]
    return int(session.execute(insert(AnsweredPoint).from_select(columns, given)).rowcount)
