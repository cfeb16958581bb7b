"""Fulfilments: who sees to what was decided, by which day, and whether it is done; a second person says so."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from models import Agency
from models.vocabulary import DecisionState
from services.decisions import UNKNOWN_AGENCY, get, record, told, values_of
from services.errors import NotThisState, SecondPersonNeeded, Unexplained
from services.explanations import Ruling
from services.tongue import N_

NO_PROOF = N_("Sebut paragraf atau program tempat hasilnya dapat dilihat.")


def assign(
    session: Session,
    decision_ids: Sequence[int],
    *,
    agency: str | None,
    due_on: date | None,
    actor_id: int,
    now: datetime,
) -> None:
    """Say which agency sees to it, and by which day; what was decided stays as it is."""
    if agency and session.get(Agency, agency) is None:
        raise Unexplained({"lead_agency": (UNKNOWN_AGENCY, {})})
    for decision_id in decision_ids:
        row = get(session, decision_id)
        if row.state is DecisionState.REPLACED:
            raise NotThisState(f"decision {decision_id} is replaced")
        old = told(row)
        row.lead_agency, row.due_on = agency or None, due_on
        session.flush()
        record(session, row, "decision.assign", old, actor_id=actor_id, now=now)


def complete(
    session: Session, decision_id: int, *, paragraph: str, programme: str | None, actor_id: int, now: datetime
) -> None:
    """Say that it is done, and where that can be seen; not by the one who decided it."""
    row = get(session, decision_id)
    if row.state is not DecisionState.CONFIRMED or row.done_at is not None:
        raise NotThisState(f"decision {decision_id} is {row.state}")
    if row.made_by == actor_id:
        raise SecondPersonNeeded
    where = values_of(session, Ruling(code=row.code, paragraph=paragraph, programme=programme))
    if not where["paragraph_id"] and not where["programme"]:
        raise Unexplained({"paragraph": (NO_PROOF, {})})
    old = told(row)
    for name in ("paragraph_id", "paragraph_mark", "programme"):
        setattr(row, name, where[name] or getattr(row, name))
    row.done_at = now
    session.flush()
    record(session, row, "decision.complete", old, actor_id=actor_id, now=now)
