"""Materials: what a run reads of the database, as the plain data of the pure engine."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from analysis import types as a
from models import Area, Dimension, Mission, PlanVersion, Point, PointMission, Reading, Scheme, Submission, Theme
from models.submission import SPEAKER, STANDS
from models.theme import LIVE
from models.vocabulary import ThemeState
from services import marks, merges

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts by rising id, read from the database whenever they are asked for and never all at once."""

    session: Session
    query: Select[Any]
    pinned: Mapping[int, str] = field(default_factory=dict)

    def __iter__(self) -> Iterator[a.Text]:
        for row in self.session.execute(self.query, execution_options={"yield_per": BATCH}):
            yield _text(row, self.pinned.get(row.id))


@dataclass(frozen=True, slots=True)
class Material:
    """What one run reads; the `size` texts need the session that gathered them, the rest is plain data.

    `previous` leads from ids of texts to the proposed themes they stand in, `leads` from the code of a merged theme
    to that of the theme its texts go to, None where that one lives no more.
    """

    texts: Iterable[a.Text]
    plan: a.Plan
    codebook: tuple[a.CodebookTheme, ...]
    size: int = 0
    previous: Mapping[str, str] = field(default_factory=dict)
    leads: Mapping[str, str | None] = field(default_factory=dict)


def gather(session: Session, round_id: int) -> Material:
    """Everything a run needs, read in a few statements; the texts are read when the engine asks for them."""
    themes = {theme.id: theme for theme in session.scalars(select(Theme).order_by(Theme.code))}
    living = {number: theme.code for number, theme in themes.items() if theme.state in LIVE}
    leads = merges.leads(session)
    held = _merged(session, round_id) | marks.pinned(session, round_id=round_id)
    pinned = {point_id: living[theme_id] for point_id, theme_id in held.items() if theme_id in living}
    return Material(
        Texts(session, _texts().where(Submission.round_id == round_id), pinned),
        replace(plan(session), group_weights=_group_weights(session, round_id)),
        _frame(themes, leads),
        _size(session, round_id),
        _previous(session, round_id),
        {themes[old].code: living.get(new) for old, new in leads.items()},
    )


def texts_of(session: Session, point_ids: Collection[int]) -> list[a.Text]:
    """A few texts that stand, by rising id."""
    return list(Texts(session, _texts().where(Point.id.in_(list(point_ids)))))


def texts_in(session: Session, theme_id: int) -> Texts:
    """The texts that stand in a theme, of all rounds."""
    return Texts(session, _texts().join(Reading, Reading.point_id == Point.id).where(Reading.theme_id == theme_id))


def _merged(session: Session, round_id: int) -> dict[int, int]:
    """Texts that came into their theme when people merged theirs into it: they stay, whatever their words say."""
    rows = session.execute(
        select(Reading.point_id, Reading.theme_id)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission)
        .where(Submission.round_id == round_id, Reading.merged_from_id.is_not(None), Reading.theme_id.is_not(None))
    )
    return {point_id: theme_id for point_id, theme_id in rows}


def _size(session: Session, round_id: int) -> int:
    query = select(func.count(Point.id)).join(Submission).where(Submission.round_id == round_id, STANDS)
    return session.scalar(query) or 0


def _group_weights(session: Session, round_id: int) -> tuple[tuple[str, float], ...]:
    """What groups weigh against one another in this round; nothing where all weigh the same."""
    newest = select(Scheme.group_weights).where(Scheme.round_id == round_id, Scheme.fixed_at.is_not(None))
    given = session.scalars(newest.order_by(Scheme.number.desc()).limit(1)).first() or {}
    return tuple(sorted((group, float(weight)) for group, weight in given.items()))


def _previous(session: Session, round_id: int) -> dict[str, str]:
    """Only proposed themes go on from where they were: in a theme of the codebook a text is put by its words alone."""
    rows = session.execute(
        select(Reading.point_id, Theme.code)
        .join(Theme, Theme.id == Reading.theme_id)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission)
        .where(Submission.round_id == round_id, Theme.state == ThemeState.PROPOSED)
    )
    return {f"{point_id:09d}": code for point_id, code in rows}


def _texts() -> Select[Any]:
    missions = select(func.aggregate_strings(PointMission.mission, "|")).where(PointMission.point_id == Point.id)
    return (
        select(
            Point.id,
            Point.text,
            Point.proposal,
            Point.dimension,
            Point.condition,
            Point.importance,
            Point.evidence,
            Point.point_type,
            Submission.group,
            Submission.area,
            Submission.received_at,
            SPEAKER.label("speaker"),
            missions.scalar_subquery().label("missions"),
        )
        .join(Submission)
        .where(STANDS)
        .order_by(Point.id)
    )


def _text(row: Row[Any], pinned: str | None) -> a.Text:
    return a.Text(
        id=f"{row.id:09d}",
        text=f"{row.text}\n{row.proposal}" if row.proposal else row.text,
        person=row.speaker,
        group=str(row.group),
        area=row.area,
        dimension=row.dimension,
        created_at=row.received_at.isoformat(),
        condition=row.condition,
        importance=row.importance,
        has_evidence=bool(row.evidence),
        missions=tuple(sorted(_split(row.missions or ""))),
        chosen_type=row.point_type.value if row.point_type else None,
        pinned_theme=pinned,
    )


def plan(session: Session) -> a.Plan:
    """What the city fixed: dimensions, areas, missions and the weights of its newest plan."""
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


def codebook(session: Session) -> tuple[a.CodebookTheme, ...]:
    """The themes that points are matched to by their words."""
    themes = {theme.id: theme for theme in session.scalars(select(Theme).order_by(Theme.code))}
    return _frame(themes, merges.leads(session))


def _frame(themes: Mapping[int, Theme], leads: Mapping[int, int]) -> tuple[a.CodebookTheme, ...]:
    """The active themes; one that others were merged into is known by their names and words too."""
    taken: dict[int, list[Theme]] = {}
    for old, new in sorted(leads.items()):
        taken.setdefault(new, []).append(themes[old])
    active = (theme for theme in themes.values() if theme.state is ThemeState.ACTIVE)
    return tuple(_coded(theme, taken.get(theme.id, ())) for theme in active)


def _coded(theme: Theme, taken: Iterable[Theme]) -> a.CodebookTheme:
    include = [theme.include, *(f"{other.name}, {other.include}" for other in taken)]
    keywords = [*_split(theme.keywords), *(word for other in taken for word in _split(other.keywords))]
    return a.CodebookTheme(
        id=theme.code,
        name=theme.name,
        dimension=theme.dimension,
        include=", ".join(filter(None, include)),
        exclude=theme.exclude,
        keywords=tuple(dict.fromkeys(keywords)),
        name_en=theme.label_en,
    )


def _split(joined: str) -> tuple[str, ...]:
    return tuple(word for word in joined.split("|") if word)
