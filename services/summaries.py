"""The summary: what fits on one page for a meeting."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models import Finding
from models.vocabulary import Group
from services import rankings
from services.wording import caption, dimension_label, reason, theme_name

TOP = 10
LONGEST = 140  # characters of a quote; ten places and a quote for each dimension have to fit on one page


@dataclass(frozen=True, slots=True)
class Place:
    theme_id: int
    place: int
    name: str
    dimension_label: str
    reason: str
    low: int
    high: int
    received: int


@dataclass(frozen=True, slots=True)
class Said:
    """One voice of a dimension; a text that ends in an ellipsis goes on at its theme."""

    dimension_label: str
    text: str
    caption: str
    language: str
    theme_id: int


@dataclass(frozen=True, slots=True)
class Summary:
    places: tuple[Place, ...]
    quotes: tuple[Said, ...]
    of: int


def summary(session: Session, run_id: int, lang: str = "id") -> Summary:
    """The first ten places, and one quote for each dimension from its highest place that has one."""
    rows = session.execute(rankings.ranked(run_id, lang)).all()
    quotes: dict[int, Said] = {}
    for finding, _, short, position in rows:
        if position is not None and position not in quotes and finding.quotes:
            quotes[position] = _said(finding, short, lang)
    return Summary(
        tuple(_place(finding, theme_name(theme, lang), short, lang) for finding, theme, short, _ in rows[:TOP]),
        tuple(quotes[position] for position in sorted(quotes)),
        len(rows),
    )


def _place(finding: Finding, name: str, short: str | None, lang: str) -> Place:
    return Place(
        theme_id=finding.theme_id,
        place=finding.place or 0,
        name=name,
        dimension_label=dimension_label(short, lang),
        reason=reason(finding, lang),
        low=finding.low or 0,
        high=finding.high or 0,
        received=finding.received,
    )


def _said(finding: Finding, short: str, lang: str) -> Said:
    """A citizen's words where there are some, and rather ones that fit whole."""
    chosen = min(finding.quotes, key=lambda q: (len(q["text"]) > LONGEST, q.get("group") != Group.CITIZEN))
    language = chosen.get("language") or "id"
    said_by = caption(chosen.get("group"), None, language, lang)
    return Said(dimension_label(short, lang), shorten(chosen["text"]), said_by, language, finding.theme_id)


def shorten(text: str, longest: int = LONGEST) -> str:
    """A text on one line, cut after a whole word with an ellipsis where it is longer.

    >>> shorten("pompa di RW kami sering mati", 15)
    'pompa di RW …'
    """
    flat = " ".join(text.split())
    if len(flat) <= longest:
        return flat
    kept = flat[: longest - 1]
    return f"{kept[: kept.rfind(' ')] if ' ' in kept else kept.rstrip()} …"
