"""What the plan lets people choose from: topics, words, kelurahan, and what they agree to."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import Area, Dimension, Term, Topic
from services.tongue import label


@dataclass(frozen=True, slots=True)
class TopicChoice:
    slug: str
    label: str


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """The topics of one dimension under its plain name."""

    code: str
    label: str
    topics: tuple[TopicChoice, ...]
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TermChoice:
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a consent, and the version that is kept with it."""

    version: str
    text: str


@dataclass(frozen=True, slots=True)
class AreaChoice:
    code: str
    name: str


def topic_groups(session: Session, lang: str = "id") -> tuple[TopicGroup, ...]:
    """The picker: topics in plain words, grouped by dimension, in one statement."""
    rows = session.execute(
        select(
            Dimension.code, label(Dimension, "plain", lang), Dimension.keywords, Topic.slug, label(Topic, "label", lang)
        )
        .join(Topic, Topic.dimension == Dimension.code)
        .where(Dimension.is_current, Topic.is_current)
        .order_by(Dimension.position, Topic.position)
    ).all()
    groups: dict[tuple[str, str, str], list[TopicChoice]] = {}
    for code, plain, keywords, slug, topic in rows:
        groups.setdefault((code, plain, keywords), []).append(TopicChoice(slug, topic))
    return tuple(
        TopicGroup(code, plain, tuple(topics), tuple(word for word in keywords.split("|") if word))
        for (code, plain, keywords), topics in groups.items()
    )


def terms(session: Session, kinds: Iterable[str], lang: str = "id") -> dict[str, tuple[TermChoice, ...]]:
    """The words of each kind that a form offers, by name, in one statement."""
    found: dict[str, tuple[TermChoice, ...]] = {kind: () for kind in kinds}
    rows = session.execute(
        select(Term.kind, Term.code, label(Term, "label", lang))
        .where(Term.kind.in_(list(found)), Term.is_current)
        .order_by(label(Term, "label", lang))
    )
    for kind, code, name in rows:
        found[kind] += (TermChoice(code, name),)
    return found


def wordings(settings: dict[str, Any], lang: str = "id") -> dict[str, Wording]:
    """What is asked of a person, by purpose, in the newest wording; `settings` are those of `plans.city`."""
    return {
        row["purpose"]: Wording(row["version"], label(row, "wording", lang)) for row in settings.get("consents", [])
    }


def kelurahan(session: Session) -> tuple[AreaChoice, ...]:
    """The kelurahan by name."""
    rows = session.execute(
        select(Area.code, Area.name).where(Area.kind == "kelurahan", Area.is_current).order_by(Area.name)
    )
    return tuple(AreaChoice(*row) for row in rows)
