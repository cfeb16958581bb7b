"""Orders: the two there are, the computed one and the team's; each place with one sentence of reason and one range."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Dimension, Finding, Override, Person, Scheme, Theme
from models.run import newest_of
from models.theme import LIVE
from services import audit, hands, medians, rankings
from services.errors import NotFound, NotThisState, WrongScheme
from services.tongue import N_, decimal, label, say
from services.wording import dimension_label, reason, theme_name

SHORTEST_REASON = 10


@dataclass(frozen=True, slots=True)
class Place:
    """One place of an order.

    `value` is what it stands by, `would_be` the place without a person's hand, None where nobody moved it or it would
    have none. Moved themes have `moved_because`; a theme that was only pushed by another one has none.
    """

    theme_id: int
    name: str
    dimension: str | None
    dimension_label: str
    place: int
    low: int
    high: int
    of: int
    reason: str
    ties: tuple[str, ...] = ()
    value: float | None = None
    received: int = 0
    people_min: int = 0
    people_max: int = 0
    would_be: int | None = None
    moved_because: str = ""
    moved_by: str = ""
    moved_at: datetime | None = None
    scored: medians.Scored | None = None


def first(session: Session, run_id: int, lang: str = "id") -> list[Place]:
    """The computed order of a run, the first place first."""
    rows = session.execute(rankings.ranked(run_id, lang)).all()
    names = {theme.code: theme_name(theme, lang) for _, theme, _, _ in rows}
    return [
        Place(
            **_known(finding, theme, short, lang),
            place=finding.place or 0,
            low=finding.low or 0,
            high=finding.high or 0,
            of=len(rows),
            reason=reason(finding, lang),
            ties=tuple(names[code] for code in finding.rank["ties_with"] if code in names),
            value=finding.score,
        )
        for finding, theme, short, _ in rows
    ]


def _known(finding: Finding | None, theme: Theme, short: str | None, lang: str) -> dict[str, Any]:
    counts = {name: getattr(finding, name) for name in ("received", "people_min", "people_max")} if finding else {}
    return {
        "theme_id": theme.id,
        "name": theme_name(theme, lang),
        "dimension": theme.dimension,
        "dimension_label": dimension_label(short, lang),
        **counts,
    }


@dataclass(frozen=True, slots=True)
class Partial:
    """A theme that was scored, but not in all parts that the order rests on."""

    theme_id: int
    name: str
    dimension_label: str
    scored: medians.Scored


@dataclass(frozen=True, slots=True)
class Standing:
    """The team's order with what has no place in it; without a `number` there is no scheme yet.

    `criteria` are codes with their labels, in the scheme's order.
    """

    number: int | None = None
    order_by: str = medians.USG
    is_open: bool = False
    criteria: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()
    partial: tuple[Partial, ...] = ()


def team(session: Session, round_id: int, lang: str = "id") -> list[Place]:
    """The order of the team, the first place first; empty until the scores of the round are open."""
    return list(standing(session, round_id, lang).places)


def standing(session: Session, round_id: int, lang: str = "id") -> Standing:
    """The order of the team and what was not scored in all parts, in four statements.

    By the scheme's sum or mean, equal ones sharing a place, and then as people moved themes, one after the other. The
    range says between which places a theme stays while any one weight moves by up to a fifth. What was not scored in
    all parts has no place unless a person gave it one.
    """
    scheme = _scheme(session, round_id)
    if scheme is None:
        return Standing()
    if scheme.revealed_at is None:
        return Standing(scheme.number, scheme.order_by)
    scored, moves = medians.of_scheme(session, scheme), _moves(session, scheme.id)
    themes = _themes(session, round_id, {*scored, *(move.theme_id for move, _ in moves)}, lang)
    given = {key: row.value(scheme.order_by) for key, row in scored.items() if key in themes}
    values = {key: value for key, value in given.items() if value is not None}
    order = hands.moved(hands.tiers(values), [(m.theme_id, m.place) for m, _ in moves if m.theme_id in themes], values)
    weights = medians.weights_of(scheme.criteria, scheme.order_by)
    reach = medians.reaches({k: {c: s.median for c, s in scored[k].given.items()} for k in values}, weights)
    placed = {key for tier in order for key in tier}
    partial = [
        Partial(key, themes[key]["name"], themes[key]["dimension_label"], scored[key])
        for key in given
        if key not in placed
    ]
    return Standing(
        scheme.number,
        scheme.order_by,
        True,
        tuple((row["code"], label(row, "label", lang)) for row in scheme.criteria),
        tuple(_written(order, scheme, values, scored, reach, _newest(moves), themes, lang)),
        tuple(sorted(partial, key=lambda one: (one.name.casefold(), one.theme_id))),
    )


def _scheme(session: Session, round_id: int) -> Scheme | None:
    newest = select(Scheme).where(Scheme.round_id == round_id).order_by(Scheme.number.desc())
    return session.scalars(newest.limit(1)).first()


def _moves(session: Session, scheme_id: int) -> list[tuple[Override, str]]:
    rows = session.execute(
        select(Override, func.coalesce(Person.name, Person.email, ""))
        .outerjoin(Person, Person.id == Override.actor_id)
        .where(Override.scheme_id == scheme_id)
        .order_by(Override.id)
    )
    return [(move, who) for move, who in rows]


def _newest(moves: Iterable[tuple[Override, str]]) -> dict[int, tuple[Override, str]]:
    """The moves that hold: of each theme the last, where it was not taken back."""
    last = {move.theme_id: (move, who) for move, who in moves}
    return {key: pair for key, pair in last.items() if pair[0].place is not None}


def _themes(session: Session, round_id: int, ids: Iterable[int], lang: str) -> dict[int, dict[str, Any]]:
    run = newest_of(round_id).scalar_subquery()
    rows = session.execute(
        select(Theme, Finding, label(Dimension, "short", lang))
        .select_from(Theme)
        .outerjoin(Finding, (Finding.theme_id == Theme.id) & (Finding.run_id == run))
        .outerjoin(Dimension, Dimension.code == Theme.dimension)
        .where(Theme.id.in_(list(ids)), Theme.state.in_(LIVE))
    )
    return {theme.id: _known(finding, theme, short, lang) for theme, finding, short in rows}


def _written(
    order: Sequence[hands.Tier],
    scheme: Scheme,
    values: Mapping[int, float],
    scored: Mapping[int, medians.Scored],
    reach: Mapping[int, tuple[int, int]],
    by_hand: Mapping[int, tuple[Override, str]],
    themes: Mapping[int, dict[str, Any]],
    lang: str,
) -> list[Place]:
    unmoved, found, ahead = medians.places(values), [], 0
    for tier in order:
        for key in sorted(tier, key=lambda k: (themes[k]["name"].casefold(), k)):
            place = ahead + 1
            low, high = reach.get(key, (place, place))
            one = Place(
                **themes[key],
                place=place,
                low=min(low, place),
                high=max(high, place),
                of=sum(map(len, order)),
                reason=because(scored.get(key), scheme, lang),
                ties=tuple(themes[k]["name"] for k in tier if k != key),
                value=values.get(key),
                scored=scored.get(key),
            )
            found.append(_by_hand(one, by_hand[key], unmoved.get(key)) if key in by_hand else one)
        ahead += len(tier)
    return found


def _by_hand(place: Place, hand: tuple[Override, str], would_be: int | None) -> Place:
    move, who = hand
    return replace(place, would_be=would_be, moved_because=move.reason, moved_by=who, moved_at=move.at)


def because(scored: medians.Scored | None, scheme: Any, lang: str = "id") -> str:
    """One sentence on what a place in the team's order rests on."""
    value = scored.value(scheme.order_by) if scored else None
    if scored is None or value is None:
        return say(lang, "Belum dinilai lengkap.")
    if scheme.order_by == medians.USG:
        words = {"sum": half(value, lang), "n": scored.reviewers}
        words |= {code: half(scored.median(code) or 0, lang) for code in ("u", "s", "g")}
        return say(lang, "USG %(sum)s dari 15: U %(u)s, S %(s)s, G %(g)s; dinilai %(n)s orang.", **words)
    rows = {row["code"]: row for row in scheme.criteria if row["kind"] == medians.WEIGHTED}
    most = max(rows, key=lambda code: (scored.median(code) or 0) * rows[code]["weight"])
    words = {
        "value": decimal(value, lang, 2),
        "name": label(rows[most], "label", lang),
        "median": decimal(scored.median(most) or 0, lang),
        "n": scored.reviewers,
    }
    return say(lang, "Nilai %(value)s dari 5, terutama dari %(name)s (%(median)s); dinilai %(n)s orang.", **words)


def half(value: float, lang: str = "id") -> str:
    """A median of whole numbers: without a decimal, or with the one it has.

    >>> half(4.0), half(4.5), half(4.5, "en")
    ('4', '4,5', '4.5')
    """
    return f"{value:.0f}" if value == int(value) else decimal(value, lang)


def override(
    session: Session, round_id: int, theme_id: int, place: int | None, *, why: str, actor_id: int, now: datetime
) -> None:
    """Give a theme a place in the team's order, or take that back with None; a place needs a written reason."""
    scheme = _scheme(session, round_id)
    if scheme is None or scheme.revealed_at is None:
        raise NotThisState("the team has no order yet")
    theme = session.get(Theme, theme_id)
    if theme is None or theme.state not in LIVE:
        raise NotFound(f"theme {theme_id}")
    if place is not None and len(why.strip()) < SHORTEST_REASON:
        raise WrongScheme(N_("Tulis alasannya, sedikitnya %(n)s huruf."), n=SHORTEST_REASON)
    held = _newest(_moves(session, scheme.id)).get(theme_id)
    if place is None and held is None:
        raise NotThisState(f"theme {theme_id} was not moved")
    row = Override(scheme_id=scheme.id, theme_id=theme_id, place=place, reason=why.strip(), actor_id=actor_id, at=now)
    session.add(row)
    session.flush()
    old = held[0].place if held else None
    facts = {"old": old, "new": place, "why": row.id, "scheme": scheme.id}
    audit.record(session, "order.override", "theme", theme_id, now=now, actor_id=actor_id, **facts)
