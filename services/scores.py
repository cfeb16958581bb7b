"""Scores: a reviewer scores theme after theme; nobody sees another's values before the leader opens them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Ballot, Dimension, Finding, Person, Role, Scheme, Score, Theme
from models.theme import LIVE
from services import audit
from services.errors import NotFound, NotThisState, WrongScore
from services.tongue import N_, label
from services.wording import dimension_label, theme_name

MOST = 500


@dataclass(frozen=True, slots=True)
class ToScore:
    """One theme in the order in which it is scored, which says nothing of its place; `given` counts own values."""

    theme_id: int
    name: str
    dimension_label: str
    received: int
    given: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far somebody is, without any value."""

    person_id: int
    name: str
    themes: int
    finished_at: datetime | None
    is_typed: bool


def themes(session: Session, scheme_id: int, run_id: int, person_id: int, lang: str = "id") -> list[ToScore]:
    """The themes to score, by dimension and name: the order of the machine would lead the hand."""
    own = select(Score.theme_id, func.count().label("given"))
    own = own.where(Score.scheme_id == scheme_id, Score.person_id == person_id).group_by(Score.theme_id).subquery()
    rows = session.execute(
        select(
            Theme.id,
            theme_name(Theme, lang).label("name"),
            label(Dimension, "short", lang).label("short"),
            Finding.received,
            func.coalesce(own.c.given, 0).label("given"),
        )
        .join(Finding, Finding.theme_id == Theme.id)
        .outerjoin(Dimension, Dimension.code == Theme.dimension)
        .outerjoin(own, own.c.theme_id == Theme.id)
        .where(Finding.run_id == run_id, Finding.position.is_not(None), Theme.state.in_(LIVE))
        .order_by(Dimension.position.is_(None), Dimension.position, "name", Theme.id)
        .limit(MOST)
    )
    return [ToScore(r.id, r.name, dimension_label(r.short, lang), r.received, r.given) for r in rows]


def own(session: Session, scheme_id: int, person_id: int, theme_id: int | None = None) -> dict[tuple[int, str], int]:
    """What one reviewer gave, by theme and criterion."""
    query = select(Score.theme_id, Score.criterion, Score.value)
    query = query.where(Score.scheme_id == scheme_id, Score.person_id == person_id)
    if theme_id is not None:
        query = query.where(Score.theme_id == theme_id)
    return {(theme, code): value for theme, code, value in session.execute(query)}


def give(
    session: Session,
    scheme_id: int,
    person_id: int,
    values: Mapping[tuple[int, str], int | None],
    *,
    actor_id: int,
    now: datetime,
) -> int:
    """Write what a reviewer gives by theme and criterion, None takes it back; returns how many values changed.

    Whoever types for somebody else is named in the trace. Before values are open to all the trace holds none: it is
    read by people who still score.
    """
    scheme = _scheme(session, scheme_id)
    _check(session, scheme, values)
    rows = session.scalars(
        select(Score).where(
            Score.scheme_id == scheme_id,
            Score.person_id == person_id,
            Score.theme_id.in_({theme_id for theme_id, _ in values}),
        )
    )
    known = {(row.theme_id, row.criterion): row for row in rows}
    changed = {at: value for at, value in values.items() if value != (known[at].value if at in known else None)}
    old = {at: known[at].value for at in changed if at in known}
    for at, value in changed.items():
        if at not in known:
            facts = {"scheme_id": scheme_id, "person_id": person_id, "theme_id": at[0], "criterion": at[1]}
            session.add(Score(**facts, value=value, at=now))
        elif value is None:
            session.delete(known[at])
        else:
            known[at].value, known[at].at = value, now
    session.flush()
    if changed:
        _ballot(session, scheme_id, person_id, actor_id)
        _record(session, scheme, person_id, changed, old, actor_id, now)
    return len(changed)


def _check(session: Session, scheme: Scheme, values: Mapping[tuple[int, str], int | None]) -> None:
    criteria = {row["code"]: row for row in scheme.criteria}
    for _, code in values:
        if code not in criteria:
            raise WrongScore(N_("Kriteria “%(code)s” tidak ada dalam skema ini."), code=str(code)[:20])
    for (_, code), value in values.items():
        row = criteria[code]
        if value is not None and not row["low"] <= value <= row["high"]:
            raise WrongScore(N_("Isi angka %(low)s sampai %(high)s."), low=row["low"], high=row["high"])
    wanted = {theme_id for theme_id, _ in values}
    living = session.scalar(select(func.count()).where(Theme.id.in_(wanted), Theme.state.in_(LIVE)))
    if living != len(wanted):
        raise NotFound("theme")


def _ballot(session: Session, scheme_id: int, person_id: int, actor_id: int) -> Ballot:
    row = session.get(Ballot, (scheme_id, person_id))
    if row is None:
        row = Ballot(scheme_id=scheme_id, person_id=person_id)
        session.add(row)
    if actor_id != person_id:
        row.typed_by = actor_id
    return row


def _record(
    session: Session, scheme: Scheme, person_id: int, changed: Mapping, old: Mapping, actor_id: int, now: datetime
) -> None:
    facts: dict[str, Any] = {"themes": sorted({theme_id for theme_id, _ in changed}), "values": len(changed)}
    if person_id != actor_id:
        facts["on_behalf_of"] = person_id
    if scheme.revealed_at is not None:
        facts["old"] = {f"{theme_id}:{code}": value for (theme_id, code), value in sorted(old.items())}
        facts["new"] = {f"{theme_id}:{code}": value for (theme_id, code), value in sorted(changed.items())}
    audit.record(session, "score.give", "scheme", scheme.id, now=now, actor_id=actor_id, **facts)


def finish(session: Session, scheme_id: int, person_id: int, *, actor_id: int, now: datetime) -> None:
    """Say that a reviewer has scored what they want to score; it may be said again after more was scored."""
    _scheme(session, scheme_id)
    _ballot(session, scheme_id, person_id, actor_id).finished_at = now
    more = {"on_behalf_of": person_id} if person_id != actor_id else {}
    audit.record(session, "score.finish", "scheme", scheme_id, now=now, actor_id=actor_id, **more)


def _scheme(session: Session, scheme_id: int) -> Scheme:
    row = session.get(Scheme, scheme_id)
    if row is None:
        raise NotFound(f"scheme {scheme_id}")
    newer = select(Scheme.id).where(Scheme.round_id == row.round_id, Scheme.number > row.number)
    if row.fixed_at is None or session.scalars(newer).first() is not None:
        raise NotThisState(f"scheme {scheme_id} is not scored by")
    return row


def progress(session: Session, scheme_id: int) -> list[Progress]:
    """Who has begun, how many themes they scored and who is finished; never a value."""
    scored = select(Score.person_id, func.count(func.distinct(Score.theme_id)).label("themes"))
    scored = scored.where(Score.scheme_id == scheme_id).group_by(Score.person_id).subquery()
    rows = session.execute(
        select(
            Ballot.person_id,
            func.coalesce(Person.name, Person.email),
            func.coalesce(scored.c.themes, 0),
            Ballot.finished_at,
            Ballot.typed_by.is_not(None),
        )
        .join(Person, Person.id == Ballot.person_id)
        .outerjoin(scored, scored.c.person_id == Ballot.person_id)
        .where(Ballot.scheme_id == scheme_id)
        .order_by(Person.name, Ballot.person_id)
        .limit(MOST)
    )
    return [Progress(*row) for row in rows]


def reviewers(session: Session, roles: Sequence[str]) -> list[tuple[int, str]]:
    """Those who may score, for whoever types what they gave on paper."""
    rows = session.execute(
        select(Person.id, func.coalesce(Person.name, Person.email), Person.email)
        .where(Person.active, Person.roles.any(Role.name.in_(roles)))
        .order_by(Person.name, Person.id)
        .limit(MOST)
    )
    return [(person_id, name if name == email else f"{name} ({email})") for person_id, name, email in rows]
