"""X5, the priority sheet: every issue with its counts, the team's scores, its range and people's words."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from models import Area, Finding, Point, Reading, Submission, Theme, Triage
from models.submission import STANDS
from models.vocabulary import Visibility
from reports.sheets import Sheet, Value
from services import rankings
from services.exports import points, team
from services.exports.columns import Col, columns
from services.exports.contents import Content
from services.exports.frames import Frame
from services.exports.scale import COLUMNS, CRITERIA, PARTS, POINTS, QUOTES, SCORES
from services.exports.team import Team
from services.tongue import label, word
from services.turnout import Count
from services.wording import (
    caption,
    dimension_label,
    gap_of,
    group_label,
    middles,
    part_detail,
    quarter,
    theme_name,
)


@dataclass(frozen=True, slots=True)
class Material:
    """What the sheet is made of; `ranked` holds findings with a place, as (finding, theme, dimension's short name)."""

    ranked: Sequence[tuple[Finding, Theme, str | None]]
    points: Mapping[int, Sequence[Row[Any]]]
    team: Team


def content(frame: Frame) -> Content:
    """The list, what each place is made of, and every point behind it.

    The order is the team's once its scores are open, and the computed one until then; the explanation says which.
    """
    found = _gather(frame)
    title = frame.tell("Lembar prioritas")
    order = frame.tell("urutan tim") if found.team.places else frame.tell("urutan awal, dihitung mesin")
    return Content(
        title=title,
        is_personal=any(not points.is_read(p) for said in found.points.values() for p in said),
        sheets=[
            Sheet(title, columns(_named(found.team), frame.lang), list(_rows(found, frame))),
            Sheet(frame.tell("Bagian nilai"), columns(PARTS, frame.lang), list(_parts(found, frame))),
            Sheet(frame.tell("Nilai tim"), columns(SCORES, frame.lang), list(_scores(found, frame))),
            Sheet(frame.tell("Butir masukan"), columns(POINTS, frame.lang), list(_points(found, frame))),
        ],
        facts=[
            (
                frame.tell("Skema penilaian"),
                str(found.team.scheme.number) if found.team.scheme else frame.tell("belum ada"),
            ),
            (frame.tell("Bobot kriteria (persen)"), _weights(frame)),
            (frame.tell("Sidik masukan"), frame.run.input_hash if frame.run else ""),
        ],
        notes=[
            frame.tell("Urutan: %(order)s", order=order),
            frame.tell("Ini suara yang masuk, bukan sampel acak warga kota."),
        ],
    )


def _gather(frame: Frame) -> Material:
    if frame.run is None:
        return Material((), {}, team.of_round(frame))
    rows = frame.session.execute(rankings.ranked(frame.run.id, frame.lang))
    wanted = frame.asked.dimension
    ranked = [(finding, theme, short) for finding, theme, short, _ in rows if not wanted or theme.dimension == wanted]
    made = team.of_round(frame)
    last = len(ranked)
    places = {key: place.place for key, place in made.places.items()}
    ranked.sort(key=lambda row: (places.get(row[1].id, last + 1), row[0].position))
    return Material(ranked, _behind(frame), made)


def _behind(frame: Frame) -> dict[int, list[Row[Any]]]:
    rows = frame.session.execute(
        select(
            Reading.theme_id,
            Point.id,
            Submission.receipt_no,
            Submission.group,
            Submission.visibility,
            Area.name.label("area"),
            Submission.channel,
            Reading.masked_text,
            Point.proposed_text,
            Point.evidence,
            points.DIMENSION.label("dimension"),
            points.ELEMENT.label("element"),
            points.NATURE.label("nature"),
            Triage.public_text,
            Triage.is_offensive,
            Triage.missions,
            points.MISSIONS.label("own_missions"),
        )
        .select_from(Reading)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .join(Theme, Theme.id == Reading.theme_id)
        .outerjoin(Triage, Triage.point_id == Point.id)
        .outerjoin(Area, Area.code == Submission.area)
        .where(Submission.round_id == frame.round.id, STANDS)
        .order_by(Reading.point_id)
    )
    found: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        found[row.theme_id].append(row)
    return found


def _named(made: Team) -> list[Col]:
    """The six criteria go by the names that the scheme gives them."""
    names = {f"k{n}": row for n, row in enumerate(made.criteria[:CRITERIA], start=1)}
    return [_renamed(col, names.get(col.key)) for col in COLUMNS]


def _renamed(col: Col, row: Mapping[str, Any] | None) -> Col:
    if row is None:
        return col
    names = (label(row, "label", "id"), label(row, "label", "en"))
    return col._replace(name=(names[0] or col.name[0], names[1] or col.name[1]))


def _rows(found: Material, frame: Frame) -> Iterator[list[Value]]:
    means = middles([finding for finding, _, _ in found.ranked])
    for finding, theme, short in found.ranked:
        yield _row(finding, theme, short, means, found, frame)


def _row(
    finding: Finding,
    theme: Theme,
    short: str | None,
    means: tuple[float, float],
    found: Material,
    frame: Frame,
) -> list[Value]:
    said, gap, lang = found.points.get(theme.id, ()), gap_of(finding), frame.lang
    detail = {part["code"]: dict(part["detail"]) for part in finding.rank["parts"]}
    return [
        _place(finding, theme, found.team),
        theme_name(theme, lang),
        dimension_label(short, lang),
        _second(said, theme.dimension, frame),
        points.counted(word(p.element, lang) for p in said if p.element),
        points.counted(word(p.nature, lang) for p in said if p.nature),
        finding.received,
        Count(finding.received, finding.people_min, finding.people_max).people,
        detail.get("consensus", {}).get("voices"),
        ", ".join(group_label(g, lang) for g, n in finding.groups if n),
        len(detail.get("spread", {}).get("areas", ())),
        gap.get("condition_mean"),
        gap.get("importance_mean"),
        quarter(gap, means, lang) or None,
        *_scored(theme.id, found.team),
        _missions(said, theme, frame),
        _range(finding, theme, found.team),
        *_moved(theme.id, found.team),
        *_quotes(finding, said, frame),
    ]


def _place(finding: Finding, theme: Theme, made: Team) -> int | None:
    """A theme that the team's order does not hold has no place in it."""
    if not made.places:
        return finding.place
    place = made.places.get(theme.id)
    return place.place if place else None


def _scored(theme_id: int, made: Team) -> list[Value]:
    """U, S, G, their sum; the six criteria, their weights, the weighted mean; effort, impact, evidence."""
    scored = made.scores.get(theme_id)
    codes = [row["code"] for row in made.criteria[:CRITERIA]] + [""] * CRITERIA
    weights = [row["weight"] for row in made.criteria[:CRITERIA]] + [None] * CRITERIA
    return [
        *(made.median(theme_id, code) for code in ("u", "s", "g")),
        scored.usg if scored else None,
        *(made.median(theme_id, code) for code in codes[:CRITERIA]),
        *weights[:CRITERIA],
        scored.weighted if scored else None,
        *(made.median(theme_id, code) for code in ("effort", "impact", "evidence")),
    ]


def _range(finding: Finding, theme: Theme, made: Team) -> str | None:
    if not made.places:
        return f"{finding.low}–{finding.high}"
    place = made.places.get(theme.id)
    return f"{place.low}–{place.high}" if place else None


def _moved(theme_id: int, made: Team) -> tuple[str | None, str | None]:
    """From which place to which a person moved it, and why."""
    place = made.places.get(theme_id)
    if place is None or not place.moved_because:
        return None, None
    return f"{place.would_be or '–'} → {place.place}", place.moved_because


def _quotes(finding: Finding, said: Sequence[Row[Any]], frame: Frame) -> list[str | None]:
    """The run's quotes, in the words that a person cleared where there are some."""
    by_id = {str(p.id): p for p in said}
    found = []
    for quote in finding.quotes:
        point = by_id.get(str(quote.get("id")))
        if point is None or point.is_offensive or point.visibility is Visibility.TEAM:
            continue
        who = caption(quote.get("group"), None, quote.get("language"), frame.lang)
        found.append(f"{points.public(point) or point.masked_text} ({who})")
    return [*found[:QUOTES], *[None] * (QUOTES - len(found))]


def _second(said: Sequence[Row[Any]], first: str | None, frame: Frame) -> str | None:
    others = Counter(frame.names.dimensions.get(p.dimension) for p in said if p.dimension and p.dimension != first)
    return min(others, key=lambda name: (-others[name], str(name))) if others else None


def _missions(said: Sequence[Row[Any]], theme: Theme, frame: Frame) -> str | None:
    of_dimension = {code for code, _, fed in frame.names.missions if theme.dimension in fed}
    served = of_dimension.union(*(points.mission_codes(p) for p in said))
    return points.join(points.by_number(served), ", ")


def _parts(found: Material, frame: Frame) -> Iterator[list[Value]]:
    """What the computed place is made of, also where the list stands in the team's order."""
    criteria = {row["code"]: row for row in frame.criteria}
    for finding, theme, _ in found.ranked:
        whole = sum(part["weight"] for part in finding.rank["parts"]) or 1
        for part in finding.rank["parts"]:
            row = criteria.get(part["code"], {})
            yield [
                finding.place,
                theme_name(theme, frame.lang),
                label(row, "label", frame.lang) or part["code"],
                part["value"],
                part["weight"],
                round(part["value"] * part["weight"] / whole, 2),
                label(row, "meaning", frame.lang) or "",
                part_detail(part["code"], dict(part["detail"]), frame.lang),
            ]


def _scores(found: Material, frame: Frame) -> Iterator[list[Value]]:
    """Every criterion of the scheme with its spread, however many there are."""
    rows = found.team.scheme.criteria if found.team.scheme else ()
    for _, theme, _ in found.ranked:
        scored = found.team.scores.get(theme.id)
        for row in rows if scored else ():
            if scored and (spread := scored.given.get(row["code"])):
                name = label(row, "label", frame.lang) or row["code"]
                yield [
                    theme_name(theme, frame.lang),
                    name,
                    row.get("weight"),
                    spread.n,
                    spread.median,
                    spread.low,
                    spread.high,
                ]


def _points(found: Material, frame: Frame) -> Iterator[list[Value]]:
    for finding, theme, _ in found.ranked:
        for point in found.points.get(theme.id, ()):
            yield [
                finding.place,
                theme_name(theme, frame.lang),
                point.receipt_no,
                group_label(point.group, frame.lang),
                point.area,
                word(point.channel, frame.lang),
                points.public(point) or point.masked_text,
                points.masked(point.proposed_text),
                points.masked(point.evidence),
            ]


def _weights(frame: Frame) -> str:
    return ", ".join(f"{label(row, 'label', frame.lang)} {row['weight']:g}" for row in frame.criteria)
