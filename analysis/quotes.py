"""Stage 6d, quotes: the most typical words of people themselves, masked, one for each group that spoke."""

from collections.abc import Iterable
from dataclasses import dataclass

from analysis.types import Quote

SHORTEST, LONGEST, MOST, FEW = 60, 300, 5, 3


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    text: str
    group: str | None
    area: str | None
    language: str
    duplicate: int


def first(ranked: Iterable[Candidate], groups: int) -> tuple[Quote, ...]:
    """At most five quotes: one per duplicate group, at least one per stakeholder group.

    Candidates come best first and are asked for only until `groups` groups and three were seen. A text of more than 300
    characters is cut at a word and says so with an ellipsis.

    >>> said = [Candidate(group, "Rob", group, None, "id", n) for n, group in enumerate(("citizen", "agency"))]
    >>> [quote.group for quote in first(said, 2)]
    ['citizen', 'agency']
    """
    distinct: list[Candidate] = []
    seen: set[int] = set()
    heard: dict[str | None, Candidate] = {}
    for candidate in ranked:
        if candidate.duplicate not in seen and candidate.text.strip():
            seen.add(candidate.duplicate)
            distinct.append(candidate)
            heard.setdefault(candidate.group, candidate)
            if len(heard) >= groups and len(distinct) >= FEW:
                break
    chosen = sorted(heard.values(), key=distinct.index)[:MOST]
    chosen += [c for c in distinct if c not in chosen][: max(FEW - len(chosen), 0)]
    return tuple(Quote(c.id, cut(c.text), c.group, c.area, c.language) for c in chosen)


def cut(text: str) -> str:
    """A text of at most 300 characters.

    >>> cut("rob   masuk"), len(cut("rob " * 100)) <= LONGEST
    ('rob masuk', True)
    """
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rsplit(" ", 1)[0] + " …"
