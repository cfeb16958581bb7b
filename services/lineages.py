"""Lineages: a page of what became of the older paragraphs, as a person of the team looks it through and says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from analysis.alignment import SURE
from analysis.differing import Piece
from models import Chapter, Draft, Fate, Paragraph, Point, Submission
from models.submission import STANDS
from models.vocabulary import DraftState, FateState
from services import changes, descents, fates
from services.errors import NotFound
from services.fates import Doubt
from services.tongue import N_, say, word

PAGE = 20
NEAR, START = 6, 60  # paragraphs before and after that are offered, and letters of each
MOST = 5000  # paragraphs of a version, as many as a file may have
LIKENESS = (
    (1.0, N_("sama persis")),
    (0.8, N_("hampir sama")),
    (0.5, N_("sebagian sama")),
    (0.01, N_("sedikit yang sama")),
    (0.0, N_("tidak ada yang sama")),
)
CERTAINTY = ((0.9, N_("yakin")), (SURE, N_("cukup yakin")), (0.3, N_("ragu")), (0.0, N_("sangat ragu")))

UNKNOWN_MARK = N_("Tidak ada paragraf %(mark)s di versi ini.")
Place = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One older paragraph: what is thought of it in words, the change word by word, and what it may be instead."""

    id: int
    mark: str
    text: str
    heir_id: int | None
    heir_mark: str
    state: FateState
    state_label: str
    likeness: str
    certainty: str
    is_unsure: bool
    is_confirmed: bool
    comments: int
    pieces: tuple[Piece, ...]
    near: tuple[tuple[int, str], ...]


def page(
    session: Session, draft_id: int, *, after: int = 0, every: bool = False, lang: str = "id"
) -> tuple[list[Entry], int | None]:
    """What is not sure and not confirmed, or with `every` all of it, and the next cursor. Three statements."""
    found = fates.doubts(session, draft_id, after=after, limit=PAGE + 1, every=every)
    places = _places(session, draft_id) if found else []
    where = _where(session, draft_id, places) if found else {}
    entries = [_entry(doubt, places, where[doubt.id], lang) for doubt in found[:PAGE]]
    return entries, entries[-1].id if len(found) > PAGE else None


def _places(session: Session, draft_id: int) -> list[Place]:
    """Id, mark and beginning of every paragraph of a version in its order."""
    rows = session.execute(
        select(Paragraph.id, Paragraph.mark, func.substr(Paragraph.text, 1, START))
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .where(Paragraph.draft_id == draft_id)
        .order_by(Chapter.position, Paragraph.position)
        .limit(MOST)
    )
    return [(number, mark, start) for number, mark, start in rows]


def _where(session: Session, draft_id: int, places: Sequence[Place]) -> dict[int, int]:
    """By fate, where its paragraph stands in the version; of one that is gone, where the one before it stands."""
    at = {number: n for n, (number, _mark, _start) in enumerate(places)}
    rows = session.execute(
        select(Fate.id, Fate.heir_id)
        .join(Paragraph, Paragraph.id == Fate.paragraph_id)
        .join(Draft, (Draft.id == Fate.draft_id) & (Draft.base_id == Paragraph.draft_id))
        .where(Fate.draft_id == draft_id)
        .order_by(Fate.id)
        .limit(MOST)
    )
    found, last = {}, 0
    for fate_id, heir_id in rows:
        found[fate_id] = last = at.get(heir_id, last)
    return found


def _entry(doubt: Doubt, places: Sequence[Place], middle: int, lang: str) -> Entry:
    return Entry(
        id=doubt.id,
        mark=doubt.mark,
        text=doubt.text,
        heir_id=doubt.heir_id,
        heir_mark=doubt.heir_mark,
        state=doubt.state,
        state_label=word(doubt.state, lang),
        likeness=_said(LIKENESS, doubt.similarity, lang),
        certainty=_said(CERTAINTY, doubt.confidence, lang),
        is_unsure=doubt.confidence < SURE and not doubt.is_confirmed,
        is_confirmed=doubt.is_confirmed,
        comments=doubt.comments,
        pieces=changes.between(doubt.text, doubt.heir_text) if doubt.heir_id is not None else (),
        near=_near(doubt, places, middle),
    )


def _said(scale: Sequence[tuple[float, str]], value: float, lang: str) -> str:
    return say(lang, next(words for least, words in scale if value >= least))


def _near(doubt: Doubt, places: Sequence[Place], middle: int) -> tuple[tuple[int, str], ...]:
    """What stands around that place, as choices with mark and beginning."""
    shown = places[max(0, middle - NEAR) : middle + NEAR + 1]
    return tuple((number, f"{mark}: {start}") for number, mark, start in shown if number != doubt.heir_id)


def unsure(session: Session, draft_id: int) -> int:
    """Of how many paragraphs of the version before it is not sure what became of them in this one."""
    query = select(func.count(Fate.id)).join(Paragraph, Paragraph.id == Fate.paragraph_id)
    query = query.join(Draft, (Draft.id == Fate.draft_id) & (Draft.base_id == Paragraph.draft_id))
    return session.scalar(query.where(Fate.draft_id == draft_id, fates.is_unsure())) or 0


def spoken_before(session: Session, draft_id: int) -> int:
    """How many comments stand on published versions before this one: so many must be found in it."""
    before = aliased(Draft)
    query = (
        select(func.count(Point.id))
        .join(Submission, Submission.id == Point.submission_id)
        .join(Paragraph, Paragraph.id == Point.paragraph_id)
        .join(Draft, Draft.id == Paragraph.draft_id)
        .join(before, (before.id == draft_id) & (before.number > Draft.number))
    )
    return session.scalar(query.where(Draft.state == DraftState.PUBLISHED, STANDS)) or 0


def correct(
    session: Session, draft_id: int, fate_id: int, heir_id: int | None, *, now: datetime, actor_id: int | None = None
) -> None:
    """Say what a paragraph became, or that it is gone; of another version than this one nothing is there."""
    check(session, draft_id, fate_id)
    descents.correct(session, fate_id, heir_id, now=now, actor_id=actor_id)


def check(session: Session, draft_id: int, fate_id: int) -> None:
    """Raises NotFound where the fate is not of this version."""
    fate = session.get(Fate, fate_id)
    if fate is None or fate.draft_id != draft_id:
        raise NotFound(f"fate {fate_id}")


def called(session: Session, draft_id: int, mark: str) -> int | None:
    """The paragraph of a version with this mark, None where there is none."""
    wanted = func.upper(Paragraph.mark) == mark.strip().strip("[]").upper()
    return session.scalar(select(Paragraph.id).where(Paragraph.draft_id == draft_id, wanted))
