"""Inboxes: the points of a round as a list, by whatever is known of them, newest first, from one index."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from analysis.mask import mask
from models import Area, Dimension, Point, Reading, Round, Submission, Theme, Triage
from models.submission import STANDS
from models.vocabulary import Channel, Group, Stage, SubmissionState
from services import search
from services.tongue import label, word
from services.wording import caption, kind_label, theme_name

PAGE = 25
# Counted no further: a number of a page costs the same in a small round and in a big one.
MOST = 1_000
NONE = "-"  # of a dimension, a theme or a kind: that there is none
PERSONAL, COMPLAINT, OFFENSIVE, ASIDE = FLAGS = ("personal", "complaint", "offensive", "aside")
LISTED = STANDS | (Submission.state == SubmissionState.SET_ASIDE)


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed to; empty is everything of the round."""

    round_id: int
    stage: Stage | None = None
    dimension: str = ""
    group: Group | None = None
    channel: Channel | None = None
    language: str = ""
    theme: str = ""
    kind: str = ""
    flag: str = ""
    q: str = ""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One point of the list; `dimension` is the team's word or, where `is_suggested`, the machine's."""

    point_id: int
    number: str
    text: str
    caption: str
    language: str
    received_at: datetime
    stage: Stage
    stage_label: str
    dimension: str
    is_suggested: bool
    kind: str
    theme_id: int | None
    theme: str
    flags: tuple[str, ...]
    is_public: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What the list may be narrowed to, with the words for it, and the name of the theme it is narrowed to."""

    rounds: tuple[tuple[int, str], ...]
    dimensions: tuple[tuple[str, str], ...]
    theme: str


def choices(session: Session, theme: str = "", lang: str = "id") -> Choices:
    """Rounds (the newest first) and dimensions to choose from, in one statement."""
    number = int(theme) if theme.isdecimal() else 0
    rounds = select(
        literal("round").label("what"),
        cast(Round.id, String).label("code"),
        label(Round, "title", lang).label("words"),
        func.row_number().over(order_by=(Round.opens_at.desc(), Round.id.desc())).label("n"),
    )
    dimensions = select(
        literal("dimension"), Dimension.code, label(Dimension, "short", lang), cast(Dimension.position, String)
    ).where(Dimension.is_current)
    themes = select(literal("theme"), cast(Theme.id, String), theme_name(Theme, lang), null()).where(Theme.id == number)
    rows = session.execute(union_all(rounds, dimensions, themes)).all()
    found: dict[str, list[tuple[int, str, str]]] = {"round": [], "dimension": [], "theme": []}
    for what, code, words, n in rows:
        found[what].append((int(n or 0), code, words))
    return Choices(
        tuple((int(code), words) for _, code, words in sorted(found["round"])),
        tuple((code, words) for _, code, words in sorted(found["dimension"])),
        next((words for _, _, words in found["theme"]), ""),
    )


def _first(
    filters: Filters,
    most: int,
    *,
    stage: Stage | None = None,
    below: int | None = None,
    above: int | None = None,
) -> Select[tuple[int]]:
    """The ids of the list's first points, the newest first, or those next above one, the oldest first.

    Each stage is asked for its own first ones, because within a stage the index has them in their order; a search
    begins at the words instead. `stage` asks for another one than the list's.
    """
    wanted, found = stage or filters.stage, search.matching(filters.q).subquery() if filters.q.strip() else None
    number = Triage.point_id if found is None else found.c.rowid
    asked = [number < below] if below is not None else [number > above] if above is not None else []
    order = number if above is not None else number.desc()
    if found is not None:
        query = select(number).join_from(found, Triage, found.c.rowid == Triage.point_id)
        return query.where(*_conditions(filters, wanted), *asked).order_by(order).limit(most)
    heads = [
        select(number).where(*_conditions(filters, one), *asked).order_by(order).limit(most).subquery()
        for one in ([wanted] if wanted else Stage)
    ]
    together = union_all(*(select(head.c.point_id) for head in heads)).subquery()
    first = together.c.point_id
    return select(first).order_by(first if above is not None else first.desc()).limit(most)


def _conditions(filters: Filters, stage: Stage | None) -> list[ColumnElement[bool]]:
    """What a list is narrowed by, but for words: all of it stands in the index `ix_triage_facets`."""
    asked: list[ColumnElement[bool]] = [
        Triage.round_id == filters.round_id,
        Triage.is_aside.is_(filters.flag == ASIDE),
    ]
    if stage is not None:
        asked.append(Triage.stage == stage)
    if filters.dimension:
        own = func.coalesce(Triage.dimension, Triage.suggested)
        asked.append(own.is_(None) if filters.dimension == NONE else own == filters.dimension)
    if filters.theme:
        asked.append(Triage.theme_id.is_(None) if filters.theme == NONE else Triage.theme_id == int(filters.theme))
    if filters.kind:
        asked.append(Triage.kind == ("" if filters.kind == NONE else filters.kind))
    for name in ("group", "channel", "language"):
        if getattr(filters, name):
            asked.append(getattr(Triage, name) == getattr(filters, name))
    flags = {
        PERSONAL: Triage.has_personal_data,
        COMPLAINT: Triage.is_complaint,
        OFFENSIVE: Triage.is_offensive,
    }
    if filters.flag in flags:
        asked.append(flags[filters.flag].is_(True))
    return asked


def listing(
    session: Session, filters: Filters, *, after: int | None = None, lang: str = "id"
) -> tuple[list[InboxRow], int | None]:
    """One page of the list, the newest first, and the cursor of the next."""
    page = _first(filters, PAGE + 1, below=after).subquery()
    rows = session.execute(_rows(lang).join(page, page.c[0] == Triage.point_id)).all()
    shown = [_row(row, lang) for row in rows[:PAGE]]
    return shown, shown[-1].point_id if len(rows) > PAGE else None


def _rows(lang: str) -> Select[Any]:
    return (
        select(
            Triage,
            Point.text,
            Reading.masked_text,
            Submission.receipt_no,
            Submission.received_at,
            Area.name.label("area"),
            label(Dimension, "short", lang).label("short"),
            theme_name(Theme, lang).label("theme"),
        )
        .join(Point, Point.id == Triage.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Reading, Reading.point_id == Triage.point_id)
        .outerjoin(Area, Area.code == Triage.area)
        .outerjoin(Theme, Theme.id == Triage.theme_id)
        .outerjoin(Dimension, Dimension.code == func.coalesce(Triage.dimension, Triage.suggested))
        .where(LISTED)
        .order_by(Triage.point_id.desc())
    )


def _row(row: Any, lang: str) -> InboxRow:
    triage: Triage = row[0]
    marked = {PERSONAL: triage.has_personal_data, COMPLAINT: triage.is_complaint, OFFENSIVE: triage.is_offensive}
    kind = triage.point_type or triage.kind
    return InboxRow(
        point_id=triage.point_id,
        number=row.receipt_no,
        text=row.masked_text if row.masked_text is not None else mask(row.text).text,
        caption=caption(triage.group, row.area, triage.language, lang),
        language=triage.language,
        received_at=row.received_at,
        stage=triage.stage,
        stage_label=word(triage.stage, lang),
        dimension=row.short or "",
        is_suggested=triage.dimension is None and row.short is not None,
        kind=kind_label(kind, lang) if kind else "",
        theme_id=triage.theme_id,
        theme=row.theme or "",
        flags=tuple(name for name, is_so in marked.items() if is_so),
        is_public=triage.redacted_at is not None,
    )


def counts(session: Session, filters: Filters) -> dict[str, int]:
    """How many points of the round stand in each stage, counted up to `MOST` and one more, in one statement.

    Nothing where the list is narrowed by more than a stage: rare things would have to be looked for in everything.
    """
    if filters != Filters(filters.round_id, filters.stage):
        return {}
    capped = {stage: _first(Filters(filters.round_id), MOST + 1, stage=stage).subquery(stage.value) for stage in Stage}
    asked = (select(func.count()).select_from(ids).scalar_subquery().label(stage) for stage, ids in capped.items())
    return dict(session.execute(select(*asked)).one()._mapping)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The points before and after one in the list, and the next that nobody has screened (round about)."""

    earlier: int | None
    later: int | None
    unscreened: int | None


def neighbours(session: Session, filters: Filters, point_id: int) -> Neighbours:
    """Where the keys lead from a point, in one statement; `later` is further down the list."""
    waiting = {"stage": Stage.ARRIVED}
    asked = {
        "earlier": _first(filters, 1, above=point_id),
        "later": _first(filters, 1, below=point_id),
    }
    found = [query.scalar_subquery().label(name) for name, query in asked.items()]
    down = _first(filters, 1, below=point_id, **waiting).scalar_subquery()
    round_about = _first(filters, 1, **waiting).scalar_subquery()
    row = session.execute(select(*found, func.coalesce(down, round_about).label("unscreened"))).one()
    return Neighbours(row.earlier, row.later, row.unscreened if row.unscreened != point_id else None)
