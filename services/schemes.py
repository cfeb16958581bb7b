"""Schemes: by which criteria and weights the team scores; fixed before anybody scores, each change with its reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, insert, select
from sqlalchemy.orm import Session, aliased

from models import Ballot, Override, Person, PlanVersion, Round, Scheme, Score
from models.vocabulary import Group
from services import audit
from services.criteria import (
    EVEN,
    WEIGHTED,
    Criterion,
    checked,
    criteria_of,
    of_groups,
)
from services.criteria import USG as USG  # what whoever saves a scheme says
from services.criteria import Row as Row
from services.criteria import Wanted as Wanted
from services.errors import NotFound, NotThisState, WrongScheme
from services.tongue import N_, say
from services.wording import group_label

SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class Facts:
    """A version of the scheme with its criteria in the reader's language; `late` values came after all were open."""

    id: int
    round_id: int
    number: int
    order_by: str
    criteria: tuple[Criterion, ...]
    group_weights: dict[str, float]
    why: str
    made_at: datetime
    made_by: str
    fixed_at: datetime | None
    fixed_by: str
    revealed_at: datetime | None
    revealed_by: str
    late: int = 0
    changes: tuple[str, ...] = ()

    def of(self, family: str) -> tuple[Criterion, ...]:
        return tuple(c for c in self.criteria if c.family == family)


def planned(session: Session, lang: str = "id") -> tuple[Criterion, ...]:
    """The criteria that the plan proposes."""
    return criteria_of(_planned(session), lang)


def current(session: Session, round_id: int, lang: str = "id") -> Facts | None:
    """The newest version of a round."""
    return next(iter(versions(session, round_id, lang, most=1)), None)


def versions(session: Session, round_id: int, lang: str = "id", most: int = 50) -> list[Facts]:
    """The versions of a round, the newest first, each with what it changed against the one before it."""
    made, fixed, revealed = aliased(Person), aliased(Person), aliased(Person)
    rows = session.execute(
        select(Scheme, _who(made), _who(fixed), _who(revealed), _changed())
        .outerjoin(made, made.id == Scheme.made_by)
        .outerjoin(fixed, fixed.id == Scheme.fixed_by)
        .outerjoin(revealed, revealed.id == Scheme.revealed_by)
        .where(Scheme.round_id == round_id)
        .order_by(Scheme.number.desc())
        .limit(most + 1)
    ).all()
    older = [row[0] for row in rows[1:]] + [None]
    return [_facts(*row, before, lang) for row, before in zip(rows, older, strict=False)][:most]


def _who(person: Any) -> Any:
    return func.coalesce(person.name, person.email, "")


def _changed() -> ScalarSelect[int]:
    late = select(func.count()).where(Score.scheme_id == Scheme.id, Score.at > Scheme.revealed_at)
    return late.correlate(Scheme).scalar_subquery()


def _facts(row: Scheme, made: str, fixed: str, revealed: str, late: int, before: Scheme | None, lang: str) -> Facts:
    return Facts(
        id=row.id,
        round_id=row.round_id,
        number=row.number,
        order_by=row.order_by,
        criteria=criteria_of(row.criteria, lang),
        group_weights=dict(row.group_weights),
        why=row.why,
        made_at=row.made_at,
        made_by=made,
        fixed_at=row.fixed_at,
        fixed_by=fixed,
        revealed_at=row.revealed_at,
        revealed_by=revealed,
        late=late,
        changes=_changes(before, row, lang) if before is not None else (),
    )


def _changes(before: Scheme, after: Scheme, lang: str) -> tuple[str, ...]:
    old, new = ({c.code: c for c in criteria_of(s.criteria, lang)} for s in (before, after))
    told = [say(lang, "%(name)s masuk", name=c.label) for code, c in new.items() if code not in old]
    told += [say(lang, "%(name)s keluar", name=c.label) for code, c in old.items() if code not in new]
    told += [
        say(lang, "%(name)s %(old)s menjadi %(new)s", name=c.label, old=f"{old[code].weight:g}", new=f"{c.weight:g}")
        for code, c in new.items()
        if code in old and old[code].weight != c.weight
    ]
    for group in Group:
        was, is_ = (float(s.group_weights.get(group, EVEN)) for s in (before, after))
        if was != is_:
            words = {"name": group_label(group, lang), "old": f"{was:g}", "new": f"{is_:g}"}
            told.append(say(lang, "%(name)s %(old)s menjadi %(new)s", **words))
    if before.order_by != after.order_by:
        told.append(say(lang, "urutan dihitung dengan cara lain"))
    return tuple(told)


def save(session: Session, round_id: int, wanted: Wanted, *, why: str, actor_id: int, now: datetime) -> int:
    """Write a scheme; returns its id.

    While it is a draft it is changed in place. Once it was fixed, a change needs a written reason and makes a new
    version, fixed at once: scores go along where the criterion is the same, and what was open to all stays open, for
    nobody can unsee a value. Groups that do not weigh the same need a reason in any case.
    """
    newest, plan = _newest(session, round_id), _planned(session)
    known = newest.criteria if newest else plan
    criteria, groups = checked(known, plan, wanted), of_groups(wanted.group_weights or {})
    needs_why = bool(groups) or (newest is not None and newest.fixed_at is not None)
    if needs_why and len(why.strip()) < SHORTEST_REASON:
        raise WrongScheme(N_("Tulis alasannya, sedikitnya %(n)s huruf."), n=SHORTEST_REASON)
    if newest is not None and newest.fixed_at is None:
        row = newest
    else:
        number = newest.number + 1 if newest else 1
        row = Scheme(round_id=round_id, number=number, criteria=[], made_at=now, made_by=actor_id)
        session.add(row)
    row.order_by, row.criteria, row.group_weights, row.why = wanted.order_by, criteria, groups, why.strip()
    if newest is not None and row is not newest:
        row.fixed_at, row.fixed_by = now, actor_id
        row.revealed_at, row.revealed_by = newest.revealed_at, newest.revealed_by
    session.flush()
    if newest is not None and row is not newest:
        _carry(session, newest, row)
    weights = {c["code"]: c["weight"] for c in criteria if c["kind"] == WEIGHTED}
    facts: dict[str, Any] = {"number": row.number, "order": row.order_by, "weights": weights, "groups": groups}
    audit.record(session, "scheme.save", "scheme", row.id, now=now, actor_id=actor_id, **facts)
    return row.id


def _newest(session: Session, round_id: int) -> Scheme | None:
    if session.get(Round, round_id) is None:
        raise NotFound(f"round {round_id}")
    return session.scalars(
        select(Scheme).where(Scheme.round_id == round_id).order_by(Scheme.number.desc()).limit(1)
    ).first()


def _planned(session: Session) -> list[dict[str, Any]]:
    city = session.scalars(select(PlanVersion.city).order_by(PlanVersion.id.desc()).limit(1)).first() or {}
    return list(city.get("scoring", ()))


def _carry(session: Session, old: Scheme, new: Scheme) -> None:
    """Scores go along where the criterion asks the same; so do places that people gave, and who has finished."""
    same = [c["code"] for c in new.criteria if any(_is_same(c, other) for other in old.criteria)]
    rows = session.execute(
        select(Score.theme_id, Score.person_id, Score.criterion, Score.value, Score.at).where(
            Score.scheme_id == old.id, Score.criterion.in_(same)
        )
    ).mappings()
    _copy(session, Score, new.id, rows)
    for model in (Override, Ballot):
        columns = [column for column in model.__table__.columns if column.name not in ("id", "scheme_id")]
        kept = select(*columns).where(model.scheme_id == old.id).order_by(*model.__table__.primary_key)
        _copy(session, model, new.id, session.execute(kept).mappings())


def _copy(session: Session, model: Any, scheme_id: int, rows: Any) -> None:
    copied = [{**row, "scheme_id": scheme_id} for row in rows]
    if copied:
        session.execute(insert(model), copied)


def _is_same(new: Mapping[str, Any], old: Mapping[str, Any]) -> bool:
    return all(new[name] == old[name] for name in ("code", "low", "high", "label_id"))


def fix(session: Session, scheme_id: int, *, actor_id: int, now: datetime) -> None:
    """Fix a draft: from here on it is scored by, and a change is a new version."""
    row = _row(session, scheme_id)
    if row.fixed_at is not None:
        raise NotThisState(f"scheme {scheme_id} is fixed")
    row.fixed_at, row.fixed_by = now, actor_id
    audit.record(session, "scheme.fix", "scheme", scheme_id, now=now, actor_id=actor_id, number=row.number)


def reveal(session: Session, scheme_id: int, *, actor_id: int, now: datetime) -> None:
    """Let everybody of the team see all values; it cannot be taken back."""
    row = _row(session, scheme_id)
    newer = select(Scheme.id).where(Scheme.round_id == row.round_id, Scheme.number > row.number)
    if row.fixed_at is None or row.revealed_at is not None or session.scalars(newer).first() is not None:
        raise NotThisState(f"scheme {scheme_id} cannot be revealed")
    row.revealed_at, row.revealed_by = now, actor_id
    audit.record(session, "scheme.reveal", "scheme", scheme_id, now=now, actor_id=actor_id, number=row.number)


def _row(session: Session, scheme_id: int) -> Scheme:
    row = session.get(Scheme, scheme_id)
    if row is None:
        raise NotFound(f"scheme {scheme_id}")
    return row
