"""Weighing: how the team of the story scores themes, decides on them and answers, through the services."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from demo import answering
from demo.dice import Dice
from demo.past import person
from demo.screening import flagged, saying
from demo.tables import words
from models import Decision, Finding, Point, Reading, Response, Submission, Theme
from models.submission import STANDS
from models.theme import LIVE
from models.vocabulary import DecisionState
from services import confirmations, conflicts, decisions, orders, responses, rounds, schemes, scores, tallies
from services.criteria import USG, WEIGHTED, Row, Wanted
from services.decisions import Target, stamp

REVIEWERS = ("analis", "ketua", "penelaah")
RAISED, PLACE = "DIS-EVAC", 3
WHY_RAISED = "Tempat mengungsi menyangkut keselamatan jiwa, walau yang menulisnya sedikit."


def score(story: Any, session: Session) -> None:
    """Weights are fixed first, then three persons score unseen by one another; one place is changed with a reason."""
    lead, at = person(session, "ketua"), story.times.after
    scheme_id = _scored(session, story.round_id, REVIEWERS, at(6))
    schemes.reveal(session, scheme_id, actor_id=lead, now=at(9))
    theme_id = session.scalars(select(Theme.id).where(Theme.code == RAISED)).one()
    orders.override(session, story.round_id, theme_id, PLACE, why=WHY_RAISED, actor_id=lead, now=at(9.5))


def open_scoring(story: Any, session: Session) -> None:
    """In the open round two have scored, and the third is whoever tries the demonstration."""
    now = datetime.now(UTC)
    current = rounds.current(session, now=now)
    if current is None or schemes.current(session, current[0]) or not tallies.newest(session, current[0]):
        return
    _scored(session, current[0], REVIEWERS[:2], now)


def _scored(session: Session, round_id: int, names: Sequence[str], now: datetime) -> int:
    """A scheme as the plan proposes it, fixed, and scores by these persons; returns the scheme."""
    lead = person(session, "ketua")
    planned = [c for c in schemes.planned(session) if c.family == WEIGHTED]
    wanted = Wanted(order_by=USG, weighted=tuple(Row(c.code, c.weight) for c in planned))
    scheme_id = schemes.save(session, round_id, wanted, why="", actor_id=lead, now=now)
    schemes.fix(session, scheme_id, actor_id=lead, now=now)
    for name in names:
        _score_as(session, name, scheme_id, round_id, now)
    return scheme_id


def _score_as(session: Session, name: str, scheme_id: int, round_id: int, now: datetime) -> None:
    """What many speak of is scored higher, and nobody scores like the others."""
    dice, who = Dice(sum(map(ord, name))), person(session, name)
    scheme, run_id = schemes.current(session, round_id), tallies.newest(session, round_id)
    assert scheme is not None and run_id is not None
    some = scores.themes(session, scheme_id, run_id, who)
    most = max(theme.received for theme in some)
    values = {
        (theme.theme_id, criterion.code): _value(dice, theme.received / most, criterion.low, criterion.high)
        for theme in some
        for criterion in scheme.criteria
    }
    scores.give(session, scheme_id, who, values, actor_id=who, now=now)
    scores.finish(session, scheme_id, who, actor_id=who, now=now)


def _value(dice: Dice, weight: float, low: int, high: int) -> int:
    wanted = low + (high - low) * (0.35 + 0.5 * weight**0.5) + (dice.share() - 0.5) * (high - low) * 0.7
    return max(low, min(high, round(wanted)))


def decide(story: Any, session: Session) -> None:
    """Themes are decided on as a whole; opposite wishes together; complaints and what has no theme by themselves."""
    deed = {"actor_id": person(session, "analis"), "now": story.times.after(11)}
    today = story.now.astimezone(story.zone).date()
    for theme_id, code in _themes(story, session):
        said = answering.ruling(answering.facts_of(code), today)
        decisions.decide(session, story.round_id, [Target("theme", theme_id)], said, **deed)
    for name, pair in _pairs(story, session):
        facts = words("answers")["conflicts"][name]
        conflict_id = conflicts.link(session, story.round_id, pair, note=facts["reason"], **deed)
        both = answering.sides(name)
        given = {pair[0]: both["one"], pair[1]: both["other"]}
        conflicts.answer(session, conflict_id, given, answering.ruling(facts, today), **deed)
    for table, targets in _apart(story, session):
        if targets:
            decisions.decide(session, story.round_id, targets, answering.ruling(words("answers")[table], today), **deed)


def _apart(story: Any, session: Session) -> Iterator[tuple[str, list[Target]]]:
    """What is answered beside its theme: a campaign once for all, complaints, support, and what has no theme."""
    campaign = select(Reading.duplicate_group).where(Reading.point_id.in_(flagged(story, session, "K1")))
    groups = Counter(session.scalars(campaign.where(Reading.duplicate_group.is_not(None))))
    yield "K1", [Target("group", groups.most_common(1)[0][0])] if groups else []
    yield "COMPLAINT", [Target("point", p) for p in flagged(story, session, "lapor")]
    likes = saying(story, session, lambda row: (row["group"], row["expected_type"]) == ("citizen", "support"))
    yield "SUPPORT", [Target("point", p) for p in likes]
    yield "OTHER", [Target("point", p) for p in _strays(story, session)]


def _themes(story: Any, session: Session) -> list[tuple[int, str]]:
    """The themes of which the round speaks."""
    query = select(Theme.id, Theme.code).join(Finding, Finding.theme_id == Theme.id)
    query = query.where(Finding.run_id == tallies.newest(session, story.round_id), Theme.state.in_(LIVE))
    return [(theme_id, code) for theme_id, code in session.execute(query.order_by(Theme.id))]


def _pairs(story: Any, session: Session) -> Iterator[tuple[str, list[int]]]:
    """The two points of each pair that asks for opposite things."""
    for pair in words("specials")["conflicts"]:
        found = flagged(story, session, pair["name"])
        if len(found) == 2:
            texts = [session.get_one(Point, point_id).text.casefold() for point_id in found]
            is_first = _leans(texts[0], pair["one"]["texts"]) >= _leans(texts[1], pair["one"]["texts"])
            yield pair["name"], found if is_first else found[::-1]


def _leans(text: str, some: list[str]) -> int:
    """How many words a text shares with those of one side."""
    said = set(text.split())
    return max(len(said & set(other.casefold().split())) for other in some)


def _strays(story: Any, session: Session) -> list[int]:
    """Points that stand in no theme."""
    query = select(Point.id).join(Submission).outerjoin(Reading, Reading.point_id == Point.id)
    query = query.where(Submission.round_id == story.round_id, STANDS, Reading.theme_id.is_(None))
    return list(session.scalars(query.order_by(Point.id)))


def confirm(story: Any, session: Session) -> None:
    """What refuses waits for a second person, who reads it and confirms."""
    query = select(Decision).where(Decision.round_id == story.round_id, Decision.state == DecisionState.AWAITING)
    seen = {row.id: stamp(row) for row in session.scalars(query)}
    confirmations.confirm(session, seen, actor_id=person(session, "ketua"), now=story.times.after(13))


def translate(session: Session, round_id: int, *, actor_id: int, now: Any) -> None:
    """Answers that are told in English too."""
    query = select(Decision.id, Theme.code, Response.text_id).join(Theme, Theme.id == Decision.theme_id)
    query = query.join(Response, Response.decision_id == Decision.id).where(Decision.round_id == round_id)
    for decision_id, code, text in session.execute(query).all():
        english = answering.facts_of(code).get("en")
        if english:
            responses.write(session, decision_id, {"id": text, "en": english}, actor_id=actor_id, now=now)


def sign(session: Session, round_id: int, *, actor_id: int, now: Any) -> None:
    """A person signs every text."""
    query = select(Response).join(Decision, Decision.id == Response.decision_id)
    rows = session.scalars(query.where(Decision.round_id == round_id, Response.ready_at.is_(None))).all()
    seen = {row.decision_id: responses.stamp(row) for row in rows}
    responses.sign(session, seen, actor_id=actor_id, now=now)
