"""Who took part: persons counted once each, in tables from which no small count can be worked out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from analysis import disclosure
from models import Area, Dimension, Point, Reading, Submission, Theme, Triage
from models.submission import SPEAKER, STANDS
from models.vocabulary import AgeBand, Gender, Group, ThemeState
from services.tongue import N_, label, say, word
from services.turnout import words_of

UNSAID, CITY, OUTSIDE = "-", "kota", "luar"
BESIDE = {CITY: N_("Seluruh kota"), OUTSIDE: N_("Luar kota"), UNSAID: N_("Tidak disebut")}
# The dimension of a row of open data: what the team said, what its writer said, or that of its theme.
SHOWN = func.coalesce(Triage.dimension, Point.dimension, Theme.dimension, UNSAID)
AXES = ("area", "group", "gender", "age")
HEADS = {
    "area": N_("Kelurahan"),
    "group": N_("Kelompok"),
    "gender": N_("Jenis kelamin"),
    "age": N_("Umur"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """One person as far as one can be told from another, with what they said of themselves at first."""

    area: str
    group: str
    gender: str
    age: str


@dataclass(frozen=True, slots=True)
class PersonTable:
    """A table to be published; a cell is a rounded count, or None where it is hidden."""

    code: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    counts: tuple[int | None, ...]
    shares: tuple[int | None, ...]
    total: int | None


def persons(session: Session, round_id: int) -> list[Person]:
    """The least number of people behind what stands in a round, each once.

    Who is known (an account, an office, the writer of a chat) is one person however often they sent; of all others the
    same words from the same group and place are one. So a count of ten is never fewer than ten people.
    """
    s = Submission
    found = session.execute(
        select(SPEAKER.label("speaker"), s.group, s.area, s.place_note, s.gender, s.age_band, s.text)
        .where(STANDS, s.round_id == round_id)
        .order_by(s.id)
    )
    seen: dict[object, Person] = {}
    for row in found:
        place = row.area or row.place_note or UNSAID
        told = Person(place, row.group.value, _value(row.gender), _value(row.age_band))
        seen.setdefault(_who(row), told)
    return list(seen.values())


def _value(told: Gender | AgeBand | None) -> str:
    return told.value if told and told is not Gender.UNSTATED else UNSAID


def tables(
    session: Session, spoken: Sequence[Person], *, threshold: int, rounding: int, lang: str = "id"
) -> tuple[PersonTable, ...]:
    """Who took part by kelurahan, group, gender and age: one table for each, hidden and rounded together.

    None at all where so few took part that no way of hiding is safe.
    """
    counted = [disclosure.Table(axis, (axis,), Counter((getattr(person, axis),) for person in spoken)) for axis in AXES]
    # The total stands on the same page, unrounded: whoever knows it may subtract.
    try:
        published = disclosure.protect(counted, threshold=threshold, rounding=rounding, exact=({},))
    except disclosure.Unprotectable:
        return ()
    names = _names(session, lang)
    return tuple(_table(found, names[found.name], lang) for found in published if found.cells)


def _table(found: disclosure.Published, names: Mapping[str, str], lang: str) -> PersonTable:
    total = found.cells.get((disclosure.ALL,))
    shown = [code for code in names if (code,) in found.cells]
    counts = tuple(found.cells[(code,)] for code in shown)
    return PersonTable(
        code=found.name,
        heads=(say(lang, HEADS[found.name]),),
        rows=tuple((names[code],) for code in shown),
        counts=counts,
        shares=tuple(disclosure.percent(count, total) for count in counts),
        total=total,
    )


def _names(session: Session, lang: str) -> dict[str, dict[str, str]]:
    """The values of each axis in the order in which they are shown, with the words for them."""
    areas = session.execute(select(Area.code, Area.name).where(Area.kind == "kelurahan").order_by(Area.name))
    unsaid = say(lang, BESIDE[UNSAID])
    return {
        "area": {code: name for code, name in areas} | {code: say(lang, words) for code, words in BESIDE.items()},
        "group": {group.value: word(group, lang) for group in Group},
        "gender": {g.value: word(g, lang) for g in Gender if g is not Gender.UNSTATED} | {UNSAID: unsaid},
        "age": {band.value: word(band, lang) for band in AgeBand} | {UNSAID: unsaid},
    }


def large_groups(spoken: Iterable[Person], threshold: int) -> frozenset[str]:
    """The groups with so many people that naming one beside a quote points at nobody."""
    counts = Counter(person.group for person in spoken)
    return frozenset(group for group, n in counts.items() if n >= threshold)


def carried(session: Session, round_id: int, threshold: int) -> frozenset[tuple[str, str]]:
    """The pairs of group and dimension that may stand on rows of open data: those with so many different people.

    The dimension is the one that stands on the row, and people are counted at the least, as in the tables.
    """
    s = Submission
    found = session.execute(
        select(s.group, SHOWN.label("dimension"), SPEAKER.label("speaker"), s.area, s.place_note, s.text)
        .join(Point, Point.submission_id == s.id)
        .outerjoin(Triage, Triage.point_id == Point.id)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .outerjoin(Theme, and_(Theme.id == Reading.theme_id, Theme.state == ThemeState.ACTIVE))
        .where(STANDS, s.round_id == round_id)
    )
    behind: dict[tuple[str, str], set[object]] = defaultdict(set)
    for row in found:
        behind[row.group.value, row.dimension].add(_who(row))
    return frozenset(disclosure.may_carry({cell: len(who) for cell, who in behind.items()}, threshold))


def _who(row: Any) -> object:
    """What tells one person from another."""
    return row.speaker or (words_of(row.text), row.group, row.area or row.place_note or UNSAID)


def dimension_names(session: Session, lang: str) -> dict[str, str]:
    """The current dimensions in their order, by the plain names that citizens read."""
    found = session.execute(
        select(Dimension.code, label(Dimension, "plain", lang)).where(Dimension.is_current).order_by(Dimension.position)
    )
    return {code: name for code, name in found}
