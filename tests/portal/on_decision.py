"""For the access grid: decisions in each state, a signed answer, conflicts open and answered, an objection."""

from datetime import timedelta

from sqlalchemy import select

from models import Objection, Point, Submission
from models.vocabulary import DecisionCode, DecisionState, ObjectionState
from portal.rights import Thing
from services import conflicts
from services.explanations import Ruling
from tests.services import decided


def things(session, persons, theme_id, round_id, now):
    """The things of the desks of decisions and answers; call it once the round has been read."""
    query = select(Point.id).join(Submission).where(Submission.round_id == round_id, Submission.state == "received")
    one, two, three, four, five, six = session.scalars(query.order_by(Point.id).limit(6))
    confirmed = decided.decision(session, round_id, theme_id=theme_id, made_at=now)
    awaiting = decided.decision(
        session,
        round_id,
        point_id=one,
        code=DecisionCode.NOT_ACCEPTED,
        state=DecisionState.AWAITING,
        confirmed_at=None,
        made_by=persons["officer"].id,
    )
    signed = decided.decision(session, round_id, point_id=two)
    decided.response(session, signed)
    actor = {"actor_id": persons["lead"].id, "now": now}
    opened = conflicts.link(session, round_id, [three, four], note="Pompa", **actor)
    answered = conflicts.link(session, round_id, [five, six], note="Parkir", **actor)
    noted = Ruling(code=DecisionCode.NOTED, reason="Keduanya kami catat dengan baik.")
    conflicts.answer(session, answered, dict.fromkeys((five, six), DecisionCode.NOTED), noted, **actor)
    objection = objected(session, round_id, two, signed, now)
    missing = {"decision_id": 10**9}
    target = {"round_id": round_id, "kind": "theme", "key": theme_id}
    return {
        Thing.DECISION: {"there": {"decision_id": confirmed.id}, "missing": missing},
        Thing.DECIDABLE: {
            "there": target,
            "also there": {"round_id": round_id, "kind": "point", "key": one},
            "missing": target | {"key": 10**9},
            "unpublished": target | {"round_id": 10**9},
        },
        Thing.CONFIRMED_DECISION: {
            "there": {"decision_id": confirmed.id},
            "spent": {"decision_id": awaiting.id},
            "missing": missing,
        },
        Thing.AWAITING_DECISION: {
            "there": {"decision_id": awaiting.id},
            "spent": {"decision_id": confirmed.id},
            "missing": missing,
        },
        Thing.SIGNED_RESPONSE: {
            "there": {"decision_id": signed.id},
            "spent": {"decision_id": awaiting.id},
            "missing": missing,
        },
        Thing.CONFLICT: {"there": {"conflict_id": opened}, "missing": {"conflict_id": 10**9}},
        Thing.OPEN_CONFLICT: {
            "there": {"conflict_id": opened},
            "spent": {"conflict_id": answered},
            "missing": {"conflict_id": 10**9},
        },
        Thing.OBJECTION: {"there": {"objection_id": objection}, "missing": {"objection_id": 10**9}},
    }


def objected(session, round_id, point_id, decision, now) -> int:
    """What the sender of a point replied to an answer that was out for a day."""
    row = Objection(
        response_id=session.scalar(select(decided.Response.id).where(decided.Response.decision_id == decision.id)),
        point_id=point_id,
        submission_id=session.get(Point, point_id).submission_id,
        text="Pompanya harus diganti, bukan dijaga.",
        at=now - timedelta(days=1),
        state=ObjectionState.OBJECTED,
    )
    session.add(row)
    session.flush()
    return row.id
