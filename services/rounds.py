"""Which round of consultation is open, and what a page says of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, select
from sqlalchemy.orm import Session

from models import Round, StageWindow, Submission
from models.vocabulary import Group, Level
from services.plans import city
from services.tongue import label, word


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What a page says of a round; moments are in UTC.

    Where the group that asks has a window of its own (`is_windowed`), opening and closing are those of the window.
    """

    title: str
    opens_at: datetime
    closes_at: datetime
    answer_by: datetime
    open_text: str
    fixed_text: str
    promise: str
    answerer: str
    level: str
    is_open: bool
    is_coming: bool
    shows_comments_early: bool
    is_windowed: bool = False
    is_over: bool = False


def current(
    session: Session, *, now: datetime, lang: str = "id", group: Group | None = None
) -> tuple[int, RoundFacts] | None:
    """The round that is open now, else the last one that was, else the next one; None where no plan is loaded.

    For a group that has a window in it the round is open only then.
    """
    is_open = (Round.opens_at <= now) & (Round.closes_at >= now)
    row = session.execute(
        select(Round.__table__, StageWindow.opens_at.label("from_at"), StageWindow.closes_at.label("until_at"))
        .outerjoin(StageWindow, (StageWindow.round_id == Round.id) & (StageWindow.group == group))
        .order_by(
            case((is_open, 0), (Round.closes_at < now, 1), else_=2),
            case((Round.opens_at > now, Round.opens_at)),  # of those to come the first, of the others the newest
            Round.opens_at.desc(),
        )
        .limit(1)
    ).first()
    return (row.id, _facts(session, row, now, lang)) if row else None


def of_receipt(session: Session, receipt_no: str, *, now: datetime, lang: str = "id") -> RoundFacts | None:
    """The round in which a submission was sent: its promise holds for it also when another one is open."""
    row = session.execute(
        select(Round.__table__)
        .join(Submission, Submission.round_id == Round.id)
        .where(Submission.receipt_no == receipt_no)
    ).first()
    return _facts(session, row, now, lang) if row else None


def _facts(session: Session, row: Any, now: datetime, lang: str) -> RoundFacts:
    planned = city(session)["round"] if lang == "jv" else {}
    opens_at, closes_at = _span(row)
    return RoundFacts(
        title=_text(row, "title", lang, planned),
        opens_at=opens_at,
        closes_at=closes_at,
        answer_by=row.answer_by,
        open_text=_text(row, "open", lang, planned),
        fixed_text=_text(row, "fixed", lang, planned),
        promise=_text(row, "promise", lang, planned),
        answerer=_text(row, "answerer", lang, planned),
        level=word(Level(row.level), lang),
        is_open=opens_at <= now <= closes_at,
        is_coming=opens_at > now,
        shows_comments_early=row.shows_comments_early,
        is_windowed=(opens_at, closes_at) != (row.opens_at, row.closes_at),
        is_over=row.closes_at < now,
    )


def _span(row: Any) -> tuple[datetime, datetime]:
    """From when to when it is open to whoever asks: a window goes no further than its round."""
    first, last = getattr(row, "from_at", None), getattr(row, "until_at", None)
    return max(row.opens_at, first or row.opens_at), min(row.closes_at, last or row.closes_at)


def _text(row: Any, name: str, lang: str, planned: dict[str, Any]) -> str:
    """A text of a round; Javanese stands in the plan alone, for as long as the Indonesian beside it is the round's."""
    said = label(row, name, lang)
    is_as_planned = planned.get("code") == row.code and planned.get(f"{name}_id") == said
    return planned.get(f"{name}_jv") or said if is_as_planned else said


def open_for_demo(session: Session, *, now: datetime) -> None:
    """Move an example round that is over to around `now`, so that the demonstration can always be tried.

    Not where a person closed it or another one is open.
    """
    now_open = current(session, now=now)
    if now_open is not None and now_open[1].is_open:
        return
    for row in session.scalars(select(Round).where(Round.closes_at < now, Round.changed_at.is_(None))):
        row.closes_at, row.answer_by = now + timedelta(days=28), now + timedelta(days=74)
