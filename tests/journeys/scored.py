"""Themes that two people scored, so that the desks of priorities have something on them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Run
from services import orders, schemes, scores
from services.criteria import Row, Wanted

WEIGHTS = (20, 10, 20, 10, 15, 25)
PROPOSED = Wanted("usg", tuple(Row(f"k{n}", weight) for n, weight in enumerate(WEIGHTS, start=1)))


def score(session: Session, lead: int, analyst: int, now: datetime) -> None:
    """A scheme that is fixed and opened, two people's scores of eight themes, and one place that was moved."""
    round_id, run_id = session.execute(select(Run.round_id, Run.id).order_by(Run.id.desc())).first()
    scheme = schemes.save(session, round_id, PROPOSED, why="", actor_id=lead, now=now)
    schemes.fix(session, scheme, actor_id=lead, now=now)
    asked = [c.code for c in schemes.current(session, round_id).criteria if c.code != "evidence"]
    themes = [row.theme_id for row in scores.themes(session, scheme, run_id, lead)[:8]]
    for person_id, step in ((lead, 0), (analyst, 2)):
        given = {(t, c): 1 + (n + at * step) % 5 for n, t in enumerate(themes) for at, c in enumerate(asked)}
        scores.give(session, scheme, person_id, given, actor_id=person_id, now=now)
    schemes.reveal(session, scheme, actor_id=lead, now=now)
    orders.override(session, round_id, themes[0], 2, why="Diminta rapat dengan warga.", actor_id=lead, now=now)
