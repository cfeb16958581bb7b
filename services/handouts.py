"""The handout: the whole ranked list as a workbook, with the parts of each score and the points behind it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from analysis.mask import mask
from models import (
    Area,
    Dimension,
    Finding,
    Mission,
    PlanVersion,
    Point,
    PointMission,
    Reading,
    Round,
    Run,
    Submission,
    Theme,
)
from models.run import round_of
from models.submission import STANDS
from reports.tables import Sheet, Value, workbook
from services import rankings
from services.columns import CRITERIA, PARTS, POINTS, QUOTES, columns, list_columns, words
from services.errors import NotFound
from services.tongue import label, say, word
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
    """What the workbook is made of, read in few statements."""

    run: Run
    round: Round
    plan: PlanVersion
    ranked: list[tuple[Finding, Theme, str | None]]
    points: dict[int, list[Row[Any]]]
    missions: dict[str, set[str]]


def handout(session: Session, run_id: int, *, lang: str = "id") -> bytes:
    """The workbook of a run (XLSX): the list, the parts, the points, and an explanation of every column.

    Its time is the run's, so that the same run gives the same file.
    """
    found = _gather(session, run_id, lang)
    criteria = [(row["code"], row) for row in found.plan.weights]
    return workbook(
        [
            Sheet(say(lang, "Urutan prioritas"), list_columns(criteria, lang), _list_rows(found, criteria, lang)),
            Sheet(say(lang, "Bagian nilai"), columns(PARTS, lang), _part_rows(found, dict(criteria), lang)),
            Sheet(say(lang, "Butir masukan"), columns(POINTS, lang), _point_rows(found, lang)),
        ],
        title=say(lang, "Urutan prioritas %(city)s", city=found.plan.city["city"]["name"]),
        facts=_facts(found, criteria, lang),
        made_at=found.run.finished_at or found.run.started_at,
        words=words(lang),
    )


def _gather(session: Session, run_id: int, lang: str) -> Material:
    facts = session.execute(
        select(Run, Round, PlanVersion)
        .join(Round, Round.id == Run.round_id)
        .join(PlanVersion, PlanVersion.id == select(func.max(PlanVersion.id)).scalar_subquery())
        .where(Run.id == run_id)
    ).first()
    if facts is None:
        raise NotFound(f"run {run_id}")
    ranked = [(finding, theme, short) for finding, theme, short, _ in session.execute(rankings.ranked(run_id, lang))]
    missions: dict[str, set[str]] = defaultdict(set)
    for code, dimensions in session.execute(select(Mission.code, Mission.dimensions).where(Mission.is_current)):
        for dimension in dimensions.split("|"):
            missions[dimension].add(code)
    return Material(*facts, ranked, _points(session, run_id, lang), missions)


def _points(session: Session, run_id: int, lang: str) -> dict[int, list[Row[Any]]]:
    served = func.aggregate_strings(PointMission.mission, "|")
    rows = session.execute(
        select(
            Reading.theme_id,
            Submission.receipt_no,
            Submission.group,
            Area.name.label("area"),
            Submission.channel,
            Reading.masked_text,
            Point.proposed_text,
            Point.evidence,
            Point.dimension,
            label(Dimension, "short", lang).label("short"),
            Point.element,
            Point.nature,
            select(served).where(PointMission.point_id == Point.id).scalar_subquery().label("missions"),
        )
        .join(Point, Point.id == Reading.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Area, Area.code == Submission.area)
        .outerjoin(Dimension, Dimension.code == Point.dimension)
        .where(Submission.round_id == round_of(run_id), Reading.theme_id.is_not(None), STANDS)
        .order_by(Reading.point_id)
    )
    points: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        points[row.theme_id].append(row)
    return points


def _list_rows(found: Material, criteria: list[tuple[str, dict[str, Any]]], lang: str) -> Iterator[list[Value]]:
    means = middles([finding for finding, _, _ in found.ranked])
    for finding, theme, short in found.ranked:
        points, gap = found.points.get(theme.id, []), gap_of(finding)
        parts = {part["code"]: part for part in finding.rank["parts"]}
        detail = {code: dict(part["detail"]) for code, part in parts.items()}
        ordered = [parts.get(code) for code, _ in criteria[:CRITERIA]] + [None] * (CRITERIA - len(criteria))
        quotes = [f"{q['text']} ({caption(q.get('group'), None, q.get('language'), lang)})" for q in finding.quotes]
        yield [
            finding.place,
            theme_name(theme, lang),
            dimension_label(short, lang),
            _second(points, theme.dimension),
            _counted(word(p.element, lang) for p in points if p.element),
            _counted(word(p.nature, lang) for p in points if p.nature),
            finding.received,
            _span(finding.people_min, finding.people_max),
            detail.get("consensus", {}).get("voices"),
            ", ".join(group_label(g, lang) for g, n in finding.groups if n),
            len(detail.get("spread", {}).get("areas", ())),
            gap.get("condition_mean"),
            gap.get("importance_mean"),
            quarter(gap, means, lang),
            *[None] * 4,
            *[part and part["value"] for part in ordered],
            *[part and part["weight"] for part in ordered],
            finding.score,
            None,
            None,
            detail.get("evidence", {}).get("with_reference"),
            _missions(points, found.missions.get(theme.dimension or "", set())),
            f"{finding.low}–{finding.high}",
            None,
            None,
            *(quotes + [None] * QUOTES)[:QUOTES],
        ]


def _part_rows(found: Material, criteria: dict[str, dict[str, Any]], lang: str) -> Iterator[list[Value]]:
    for finding, theme, _ in found.ranked:
        whole = sum(part["weight"] for part in finding.rank["parts"]) or 1
        for part in finding.rank["parts"]:
            row = criteria.get(part["code"], {})
            yield [
                finding.place,
                theme_name(theme, lang),
                label(row, "label", lang) or part["code"],
                part["value"],
                part["weight"],
                round(part["value"] * part["weight"] / whole, 2),
                label(row, "meaning", lang) or "",
                part_detail(part["code"], dict(part["detail"]), lang),
            ]


def _point_rows(found: Material, lang: str) -> Iterator[list[Value]]:
    for finding, theme, _ in found.ranked:
        for point in found.points.get(theme.id, []):
            yield [
                finding.place,
                theme_name(theme, lang),
                point.receipt_no,
                group_label(point.group, lang),
                point.area,
                word(point.channel, lang),
                point.masked_text,
                _masked(point.proposed_text),
                _masked(point.evidence),
            ]


def _masked(text: str | None) -> str | None:
    return mask(text).text if text else None


def _second(points: list[Row[Any]], first: str | None) -> str | None:
    others = Counter(p.short for p in points if p.dimension and p.dimension != first)
    return min(others, key=lambda name: (-others[name], name)) if others else None


def _counted(names: Iterator[str]) -> str | None:
    counts = Counter(names)
    return ", ".join(f"{name} {n}" for name, n in sorted(counts.items(), key=lambda c: (-c[1], c[0]))) or None


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{high}"


def _missions(points: list[Row[Any]], of_dimension: set[str]) -> str:
    served = of_dimension.union(*((p.missions or "").split("|") for p in points)) - {""}
    return ", ".join(sorted(served, key=lambda code: (len(code), code)))


def _facts(found: Material, criteria: list[tuple[str, dict[str, Any]]], lang: str) -> list[tuple[str, str]]:
    at = found.run.finished_at
    zone = ZoneInfo(found.plan.city["city"]["timezone"])
    weights = ", ".join(f"{label(row, 'label', lang)} {row['weight']:g}" for _, row in criteria)
    return [
        (say(lang, "Kota"), found.plan.city["city"]["name"]),
        (say(lang, "Nama putaran"), label(found.round, "title", lang)),
        (say(lang, "Hitungan ke-"), str(found.run.id)),
        (say(lang, "Waktu hitungan"), f"{at.astimezone(zone):%Y-%m-%d %H.%M %Z}" if at else ""),
        (say(lang, "Sidik masukan"), found.run.input_hash),
        (say(lang, "Bobot kriteria (persen)"), weights),
        (say(lang, "Asal suara"), say(lang, "Ini suara yang masuk, bukan sampel acak warga kota.")),
        (say(lang, "Data pribadi"), say(lang, "tidak")),
    ]
