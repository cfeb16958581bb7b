"""Priorities: the ranked list, each place with its parts, its range and the words behind it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Dimension, Finding, PlanVersion, Theme
from services import rankings
from services.tongue import N_, label, say
from services.wording import caption, dimension_label, gap_of, group_label, part_detail, reason, theme_name

PAGE = 50
# How many of all who spoke that is, as the analysis says it on its fixed bounds.
SHARES = {
    "few": N_("Sedikit orang dari semua yang bersuara."),
    "minority": N_("Sebagian kecil dari semua yang bersuara."),
    "about_half": N_("Sekitar separuh dari semua yang bersuara."),
    "majority": N_("Sebagian besar dari semua yang bersuara."),
}


@dataclass(frozen=True, slots=True)
class PartRow:
    code: str
    label: str
    value: int
    weight: float
    meaning: str
    detail: str


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    caption: str
    language: str


@dataclass(frozen=True, slots=True)
class GroupRow:
    code: str
    label: str
    count: int
    condition: float | None


@dataclass(frozen=True, slots=True)
class RankRow:
    theme_id: int
    place: int
    name: str
    dimension_label: str
    reason: str
    received: int
    distinct_texts: int
    people_min: int
    people_max: int
    parts: tuple[PartRow, ...]
    low: int
    high: int
    of: int
    ties: tuple[str, ...]
    without_collapse: int | None
    leave_out: tuple[tuple[str, int], ...]
    words: tuple[tuple[str, float], ...]
    quotes: tuple[Quote, ...]
    groups: tuple[GroupRow, ...]
    # in percent: with so many of many random weights it stays among the first ten
    acceptability: int | None = None
    as_they_came: int | None = None
    share: str = ""


def ranked(
    session: Session,
    run_id: int,
    *,
    dimension: str | None = None,
    after: int = 0,
    lang: str = "id",
) -> tuple[list[RankRow], int | None]:
    """One page of the ranked list of a run, and the cursor (position) of the next page."""
    total = select(func.count()).where(Finding.run_id == run_id, Finding.position.is_not(None)).scalar_subquery()
    query = rankings.ranked(run_id, lang).add_columns(total).where(Finding.position > after).limit(PAGE + 1)
    if dimension:
        query = query.where(Theme.dimension == dimension)
    rows = session.execute(query).all()
    criteria = criteria_of(session)
    names = {theme.code: theme_name(theme, lang) for _, theme, _, _, _ in rows}
    shown = [_row(finding, theme, short, of, criteria, names, lang) for finding, theme, short, _, of in rows[:PAGE]]
    return shown, rows[PAGE - 1][0].position if len(rows) > PAGE else None


def criteria_of(session: Session) -> dict[str, dict[str, Any]]:
    """The criteria of the newest plan by their codes, in the plan's order."""
    newest = session.scalars(select(PlanVersion.weights).order_by(PlanVersion.id.desc()).limit(1)).one()
    return {row["code"]: row for row in newest}


def _row(
    finding: Finding,
    theme: Theme,
    dimension: str | None,
    of: int,
    criteria: dict[str, dict[str, Any]],
    names: dict[str, str],
    lang: str,
) -> RankRow:
    rank = finding.rank
    return RankRow(
        theme_id=theme.id,
        place=finding.place or 0,
        name=theme_name(theme, lang),
        dimension_label=dimension_label(dimension, lang),
        reason=reason(finding, lang),
        received=finding.received,
        distinct_texts=finding.distinct_texts,
        people_min=finding.people_min,
        people_max=finding.people_max,
        parts=tuple(_part(p, criteria, lang) for p in rank["parts"]),
        low=finding.low or 0,
        high=finding.high or 0,
        of=of,
        ties=tuple(names[code] for code in rank["ties_with"] if code in names),
        without_collapse=rank["without_collapse"],
        leave_out=tuple((group_label(group, lang), place) for group, place in rank["leave_out"]),
        words=tuple((word, weight) for word, weight in finding.terms[:8]),
        quotes=tuple(
            Quote(q["text"], caption(q.get("group"), None, q.get("language"), lang), q.get("language") or "id")
            for q in finding.quotes
        ),
        groups=_groups(finding, lang),
        acceptability=None if rank.get("acceptability") is None else round(100 * rank["acceptability"]),
        as_they_came=rank.get("as_they_came"),
        share=say(lang, SHARES.get(rank.get("share_word"), "")),
    )


def _part(part: dict[str, Any], criteria: dict[str, dict[str, Any]], lang: str) -> PartRow:
    row = criteria.get(part["code"], {})
    return PartRow(
        part["code"],
        label(row, "label", lang) or part["code"],
        round(part["value"]),
        part["weight"],
        label(row, "meaning", lang) or "",
        part_detail(part["code"], dict(part["detail"]), lang),
    )


def _groups(finding: Finding, lang: str) -> tuple[GroupRow, ...]:
    conditions = dict(gap_of(finding).get("condition_by_group") or [])
    return tuple(GroupRow(g, group_label(g, lang), n, conditions.get(g)) for g, n in finding.groups if n)


def dimensions(session: Session, lang: str = "id") -> list[tuple[str, str]]:
    """The dimensions to filter by."""
    rows = session.execute(
        select(Dimension.code, label(Dimension, "short", lang)).where(Dimension.is_current).order_by(Dimension.position)
    )
    return [tuple(row) for row in rows]
