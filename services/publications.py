"""What anyone may see on the front page: the three counts, and one voice with its thread."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Finding, Run, Theme
from models.vocabulary import LABELS, Group, RunState
from services.wording import mark_cues, reason


@dataclass(frozen=True, slots=True)
class Counts:
    received: int = 0
    distinct_texts: int = 0
    people_min: int = 0
    people_max: int = 0


@dataclass(frozen=True, slots=True)
class Thread:
    """One voice and how far it has come: `pieces` are (text, whether it is a cue word)."""

    pieces: tuple[tuple[str, bool], ...]
    caption: str
    theme: str
    cue_words: tuple[str, ...]
    others: int
    place: int
    of: int
    low: int
    high: int
    reason: str


def counts(session: Session) -> Counts:
    """The three counts of the newest run."""
    row = session.execute(
        select(Run.received, Run.distinct_texts, Run.people_min, Run.people_max)
        .where(Run.state == RunState.DONE)
        .order_by(Run.id.desc())
        .limit(1)
    ).first()
    return Counts(*row) if row else Counts()


def thread(session: Session) -> Thread | None:
    """The first quote of the first place, with the words that put it into its theme."""
    newest = select(func.max(Run.id)).where(Run.state == RunState.DONE).scalar_subquery()
    total = select(func.count()).where(Finding.run_id == newest, Finding.place.is_not(None)).scalar_subquery()
    row = session.execute(
        select(Finding, Theme.name_by_person, Theme.label_id, total)
        .join(Theme, Theme.id == Finding.theme_id)
        .where(Finding.run_id == newest, Finding.position == 1)
    ).first()
    if row is None or not row[0].quotes:
        return None
    finding, person_name, label, of = row
    # The page speaks to citizens; the office's own sentences can be read at the desk.
    quote = next((q for q in finding.quotes if q["group"] == Group.CITIZEN), finding.quotes[0])
    words = [word for word, _ in finding.terms[:8]]
    pieces = mark_cues(quote["text"], words)
    group = LABELS[Group(quote["group"])][0] if quote["group"] else "Warga"
    return Thread(
        pieces=pieces,
        caption=group,
        theme=person_name or label,
        cue_words=tuple(dict.fromkeys(text.lower() for text, is_cue in pieces if is_cue))[:3],
        others=max(finding.received - 1, 0),
        place=finding.place,
        of=of,
        low=finding.low,
        high=finding.high,
        reason=reason(finding),
    )
