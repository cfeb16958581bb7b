"""Representation: who has spoken against the targets of the plan, and where to go next; exact, for the team alone."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Agency, Area, Attendance, Dimension, Programme, Term
from models.vocabulary import Gender, Group
from reports import figures
from services import heads
from services.errors import NotFound
from services.tongue import N_, decimal, label, say, word
from services.turnout import EACH, UNSAID, Count, Light, Line, Lines, met, targets

CITY, OUTSIDE = "kota", "luar"
NOBODY = (0, 0, 0)
MOST_STEPS = 12
BESIDE = ((CITY, N_("Seluruh kota")), (OUTSIDE, N_("Luar kota")), (UNSAID, N_("Tidak disebut")))


# What each kind of target is called, and what can be done where it is not met; in the order of the board.
KINDS = {
    "kelurahan": (
        N_("Kelurahan"),
        N_("Taruh poster dan lembar kertas di kantor kelurahannya, dan minta petugas membantu mengetik."),
    ),
    "group": (N_("Kelompok"), N_("Undang lewat asosiasi atau komunitasnya, dengan tautan lewat WhatsApp.")),
    "constituency": (N_("Unsur"), N_("Adakan satu pertemuan di tempat unsur ini biasa berkumpul.")),
    "women": (N_("Perempuan"), N_("Pilih waktu dan tempat yang cocok bagi perempuan, misalnya bersama PKK.")),
    "academic_dimension": (
        N_("Akademisi per bidang"),
        N_("Undang ahli bidang ini mengomentari bab naskahnya, dengan tautan undangan."),
    ),
    "agency": (N_("Perangkat daerah"), N_("Ingatkan perangkat daerah ini: putusan atas programnya ditunggu.")),
}


@dataclass(frozen=True, slots=True)
class Step:
    """Somewhere to go next, and what could be done there."""

    line: Line
    kind_label: str
    advice: str


@dataclass(frozen=True, slots=True)
class Place:
    """A row of the matrix; `line` and `ratio` (share of voices to share of population) of kelurahan alone."""

    code: str
    name: str
    counts: tuple[int, ...]
    total: Count
    line: Line | None
    ratio: str


@dataclass(frozen=True, slots=True)
class Board:
    """Everything the page shows; `columns` are the groups of the matrix."""

    total: Count
    met: int
    of: int
    sections: tuple[tuple[str, str, tuple[Line, ...]], ...]
    columns: tuple[tuple[str, str], ...]
    places: tuple[Place, ...]
    finding: str
    svg: str
    steps: tuple[Step, ...]
    has_population: bool
    constituencies: tuple[tuple[str, str], ...]


def board(
    session: Session,
    round_id: int,
    lang: str = "id",
    *,
    constituency: str | None = None,
    counted: Mapping[str, Any] | None = None,
) -> Board:
    """The board of a round; with a constituency its matrix holds the sendings of that one alone.

    `counted` is what `heads` kept of the round, where it need not be counted now.
    """
    there = heads.of_round(session, round_id) if counted is None else counted
    names = _constituencies(session, lang)
    if constituency and constituency not in dict(names):
        raise NotFound(f"constituency {constituency}")
    make = Lines(targets(session, lang), lang)
    lines = {
        "kelurahan": _kelurahan(session, there, make),
        "group": _groups(there, make),
        "constituency": _of_constituencies(session, there, names, make),
        "women": _women(session, there, make),
        "academic_dimension": _academics(session, there, make),
        "agency": _agencies(session, there, make),
    }
    judged = [line for each in lines.values() for line in each if line.light]
    shown = there["places"].get(constituency or heads.EVERYBODY, {})
    places = _places(session, shown, lines["kelurahan"] if not constituency else [], lang)
    columns = tuple((g.value, word(g, lang)) for g in Group)
    finding = _finding(places, lang)
    return Board(
        total=Count(*there["total"]),
        met=sum(line.light is Light.MET for line in judged),
        of=len(judged),
        sections=tuple((k, say(lang, KINDS[k][0]), tuple(lines[k])) for k in KINDS if k != "kelurahan" and lines[k]),
        columns=columns,
        places=places,
        finding=finding,
        svg=_draw(places, columns, finding, lang),
        steps=_steps(lines, lang),
        has_population=any(place.ratio for place in places),
        constituencies=names,
    )


def _constituencies(session: Session, lang: str) -> tuple[tuple[str, str], ...]:
    named = label(Term, "label", lang)
    rows = session.execute(
        select(Term.code, named).where(Term.kind == "constituency", Term.is_current).order_by(named, Term.code)
    )
    return tuple((code, name) for code, name in rows)


def _of(counts: Mapping[str, Sequence[int]], code: str) -> Count:
    return Count(*counts.get(code, NOBODY))


def _kelurahan(session: Session, there: Mapping[str, Any], make: Lines) -> list[Line]:
    return [
        make.counted("kelurahan", code, name, _of(there["areas"], code), area=code)
        for code, name, _population in _areas(session)
    ]


def _groups(there: Mapping[str, Any], make: Lines) -> list[Line]:
    return [
        make.counted("group", group, word(group, make.lang), _of(there["groups"], group), group=group)
        for group in Group
    ]


def _areas(session: Session) -> list[tuple[str, str, int | None]]:
    rows = session.execute(
        select(Area.code, Area.name, Area.population)
        .where(Area.kind == "kelurahan", Area.is_current)
        .order_by(Area.parent, Area.name)
    )
    return [tuple(row) for row in rows]  # type: ignore[misc]


def _of_constituencies(
    session: Session, there: Mapping[str, Any], names: Iterable[tuple[str, str]], make: Lines
) -> list[Line]:
    """A constituency is met by what it sent, or by a meeting to which somebody of it came."""
    meetings: Counter[str] = Counter(
        session.scalars(select(Attendance.constituency).where(Attendance.women + Attendance.men > 0))
    )
    least, note = make.targets.get(("meeting", EACH), (0, ""))
    lines = []
    for code, name in names:
        line = make.counted("constituency", code, name, _of(there["constituencies"], code), constituency=code)
        if line.light and least and meetings[code] >= least:
            line = met(line, note, make.lang)
        lines.append(line)
    return lines


def _women(session: Session, there: Mapping[str, Any], make: Lines) -> list[Line]:
    """The share of women: of those who wrote and said so, and of those who came to meetings."""
    lang = make.lang
    stated = Counter({gender: there["genders"].get(gender, 0) for gender in (Gender.WOMAN, Gender.MAN)})
    women, men = session.execute(select(func.sum(Attendance.women), func.sum(Attendance.men))).one()
    return [
        _share(make, "percent", say(lang, "Yang menulis"), stated[Gender.WOMAN], stated.total(), gender=Gender.WOMAN),
        _share(make, "percent", say(lang, "Yang hadir dalam pertemuan"), women or 0, (women or 0) + (men or 0)),
    ]


def _share(make: Lines, code: str, name: str, part: int, whole: int, **opens: str) -> Line:
    if not whole:
        return make.line("women", code, name, 0, say(make.lang, "belum ada yang menyebut"), 0)
    percent, lang = 100 * part / whole, make.lang
    measured = say(lang, "%(percent)s %% (%(n)s dari %(of)s)", percent=decimal(percent, lang, 0), n=part, of=whole)
    return make.line("women", code, name, part, measured, percent, **opens)


def _academics(session: Session, there: Mapping[str, Any], make: Lines) -> list[Line]:
    """How many academics spoke of each dimension."""
    dimensions = session.execute(
        select(Dimension.code, label(Dimension, "short", make.lang))
        .where(Dimension.is_current)
        .order_by(Dimension.position)
    )
    return [
        make.counted(
            "academic_dimension", code, name, _of(there["academics"], code), dimension=code, group=Group.ACADEMIC
        )
        for code, name in dimensions
    ]


def _agencies(session: Session, there: Mapping[str, Any], make: Lines) -> list[Line]:
    """Of each agency that leads programmes: how many of them it has given its verdict on."""
    led = session.execute(
        select(Agency.code, Agency.name, func.count(Programme.code))
        .join(Programme, Programme.agency == Agency.code)
        .group_by(Agency.code, Agency.name)
        .order_by(Agency.name)
    ).all()
    answered = there["verdicts"]
    return [
        make.line(
            "agency",
            code,
            name,
            answered.get(code, 0),
            say(make.lang, "%(n)s dari %(of)s program", n=answered.get(code, 0), of=programmes),
            answered.get(code, 0),
            agency=code,
        )
        for code, name, programmes in led
    ]


def _places(session: Session, spoken: Mapping[str, Any], lines: Iterable[Line], lang: str) -> tuple[Place, ...]:
    areas, judged = _areas(session), {line.code: line for line in lines}
    counts = {area: Count(*counted) for area, (_groups, counted) in spoken.items()}
    received = {code: _of(counts, code).received for code, _, _ in areas}
    ratios = _ratios(received, areas, lang) if judged else {}
    named = [(code, name) for code, name, _ in areas]
    named += [(code, say(lang, words)) for code, words in BESIDE if code in counts]
    return tuple(
        Place(
            code,
            name,
            tuple(spoken[code][0]) if code in spoken else (0,) * len(Group),
            _of(counts, code),
            judged.get(code),
            ratios.get(code, ""),
        )
        for code, name in named
    )


def _ratios(received: dict[str, int], areas: Iterable[tuple[str, str, int | None]], lang: str) -> dict[str, str]:
    """Share of the voices over share of the population, among the kelurahan whose population the city filled in."""
    people = {code: population for code, _, population in areas if population}
    voices, all_people = sum(received[code] for code in people), sum(people.values())
    if not voices:
        return {}
    return {code: decimal(received[code] * all_people / (voices * n), lang, 2) for code, n in people.items()}


def _finding(places: Iterable[Place], lang: str) -> str:
    cells = [n for place in places for n in place.counts]
    kelurahan = [place for place in places if place.code not in (CITY, OUTSIDE, UNSAID)]
    empty = [place.name for place in kelurahan if not place.total.received]
    if not any(cells):
        return say(lang, "Belum ada masukan.")
    if not empty:
        return say(lang, "Dari setiap kelurahan sudah ada masukan.")
    return say(
        lang,
        "%(n)s dari %(of)s kelurahan belum bersuara: %(names)s.",
        n=len(empty),
        of=len(kelurahan),
        names=", ".join(empty),
    )


def _draw(places: Sequence[Place], columns: Sequence[tuple[str, str]], finding: str, lang: str) -> str:
    return figures.heat_map(
        [place.name for place in places],
        [name for _, name in columns],
        [place.counts for place in places],
        id="kelurahan-kelompok",
        title=say(lang, "Banyaknya masukan menurut kelurahan dan kelompok"),
        description=finding,
    )


def _steps(lines: dict[str, list[Line]], lang: str) -> tuple[Step, ...]:
    """The worst of each kind, the widest gap first, then the next of each: one kind never fills the list alone."""
    unmet = []
    for at_kind, kind in enumerate(KINDS):
        missing = [line for line in lines[kind] if line.light not in (None, Light.MET)]
        worst = sorted(missing, key=lambda line: -line.gap)
        unmet += [(at, -line.gap, at_kind, line) for at, line in enumerate(worst)]
    unmet.sort(key=lambda row: row[:3])
    said = {kind: tuple(say(lang, words) for words in both) for kind, both in KINDS.items()}
    return tuple(Step(line, *said[line.kind]) for *_, line in unmet[:MOST_STEPS])


def place_name(session: Session, code: str) -> str:
    """The name of a kelurahan."""
    name = session.scalar(select(Area.name).where(Area.code == code, Area.kind == "kelurahan", Area.is_current))
    if name is None:
        raise NotFound(f"kelurahan {code}")
    return name
