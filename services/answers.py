"""Answers: what counts of a point: a decision on it, else on its group of equal texts, else on its theme.

Read-only, and shared by whoever shows or prints an answer. The team sees what stands proposed and confirmed; the
public sees what a release has let go, as that release gave it, wherever the point has moved since.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, literal_column, select
from sqlalchemy.orm import Session, aliased

from models import Agency, AnsweredPoint, Decision, Point, Programme, Reading, Release, Response, Submission
from models.vocabulary import DecisionCode, DecisionState, ReasonCode, ReleaseState
from services.tongue import label, word

# What is not put forward yet, or no more, decides nothing.
SILENT = (DecisionState.DRAFTED, DecisionState.REPLACED)
MANY = 10_000  # ids that are named one by one in a statement


@dataclass(frozen=True, slots=True)
class Answer:
    """One decision as it stands for a point; `by` is what was decided on: point, group or theme.

    `response` is the public text in the reader's language, empty where none is written; `is_ready` tells that it was
    signed. `released_at` is when the public first saw it, `replies_until` until when its sender may object.
    """

    decision_id: int
    by: str
    code: DecisionCode
    label: str
    state: DecisionState
    reason_code: ReasonCode | None
    reason_label: str
    reason: str
    change: str
    paragraph_id: int | None
    paragraph_mark: str
    text_before: str
    text_after: str
    programme: str | None
    programme_name: str
    deferred_to: str
    forwarded_to: str
    lead_agency: str | None
    lead_agency_name: str
    due_on: date | None
    done_at: datetime | None
    decided_at: datetime
    conflict_id: int | None
    response_id: int | None
    response: str
    is_ready: bool
    release_id: int | None
    released_at: datetime | None
    replies_until: datetime | None


def of_points(
    session: Session, point_ids: Collection[int], *, now: datetime, lang: str = "id", is_published: bool = False
) -> dict[int, Answer]:
    """The answer of each of these points; one that has none is left out. Two statements, however many they are."""
    if not point_ids:
        return {}
    wanted = set(point_ids)
    rows = session.execute(_resolved(wanted, now if is_published else None))
    found = {number: decision_id for number, decision_id in rows if decision_id is not None and number in wanted}
    facts = of_decisions(session, set(found.values()), now=now, lang=lang)
    return {point_id: facts[decision_id] for point_id, decision_id in found.items()}


def of_themes(
    session: Session, round_id: int, *, now: datetime, lang: str = "id", is_published: bool = False
) -> dict[int, Answer]:
    """The answer of each theme that was decided on as a whole in a round."""
    stands = _candidates(Decision.theme_id, now if is_published else None)
    rows = session.execute(select(stands.c.key, stands.c.id).where(stands.c.round_id == round_id))
    found = {theme_id: decision_id for theme_id, decision_id in rows}
    facts = of_decisions(session, set(found.values()), now=now, lang=lang)
    return {theme_id: facts[decision_id] for theme_id, decision_id in found.items()}


def of_decisions(
    session: Session, decision_ids: Collection[int], *, now: datetime, lang: str = "id"
) -> dict[int, Answer]:
    """The facts of decisions, in one statement; a release that is not public at `now` is not told."""
    if not decision_ids:
        return {}
    query = (
        select(Decision, Programme.name, Agency.name, Response, label(Response, "text", lang), Release)
        .outerjoin(Programme, Programme.code == Decision.programme)
        .outerjoin(Agency, Agency.code == Decision.lead_agency)
        .outerjoin(Response, Response.decision_id == Decision.id)
        .outerjoin(Release, (Release.id == Response.release_id) & is_public(now))
        .where(_among(Decision.id, decision_ids))
    )
    wanted = set(decision_ids)
    return {row.Decision.id: _answer(row, lang) for row in session.execute(query) if row.Decision.id in wanted}


def is_public(now: datetime) -> ColumnElement[bool]:
    """Whether a release is public at a moment: two persons let it go, and its moment has come."""
    return (Release.state == ReleaseState.RELEASED) & (Release.publish_at <= now)


def resolved(now: datetime | None = None) -> Select[tuple[int, int | None]]:
    """Every point with the decision that counts for it, to be narrowed further; with `now` what is public then."""
    # A theme that people merged keeps what was decided on it, until the theme it went into is decided on.
    by_key = (
        (Decision.point_id, Point.id),
        (Decision.duplicate_group, Reading.duplicate_group),
        (Decision.theme_id, Reading.theme_id),
        (Decision.theme_id, Reading.merged_from_id),
    )
    joins = [_living(key, own) if now is None else _newest(key, own, now) for key, own in by_key]
    query = (
        select(Point.id, func.coalesce(*(found for found, _there, _on in joins)).label("decision_id"))
        .select_from(Point)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Reading, Reading.point_id == Point.id)
    )
    for _found, there, on in joins:
        query = query.outerjoin(there, on)
    return query


def _living(key: Any, own: Any) -> tuple[Any, Any, Any]:
    """The decision on a point, group or theme that the team sees: there is one at most, and an index that finds it."""
    there = aliased(Decision)
    stands = there.state != literal_column("'replaced'")  # as the index says it, or it would not be used
    same = getattr(there, key.key) == own
    return there.id, there, same & stands & (there.round_id == Submission.round_id) & there.state.not_in(SILENT)


def _newest(key: Any, own: Any, now: datetime) -> tuple[Any, Any, Any]:
    there = _candidates(key, now)
    return there.c.id, there, (there.c.key == own) & (there.c.round_id == Submission.round_id)


def _resolved(point_ids: Collection[int], now: datetime | None) -> Select[Any]:
    query = resolved(now)
    if now is not None:
        given = _given(point_ids, now)
        first = func.coalesce(given.c.decision_id, query.selected_columns.decision_id).label("decision_id")
        query = query.with_only_columns(Point.id, first).outerjoin(given, given.c.point_id == Point.id)
    return query.where(_among(Point.id, point_ids))


def _among(column: Any, ids: Collection[int]) -> ColumnElement[bool]:
    """Rows of these ids; of very many all between the first and the last, which the caller sorts out."""
    return column.in_(ids) if len(ids) <= MANY else column.between(min(ids), max(ids))


def _candidates(key: Any, now: datetime | None) -> Subquery:
    """The one decision that counts of each point, group or theme of a round: the newest of those that are seen."""
    query = select(Decision.round_id, key.label("key"), func.max(Decision.id).label("id")).where(key.is_not(None))
    if now is None:
        query = query.where(Decision.state.not_in(SILENT))
    else:
        query = query.join(Response, Response.decision_id == Decision.id).join(Release).where(is_public(now))
    return query.group_by(Decision.round_id, key).subquery()


def _given(point_ids: Collection[int], now: datetime) -> Subquery:
    """What the newest public release gave to each point, and whether the point has moved since does not matter."""
    newest = (
        select(AnsweredPoint.point_id, func.max(AnsweredPoint.release_id).label("release_id"))
        .join(Release, Release.id == AnsweredPoint.release_id)
        .where(is_public(now), _among(AnsweredPoint.point_id, point_ids))
        .group_by(AnsweredPoint.point_id)
        .subquery()
    )
    same = (AnsweredPoint.point_id == newest.c.point_id) & (AnsweredPoint.release_id == newest.c.release_id)
    return (
        select(AnsweredPoint.point_id, Response.decision_id)
        .join(newest, same)
        .join(Response, Response.id == AnsweredPoint.response_id)
        .subquery()
    )


def _answer(row: Any, lang: str) -> Answer:
    decision, programme, agency, response, text, release = row
    return Answer(
        decision_id=decision.id,
        by=decision.target[0],
        code=decision.code,
        label=word(decision.code, lang),
        state=decision.state,
        reason_code=decision.reason_code,
        reason_label=word(decision.reason_code, lang) if decision.reason_code else "",
        reason=decision.reason,
        change=decision.change,
        paragraph_id=decision.paragraph_id,
        paragraph_mark=decision.paragraph_mark,
        text_before=decision.text_before,
        text_after=decision.text_after,
        programme=decision.programme,
        programme_name=programme or "",
        deferred_to=decision.deferred_to,
        forwarded_to=decision.forwarded_to,
        lead_agency=decision.lead_agency,
        lead_agency_name=agency or "",
        due_on=decision.due_on,
        done_at=decision.done_at,
        decided_at=decision.confirmed_at or decision.made_at,
        conflict_id=decision.conflict_id,
        response_id=response.id if response else None,
        response=text or "",
        is_ready=bool(response and response.ready_at),
        release_id=release.id if release else None,
        released_at=max(release.released_at, release.publish_at) if release else None,
        replies_until=release.replies_until if release else None,
    )
