"""What was heard: themes under their dimensions, with words that a person let out, and what was answered."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Decision, Finding, Point, Reading, Response, Submission, Theme, Triage
from models.submission import STANDS
from models.theme import LIVE
from models.vocabulary import DecisionState, ThemeState, Visibility
from services import answers, rankings
from services.answers import Answer
from services.tongue import say, word
from services.wording import caption, reason, theme_name

QUOTES = 3

# Words may be published once a person has read them, unless they hurt somebody or their writer wants the team alone.
LET_OUT = (
    Triage.public_text.is_not(None),
    Triage.is_offensive.is_(False),
    Submission.visibility != Visibility.TEAM,
    STANDS,
)


@dataclass(frozen=True, slots=True)
class Said:
    """Words that may stand in public; the caption names the group only where it points at nobody."""

    text: str
    caption: str
    language: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One theme: its counts, its place with its range, quotes, and its answer; `apart` are answers to single points."""

    id: int
    name: str
    dimension: str | None
    received: int
    distinct_texts: int
    people_min: int
    people_max: int
    place: int | None
    low: int | None
    high: int | None
    reason: str
    quotes: tuple[Said, ...]
    answer: Answer | None
    apart: tuple[tuple[str, int], ...]


def is_final(answer: Answer) -> bool:
    """Whether an answer goes out: decided, and its public text signed."""
    return answer.state is DecisionState.CONFIRMED and answer.is_ready


def _final(answer: Answer | None) -> Answer | None:
    return answer if answer and is_final(answer) else None


def themes(
    session: Session, round_id: int, run_id: int, *, groups: frozenset[str], now: datetime, lang: str = "id"
) -> list[Heard]:
    """The themes of the codebook in a run, in the order of their places, then those without one."""
    found = _findings(session, run_id, lang)
    quotes = _quotes(session, round_id, [finding for finding, _ in found], groups, lang)
    decided = answers.of_themes(session, round_id, now=now, lang=lang)
    apart = _apart(session, round_id, lang)
    return [
        Heard(
            id=theme.id,
            name=theme_name(theme, lang),
            dimension=theme.dimension,
            received=finding.received,
            distinct_texts=finding.distinct_texts,
            people_min=finding.people_min,
            people_max=finding.people_max,
            place=finding.place,
            low=finding.low,
            high=finding.high,
            reason=reason(finding, lang) if finding.place else "",
            quotes=tuple(quotes.get(theme.id, ())),
            answer=_final(decided.get(theme.id)),
            apart=tuple(sorted(apart.get(theme.id, Counter()).items())),
        )
        for finding, theme in found
    ]


def _findings(session: Session, run_id: int, lang: str) -> list[tuple[Finding, Theme]]:
    """A name that the machine proposed was read by nobody yet, so such a theme is not told."""
    ranked = [(finding, theme) for finding, theme, *_ in session.execute(rankings.ranked(run_id, lang))]
    others = session.execute(
        select(Finding, Theme)
        .join(Theme, Theme.id == Finding.theme_id)
        .where(Finding.run_id == run_id, Finding.position.is_(None), Theme.state.in_(LIVE))
        .order_by(Finding.received.desc(), Theme.code)
    )
    return [
        (finding, theme)
        for finding, theme in (*ranked, *(tuple(row) for row in others))
        if theme.state is ThemeState.ACTIVE
    ]


def _quotes(
    session: Session, round_id: int, findings: Iterable[Finding], groups: frozenset[str], lang: str
) -> dict[int, list[Said]]:
    """Up to three voices of each theme that may stand in public, those first that the run found most typical."""
    typical = {int(q["id"]): n for finding in findings for n, q in enumerate(finding.quotes)}
    first = (Point.id.not_in(list(typical)), func.length(Triage.public_text), Point.id)
    order = func.row_number().over(partition_by=Reading.theme_id, order_by=first)
    ranked = (
        select(
            Reading.theme_id,
            Point.id.label("point_id"),
            Triage.public_text,
            Submission.group,
            Reading.language,
            order.label("n"),
        )
        .join(Point, Point.id == Reading.point_id)
        .join(Submission, Submission.id == Point.submission_id)
        .join(Triage, Triage.point_id == Point.id)
        .where(Submission.round_id == round_id, Reading.theme_id.is_not(None), *LET_OUT)
        .subquery()
    )
    found: dict[int, list[Said]] = defaultdict(list)
    rows = session.execute(select(ranked).where(ranked.c.n <= QUOTES).order_by(ranked.c.theme_id, ranked.c.n))
    for row in sorted(rows, key=lambda row: (row.theme_id, typical.get(row.point_id, QUOTES + row.n))):
        group = row.group if row.group in groups else None
        said_by = caption(group, None, row.language, lang) if group else say(lang, "Peserta")
        found[row.theme_id].append(Said(row.public_text, said_by, row.language))
    return found


def _apart(session: Session, round_id: int, lang: str) -> dict[int, Counter[str]]:
    """Of each theme the answers that single points got for themselves, or groups of equal texts."""
    own = answers.resolved().where(Submission.round_id == round_id).subquery()
    rows = session.execute(
        select(Reading.theme_id, Decision.code, func.count())
        .join(own, own.c.id == Reading.point_id)
        .join(Decision, Decision.id == own.c.decision_id)
        .join(Response, Response.decision_id == Decision.id)
        .where(
            Decision.theme_id.is_(None),
            Decision.state == DecisionState.CONFIRMED,
            Response.ready_at.is_not(None),
            Reading.theme_id.is_not(None),
        )
        .group_by(Reading.theme_id, Decision.code)
    )
    found: dict[int, Counter[str]] = defaultdict(Counter)
    for theme_id, code, n in rows:
        found[theme_id][word(code, lang)] = n
    return found


def proposed(session: Session, run_id: int) -> int:
    """How many themes the machine proposes that no person has read yet."""
    query = select(func.count()).select_from(Finding).join(Theme, Theme.id == Finding.theme_id)
    return session.scalar(query.where(Finding.run_id == run_id, Theme.state == ThemeState.PROPOSED)) or 0
