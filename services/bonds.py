"""Bonds: what decisions, answers and objections keep of a point, and how it goes when the point's words go."""

from collections.abc import Collection

from sqlalchemy import Select, delete, or_, select, update
from sqlalchemy.orm import Session

from models import AnsweredPoint, ConflictPoint, Decision, Objection, Remark, Reply, Response, Wording
from models.vocabulary import DecisionState
from services.tongue import N_

GONE = N_("Masukannya dihapus pengirimnya, jadi alasannya tidak disimpan lagi.")
LINKED = (Objection, ConflictPoint, AnsweredPoint, Remark, Reply)
# What was written about one person's point may repeat what that person said.
EMPTIED = ("change", "text_before", "text_after", "deferred_to", "forwarded_to", "note")
Points = Collection[int] | Select[tuple[int]]


def empty(session: Session, point_ids: Points) -> None:
    """Leave no word of erased points: objections, replies, links go, a decision on such a point keeps its code alone.

    The row stays, because releases and the audit count it, and no release takes it along any more. What a version of
    the draft took over is the plan's own text and stays there; nobody is named for it any more.
    """
    own = select(Decision.id).where(Decision.point_id.in_(point_ids))
    for model in LINKED:
        session.execute(delete(model).where(model.point_id.in_(point_ids)))
    session.execute(update(Wording).where(Wording.point_id.in_(point_ids)).values(point_id=None))
    told = {"text_id": GONE, "text_en": "", "text_jv": "", "ready_at": None, "ready_by": None}
    session.execute(update(Response).where(Response.decision_id.in_(own)).values(**told))
    session.execute(
        update(Decision)
        .where(Decision.point_id.in_(point_ids))
        .values(reason=GONE, state=DecisionState.REPLACED, due_on=None, **dict.fromkeys(EMPTIED, ""))
    )


def delete_all(session: Session, point_ids: Points) -> None:
    """The same before the points themselves are deleted: nothing may stand on them."""
    own = select(Decision.id).where(Decision.point_id.in_(point_ids))
    told = select(Response.id).where(Response.decision_id.in_(own))
    for model in (Objection, AnsweredPoint):
        session.execute(delete(model).where(or_(model.point_id.in_(point_ids), model.response_id.in_(told))))
    for model in (ConflictPoint, Remark, Reply):
        session.execute(delete(model).where(model.point_id.in_(point_ids)))
    session.execute(delete(Wording).where(Wording.decision_id.in_(own)))
    session.execute(update(Wording).where(Wording.point_id.in_(point_ids)).values(point_id=None))
    session.execute(delete(Response).where(Response.decision_id.in_(own)))
    session.execute(update(Decision).where(Decision.point_id.in_(point_ids)).values(replaces_id=None))
    session.execute(delete(Decision).where(Decision.point_id.in_(point_ids)))
