"""Materials: what a run reads of the database, as the plain data of the pure engine."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, String, case, cast, func, select
from sqlalchemy.orm import Session

from analysis import types as a
from models import Area, Dimension, Mission, PlanVersion, Point, PointMission, Submission, Theme
from models.submission import STANDS
from models.vocabulary import ThemeState


@dataclass(frozen=True, slots=True)
class Material:
    """Plain data for one run, free of the database."""

    texts: tuple[a.Text, ...]
    plan: a.Plan
    codebook: tuple[a.CodebookTheme, ...]


def gather(session: Session, round_id: int) -> Material:
    """Everything a run needs, read in a few statements."""
    rows = session.execute(
        select(Point, Submission.group, Submission.area, Submission.received_at, _speaker())
        .join(Submission)
        .where(Submission.round_id == round_id, STANDS)
        .order_by(Point.id)
    )
    missions = _missions(session, round_id)
    texts = tuple(_text(point, *more, missions.get(point.id, ())) for point, *more in rows)
    return Material(texts, _plan(session), _codebook(session))


def _speaker() -> ColumnElement[str | None]:
    """Who spoke, where it is known: an office has one voice, whoever of it wrote; a chat tells its writers apart."""
    writer = case((Submission.source_ref.like("@%"), func.substr(Submission.source_ref, 1, 17)))
    return func.coalesce("agency:" + Submission.agency, "person:" + cast(Submission.person_id, String), writer)


def _missions(session: Session, round_id: int) -> dict[int, tuple[str, ...]]:
    rows = session.execute(
        select(PointMission.point_id, PointMission.mission)
        .join(Point, Point.id == PointMission.point_id)
        .join(Submission)
        .where(Submission.round_id == round_id)
        .order_by(PointMission.point_id, PointMission.mission)
    )
    missions: dict[int, tuple[str, ...]] = {}
    for point_id, mission in rows:
        missions[point_id] = (*missions.get(point_id, ()), mission)
    return missions


def _text(
    point: Point, group: str, area: str | None, received_at: datetime, speaker: str | None, missions: tuple[str, ...]
) -> a.Text:
    return a.Text(
        id=f"{point.id:09d}",
        text=f"{point.text}\n{point.proposal}" if point.proposal else point.text,
        person=speaker,
        group=str(group),
        area=area,
        dimension=point.dimension,
        created_at=received_at.isoformat(),
        condition=point.condition,
        importance=point.importance,
        has_evidence=bool(point.evidence),
        missions=missions,
        chosen_type=point.point_type.value if point.point_type else None,
    )


def _plan(session: Session) -> a.Plan:
    weights = session.scalars(select(PlanVersion.weights).order_by(PlanVersion.id.desc()).limit(1)).one()
    return a.Plan(
        dimensions=tuple(
            a.Dimension(code=d.code, label=d.label_id, keywords=_split(d.keywords))
            for d in session.scalars(select(Dimension).where(Dimension.is_current).order_by(Dimension.position))
        ),
        areas=tuple(
            a.Area(code=r.code, name=r.name, aliases=_split(r.aliases))
            for r in session.scalars(select(Area).where(Area.is_current, Area.kind == "kelurahan").order_by(Area.code))
        ),
        missions=tuple(
            a.Mission(code=m.code, dimensions=_split(m.dimensions))
            for m in session.scalars(select(Mission).where(Mission.is_current).order_by(Mission.code))
        ),
        weights=tuple((w["code"], float(w["weight"])) for w in weights),
    )


def _codebook(session: Session) -> tuple[a.CodebookTheme, ...]:
    themes = session.scalars(select(Theme).where(Theme.state == ThemeState.ACTIVE).order_by(Theme.code))
    return tuple(
        a.CodebookTheme(
            id=t.code,
            name=t.name,
            dimension=t.dimension,
            include=t.include,
            exclude=t.exclude,
            keywords=_split(t.keywords),
            name_en=t.label_en,
        )
        for t in themes
    )


def _split(joined: str) -> tuple[str, ...]:
    return tuple(word for word in joined.split("|") if word)
