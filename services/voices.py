"""Voices: who says what on each theme, by group, the theme on which they differ most first."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_
from sqlalchemy.orm import Session

from models import Finding, Submission, Theme
from models.vocabulary import Group
from reports import figures
from services import rankings
from services.crossings import Crossing, cross
from services.tongue import decimal, say
from services.wording import dimension_label, group_label, kind_label, theme_name

PAGE = 20
CONDITION, OBJECTION = "condition", "objection"
NOT_COMPARED = -1.0

Cursor = tuple[float, int, int]


@dataclass(frozen=True, slots=True)
class GroupSays:
    """What one group said of a theme; `condition` is a mean of 1 to 4, None where nobody rated."""

    code: str
    label: str
    voices: int
    condition: float | None
    kinds: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class ThemeVoices:
    """One theme with its groups; `disagreement` runs from 0 to 100, None where only one group spoke."""

    id: int
    name: str
    dimension_label: str
    received: int
    disagreement: float | None
    sentence: str
    groups: tuple[GroupSays, ...]


@dataclass(frozen=True, slots=True)
class Matrix(Crossing):
    """How often each group spoke of each dimension, the finding in a sentence, and the picture."""

    finding: str
    svg: str


def themes(
    session: Session,
    run_id: int,
    *,
    dimension: str | None = None,
    after: Cursor | None = None,
    lang: str = "id",
) -> tuple[list[ThemeVoices], Cursor | None]:
    """One page of the themes of a run with what each group says, and the cursor of the next page."""
    apart = func.coalesce(Finding.disagreement, NOT_COMPARED)
    query = rankings.ranked(run_id, lang).order_by(None).limit(PAGE + 1)
    query = query.order_by(apart.desc(), Finding.received.desc(), Finding.theme_id)
    if dimension:
        query = query.where(Theme.dimension == dimension)
    if after:
        query = query.where(_beyond(apart, after))
    rows = session.execute(query).all()
    shown = [_theme(finding, theme_name(theme, lang), short, lang) for finding, theme, short, _ in rows[:PAGE]]
    return shown, _cursor(rows[PAGE - 1][0]) if len(rows) > PAGE else None


def _beyond(apart: ColumnElement[float], after: Cursor) -> ColumnElement[bool]:
    value, received, theme_id = after
    return or_(
        apart < value,
        (apart == value) & (Finding.received < received),
        (apart == value) & (Finding.received == received) & (Finding.theme_id > theme_id),
    )


def _cursor(finding: Finding) -> Cursor:
    value = NOT_COMPARED if finding.disagreement is None else finding.disagreement
    return value, finding.received, finding.theme_id


def _theme(finding: Finding, name: str, dimension: str | None, lang: str) -> ThemeVoices:
    return ThemeVoices(
        id=finding.theme_id,
        name=name,
        dimension_label=dimension_label(dimension, lang),
        received=finding.received,
        disagreement=finding.disagreement,
        sentence=sentence(finding.voices, finding.disagreement, lang),
        groups=tuple(
            GroupSays(
                row["group"],
                group_label(row["group"], lang),
                row["voices"],
                row["condition"],
                tuple((kind_label(code, lang), n) for code, n in row["types"]),
            )
            for row in sorted(finding.voices, key=lambda row: (-row["voices"], row["group"]))
        ),
    )


def sentence(groups: list[dict[str, Any]], disagreement: float | None, lang: str = "id") -> str:
    """What the disagreement of a theme rests on, in one plain sentence."""
    if disagreement is None:
        return say(lang, "Baru satu kelompok yang bersuara, jadi belum ada yang bisa dibandingkan.")
    ends = {row["end"]: row for row in groups if row.get("end")}
    if f"{CONDITION}_low" in ends:
        return _on_condition(ends[f"{CONDITION}_low"], ends[f"{CONDITION}_high"], groups, lang)
    if f"{OBJECTION}_high" in ends:
        return _on_objection(ends[f"{OBJECTION}_high"], ends[f"{OBJECTION}_low"], lang)
    return say(lang, "Semua kelompok sejalan.")


def _on_condition(low: dict[str, Any], high: dict[str, Any], groups: list[dict[str, Any]], lang: str) -> str:
    between = sum(
        row is not low and row is not high and low["condition"] <= row["condition"] <= high["condition"]
        for row in groups
        if row["condition"] is not None
    )
    said = {
        "low": group_label(low["group"], lang),
        "low_mean": decimal(low["condition"], lang),
        "high": group_label(high["group"], lang).lower(),
        "high_mean": decimal(high["condition"], lang),
        "n": between,
    }
    if not between:
        return say(lang, "%(low)s menilai keadaan %(low_mean)s, %(high)s %(high_mean)s.", **said)
    return say(
        lang, "%(low)s menilai keadaan %(low_mean)s, %(high)s %(high_mean)s; %(n)s kelompok lain di antaranya.", **said
    )


def _on_objection(most: dict[str, Any], least: dict[str, Any], lang: str) -> str:
    return say(
        lang,
        "Keberatan: %(most)s %(against)s dari %(of)s suara, %(least)s %(few)s dari %(few_of)s.",
        most=group_label(most["group"], lang).lower(),
        against=most["objections"],
        of=most["voices"],
        least=group_label(least["group"], lang).lower(),
        few=least["objections"],
        few_of=least["voices"],
    )


def matrix(session: Session, run_id: int, dimensions: list[tuple[str, str]], lang: str = "id") -> Matrix:
    """The points of a run by dimension (their own, else their theme's) and group, as numbers and as a picture."""
    found = cross(session, run_id, Submission.group, Group, dimensions, lang)
    finding = _most(found, lang)
    svg = figures.heat_map(
        [name for _, name in found.rows],
        [name for _, name in found.columns],
        found.counts,
        id="bidang-kelompok",
        title=say(lang, "Banyaknya masukan menurut bidang dan kelompok"),
        description=finding,
    )
    return Matrix(found.rows, found.columns, found.counts, finding, svg)


def _most(found: Crossing, lang: str) -> str:
    cells = [(n, -r, -c) for r, row in enumerate(found.counts) for c, n in enumerate(row)]
    if not any(n for n, _, _ in cells):
        return say(lang, "Belum ada masukan yang terbaca.")
    n, row, column = max(cells)
    return say(
        lang,
        "Terbanyak: %(group)s tentang %(dimension)s, %(n)s masukan. "
        "%(empty)s dari %(cells)s pasangan bidang dan kelompok belum terisi.",
        group=found.columns[-column][1].lower(),
        dimension=found.rows[-row][1],
        n=n,
        empty=sum(not cell[0] for cell in cells),
        cells=len(cells),
    )
