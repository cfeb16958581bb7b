"""Unplaced: what fits no theme yet, by the words that come up most; new themes are found here by people."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from analysis.tokenise import tokenise
from analysis.words import stopwords
from models import Point, Reading, Submission
from models.submission import STANDS
from services.wording import caption

PAGE = 25
LOOKED_AT = 2_000  # of the newest texts; the words of more than that change little
SHOWN = 24
SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Waiting:
    """One text that stands in no theme."""

    point_id: int
    number: str
    text: str
    caption: str
    language: str
    reason: str


def frequent(session: Session, round_id: int) -> list[tuple[str, int]]:
    """The words that stand in most of the unplaced texts, each with in how many; said once by one text only: none."""
    texts = session.scalars(_unplaced(round_id, Reading.masked_text).order_by(Reading.point_id.desc()).limit(LOOKED_AT))
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update({token for token in tokenise(text.lower()) if _says_something(token)})
    return [(token, n) for token, n in sorted(counts.items(), key=lambda one: (-one[1], one[0])) if n > 1][:SHOWN]


def _says_something(token: str) -> bool:
    return len(token) >= SHORTEST and token.isalpha() and token not in stopwords()


def listed(
    session: Session, round_id: int, *, word: str = "", after: int = 0, lang: str = "id"
) -> tuple[list[Waiting], int | None]:
    """One page of the unplaced texts, the oldest first, of those with a word where one is given; the next cursor."""
    columns = (
        Reading.point_id,
        Submission.receipt_no,
        Reading.masked_text,
        Submission.group,
        Reading.language,
        Reading.theme_reason,
    )
    query = _unplaced(round_id, *columns).where(Reading.point_id > after)
    if word:
        query = query.where(func.lower(Reading.masked_text).contains(word.lower(), autoescape=True))
    rows = session.execute(query.order_by(Reading.point_id).limit(PAGE + 1)).all()
    shown = [
        Waiting(i, number, text, caption(group, None, language, lang), language, reason or "")
        for i, number, text, group, language, reason in rows[:PAGE]
    ]
    return shown, rows[PAGE - 1].point_id if len(rows) > PAGE else None


def _unplaced(round_id: int, *columns) -> Select:  # type: ignore[no-untyped-def, type-arg]
    return (
        select(*columns)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .where(Submission.round_id == round_id, Reading.theme_id.is_(None), STANDS)
    )
