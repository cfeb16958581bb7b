"""Fairness: what it changes that groups count the same, and the small voices that no count brings up."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import String, case, cast, func, or_, select
from sqlalchemy.orm import Session

from models import Dimension, Finding, Point, Reading, Run, Submission, Term, Theme
from models.run import round_of
from models.submission import STANDS
from models.theme import LIVE
from services import rankings
from services.tongue import label, say
from services.wording import caption, dimension_label, group_label, theme_name

FEW, MOST, SHOWN = 2, 200, 30
VULNERABLE = ("children", "elderly", "women", "disability")


@dataclass(frozen=True, slots=True)
class Even:
    """One theme twice: its place with groups counted the same, and with each group counted as large as it is."""

    theme_id: int
    name: str
    place: int
    as_they_came: int | None
    received: int

    @property
    def gains(self) -> int:
        """How many places it stands higher because groups count the same."""
        return (self.as_they_came or self.place) - self.place


@dataclass(frozen=True, slots=True)
class Small:
    """A voice of one or two people that brings evidence or speaks for people who are easily passed over."""

    theme_id: int
    name: str
    dimension_label: str
    place: int | None
    people: int
    text: str
    caption: str
    language: str
    why: tuple[str, ...]


def even(session: Session, run_id: int, lang: str = "id") -> list[Even]:
    """Both places of the first themes of a run."""
    rows = session.execute(rankings.ranked(run_id, lang).limit(MOST))
    return [
        Even(theme.id, theme_name(theme, lang), f.place or 0, f.rank.get("as_they_came"), f.received)
        for f, theme, _, _ in rows
    ]


def weights(session: Session, run_id: int, lang: str = "id") -> list[tuple[str, float]]:
    """What each group weighed in a run; nothing where all weighed the same."""
    record = session.scalars(select(Run.record).where(Run.id == run_id)).first() or {}
    given = dict(dict(record.get("parameters") or ()).get("group_weights") or ())
    return [(group_label(group, lang), weight) for group, weight in given.items()]


def small_voices(session: Session, run_id: int, lang: str = "id") -> list[Small]:
    """Points of themes that one or two people speak of, with a reference or from somebody who is easily passed over."""
    speaks_for = [cast(Submission.affected, String).contains(f'"{code}"', autoescape=True) for code in VULNERABLE]
    rows = session.execute(
        select(
            Theme.id,
            theme_name(Theme, lang).label("name"),
            label(Dimension, "short", lang).label("short"),
            Finding.place,
            Finding.people_max,
            Reading.masked_text,
            Reading.language,
            Submission.group,
            Submission.affected,
            case((func.coalesce(Point.evidence, "") != "", 1), else_=0).label("has_evidence"),
        )
        .join(Finding, Finding.theme_id == Theme.id)
        .join(Reading, Reading.theme_id == Theme.id)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .outerjoin(Dimension, Dimension.code == Theme.dimension)
        .where(
            Finding.run_id == run_id,
            Finding.people_max <= FEW,
            Theme.state.in_(LIVE),
            Submission.round_id == round_of(run_id),
            STANDS,
            or_(func.coalesce(Point.evidence, "") != "", *speaks_for),
        )
        .order_by(Finding.people_max, Point.id)
        .limit(SHOWN)
    )
    terms = select(Term.code, label(Term, "label", lang)).where(Term.kind == "affected")
    named = dict(session.execute(terms).all())
    return [_small(row, named, lang) for row in rows]


def _small(row: Any, named: dict[str, str], lang: str) -> Small:
    why = [say(lang, "menyertakan rujukan")] if row.has_evidence else []
    why += [named.get(code, code) for code in row.affected if code in VULNERABLE]
    return Small(
        theme_id=row.id,
        name=row.name,
        dimension_label=dimension_label(row.short, lang),
        place=row.place,
        people=row.people_max,
        text=row.masked_text,
        caption=caption(row.group, None, row.language, lang),
        language=row.language,
        why=tuple(why),
    )
