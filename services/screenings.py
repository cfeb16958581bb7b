"""Screenings: one point opened at the inbox, the original beside what the machine suggests and what the team says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import String, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from models import (
    Agency,
    Area,
    Dimension,
    Handover,
    Mission,
    Paragraph,
    Person,
    Point,
    Programme,
    Submission,
    Theme,
    Topic,
    Triage,
    TriageMark,
)
from models.vocabulary import Element, Nature, PointType, Stage, SubmissionState, TriageField
from services import handovers, redactions, suggestions, surroundings
from services.errors import NotFound
from services.inboxes import LISTED
from services.suggestions import Suggestions
from services.tongue import label, say, word
from services.triages import OFF, YES
from services.wording import caption, kind_label, theme_name

F = TriageField
LATEST = 30
# The keys that choose in each line: the letter, then the number of the choice.
KEYS = {
    F.DIMENSION_FIELD: "d",
    F.SECOND_DIMENSION_FIELD: "w",
    F.ELEMENT_FIELD: "e",
    F.NATURE_FIELD: "n",
    F.TYPE_FIELD: "t",
    F.MISSION_FIELD: "m",
}
KINDS = {F.ELEMENT_FIELD: Element, F.NATURE_FIELD: Nature, F.TYPE_FIELD: PointType}


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a line; `value` is what choosing it sends, which takes back what is chosen already."""

    value: str
    label: str
    key: str
    is_chosen: bool
    is_suggested: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to say of a point; something is suggested for `cues`, words of the text, or for a reason in `whys`."""

    field: TriageField
    label: str
    options: tuple[Option, ...]
    cues: tuple[str, ...]
    whys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class History:
    """One mark of the past."""

    at: datetime
    by: str
    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A point as the page shows it; `said` is the whole of its own words, never masked."""

    point_id: int
    number: str
    caption: str
    language: str
    received_at: datetime
    standing: str
    theme_id: int | None
    theme: str
    said: str
    text: str
    masked: str
    is_split: bool
    aside_reason: str
    triage: Triage
    stage_label: str
    handover: Handover | None
    agencies: tuple[tuple[str, str], ...]
    agency_suggested: str | None
    lines: tuple[Line, ...]
    siblings: tuple[surroundings.Sibling, ...]
    history: tuple[History, ...]
    echoes: tuple[surroundings.Echo, ...]

    @property
    def is_aside(self) -> bool:
        """Whether its sending was set aside."""
        return bool(self.aside_reason)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Dimensions, missions and agencies by code, in their order, and what the missions feed."""

    dimension: dict[str, str]
    mission: dict[str, str]
    agency: dict[str, str]
    feeds: dict[str, frozenset[str]]


def opened(session: Session, point_id: int, lang: str = "id") -> Opened:
    """Everything the page of a point shows, in five statements; raises NotFound for what is not at the inbox."""
    row = session.execute(_facts(lang).where(Point.id == point_id, LISTED, Triage.point_id.is_not(None))).first()
    if row is None:
        raise NotFound(f"point {point_id} is not at the inbox")
    plan = _plan(session, lang)
    siblings = surroundings.siblings(session, row.submission_id, point_id)
    said = redactions.whole(row.text, row.proposal)
    agencies = tuple(plan.agency.items())
    state = row.state is SubmissionState.SET_ASIDE
    return Opened(
        point_id=point_id,
        number=row.receipt_no,
        caption=caption(row.group, row.area, row.Triage.language, lang),
        language=row.Triage.language,
        received_at=row.received_at,
        standing=_standing(row, lang),
        theme_id=row.Triage.theme_id,
        theme=row.theme or "",
        said=said,
        text=row.text,
        masked=row.masked_text if row.masked_text is not None else redactions.propose(said).text,
        is_split=len({s.point_id for s in siblings}) > 1 and (row.split_from_id is not None or row.parts > 0),
        aside_reason=word(row.aside_reason, lang) if state and row.aside_reason else "",
        triage=row.Triage,
        stage_label=word(row.Triage.stage, lang),
        handover=row.Handover,
        agencies=agencies,
        agency_suggested=handovers.propose_agency(said, list(agencies)),
        lines=tuple(_lines(row.Triage, suggestions.suggest(row, plan.feeds), plan, lang)),
        siblings=siblings,
        history=_history(session, point_id, plan, lang),
        echoes=surroundings.echoes(session, point_id, lang),
    )


def _facts(lang: str) -> Any:
    part = Point.__table__.alias("part")
    parts = select(func.count()).select_from(part).where(part.c.split_from_id == Point.id).scalar_subquery()
    return (
        suggestions.facts()
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Area, Area.code == Submission.area)
        .outerjoin(Theme, Theme.id == Triage.theme_id)
        .outerjoin(Topic, Topic.slug == Point.topic)
        .outerjoin(Paragraph, Paragraph.id == Point.paragraph_id)
        .outerjoin(Programme, Programme.code == Point.programme)
        .outerjoin(Handover, Handover.point_id == Point.id)
        .add_columns(
            Triage,
            Handover,
            Point.text,
            Point.proposal,
            Point.submission_id,
            Point.split_from_id,
            parts.label("parts"),
            Submission.receipt_no,
            Submission.received_at,
            Submission.group,
            Submission.state,
            Submission.aside_reason,
            Area.name.label("area"),
            theme_name(Theme, lang).label("theme"),
            label(Topic, "label", lang).label("topic"),
            Paragraph.mark,
            Programme.name.label("programme"),
        )
    )


def _standing(row: Any, lang: str) -> str:
    """What its writer said it is about."""
    parts = [row.topic]
    if row.mark:
        parts.append(say(lang, "Tentang paragraf %(mark)s", mark=row.mark))
    if row.programme:
        parts.append(say(lang, "Tentang program %(name)s", name=row.programme))
    return " · ".join(filter(None, parts))


def _plan(session: Session, lang: str) -> _Plan:
    dimensions = select(
        literal("dimension").label("what"),
        Dimension.code.label("code"),
        label(Dimension, "short", lang).label("words"),
        null().label("more"),
        Dimension.position.label("n"),
    ).where(Dimension.is_current)
    missions = select(
        literal("mission"), Mission.code, label(Mission, "label", lang), Mission.dimensions, literal(0)
    ).where(Mission.is_current)
    agencies = select(literal("agency"), Agency.code, Agency.name, cast(null(), String), literal(0)).where(
        Agency.is_current
    )
    rows = session.execute(union_all(dimensions, missions, agencies)).all()
    of = {
        what: {r.code: r.words for r in sorted(rows, key=lambda r: (r.n, r.code)) if r.what == what}
        for what in ("dimension", "mission", "agency")
    }
    agencies_by_name = dict(sorted(of["agency"].items(), key=lambda pair: pair[1].casefold()))
    feeds = {r.code: frozenset(filter(None, r.more.split("|"))) for r in rows if r.what == "mission"}
    return _Plan(of["dimension"], of["mission"], agencies_by_name, {code: feeds[code] for code in of["mission"]})


def _lines(triage: Triage, suggested: Suggestions, plan: _Plan, lang: str) -> Iterator[Line]:
    for field, letter in KEYS.items():
        some = suggested.get(field, ())
        values = {one.value for one in some}
        options = []
        for n, (code, words) in enumerate(_words(field, plan, lang), start=1):
            is_chosen = code in triage.missions if field is F.MISSION_FIELD else getattr(triage, field.value) == code
            back = OFF + code if field is F.MISSION_FIELD else ""
            options.append(Option(back if is_chosen else code, words, f"{letter}{n}", is_chosen, code in values))
        cues = dict.fromkeys(cue for one in some if not one.is_said for cue in one.cues)
        whys = dict.fromkeys(say(lang, cue) for one in some if one.is_said for cue in one.cues)
        yield Line(field, word(field, lang), tuple(options), tuple(cues), tuple(whys))


def _words(field: TriageField, plan: _Plan, lang: str) -> list[tuple[str, str]]:
    if field in KINDS:
        return [(member.value, word(member, lang)) for member in KINDS[field]]
    if field is F.MISSION_FIELD:
        return [(code, f"{code}. {words}") for code, words in plan.mission.items()]
    return list(plan.dimension.items())


def _history(session: Session, point_id: int, plan: _Plan, lang: str) -> tuple[History, ...]:
    rows = session.execute(
        select(TriageMark, Person.name)
        .outerjoin(Person, Person.id == TriageMark.actor_id)
        .where(TriageMark.point_id == point_id)
        .order_by(TriageMark.id.desc())
        .limit(LATEST)
    )
    return tuple(History(mark.at, name or "", word(mark.field, lang), _value(mark, plan, lang)) for mark, name in rows)


def _value(mark: TriageMark, plan: _Plan, lang: str) -> str:
    """What a mark said, in words."""
    code = mark.value.removeprefix(OFF)
    if not code:
        return say(lang, "ditarik kembali")
    if code == YES:
        return say(lang, "ya")
    known = {F.MISSION_FIELD: plan.mission, F.DIMENSION_FIELD: plan.dimension, F.SECOND_DIMENSION_FIELD: plan.dimension}
    if mark.field in known:
        words = known[mark.field].get(code, code)
        return say(lang, "tanpa %(what)s", what=words) if mark.value.startswith(OFF) else words
    if mark.field is F.STAGE_FIELD:
        return word(Stage(code), lang)
    return word(KINDS[mark.field](code), lang) if mark.field in KINDS else kind_label(code, lang)
