"""Dockets: what was decided, what waits for a second person, and what is overdue."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from models import (
    Agency,
    Decision,
    Dimension,
    Person,
    Point,
    Programme,
    Reading,
    Response,
    Round,
    Run,
    Submission,
    Theme,
)
from models.decision import TARGETS
from models.run import NEWEST
from models.submission import STANDS
from models.vocabulary import DecisionCode, DecisionState
from services import search
from services.errors import NotFound
from services.explanations import Ruling, ruling_of
from services.tongue import N_, label, say, word
from services.wording import dimension_label, theme_name

PAGE = 25
GONE = N_("(sedang dibaca ulang)")
MAKER, CONFIRMER = aliased(Person), aliased(Person)
# The point that stands for what was decided on: itself, or the first of its group of equal texts.
FIRST = func.coalesce(
    Decision.point_id,
    select(func.min(Reading.point_id))
    .where(Reading.duplicate_group == Decision.duplicate_group)
    .correlate(Decision)
    .scalar_subquery(),
)


@dataclass(frozen=True, slots=True)
class Filter:
    """What a page asks for; an empty one asks for everything that is not replaced."""

    state: DecisionState | None = None
    code: DecisionCode | None = None
    dimension: str = ""
    agency: str = ""
    is_overdue: bool = False
    q: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One decision in a list; `text` is masked, of a theme it is its name, `points` how many it answers."""

    id: int
    stamp: str
    kind: str
    key: int | str
    text: str
    is_theme: bool
    dimension: str
    points: int
    code: DecisionCode
    label: str
    state: DecisionState
    state_label: str
    reason_label: str
    reason: str
    change: str
    paragraph_mark: str
    text_before: str
    text_after: str
    programme: str
    deferred_to: str
    forwarded_to: str
    agency: str
    due_on: date | None
    is_overdue: bool
    done_at: datetime | None
    made_at: datetime
    made_by: str
    confirmed_at: datetime | None
    confirmed_by: str
    note: str
    conflict_id: int | None
    is_changed: bool
    made_by_id: int | None
    ruling: Ruling
    response: str
    is_ready: bool
    is_released: bool


def round_of(session: Session, asked: int | None = None) -> tuple[int, str, int] | None:
    """The round that a desk speaks of, its title and size: the one asked for, else that of the newest run."""
    newest = select(Run.round_id).where(Run.id == NEWEST.scalar_subquery()).scalar_subquery()
    size = select(func.max(Run.received)).where(Run.round_id == Round.id).correlate(Round).scalar_subquery()
    row = session.execute(select(Round.id, Round.title_id, size).where(Round.id == (asked or newest))).first()
    if row is None and asked:
        raise NotFound(f"round {asked}")
    return (row[0], row[1], row[2] or 0) if row else None


def page(
    session: Session, round_id: int, only: Filter, *, today: date, after: int = 0, lang: str = "id"
) -> tuple[list[Entry], int | None]:
    """One page of the decisions of a round, newest first, and the next cursor. Two statements."""
    query = _entries(lang).where(Decision.round_id == round_id, _shown(), *_only(only, today))
    if after:
        query = query.where(Decision.id < after)
    rows = session.execute(query.order_by(Decision.id.desc()).limit(PAGE + 1)).all()
    shown = rows[:PAGE]
    return _filled(session, shown, today, lang), shown[-1].Decision.id if len(rows) > PAGE else None


def one(session: Session, decision_id: int, *, today: date, lang: str = "id") -> Entry:
    """One decision, also a replaced one."""
    row = session.execute(_entries(lang).where(Decision.id == decision_id, _shown(with_old=True))).first()
    if row is None:
        raise NotFound(f"decision {decision_id}")
    return _filled(session, [row], today, lang)[0]


def history(
    session: Session, round_id: int, kind: str, key: int | str, *, today: date, lang: str = "id"
) -> list[Entry]:
    """Every decision that was ever made on this one thing, the newest first: the first that is not replaced stands."""
    column = getattr(Decision, TARGETS[kind])
    query = _entries(lang).where(Decision.round_id == round_id, column == key, _shown(with_old=True))
    rows = session.execute(query.order_by(Decision.id.desc()).limit(PAGE)).all()
    return [_entry(row, {}, today, lang) for row in rows]


def titles(session: Session, decision_ids: Collection[int], lang: str = "id") -> dict[int, tuple[str, bool]]:
    """What each decision is about, and whether that is a theme's name and not somebody's words."""
    rows = session.execute(
        select(Decision.id, theme_name(Theme, lang), Reading.masked_text)
        .outerjoin(Theme, Theme.id == Decision.theme_id)
        .outerjoin(Reading, Reading.point_id == FIRST)
        .where(Decision.id.in_(decision_ids))
    )
    return {number: (name or text or say(lang, GONE), name is not None) for number, name, text in rows}


def of_agency(session: Session, agency: str, *, today: date, lang: str = "id") -> list[Entry]:
    """What was decided for an agency to do, the first to be due first; what is done stands last."""
    query = _entries(lang).where(Decision.lead_agency == agency, Decision.state == DecisionState.CONFIRMED, _shown())
    query = query.order_by(Decision.done_at.is_not(None), Decision.due_on.is_(None), Decision.due_on, Decision.id)
    return [_entry(row, {}, today, lang) for row in session.execute(query.limit(100))]


def is_overdue(today: date) -> ColumnElement[bool]:
    """Whether a confirmed decision should have been done by now and is not."""
    return (Decision.due_on < today) & Decision.done_at.is_(None) & (Decision.state == DecisionState.CONFIRMED)


def counts(session: Session, round_id: int, *, today: date) -> dict[str, int]:
    """How many decisions of a round stand in each state, and how many are overdue."""
    rows = session.execute(
        select(Decision.state, func.count(), func.sum(is_overdue(today).cast(Integer)))
        .where(Decision.round_id == round_id)
        .group_by(Decision.state)
    ).all()
    found = {state.value: n for state, n, _ in rows}
    return {state.value: found.get(state.value, 0) for state in DecisionState} | {
        "overdue": sum(late or 0 for _, _, late in rows)
    }


def _entries(lang: str) -> Select[Any]:
    own_theme = aliased(Theme)
    return (
        select(
            Decision,
            theme_name(Theme, lang).label("theme"),
            Reading.masked_text,
            label(Dimension, "short", lang).label("dimension"),
            Programme.name.label("programme"),
            Agency.name.label("agency"),
            MAKER.name.label("maker"),
            CONFIRMER.name.label("confirmer"),
            (Point.changed_at > Decision.made_at).label("is_changed"),
            Response,
        )
        .outerjoin(Response, Response.decision_id == Decision.id)
        .outerjoin(Theme, Theme.id == Decision.theme_id)
        .outerjoin(Point, Point.id == FIRST)
        .outerjoin(Submission, Submission.id == Point.submission_id)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .outerjoin(own_theme, own_theme.id == Reading.theme_id)
        .outerjoin(Dimension, Dimension.code == func.coalesce(Theme.dimension, Point.dimension, own_theme.dimension))
        .outerjoin(Programme, Programme.code == Decision.programme)
        .outerjoin(Agency, Agency.code == Decision.lead_agency)
        .outerjoin(MAKER, MAKER.id == Decision.made_by)
        .outerjoin(CONFIRMER, CONFIRMER.id == Decision.confirmed_by)
    )


def _shown(*, with_old: bool = False) -> ColumnElement[bool]:
    """Not what is replaced, nor what was decided on something that does not stand any more."""
    stands = or_(Decision.theme_id.is_not(None), STANDS)
    return stands if with_old else stands & (Decision.state != DecisionState.REPLACED)


def _only(only: Filter, today: date) -> Iterator[ColumnElement[bool]]:
    if only.state is not None:
        yield Decision.state == only.state
    if only.code is not None:
        yield Decision.code == only.code
    if only.dimension:
        yield Dimension.code == only.dimension
    if only.agency:
        yield Decision.lead_agency == only.agency
    if only.is_overdue:
        yield is_overdue(today)
    if only.q.strip():
        said = [
            column.icontains(only.q.strip(), autoescape=True)
            for column in (Decision.reason, Decision.change, Theme.label_id, Theme.name_by_person)
        ]
        yield or_(*said, FIRST.in_(search.matching(only.q)))


def _filled(session: Session, rows: Sequence[Any], today: date, lang: str) -> list[Entry]:
    themes = {row.Decision.theme_id for row in rows if row.Decision.theme_id}
    groups = {row.Decision.duplicate_group for row in rows if row.Decision.duplicate_group}
    sizes = _sizes(session, themes, groups)
    return [_entry(row, sizes, today, lang) for row in rows]


def _sizes(session: Session, themes: Collection[int], groups: Collection[str]) -> dict[int | str, int]:
    """How many standing points each theme and each group has."""
    # Each from an index of its own: what may be one or the other begins at everything that was received.
    asked = [
        select(cast(key, String), literal(kind), func.count())
        .select_from(Reading)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission)
        .where(STANDS, key.in_(wanted))
        .group_by(key)
        for kind, key, wanted in (("t", Reading.theme_id, themes), ("g", Reading.duplicate_group, groups))
        if wanted
    ]
    if not asked:
        return {}
    rows = session.execute(union_all(*asked))
    return {int(key) if kind == "t" else key: n for key, kind, n in rows}


def _entry(row: Any, sizes: dict[int | str, int], today: date, lang: str) -> Entry:
    d = row.Decision
    kind, key = d.target
    is_late = d.due_on is not None and d.due_on < today and d.done_at is None and d.state is DecisionState.CONFIRMED
    return Entry(
        id=d.id,
        stamp=d.stamp,
        kind=kind,
        key=key,
        text=row.theme if d.theme_id else row.masked_text or say(lang, GONE),
        is_theme=bool(d.theme_id),
        dimension=dimension_label(row.dimension, lang),
        points=1 if kind == "point" else sizes.get(key, 0),
        code=d.code,
        label=word(d.code, lang),
        state=d.state,
        state_label=word(d.state, lang),
        reason_label=word(d.reason_code, lang) if d.reason_code else "",
        reason=d.reason,
        change=d.change,
        paragraph_mark=d.paragraph_mark,
        text_before=d.text_before,
        text_after=d.text_after,
        programme=row.programme or "",
        deferred_to=d.deferred_to,
        forwarded_to=d.forwarded_to,
        agency=row.agency or "",
        due_on=d.due_on,
        is_overdue=is_late,
        done_at=d.done_at,
        made_at=d.made_at,
        made_by=row.maker or "",
        confirmed_at=d.confirmed_at,
        confirmed_by=row.confirmer or "",
        note=d.note,
        conflict_id=d.conflict_id,
        is_changed=bool(row.is_changed),
        made_by_id=d.made_by,
        ruling=ruling_of(d),
        response=row.Response.text_id if row.Response else "",
        is_ready=bool(row.Response and row.Response.ready_at),
        is_released=bool(row.Response and row.Response.release_id),
    )
