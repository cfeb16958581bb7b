"""Search: points are found by the stems of their masked words, with an index of SQLite's own."""

import re
from collections.abc import Collection, Sequence

from sqlalchemy import Select, delete, exists, false, insert, literal, select, text
from sqlalchemy.orm import Session

from analysis.normalise import normalise
from analysis.stem import ENGLISH, stem
from models import INDEX, POINT_SEARCH, Reading

WORD = re.compile(r"[^\W_]+")
STEP = 2_000
MOST_WORDS = 12
LANGUAGES = ("id", ENGLISH)


def stems(said: str, language: str = "id") -> list[str]:
    """The keys of a text's words in their order; numbers count as words.

    >>> stems("Pompanya di Jl. Tirto mati 3x")
    ['pompa', 'di', 'jalan', 'tirto', 'mati', '3x']
    """
    return [stem(word, language) for word in WORD.findall(normalise(said))]


def index(session: Session, most: int = STEP) -> int:
    """Take in readings that are not in the index yet, at most so many; returns how many that were."""
    rowid = POINT_SEARCH.c.rowid
    unknown = ~exists().where(rowid == Reading.point_id)
    rows = session.execute(
        select(Reading.point_id, Reading.masked_text, Reading.language)
        .where(unknown)
        .order_by(Reading.point_id)
        .limit(most)
    ).all()
    if rows:
        found = [{"rowid": number, "words": " ".join(stems(said, language))} for number, said, language in rows]
        session.execute(insert(POINT_SEARCH), found)
    return len(rows)


def forget(session: Session, point_ids: Collection[int] | Select[tuple[int]]) -> None:
    """Take points out of the index, and their words out of the file.

    A deleted row's words stay in older parts of such an index until these are written anew, so that is done here.
    """
    gone = session.execute(delete(POINT_SEARCH).where(POINT_SEARCH.c.rowid.in_(point_ids))).rowcount
    if gone:
        session.execute(text("INSERT INTO point_search(point_search) VALUES ('optimize')"))


def matching(query: str) -> Select[tuple[int]]:
    """The ids of the points that hold everything a query asks for; to be used inside another query.

    Words in quotes stand beside one another, the last word may be a beginning. Whatever else is typed is words too:
    nothing of it reaches the engine as an order. A query without words finds nothing.
    """
    asked = _expression(query)
    found = select(POINT_SEARCH.c.rowid)
    return found.where(INDEX.op("MATCH")(literal(asked)) if asked else false())


def _expression(query: str) -> str:
    """A query in the engine's own words, each of them quoted."""
    parts = normalise(query).split('"')
    if len(parts) % 2 == 0:  # a quote that was not closed
        parts[-2:] = [" ".join(parts[-2:])]
    wanted = [(WORD.findall(part), n % 2 == 1) for n, part in enumerate(parts)]
    asked: list[str] = []
    for words, is_phrase in wanted:
        asked += [_either(words)] if is_phrase and words else [_either([word]) for word in words]
    if asked and wanted[-1][0]:
        last = wanted[-1][0][-1]
        asked[-1] = f'({asked[-1]} OR "{last}"*)'
    return " AND ".join(asked[:MOST_WORDS])


def _either(words: Sequence[str]) -> str:
    """These words beside one another, by their Indonesian or their English stems."""
    keys = dict.fromkeys(" ".join(stem(word, language) for word in words) for language in LANGUAGES)
    return "(" + " OR ".join(f'"{key}"' for key in keys) + ")"
