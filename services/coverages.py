"""Coverages: the draft against the voices: loud themes without an answer in it, and what nobody spoke to."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from analysis.sharing import Index, Shared
from models import (
    Chapter,
    Dimension,
    Draft,
    Finding,
    Paragraph,
    Programme,
    Theme,
)
from models.theme import LIVE
from models.vocabulary import DraftState
from services import spoken
from services.spoken import PARAGRAPH, PROGRAMME
from services.tongue import label
from services.wording import dimension_label, theme_name

# A theme and a paragraph are about the same where they share so many telling words, of so much weight together.
ENOUGH_WORDS, ENOUGH_WEIGHT = 2, 1.2
LOUD, NEAR, SHOWN = 30, 3, 60


@dataclass(frozen=True, slots=True)
class Link:
    """A paragraph or programme beside a theme: by so many points that name it, or by the words they share."""

    kind: str
    code: str
    name: str
    points: int
    words: tuple[str, ...]
    chapter: int | None = None


@dataclass(frozen=True, slots=True)
class Loud:
    """A theme with what answers it; `links` are empty where nothing does, `near` then says what comes closest."""

    theme_id: int
    name: str
    dimension_label: str
    received: int
    place: int | None
    links: tuple[Link, ...]
    near: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Silent:
    """A paragraph or programme that nobody spoke to, and the theme that comes closest with the words it shares."""

    code: str
    name: str
    near_id: int | None
    near_name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SilentChapter:
    position: int
    title: str
    of: int
    paragraphs: tuple[Silent, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    draft_number: int | None
    paragraphs: int
    themes: int
    unanswered: tuple[Loud, ...]
    answered: tuple[Loud, ...]
    chapters: tuple[SilentChapter, ...]
    silent_paragraphs: int
    programmes: tuple[Silent, ...]
    missions: tuple[spoken.MissionRow, ...]


def of_run(session: Session, run_id: int, lang: str = "id") -> Coverage:
    """Hold the published draft, the missions and the programmes against the themes of a run.

    What a point names itself (its paragraph, its programme) counts first; else telling words that both share, with
    their stems, weighted by how rare they are in the draft. It is a pointer for readers, no verdict: words that differ
    may mean the same.
    """
    themes = session.execute(_themes(run_id, lang)).all()
    pages, programmes = _texts(session)
    texts: dict[Hashable, str] = {(PARAGRAPH, mark): page["text"] for mark, page in pages.items()}
    texts |= {(PROGRAMME, code): name for code, name in programmes.items()}
    named = spoken.named(session, run_id)
    index = Index(texts)
    alike = {row.id: index.like([row.name, *(word for word, _ in row.terms)]) for row in themes}
    loud = tuple(_loud(row, named, alike[row.id], pages, programmes, lang) for row in themes)
    heard = _spoken(named, alike)
    near = _nearest(alike)
    names = {row.id: row.name for row in themes}
    chapters = _chapters(pages, heard, near, names)
    return Coverage(
        draft_number=next((page["draft"] for page in pages.values()), None),
        paragraphs=len(pages),
        themes=len(themes),
        unanswered=tuple(one for one in loud if not one.links)[:LOUD],
        answered=tuple(one for one in loud if one.links)[:LOUD],
        chapters=chapters,
        silent_paragraphs=sum(len(chapter.paragraphs) for chapter in chapters),
        programmes=tuple(
            _silent(PROGRAMME, code, name, near, names)
            for code, name in programmes.items()
            if (PROGRAMME, code) not in heard
        ),
        missions=spoken.missions(session, run_id, lang),
    )


def _themes(run_id: int, lang: str) -> Any:
    return (
        select(
            Theme.id,
            theme_name(Theme, lang).label("name"),
            Theme.dimension,
            label(Dimension, "short", lang).label("short"),
            Finding.received,
            Finding.place,
            Finding.terms,
        )
        .join(Finding, Finding.theme_id == Theme.id)
        .outerjoin(Dimension, Dimension.code == Theme.dimension)
        .where(Finding.run_id == run_id, Finding.position.is_not(None), Theme.state.in_(LIVE))
        .order_by(Finding.received.desc(), Theme.id)
    )


def _texts(session: Session) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """The paragraphs of the newest published draft by their marks, and the programmes by their codes."""
    newest = select(func.max(Draft.id)).where(Draft.state == DraftState.PUBLISHED).scalar_subquery()
    paragraphs = (
        select(literal(PARAGRAPH), Paragraph.mark, Paragraph.text, Chapter.position, Chapter.title, Draft.number)
        .add_columns(Paragraph.position)
        .join(Chapter, Chapter.id == Paragraph.chapter_id)
        .join(Draft, Draft.id == Paragraph.draft_id)
        .where(Paragraph.draft_id == newest)
    )
    programmes = select(literal(PROGRAMME), Programme.code, Programme.name, literal(0), literal(""), literal(0))
    rows = session.execute(paragraphs.union_all(programmes.add_columns(literal(0)))).all()
    pages = {
        mark: {"chapter": at, "title": title, "draft": number, "text": text}
        for kind, mark, text, at, title, number, _ in sorted(rows, key=lambda row: (row[3], row[6], row[1]))
        if kind == PARAGRAPH
    }
    return pages, {code: name for kind, code, name, *_ in sorted(rows, key=lambda row: row[1]) if kind == PROGRAMME}


def _is_enough(shared: Shared) -> bool:
    return len(shared.words) >= ENOUGH_WORDS and shared.weight >= ENOUGH_WEIGHT


def _loud(
    row: Any, named: Mapping[Any, Counter], alike: Iterable[Shared], pages: Mapping, programmes: Mapping, lang: str
) -> Loud:
    own = {key: count[row.id] for key, count in named.items() if count[row.id]}
    links = [
        _link(key, n, (), pages, programmes) for key, n in sorted(own.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    by_words = [one for one in alike if one.key not in own]
    links += [_link(one.key, 0, one.words, pages, programmes) for one in by_words if _is_enough(one)]
    near = [] if links else [_link(one.key, 0, one.words, pages, programmes) for one in by_words[:NEAR]]
    known = (row.id, row.name, dimension_label(row.short, lang), row.received, row.place)
    return Loud(*known, tuple(links[: 2 * NEAR]), tuple(near))


def _link(key: Any, points: int, words: tuple[str, ...], pages: Mapping, programmes: Mapping) -> Link:
    kind, code = key
    page = pages.get(code) if kind == PARAGRAPH else None
    return Link(kind, code, programmes.get(code, code), points, words, page["chapter"] if page else None)


def _spoken(named: Mapping[Any, Any], alike: Mapping[int, list[Shared]]) -> set[Hashable]:
    """What somebody spoke to: by naming it, or in a theme that shares enough words with it."""
    return set(named) | {one.key for rows in alike.values() for one in rows if _is_enough(one)}


def _nearest(alike: Mapping[int, list[Shared]]) -> dict[Hashable, tuple[int, Shared]]:
    found: dict[Hashable, tuple[int, Shared]] = {}
    for theme_id, rows in alike.items():
        for one in rows:
            if one.key not in found or one.weight > found[one.key][1].weight:
                found[one.key] = (theme_id, one)
    return found


def _silent(kind: str, code: str, name: str, near: Mapping, names: Mapping[int, str]) -> Silent:
    theme_id, shared = near.get((kind, code), (None, None))
    return Silent(code, name, theme_id, names.get(theme_id, ""), shared.words if shared else ())


def _chapters(
    pages: Mapping[str, Mapping[str, Any]], heard: set[Hashable], near: Mapping, names: Mapping[int, str]
) -> tuple[SilentChapter, ...]:
    whole: Counter[int] = Counter(page["chapter"] for page in pages.values())
    silent: dict[int, list[Silent]] = defaultdict(list)
    titles = {}
    for mark, page in pages.items():
        titles[page["chapter"]] = page["title"]
        if (PARAGRAPH, mark) not in heard:
            silent[page["chapter"]].append(_silent(PARAGRAPH, mark, page["text"], near, names))
    return tuple(SilentChapter(at, titles[at], whole[at], tuple(rows)) for at, rows in sorted(silent.items()))
