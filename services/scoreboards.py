"""Scoreboards: what reviewers gave, theme by theme: the table, effort against impact, and where they should talk."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from reports import figures
from services import medians, orders
from services.tongue import N_, say

FIELDS = (
    N_("Banyak hasil, sedikit upaya: calon menang cepat"),
    N_("Banyak hasil, banyak upaya: proyek besar"),
    N_("Sedikit hasil, sedikit upaya: pelengkap"),
    N_("Sedikit hasil, banyak upaya: pikirkan lagi"),
)
MIDDLE, LOW, HIGH = 3.0, 1, 5
WIDE, SHOWN, NAMED = 2, 40, 3


@dataclass(frozen=True, slots=True)
class Field:
    """A theme in the four fields; `number` is its dot."""

    number: int
    theme_id: int
    name: str
    effort: float
    impact: float
    field: str


@dataclass(frozen=True, slots=True)
class Apart:
    """Where reviewers stand apart on one question."""

    theme_id: int
    name: str
    criterion: str
    spread: medians.Spread


@dataclass(frozen=True, slots=True)
class Board:
    """`apart_of` is how many there are in all of which `apart` shows the widest."""

    places: tuple[orders.Place, ...]
    partial: tuple[orders.Partial, ...]
    fields: tuple[Field, ...]
    svg: str
    finding: str
    apart: tuple[Apart, ...]
    apart_of: int


def board(session: Session, scheme: Any, lang: str = "id") -> Board:
    """What the scores of an opened scheme come to (`scheme` as `schemes.current` gives it)."""
    standing = orders.standing(session, scheme.round_id, lang)
    scored = [(one.theme_id, one.name, one.scored) for one in (*standing.places, *standing.partial) if one.scored]
    fields, apart = _fields(scored, lang), _apart(scored, {c.code: c.label for c in scheme.criteria})
    finding = _finding(fields, lang)
    svg = _draw(fields, finding, lang)
    return Board(standing.places, standing.partial, fields, svg, finding, apart[:SHOWN], len(apart))


def _fields(scored: Iterable[tuple[int, str, medians.Scored]], lang: str) -> tuple[Field, ...]:
    found: list[Field] = []
    for theme_id, name, row in scored:
        effort, impact = row.median("effort"), row.median("impact")
        if effort is not None and impact is not None:
            at = (effort > MIDDLE) + 2 * (impact <= MIDDLE)
            found.append(Field(len(found) + 1, theme_id, name, effort, impact, say(lang, FIELDS[at])))
    return tuple(found)


def _finding(fields: tuple[Field, ...], lang: str) -> str:
    if not fields:
        return say(lang, "Belum ada tema yang upaya dan dampaknya dinilai.")
    quick = [one.name for one in fields if one.field == say(lang, FIELDS[0])]
    return say(
        lang,
        "%(n)s dari %(of)s tema berdampak besar dengan upaya kecil: %(names)s.",
        n=len(quick),
        of=len(fields),
        names=", ".join(quick[:NAMED]) or "–",
    )


def _draw(fields: tuple[Field, ...], finding: str, lang: str) -> str:
    return figures.quadrant(
        [figures.Dot(one.name, one.effort, one.impact) for one in fields],
        id="upaya-dampak",
        title=say(lang, "Upaya dan dampak setiap tema"),
        description=finding,
        x_name=say(lang, "Upaya"),
        y_name=say(lang, "Dampak"),
        x_range=(LOW, HIGH),
        y_range=(LOW, HIGH),
        x_middle=MIDDLE,
        y_middle=MIDDLE,
        corners=tuple(say(lang, name) for name in FIELDS),
    )


def _apart(scored: Iterable[tuple[int, str, medians.Scored]], labels: dict[str, str]) -> tuple[Apart, ...]:
    found = [
        Apart(theme_id, name, labels.get(code, code), one)
        for theme_id, name, row in scored
        for code, one in row.given.items()
        if one.apart >= WIDE
    ]
    return tuple(sorted(found, key=lambda row: (-row.spread.apart, row.name, row.criterion)))
