"""Balances: elements by dimension, digital or not; and what two groups each speak of most."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Point, Reading, Submission, Theme, Triage
from models.run import round_of
from models.submission import STANDS
from models.vocabulary import Element, Group, Nature
from reports import figures
from services import rankings, totals
from services.crossings import ACROSS, across
from services.tongue import decimal, say, word
from services.wording import group_label, theme_name

SHOWN, BALANCE = 12, "points by element"
DIMENSION = func.coalesce(Triage.dimension, Point.dimension, Theme.dimension, ACROSS)
ELEMENT = func.coalesce(Triage.element, Point.element)
NATURE = func.coalesce(Triage.nature, Point.nature)


@dataclass(frozen=True, slots=True)
class Balance:
    """Rows are dimensions, columns elements, kinds digital or not, each (code, label); one count for each of them."""

    rows: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    counts: tuple[tuple[tuple[int, ...], ...], ...]
    unset: int
    finding: str
    svg: str
    is_kept: bool  # counted after the run; what the team marked since then is not in it


@dataclass(frozen=True, slots=True)
class Side:
    """One theme of a contrast: the voices of both groups on it, and their share of all that group said, in percent."""

    theme_id: int
    name: str
    left: int
    right: int
    left_share: float
    right_share: float


@dataclass(frozen=True, slots=True)
class Contrast:
    left: str
    right: str
    groups: tuple[tuple[str, str], ...]
    rows: tuple[Side, ...]
    finding: str
    svg: str


def balance(session: Session, run_id: int, dimensions: Sequence[tuple[str, str]], lang: str = "id") -> Balance:
    """The points of a run by dimension, element and nature: as the team says, else as their writers did."""
    kept = totals.kept(session, run_id, BALANCE)
    found = _cells(session, run_id) if kept is None else kept
    cells = {(dimension, element, nature): n for dimension, element, nature, n in found}
    set_ = {key: n for key, n in cells.items() if key[1] and key[2]}
    rows = (*dimensions, *([across(lang)] if any(key[0] == ACROSS for key in set_) else []))
    columns = tuple((one.value, word(one, lang)) for one in Element)
    kinds = tuple((one.value, word(one, lang)) for one in (Nature.DIGITAL, Nature.BOTH, Nature.NON_DIGITAL))
    counts = tuple(
        tuple(tuple(set_.get((row, column, kind), 0) for kind, _ in kinds) for column, _ in columns) for row, _ in rows
    )
    finding = _leaning(rows, columns, kinds, counts, lang)
    svg = figures.balance(
        [name for _, name in rows],
        [name for _, name in columns],
        [name for _, name in kinds],
        counts,
        id="imbang",
        title=say(lang, "Masukan menurut bidang, elemen, dan sifat"),
        description=finding,
        most=max((sum(cell) for row in counts for cell in row), default=0) or 1,
    )
    return Balance(
        rows, columns, kinds, counts, sum(cells.values()) - sum(set_.values()), finding, svg, kept is not None
    )


def count(session: Session, run_id: int) -> dict[str, Any]:
    """What is kept of a run for the balance."""
    return {BALANCE: _cells(session, run_id)}


def _cells(session: Session, run_id: int) -> list[list[Any]]:
    rows = session.execute(
        select(DIMENSION, ELEMENT, NATURE, func.count())
        .select_from(Point)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Triage, Triage.point_id == Point.id)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .outerjoin(Theme, Theme.id == Reading.theme_id)
        .where(Submission.round_id == round_of(run_id), STANDS)
        .group_by(DIMENSION, ELEMENT, NATURE)
    )
    return [list(row) for row in rows]


def _leaning(rows: Any, columns: Any, kinds: Any, counts: Any, lang: str) -> str:
    whole = sum(n for row in counts for cell in row for n in cell)
    if not whole:
        return say(lang, "Belum ada masukan yang elemen dan sifatnya ditandai.")
    by_column = [sum(n for row in counts for n in row[at]) for at in range(len(columns))]
    by_kind = [sum(cell[at] for row in counts for cell in row) for at in range(len(kinds))]
    most = max(range(len(columns)), key=lambda at: by_column[at])
    return say(
        lang,
        "Dari %(of)s masukan yang ditandai, paling banyak tentang %(element)s (%(n)s); %(digital)s digital, "
        "%(plain)s non-digital, %(both)s keduanya. %(empty)s dari %(cells)s pasangan bidang dan elemen kosong.",
        of=whole,
        element=columns[most][1].lower(),
        n=by_column[most],
        digital=by_kind[0],
        both=by_kind[1],
        plain=by_kind[2],
        empty=sum(not any(cell) for row in counts for cell in row),
        cells=len(rows) * len(columns),
    )


def contrast(session: Session, run_id: int, left: str = "", right: str = "", lang: str = "id") -> Contrast | None:
    """The themes on which two groups differ most in their share of voices; None where fewer than two groups spoke.

    Without a choice these are the two groups with most voices.
    """
    themes = [
        (f.theme_id, theme_name(t, lang), _voices(f.voices))
        for f, t, _, _ in session.execute(rankings.ranked(run_id, lang))
    ]
    whole: dict[str, int] = {}
    for _, _, voices in themes:
        for group, n in voices.items():
            whole[group] = whole.get(group, 0) + n
    largest = sorted(whole, key=lambda group: (-whole[group], group))
    left = left if left in whole else next((g for g in largest if g != right), "")
    right = right if right in whole and right != left else next((g for g in largest if g != left), "")
    if not left or not right:
        return None
    rows = [_side(theme_id, name, voices, left, right, whole) for theme_id, name, voices in themes]
    rows = sorted(rows, key=lambda row: (-abs(row.left_share - row.right_share), row.name))[:SHOWN]
    finding = _widest(rows, left, right, lang)
    svg = figures.contrast(
        [figures.Pair(row.name, row.left_share, row.right_share, *_percents(row, lang)) for row in rows],
        id="beda-kelompok",
        title=say(lang, "Bagian suara dua kelompok menurut tema"),
        description=finding,
        left_name=group_label(left, lang),
        right_name=group_label(right, lang),
        most=_end([share for row in rows for share in (row.left_share, row.right_share)]),
    )
    groups = tuple((group.value, word(group, lang)) for group in Group if group.value in whole)
    return Contrast(left, right, groups, tuple(rows), finding, svg)


def _percents(row: Side, lang: str) -> tuple[str, ...]:
    return tuple(f"{decimal(share, lang)} %" for share in (row.left_share, row.right_share))


def _end(shares: Sequence[float]) -> float:
    """The end of the scale: the next full ten above the largest share."""
    return max(10.0, 10.0 * math.ceil(max(shares, default=0) / 10))


def _voices(rows: Sequence[dict[str, Any]]) -> dict[str, int]:
    return {row["group"]: row["voices"] for row in rows if row["group"] in list(Group)}


def _side(theme_id: int, name: str, voices: dict[str, int], left: str, right: str, whole: dict[str, int]) -> Side:
    counts = voices.get(left, 0), voices.get(right, 0)
    shares = (100 * n / whole[group] for n, group in zip(counts, (left, right), strict=True))
    return Side(theme_id, name, *counts, *shares)


def _widest(rows: Sequence[Side], left: str, right: str, lang: str) -> str:
    if not rows:
        return say(lang, "Belum ada tema yang mendapat tempat.")
    widest = rows[0]
    return say(
        lang,
        "Paling berbeda: %(name)s, %(left_share)s persen suara %(left)s dan %(right_share)s persen suara %(right)s.",
        name=widest.name,
        left=group_label(left, lang).lower(),
        right=group_label(right, lang).lower(),
        left_share=int(widest.left_share + 0.5),
        right_share=int(widest.right_share + 0.5),
    )
