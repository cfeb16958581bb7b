"""Pictures of the ranked list: what matters and is in a bad state, and how far each place can move."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from models import Finding
from reports import figures
from services import rankings
from services.tongue import decimal, say
from services.wording import CORNERS, gap_of, is_rated, middles, quarter, theme_name

NAMED = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """One place of the list; `number` is its dot, None where condition or importance was not rated."""

    theme_id: int
    name: str
    place: int
    low: int
    high: int
    number: int | None
    condition: float | None
    importance: float | None
    quarter: str


@dataclass(frozen=True, slots=True)
class Figure:
    svg: str
    finding: str


@dataclass(frozen=True, slots=True)
class Pictures:
    places: tuple[Placed, ...]
    plane: Figure
    reach: Figure
    condition_mean: float
    importance_mean: float


def draw(session: Session, run_id: int, lang: str = "id") -> Pictures:
    """Both pictures of a run with the figures they are drawn from."""
    found = session.execute(rankings.ranked(run_id, lang))
    rows = [(finding, theme_name(theme, lang)) for finding, theme, _, _ in found]
    means = middles([finding for finding, _ in rows])
    places = _places(rows, means, lang)
    return Pictures(places, _plane(places, means, lang), _reach(places, lang), *means)


def _places(rows: list[tuple[Finding, str]], means: tuple[float, float], lang: str) -> tuple[Placed, ...]:
    places, number = [], 0
    for finding, name in rows:
        gap = gap_of(finding)
        number += is_rated(gap)
        condition, importance = gap.get("condition_mean"), gap.get("importance_mean")
        places.append(
            Placed(
                theme_id=finding.theme_id,
                name=name,
                place=finding.place or 0,
                low=finding.low or 0,
                high=finding.high or 0,
                number=number if is_rated(gap) else None,
                condition=condition,
                importance=importance,
                quarter=quarter(gap, means, lang),
            )
        )
    return tuple(places)


def _plane(places: tuple[Placed, ...], means: tuple[float, float], lang: str) -> Figure:
    rated = [p for p in places if p.number]
    first = [p for p in rated if p.quarter == say(lang, CORNERS[0])]
    finding = _first(first, rated, means, lang)
    svg = figures.quadrant(
        [figures.Dot(p.name, p.condition or 0, p.importance or 0) for p in rated],
        id="keadaan-penting",
        title=say(lang, "Keadaan dan pentingnya setiap tema"),
        description=finding,
        x_name=say(lang, "Keadaan sekarang"),
        y_name=say(lang, "Pentingnya"),
        x_middle=means[0],
        y_middle=means[1],
        corners=tuple(say(lang, name) for name in CORNERS),
    )
    return Figure(svg, finding)


def _first(first: list[Placed], rated: list[Placed], means: tuple[float, float], lang: str) -> str:
    if not rated:
        return say(lang, "Belum ada tema yang keadaan dan pentingnya dinilai.")
    return say(
        lang,
        "%(n)s dari %(of)s tema lebih penting dan lebih buruk keadaannya daripada rata-rata "
        "(penting %(importance)s, keadaan %(condition)s), antara lain %(names)s.",
        n=len(first),
        of=len(rated),
        importance=decimal(means[1], lang),
        condition=decimal(means[0], lang),
        names=", ".join(p.name for p in first[:NAMED]) or "–",
    )


def _reach(places: tuple[Placed, ...], lang: str) -> Figure:
    finding = _steadiest(places, lang)
    svg = figures.ranges(
        [figures.Span(p.name, p.place, p.low, p.high) for p in places],
        id="rentang-tempat",
        title=say(lang, "Rentang tempat setiap tema"),
        description=finding,
        of=max([len(places), *(p.high for p in places)], default=1),
    )
    return Figure(svg, finding)


def _steadiest(places: tuple[Placed, ...], lang: str) -> str:
    if not places:
        return say(lang, "Belum ada tema yang mendapat tempat.")
    steady = min(places, key=lambda p: (p.high - p.low, p.place))
    loose = max(places, key=lambda p: (p.high - p.low, -p.place))
    return say(
        lang,
        "Paling mantap: %(steady)s, tempat %(low)s–%(high)s. "
        "Paling mudah bergeser: %(loose)s, tempat %(loose_low)s–%(loose_high)s.",
        steady=steady.name,
        low=steady.low,
        high=steady.high,
        loose=loose.name,
        loose_low=loose.low,
        loose_high=loose.high,
    )
