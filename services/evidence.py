"""Evidence: the points behind what is to be decided, what was refused before, and which agency is likely to do it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from models import (
    Agency,
    Area,
    ConflictPoint,
    Decision,
    Dimension,
    Point,
    Programme,
    Reading,
    RefusedItem,
    RefusedMatch,
    Submission,
    Theme,
)
from models.submission import STANDS
from models.vocabulary import DecisionState, MatchState
from services.errors import NotFound
from services.tongue import N_, label, say, word
from services.wording import caption, dimension_label, theme_name

SHOWN = 20
MOST = 200  # points that may be decided together in one go
LED, EARLIER = (
    N_("memimpin program yang disebut masukan ini"),
    N_("paling sering mengerjakan putusan bidang ini (%(n)s kali)"),
)


@dataclass(frozen=True, slots=True)
class Voice:
    """One point: masked words, who said it, its own decision if it has one, its conflict, what was refused before.

    `twins` names its group of equal texts, if there is one.
    """

    point_id: int
    number: str
    text: str
    caption: str
    language: str
    group: str
    theme_id: int | None
    conflict_id: int | None
    own_id: int | None
    own_label: str
    asked_before: str
    reason_before: str
    twins: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is behind one thing to be decided; `voices` are the first of `points`."""

    title: str
    is_theme: bool
    dimension: str
    dimension_label: str
    theme_id: int | None
    points: int
    voices: tuple[Voice, ...]
    programmes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Likely:
    """An agency that is proposed, and why."""

    code: str
    name: str
    reason: str


def of_theme(session: Session, round_id: int, theme_id: int, lang: str = "id") -> Evidence:
    """A theme with the first of its points, also a theme that has none."""
    row = session.execute(
        select(theme_name(Theme, lang), Theme.dimension, label(Dimension, "short", lang))
        .outerjoin(Dimension, Dimension.code == Theme.dimension)
        .where(Theme.id == theme_id)
    ).first()
    if row is None:
        raise NotFound(f"theme {theme_id}")
    rows = _read(session, round_id, Reading.theme_id == theme_id, lang)
    return _evidence(rows, row[0], row[1], row[2], theme_id, lang, is_theme=True)


def of_group(session: Session, round_id: int, group: str, lang: str = "id") -> Evidence:
    """A group of equal texts under the first of them."""
    return _of_points(session, round_id, Reading.duplicate_group == group, lang)


def of_points(session: Session, round_id: int, point_ids: Sequence[int], lang: str = "id") -> Evidence:
    """Chosen points under the first of them; one that does not stand in this round is not there."""
    found = _of_points(session, round_id, Point.id.in_(point_ids), lang)
    if found.points != len(set(point_ids)):
        raise NotFound(f"points {point_ids}")
    return found


def voices(session: Session, round_id: int, point_ids: Sequence[int], lang: str = "id") -> dict[int, Voice]:
    """Points as they are read, by their ids; one that does not stand is left out."""
    rows = _read(session, round_id, Point.id.in_(point_ids), lang)
    return {row.id: _voice(row, lang) for row in rows}


def _of_points(session: Session, round_id: int, only: ColumnElement[bool], lang: str) -> Evidence:
    rows = _read(session, round_id, only, lang)
    if not rows:
        raise NotFound("no such points")
    first = rows[0]
    return _evidence(rows, first.masked_text or "", first.dimension, first.short, first.theme_id, lang)


def _evidence(
    rows: Sequence[Any],
    title: str,
    dimension: str | None,
    short: str | None,
    theme_id: int | None,
    lang: str,
    *,
    is_theme: bool = False,
) -> Evidence:
    return Evidence(
        title=title,
        is_theme=is_theme,
        dimension=dimension or "",
        dimension_label=dimension_label(short, lang),
        theme_id=theme_id,
        points=rows[0].total if rows else 0,
        voices=tuple(_voice(row, lang) for row in rows[:SHOWN]),
        programmes=tuple(row.programme for row in rows if row.programme),
    )


def _read(session: Session, round_id: int, only: ColumnElement[bool], lang: str) -> Sequence[Any]:
    """Each point once, though more than one refused item may be like it."""
    # Found and counted first: a theme has thousands of points, and all that is joined is shown of a few of them.
    wanted = select(Point.id).join(Submission).outerjoin(Reading, Reading.point_id == Point.id)
    wanted = wanted.where(Submission.round_id == round_id, STANDS, only).correlate(None)
    total = select(func.count()).select_from(wanted.subquery()).scalar_subquery().label("total")
    page = wanted.order_by(Point.id).limit(MOST)
    return session.execute(_voices(lang).add_columns(total).where(Point.id.in_(page)).order_by(Point.id)).all()


def _voices(lang: str) -> Select[Any]:
    own, theme = aliased(Decision), aliased(Theme)
    before = (
        select(func.min(RefusedMatch.item_id))
        .where(RefusedMatch.point_id == Point.id, RefusedMatch.state != MatchState.DENIED)
        .correlate(Point)
        .scalar_subquery()
    )
    return (
        select(
            Point.id,
            Point.programme,
            Submission.receipt_no,
            Submission.group,
            Area.name.label("area"),
            Reading.masked_text,
            Reading.language,
            Reading.theme_id,
            Reading.duplicate_group,
            func.coalesce(Point.dimension, theme.dimension).label("dimension"),
            label(Dimension, "short", lang).label("short"),
            ConflictPoint.conflict_id,
            own.id.label("own_id"),
            own.code.label("own_code"),
            RefusedItem.text.label("before"),
            RefusedItem.reason.label("reason_before"),
        )
        .select_from(Point)
        .join(Submission)
        .outerjoin(Area, Area.code == Submission.area)
        .outerjoin(Reading, Reading.point_id == Point.id)
        .outerjoin(theme, theme.id == Reading.theme_id)
        .outerjoin(Dimension, Dimension.code == func.coalesce(Point.dimension, theme.dimension))
        .outerjoin(ConflictPoint, ConflictPoint.point_id == Point.id)
        .outerjoin(own, (own.point_id == Point.id) & (own.state != DecisionState.REPLACED))
        .outerjoin(RefusedItem, RefusedItem.id == before)
    )


def _voice(row: Any, lang: str) -> Voice:
    return Voice(
        point_id=row.id,
        number=row.receipt_no,
        text=row.masked_text or say(lang, "(sedang dibaca ulang)"),
        caption=caption(row.group, row.area, row.language, lang),
        language=row.language or "id",
        group=row.group.value,
        theme_id=row.theme_id,
        conflict_id=row.conflict_id,
        own_id=row.own_id,
        own_label=word(row.own_code, lang) if row.own_code else "",
        asked_before=row.before or "",
        reason_before=row.reason_before or "",
        twins=row.duplicate_group,
    )


def likely_agency(session: Session, found: Evidence, lang: str = "id") -> Likely | None:
    """The agency of the programme that most of the points stand on, else the one that did most in this dimension."""
    if found.programmes:
        often = Counter(found.programmes).most_common(1)[0][0]
        query = select(Agency.code, Agency.name).join(Programme, Programme.agency == Agency.code)
        row = session.execute(query.where(Programme.code == often)).first()
        return Likely(row.code, row.name, say(lang, LED)) if row else None
    n = func.count(Decision.id)
    row = session.execute(
        select(Agency.code, Agency.name, n.label("n"))
        .join(Decision, Decision.lead_agency == Agency.code)
        .join(Theme, Theme.id == Decision.theme_id)
        .where(Theme.dimension == found.dimension, Decision.state == DecisionState.CONFIRMED)
        .group_by(Agency.code, Agency.name)
        .order_by(n.desc(), Agency.code)
        .limit(1)
    ).first()
    return Likely(row.code, row.name, say(lang, EARLIER, n=row.n)) if row else None


def filters(session: Session, lang: str = "id") -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Dimensions in their order and agencies by name, (code, name) each, in one statement."""
    rows = session.execute(
        union_all(
            select(
                literal("d").label("kind"),
                Dimension.position.label("at"),
                Dimension.code,
                label(Dimension, "short", lang),
            ).where(Dimension.is_current),
            select(literal("a"), literal(0), Agency.code, Agency.name).where(Agency.is_current),
        )
    ).all()
    found = sorted((kind, at, name, code) for kind, at, code, name in rows)
    return (
        [(code, name) for kind, _at, name, code in found if kind == "d"],
        [(code, name) for kind, _at, name, code in found if kind == "a"],
    )


def choices(session: Session) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Agencies and programmes to choose from, (code, name) each."""
    rows = session.execute(
        union_all(
            select(Agency.code, Agency.name, literal("a").label("kind")).where(Agency.is_current),
            select(Programme.code, Programme.name, literal("p")),
        )
    ).all()
    found = sorted((name, code, kind) for code, name, kind in rows)
    return (
        [(code, name) for name, code, kind in found if kind == "a"],
        [(code, f"{code} {name}") for name, code, kind in found if kind == "p"],
    )
