"""Glances: of what is said beside paragraphs as much as a page has room for; all of it stands on their own pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.differing import Piece
from services import changes
from services.margins import Comment

# Letters of a page for what was said, and how few and many of them one text gets.
ROOM, LEAST, MOST = 10_000, 80, 1_500
# Letters of a page for what changed; both texts of a change count.
ROOM_FOR_CHANGES = 6_000
# Beside one paragraph; fewer where a page would have more than this many.
EACH, FULL = 3, 30


@dataclass(frozen=True, slots=True)
class Glance:
    """A comment with as much of its words as there is room for."""

    comment: Comment
    text: str
    proposed_text: str
    is_cut: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in a paragraph since the version on which some of its comments were written; None: no room."""

    version: int
    pieces: tuple[Piece, ...] | None


@dataclass(frozen=True, slots=True)
class Glances:
    """What stands beside one paragraph; `has_more` says that some comments are left out, `own` counts the reader's."""

    shown: tuple[Glance, ...]
    has_more: bool
    own: int
    changes: tuple[Change, ...]


def at(
    said: Mapping[int, Sequence[Comment]],
    *,
    each: int | None = None,
    room: int = ROOM,
    room_for_changes: int = ROOM_FOR_CHANGES,
) -> dict[int, Glances]:
    """Divide the room of a page evenly among the comments that it shows, at most `each` beside a paragraph.

    Without `each` there are up to EACH, and fewer on a full page. The reader's own come first.
    """
    each = each or _each(said)
    shown = {number: sorted(comments, key=lambda one: not one.is_own)[:each] for number, comments in said.items()}
    texts = sum(1 + bool(one.proposed_text) for comments in shown.values() for one in comments)
    share = min(MOST, max(LEAST, room // max(texts, 1)))
    found = {}
    for number, comments in shown.items():
        told, room_for_changes = _changes(comments, room_for_changes)
        glances = tuple(_glance(one, share) for one in comments)
        own = sum(one.is_own for one in said[number])
        found[number] = Glances(glances, len(said[number]) > len(comments), own, told)
    return found


def _each(said: Mapping[int, Sequence[Comment]]) -> int:
    """How many there is room for beside each paragraph, of EACH at most and one at least."""
    fitting = (n for n in range(EACH, 1, -1) if sum(min(n, len(comments)) for comments in said.values()) <= FULL)
    return next(fitting, 1)


def _glance(one: Comment, share: int) -> Glance:
    text, proposed = cut(one.text, share), cut(one.proposed_text or "", share)
    return Glance(one, text, proposed, (text, proposed) != (one.text, one.proposed_text or ""))


def cut(text: str, most: int) -> str:
    """A text that is not longer than `most` letters, cut between two words where there is one.

    >>> cut("Pompa dijaga warga", 15), cut("Pompa", 14), cut("Pompapompapompa", 6)
    ('Pompa dijaga …', 'Pompa', 'Pompa …')
    """
    if len(text) <= most:
        return text
    head = text[: most - 1]
    return f"{head.rsplit(None, 1)[0] if ' ' in head else head} …"


def _changes(comments: Sequence[Comment], room: int) -> tuple[tuple[Change, ...], int]:
    """What changed since each older version that these were written on, while there is room for it."""
    before = {one.version: one for one in comments if one.was.split() != one.now.split()}
    told = []
    for version, one in sorted(before.items()):
        weight = len(one.was) + len(one.now)
        is_fitting = weight <= room
        told.append(Change(version, changes.between(one.was, one.now) if is_fitting else None))
        room -= weight if is_fitting else 0
    return tuple(told), room
