"""The topics to pick from, narrowed by a word that somebody looks for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


class Topic(Protocol):
    slug: str
    label: str


class TopicGroup(Protocol):
    """The topics of one field, under its plain name, and words that people use for it."""

    code: str
    label: str
    topics: Sequence[Topic]
    keywords: Sequence[str]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A field with those of its topics that fit."""

    code: str
    label: str
    topics: tuple[Topic, ...]


def narrow(groups: Iterable[TopicGroup], wanted: str, *, keep: str | None = None) -> tuple[Narrowed, ...]:
    """The topics whose name or field has every word of `wanted`; where none has, those of fields with such a cue word.

    The topic `keep` stays whatever was looked for, because it is chosen.
    """
    words, groups = wanted.casefold().split(), tuple(groups)
    if not words:
        return tuple(Narrowed(g.code, g.label, tuple(g.topics)) for g in groups)
    by_name = {t.slug for g in groups for t in g.topics if _has(f"{g.label} {t.label}", words)}
    by_cue = {t.slug for g in groups if _has(" ".join(g.keywords), words) for t in g.topics}
    fitting = (by_name or by_cue) | ({keep} if keep else set())
    found = (Narrowed(g.code, g.label, tuple(t for t in g.topics if t.slug in fitting)) for g in groups)
    return tuple(g for g in found if g.topics)


def _has(text: str, words: list[str]) -> bool:
    whole = text.casefold()
    return all(word in whole for word in words)
