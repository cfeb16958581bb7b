"""Stage 6d, quotes: the most typical words of people themselves, masked, one for each group that spoke."""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.types import Quote

SHORTEST, LONGEST, MOST = 60, 300, 5


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    text: str
    group: str | None
    area: str | None
    language: str
    margin: float
    duplicate: int


def choose(candidates: Sequence[Candidate]) -> tuple[Quote, ...]:
    """At most five quotes: highest margin first, one per duplicate group, at least one per stakeholder group.

    Texts of 60–300 characters come before others; a longer one is cut at a word and says so with an ellipsis.
    """
    ranked = sorted(candidates, key=lambda c: (not SHORTEST <= len(c.text) <= LONGEST, -c.margin, c.id))
    distinct, seen = [], set()
    for candidate in ranked:
        if candidate.duplicate not in seen and candidate.text.strip():
            seen.add(candidate.duplicate)
            distinct.append(candidate)
    firsts = {c.group: c for c in reversed(distinct)}
    chosen = sorted(firsts.values(), key=distinct.index)[:MOST]
    chosen += [c for c in distinct if c not in chosen][: max(min(3, MOST) - len(chosen), 0)]
    return tuple(Quote(c.id, cut(c.text), c.group, c.area, c.language) for c in chosen)


def cut(text: str) -> str:
    """A text of at most 300 characters."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rsplit(" ", 1)[0] + " …"
