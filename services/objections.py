"""Objections: the right of reply to an answer, while its release waits for replies; what is not settled is printed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from analysis.mask import mask
from models import Decision, Objection, Point, Reading, Release, Response, Submission, Theme
from models.submission import STANDS
from models.vocabulary import DecisionCode, Group, ObjectionState
from services import answers, audit
from services.errors import NotFound, NotThisState, ReplyOver, Unexplained
from services.explanations import SENTENCE, is_sentence
from services.texts import clean
from services.tongue import N_, label, word
from services.wording import theme_name

PAGE = 25
SHORTEST, FEWEST = 15, 3
TOO_SHORT = N_("Tulis apa yang belum sesuai, sedikitnya satu kalimat.")
UNREAD = N_("Tulis yang boleh dicetak dari keberatan ini; tanpa itu perbedaan pendapatnya tidak dapat dicetak.")


@dataclass(frozen=True, slots=True)
class Reply:
    """An objection as its sender sees it."""

    text: str
    at: datetime
    state: ObjectionState
    label: str
    answer: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Case:
    """An objection as the team sees it: masked words, the answer it is about, and what became of it."""

    id: int
    round_id: int
    point_id: int
    number: str
    group: Group
    text: str
    said: str
    code: DecisionCode
    code_label: str
    response: str
    theme: str
    at: datetime
    state: ObjectionState
    label: str
    answer: str
    public_text: str
    replies_until: datetime | None


def object_to(session: Session, point_id: int, text: str, *, now: datetime) -> int:
    """Keep what the sender of a point replies to its public answer; returns the objection.

    Until the team has answered, a second reply writes the first one anew.
    """
    point = session.get(Point, point_id)
    standing = select(Submission.id).join(Point).where(Point.id == point_id, STANDS)
    answer = answers.of_points(session, [point_id], now=now, is_published=True).get(point_id)
    if point is None or session.scalar(standing) is None or answer is None or answer.response_id is None:
        raise NotFound(f"no public answer to point {point_id}")
    if not is_open(answer, now):
        raise ReplyOver
    said = clean(text)
    if len(said) < SHORTEST or len(said.split()) < FEWEST:
        raise Unexplained({"text": (TOO_SHORT, {})})
    row = session.scalar(select(Objection).filter_by(response_id=answer.response_id, point_id=point_id))
    if row is not None and row.answered_at is not None:
        raise NotThisState(f"objection {row.id} is answered")
    row = row or Objection(response_id=answer.response_id, point_id=point_id, submission_id=point.submission_id)
    row.text, row.public_text, row.at, row.state = said, None, now, ObjectionState.OBJECTED
    session.add(row)
    session.flush()
    audit.record(session, "objection.make", "objection", row.id, now=now, new={"point": point_id})
    return row.id


def is_open(answer: answers.Answer, now: datetime) -> bool:
    """Whether the release that gave this answer still waits for replies."""
    return answer.replies_until is not None and now <= answer.replies_until


def of_points(session: Session, point_ids: Collection[int], lang: str = "id") -> dict[int, Reply]:
    """The newest objection on each of these points, as its sender sees it."""
    rows = session.scalars(select(Objection).where(Objection.point_id.in_(point_ids)).order_by(Objection.id))
    return {
        row.point_id: Reply(row.text, row.at, row.state, word(row.state, lang), row.answer, row.answered_at)
        for row in rows
    }


def settle(
    session: Session,
    objection_id: int,
    *,
    state: ObjectionState,
    answer: str,
    public_text: str,
    actor_id: int,
    now: datetime,
) -> None:
    """Answer an objection: it is settled, or the dissent stands and is printed as far as a person has read it."""
    row = _get(session, objection_id)
    if state is ObjectionState.OBJECTED:
        raise NotThisState(f"objection {objection_id} is not open to be left open")
    faults = {} if is_sentence(answer) else {"answer": (SENTENCE, {})}
    if state is ObjectionState.DISSENT and not clean(public_text):
        faults["public_text"] = (UNREAD, {})
    if faults:
        raise Unexplained(faults)
    old = row.state
    row.state, row.answer, row.answered_at, row.answered_by = state, clean(answer), now, actor_id
    row.public_text = clean(public_text) or None
    session.flush()
    audit.record(
        session,
        "objection.settle",
        "objection",
        objection_id,
        now=now,
        actor_id=actor_id,
        old={"state": old},
        new={"state": state},
    )


def one(session: Session, objection_id: int, lang: str = "id") -> Case:
    """One objection whose submission still stands."""
    row = session.execute(_cases(lang).where(Objection.id == objection_id)).first()
    if row is None:
        raise NotFound(f"objection {objection_id}")
    return _case(row, lang)


def page(
    session: Session, round_id: int, state: ObjectionState | None = None, *, after: int = 0, lang: str = "id"
) -> list[Case]:
    """The objections of a round, oldest first, from above `after`: at most one page and one more."""
    query = _cases(lang).where(Submission.round_id == round_id, Objection.id > after)
    if state is not None:
        query = query.where(Objection.state == state)
    return [_case(row, lang) for row in session.execute(query.order_by(Objection.id).limit(PAGE + 1))]


def dissents(session: Session, round_id: int, lang: str = "id") -> list[Case]:
    """What is not settled, for the annex: only what a person has read and let be printed (`public_text`)."""
    query = _cases(lang).where(Submission.round_id == round_id, Objection.state == ObjectionState.DISSENT)
    query = query.where(Objection.public_text.is_not(None)).order_by(Theme.code, Objection.id)
    return [_case(row, lang) for row in session.execute(query)]


def counts(session: Session, round_id: int) -> dict[str, int]:
    """How many objections of a round stand where."""
    rows = session.execute(
        select(Objection.state, func.count())
        .join(Submission, Submission.id == Objection.submission_id)
        .where(Submission.round_id == round_id, STANDS)
        .group_by(Objection.state)
    )
    return {state.value: 0 for state in ObjectionState} | {state.value: n for state, n in rows}


def _cases(lang: str) -> Select[Any]:
    return (
        select(
            Objection,
            Submission.receipt_no,
            Submission.group,
            Submission.round_id,
            Point.text.label("said"),
            Decision.code,
            label(Response, "text", lang).label("response"),
            theme_name(Theme, lang).label("theme"),
            Release.replies_until,
        )
        .join(Submission, Submission.id == Objection.submission_id)
        .join(Point, Point.id == Objection.point_id)
        .join(Response, Response.id == Objection.response_id)
        .join(Decision, Decision.id == Response.decision_id)
        .outerjoin(Release, Release.id == Response.release_id)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .outerjoin(Theme, Theme.id == Reading.theme_id)
        .where(STANDS)
    )


def _case(row: Any, lang: str) -> Case:
    objection = row.Objection
    return Case(
        id=objection.id,
        round_id=row.round_id,
        point_id=objection.point_id,
        number=row.receipt_no,
        group=row.group,
        text=mask(objection.text).text,
        said=mask(row.said).text,
        code=row.code,
        code_label=word(row.code, lang),
        response=row.response,
        theme=row.theme or "",
        at=objection.at,
        state=objection.state,
        label=word(objection.state, lang),
        answer=objection.answer,
        public_text=objection.public_text or "",
        replies_until=row.replies_until,
    )


def _get(session: Session, objection_id: int) -> Objection:
    row = session.get(Objection, objection_id)
    if row is None:
        raise NotFound(f"objection {objection_id}")
    return row
