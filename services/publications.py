"""What anyone may see on the front page: the three counts, and one voice with its thread."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from models import Chapter, Draft, Fate, Finding, Paragraph, Point, Reading, Run, Submission, Theme
from models.run import NEWEST
from models.submission import STANDS
from models.vocabulary import Group, Visibility
from services import answers, fates
from services.answers import Answer
from services.wording import group_label, mark_cues, reason, theme_name

FITTING = (40, 200)  # letters that can be read at a glance in the largest type


@dataclass(frozen=True, slots=True)
class Counts:
    received: int = 0
    distinct_texts: int = 0
    people_min: int = 0
    people_max: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """The paragraph of the draft on which a voice, or others of its theme, stand."""

    mark: str
    text: str
    number: int
    position: int
    page: int


@dataclass(frozen=True, slots=True)
class Thread:
    """One voice and how far it has come: `pieces` are (text, whether it is a cue word)."""

    pieces: tuple[tuple[str, bool], ...]
    caption: str
    language: str
    theme: str
    cue_words: tuple[str, ...]
    others: int
    place: int
    of: int
    low: int
    high: int
    reason: str
    passage: Passage | None
    answer: Answer | None


def counts(session: Session) -> Counts:
    """The three counts of the newest run."""
    row = session.execute(
        select(Run.received, Run.distinct_texts, Run.people_min, Run.people_max).where(
            Run.id == NEWEST.scalar_subquery()
        )
    ).first()
    return Counts(*row) if row else Counts()


def thread(session: Session, lang: str = "id", *, now: datetime, is_demo: bool = False) -> Thread | None:
    """One voice and its way so far: the one that the team let stand here last, once it has a place.

    A text is published only after a person has read it, so without a choice there is none; the demonstration,
    whose texts are made up, shows a citizen's from the first place.
    """
    row = session.execute(_voices(lang).where(Point.shown_at.is_not(None)).order_by(Point.shown_at.desc())).first()
    if row is None and is_demo:
        first = _voices(lang).where(
            Finding.position == 1,
            Submission.group == Group.CITIZEN,
            func.length(Reading.masked_text).between(*FITTING),
        )
        row = session.execute(first.order_by(Reading.margin.desc(), Point.id)).first()
    return _thread(session, row, now, lang) if row else None


def _voices(lang: str) -> Select[Any]:
    newest = NEWEST.scalar_subquery()
    total = select(func.count()).where(Finding.run_id == newest, Finding.place.is_not(None)).scalar_subquery()
    return (
        select(
            Finding,
            Reading,
            Point.id.label("point_id"),
            Submission.group,
            Point.paragraph_id,
            theme_name(Theme, lang).label("theme"),
            total.label("of"),
        )
        .join(Theme, Theme.id == Finding.theme_id)
        .join(Reading, Reading.theme_id == Finding.theme_id)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .where(Finding.run_id == newest, Finding.place.is_not(None), STANDS, Submission.visibility != Visibility.TEAM)
        .limit(1)
    )


def _thread(session: Session, row: Row[Any], now: datetime, lang: str) -> Thread:
    finding, reading = row.Finding, row.Reading
    told = answers.of_points(session, [row.point_id], now=now, lang=lang, is_published=True)
    pieces = mark_cues(reading.masked_text, [word for word, _ in reading.words])
    return Thread(
        pieces=pieces,
        caption=group_label(row.group, lang),
        language=reading.language,
        theme=row.theme,
        cue_words=tuple(dict.fromkeys(text.lower() for text, is_cue in pieces if is_cue))[:3],
        others=max(finding.received - 1, 0),
        place=finding.place,
        of=row.of,
        low=finding.low,
        high=finding.high,
        reason=reason(finding, lang),
        passage=_passage(session, finding.theme_id, row.paragraph_id),
        answer=told.get(row.point_id),
    )


def _passage(session: Session, theme_id: int, paragraph_id: int | None) -> Passage | None:
    """The paragraph that this voice names, else the one that most voices of its theme stand on; where it is now."""
    newest = fates.newest_published()
    there = func.coalesce(Fate.heir_id, Point.paragraph_id)
    row = session.execute(
        select(Paragraph.mark, Paragraph.text, Draft.number, Chapter.position, Paragraph.page)
        .select_from(Point)
        .join(Reading, Reading.point_id == Point.id)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Fate, (Fate.paragraph_id == Point.paragraph_id) & (Fate.draft_id == newest))
        .join(Paragraph, (Paragraph.id == there) & (Paragraph.draft_id == newest))
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .join(Draft, Draft.id == Paragraph.draft_id)
        .where(Reading.theme_id == theme_id, STANDS)
        .group_by(Paragraph.id)
        .order_by(func.max(Point.paragraph_id == paragraph_id).desc(), func.count().desc(), Paragraph.id)
        .limit(1)
    ).first()
    return Passage(*row) if row else None
