"""Insights: what the newest run found, theme by theme, and what people made of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import Dimension, Finding, Point, Reading, Run, Submission, Theme
from models.run import NEWEST, round_of
from models.submission import STANDS
from models.theme import LIVE
from models.vocabulary import ThemeState
from services import audit, codebooks, names
from services.errors import NotFound, NotThisState
from services.tongue import label, say
from services.wording import caption, dimension_label, kind_label, theme_name

CAMPAIGNS = 30


@dataclass(frozen=True, slots=True)
class RunFacts:
    number: int
    round_id: int
    finished_at: datetime
    input_hash: str
    received: int
    distinct_texts: int
    people_min: int
    people_max: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class Quote:
    text: str
    caption: str
    language: str


@dataclass(frozen=True, slots=True)
class ThemeCard:
    """A theme; `source_name` is the one that a person's name would take the place of, in every language."""

    id: int
    name: str
    is_proposed: bool
    terms: tuple[tuple[str, float], ...]
    received: int
    distinct_texts: int
    people_min: int
    people_max: int
    stance: tuple[tuple[str, int], ...]
    quotes: tuple[Quote, ...]
    definition: str = ""
    history: tuple[str, ...] = ()
    borderline: tuple[Quote, ...] = ()
    source_name: str = ""


@dataclass(frozen=True, slots=True)
class DimensionThemes:
    code: str
    label: str
    themes: list[ThemeCard] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CampaignCard:
    received: int
    people: int
    days: int
    sample: str
    copies: str


def newest_run(session: Session) -> RunFacts | None:
    """The newest finished run of the newest round."""
    row = session.execute(
        select(
            Run.id,
            Run.round_id,
            Run.finished_at,
            Run.input_hash,
            Run.received,
            Run.distinct_texts,
            Run.people_min,
            Run.people_max,
            Run.unplaced,
        ).where(Run.id == NEWEST.scalar_subquery())
    ).first()
    return RunFacts(*row) if row else None


def by_dimension(session: Session, run: RunFacts, lang: str = "id") -> list[DimensionThemes]:
    """The themes of a run under their dimensions, the largest first; proposed themes stand among them."""
    rows = session.execute(
        select(Finding, Theme, Dimension.code, label(Dimension, "short", lang))
        .join(Theme, Theme.id == Finding.theme_id)
        .outerjoin(Dimension, Dimension.code == Theme.dimension)
        .where(Finding.run_id == run.number, Theme.state.in_(LIVE))
        .order_by(Dimension.position.is_(None), Dimension.position, Finding.received.desc(), Theme.code)
    )
    groups: dict[str, DimensionThemes] = {}
    for finding, theme, code, short in rows:
        group = groups.setdefault(code or "", DimensionThemes(code or "", dimension_label(short, lang)))
        group.themes.append(card(finding, theme, lang))
    return list(groups.values())


def card(finding: Finding, theme: Theme, lang: str = "id") -> ThemeCard:
    """A theme as a page shows it."""
    return ThemeCard(
        id=theme.id,
        name=theme_name(theme, lang),
        is_proposed=theme.state is ThemeState.PROPOSED,
        terms=tuple((w, n) for w, n in finding.terms[:8]),
        received=finding.received,
        distinct_texts=finding.distinct_texts,
        people_min=finding.people_min,
        people_max=finding.people_max,
        stance=tuple((kind_label(code, lang), n) for code, n in finding.stance if n),
        quotes=quotes_of(finding, lang),
        definition=theme.include,
    )


def quotes_of(finding: Finding, lang: str = "id") -> tuple[Quote, ...]:
    """The quotes a run chose, with who said them."""
    return tuple(
        Quote(q["text"], caption(q.get("group"), None, q.get("language"), lang), q.get("language") or "id")
        for q in finding.quotes
    )


def new_since(session: Session, run: RunFacts, since: datetime) -> dict[int, int]:
    """How many points of each theme came in after a moment; a theme without any is left out."""
    rows = session.execute(
        select(Reading.theme_id, func.count())
        .join(Point, Point.id == Reading.point_id)
        .join(Submission)
        .where(
            Submission.round_id == round_of(run.number),
            Submission.received_at > since,
            Reading.theme_id.is_not(None),
            STANDS,
        )
        .group_by(Reading.theme_id)
    )
    return {key: value for key, value in rows}


def campaigns(session: Session, run: RunFacts) -> tuple[list[CampaignCard], int]:
    """The largest groups of near-identical texts, with one text of each masked, and how many smaller ones there are.

    A card says: n received from m people over d days.
    """
    there = session.scalars(select(Run.campaigns).where(Run.id == run.number)).one()
    found = sorted(there, key=lambda c: -len(c["members"]))[:CAMPAIGNS]
    firsts = [int(c["members"][0]) for c in found]
    rows = session.execute(select(Reading.point_id, Reading.masked_text).where(Reading.point_id.in_(firsts)))
    samples = {row.point_id: row.masked_text for row in rows}
    cards = [
        CampaignCard(len(c["members"]), c["people"], c["days"], samples.get(first, "")[:200], c.get("id", ""))
        for c, first in zip(found, firsts, strict=True)
    ]
    return cards, len(there) - len(cards)


def theme_card(session: Session, theme_id: int, run: RunFacts | None, lang: str = "id") -> ThemeCard:
    """One theme with its definition, borderline texts and history."""
    theme = session.get(Theme, theme_id)
    if theme is None:
        raise NotFound(f"theme {theme_id}")
    finding = session.get(Finding, (run.number, theme_id)) if run else None
    more = {"definition": theme.include, "history": _history(theme, lang), "source_name": theme.name}
    if finding is None:
        is_proposed = theme.state is ThemeState.PROPOSED
        return ThemeCard(theme.id, theme_name(theme, lang), is_proposed, (), 0, 0, 0, 0, (), (), **more)
    borderline = _borderline(session, finding.borderline, lang)
    return replace(card(finding, theme, lang), borderline=borderline, **more)


def _history(theme: Theme, lang: str) -> tuple[str, ...]:
    if theme.made_by is not None:
        made = say(lang, "Dipecah tim dari tema lain")
    else:
        made = say(lang, "Diusulkan mesin") if theme.is_machine_made else say(lang, "Dari buku kode")
    told = (made, say(lang, "Digabung ke tema lain")) if theme.merged_into is not None else (made,)
    if not theme.name_by_person:
        return told
    return *told, say(lang, "Semula “%(name)s”, diganti nama oleh tim", name=label(theme, "label", lang))


def _borderline(session: Session, ids: Sequence[str], lang: str) -> tuple[Quote, ...]:
    rows = session.execute(
        select(Reading.masked_text, Submission.group, Reading.language)
        .join(Point, Point.id == Reading.point_id)
        .join(Submission)
        .where(Reading.point_id.in_([int(i) for i in ids[:5]]), STANDS)
        .order_by(Reading.point_id)
    )
    return tuple(Quote(text, caption(group, None, language, lang), language) for text, group, language in rows)


def rename(session: Session, theme_id: int, name: str, *, actor_id: int, now: datetime) -> None:
    """Give a theme a person's name, which no run overrides; two living themes never share a name."""
    theme = _theme(session, theme_id)
    if names.is_taken(session, name, but=theme_id):
        raise NotThisState("name taken")
    theme.name_by_person = name
    theme.version += 1
    codebooks.record(session, theme, "rename", actor_id=actor_id, now=now)
    audit.record(session, "theme.rename", "theme", theme_id, now=now, actor_id=actor_id, version=theme.version)


def accept(session: Session, theme_id: int, *, actor_id: int, now: datetime) -> None:
    """Take a proposed theme into the codebook; the next run matches texts to it by its words."""
    theme = _proposed(session, theme_id)
    theme.code, theme.state, theme.changed_at = f"K-{theme.id}", ThemeState.ACTIVE, now
    codebooks.record(session, theme, "accept", actor_id=actor_id, now=now)
    audit.record(session, "theme.accept", "theme", theme_id, now=now, actor_id=actor_id)


def refuse(session: Session, theme_id: int, *, actor_id: int, now: datetime) -> None:
    """Refuse a proposed theme: its texts wait among those not yet placed, none is lost."""
    theme = _proposed(session, theme_id)
    theme.state, theme.changed_at = ThemeState.REFUSED, now
    codebooks.record(session, theme, "refuse", actor_id=actor_id, now=now)
    audit.record(session, "theme.refuse", "theme", theme_id, now=now, actor_id=actor_id)


def _theme(session: Session, theme_id: int) -> Theme:
    theme = session.get(Theme, theme_id)
    if theme is None:
        raise NotFound(f"theme {theme_id}")
    return theme


def _proposed(session: Session, theme_id: int) -> Theme:
    theme = _theme(session, theme_id)
    if theme.state is not ThemeState.PROPOSED:
        raise NotThisState(f"theme {theme_id} is {theme.state}")
    return theme
