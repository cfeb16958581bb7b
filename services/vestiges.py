"""Vestiges: what the desks keep of a point beside its words (triage, marks, search, hand-over), and how it goes."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, delete, select, update
from sqlalchemy.orm import Session

from models import Finding, Handover, Point, Reading, RefusedMatch, Remark, Run, Submission, Triage, TriageMark
from models.vocabulary import HandoverState, RemarkState
from services import search, tallies

# Ids, or a query that finds them where there may be too many to name.
Points = Collection[int] | Select[tuple[int]]
LINKED = (Triage, TriageMark, RefusedMatch, Handover)
OUTSIDE = (HandoverState.HANDED, HandoverState.ANSWERED)


def forget(session: Session, point_ids: Points, *, now: datetime) -> None:
    """Take away what was said and kept of words that are withdrawn, erased or written anew.

    Of a complaint that went out already its number stays, without a word of it: somebody may have to ask for it back.
    """
    for model in (TriageMark, Triage, RefusedMatch):
        session.execute(delete(model).where(model.point_id.in_(point_ids)))
    mine = Handover.point_id.in_(point_ids)
    session.execute(delete(Handover).where(mine, Handover.state.not_in(OUTSIDE)))
    emptied = {"text": "", "category": "", "state": HandoverState.TAKEN_BACK, "changed_at": now}
    session.execute(update(Handover).where(mine, Handover.state.in_(OUTSIDE)).values(**emptied))
    unshow(session, point_ids)
    search.forget(session, point_ids)


def unshow(session: Session, point_ids: Points) -> None:
    """That others may read a comment, and that nothing is left to do about it, was said of other words."""
    unsaid = {"why": "", "moderated_at": None, "moderated_by": None, "settled_at": None, "settled_by": None}
    comments = update(Remark).where(Remark.point_id.in_(point_ids))
    session.execute(comments.values(state=RemarkState.PENDING, **unsaid))


def delete_all(session: Session, point_ids: Points, *, now: datetime) -> None:
    """The same before the points themselves are deleted: nothing may stand on them."""
    forget(session, point_ids, now=now)
    session.execute(delete(Handover).where(Handover.point_id.in_(point_ids)))


def unread(session: Session, point_ids: Collection[int], *, now: datetime) -> None:
    """Take points out of what the machine found, so that it reads them anew or no more; what people said stays."""
    ids = list(point_ids)
    rows = session.execute(
        select(Reading.point_id, Reading.theme_id, Submission.round_id)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission)
        .where(Reading.point_id.in_(ids))
    ).all()
    session.execute(delete(Reading).where(Reading.point_id.in_(ids)))
    session.execute(update(Point).where(Point.id.in_(ids)).values(changed_at=now))
    search.forget(session, ids)
    for round_id in sorted({row.round_id for row in rows}):
        run_id = tallies.newest(session, round_id)
        if run_id is not None:
            here = [row for row in rows if row.round_id == round_id]
            _uncount(session, run_id, {row.theme_id for row in here if row.theme_id}, {r.point_id for r in here})


def _uncount(session: Session, run_id: int, theme_ids: set[int], point_ids: set[int]) -> None:
    """The counts follow at once; places, ranges and words stay those of the run until the next one."""
    for finding in session.scalars(select(Finding).where(Finding.run_id == run_id, Finding.theme_id.in_(theme_ids))):
        quotes = [quote for quote in finding.quotes if int(quote["id"]) not in point_ids]
        if len(quotes) < len(finding.quotes):
            finding.quotes = quotes
    tallies.recount(session, run_id, theme_ids)
    tallies.count_unplaced(session, run_id)
    run = session.get_one(Run, run_id)
    run.received = max(run.received - len(point_ids), 0)
