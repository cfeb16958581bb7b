"""Boards: while a round is open, its themes and counts in public; names that people wrote, never a text."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Finding, Run, Theme
from models.run import NEWEST
from models.vocabulary import ThemeState
from services.wording import theme_name

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Board:
    """What the newest run of the newest round found, as far as it is told at once."""

    run: int
    finished_at: datetime
    received: int
    distinct_texts: int
    people_min: int
    people_max: int
    themes: tuple[tuple[str, int], ...]


def board(session: Session, lang: str = "id") -> Board | None:
    """The themes of the codebook with the most submissions; what the machine proposes was read by nobody yet."""
    columns = (Run.id, Run.finished_at, Run.received, Run.distinct_texts, Run.people_min, Run.people_max)
    run = session.execute(select(*columns).where(Run.id == NEWEST.scalar_subquery())).first()
    if run is None:
        return None
    rows = session.execute(
        select(theme_name(Theme, lang), Finding.received)
        .join(Theme, Theme.id == Finding.theme_id)
        .where(Finding.run_id == run.id, Theme.state == ThemeState.ACTIVE)
        .order_by(Finding.received.desc(), Theme.code)
        .limit(SHOWN)
    )
    return Board(*run, themes=tuple((name, n) for name, n in rows))
