"""Differing: what stands no longer and what stands newly in a text, word by word, in pieces that can be read."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from analysis.words import stopwords

Kind = Literal["same", "removed", "added"]
# Anything but spaces and signs is part of a word: letters with their marks in any script, digits, emoji.
_SIGNS = r"!-/:-@\[-`{-~\u00a1-\u00bf\u2010-\u2027\u2030-\u205e\u3001-\u3020"
_WORD = rf"[^\s{_SIGNS}]+"
_JOINED = r"[-/'\u2019]|(?<=\d)[.,:](?=\d)"  # "non-digital", "12/2026", "10,5"
TOKENS = re.compile(rf"({_WORD}(?:(?:{_JOINED}){_WORD})*|[{_SIGNS}])?(\s*)")
MOST_EDITS = 100  # within a region without a word of its own: beyond that it is another text
SHORT = 3  # tokens of a common run that says nothing by itself
HEAVIER = 4  # times: what stands on both sides of a common run that is lost among them
ENDS = ".;:!?"  # of a sentence or a part of it


@dataclass(frozen=True, slots=True)
class Piece:
    """Consecutive characters of the older text (removed), of the newer one (added) or of both (same)."""

    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class _Region:
    """Tokens `a` to `b` of the older text beside tokens `c` to `d` of the newer one; the ends are not in it."""

    a: int
    b: int
    c: int
    d: int


def differ(before: str, after: str) -> tuple[Piece, ...]:
    """The difference of two texts by words.

    A token is a word or a sign; the white space after it belongs to it. First the tokens that stand once in both texts
    and in the same order hold them together, then the fewest edits are looked for between them. Common words that are
    lost between two replacements become part of one, and a sentence that was put in is shown from its beginning.

    Args:
        before: the older text, at most some tens of thousands of characters.
        after: the newer one.

    Returns:
        Pieces in their order, none empty and no two of one kind side by side; a removed piece stands before the
        added one at its place. Same and removed pieces together are `before`, same and added ones `after`, to the
        character. Where more than 100 edits would be needed between two words that stand once, all of it is replaced.

    Source: patience difference (B. Cohen); E. W. Myers, An O(ND) Difference Algorithm, Algorithmica 1 (1986).

    >>> [(p.kind, p.text) for p in differ("Pompa dijaga warga", "Pompa rob dijaga petugas")]
    [('same', 'Pompa '), ('added', 'rob '), ('same', 'dijaga '), ('removed', 'warga'), ('added', 'petugas')]
    """
    old, new = _tokens(before), _tokens(after)
    runs = _tidied(_runs(_steps(old, new)))
    return tuple(Piece(kind, "".join(parts)) for kind, parts in _slid(runs))


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, by their words in order.

    Args:
        one, other: the texts, at most some tens of thousands of characters.

    Returns:
        The share of characters, white space aside, that both have in common in the two together: 0 to 1; two texts
        without any are alike.

    >>> likeness("Pompa dijaga warga", "Pompa dijaga petugas")
    0.647
    """
    letters = {kind: 0 for kind in ("same", "removed", "added")}
    for piece in differ(one, other):
        letters[piece.kind] += sum(map(len, piece.text.split()))
    whole = 2 * letters["same"] + letters["removed"] + letters["added"]
    return round(2 * letters["same"] / whole, 3) if whole else 1.0


def _tokens(text: str) -> list[tuple[str, str]]:
    """Words and signs, each with the white space after it; together they are the text."""
    return [(word, space) for word, space in TOKENS.findall(text) if word or space]


Step = tuple[Kind, str]
Run = tuple[Kind, list[str]]


def _steps(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> Iterator[Step]:
    """The way from one text to the other; a word that stays may change the white space after it."""
    at, to = 0, 0
    matches = _matches([word for word, _ in old], [word for word, _ in new])
    for one, other in [*matches, (len(old), len(new))]:
        yield from (("removed", part) for token in old[at:one] for part in token if part)
        yield from (("added", part) for token in new[to:other] for part in token if part)
        if one < len(old):
            (word, space), (_, other_space) = old[one], new[other]
            if word:
                yield "same", word
            if space == other_space:
                yield "same", space
            else:
                yield "removed", space
                yield "added", other_space
        at, to = one + 1, other + 1


def _matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Which tokens are the same, in order: taken from both ends, held by rare words, filled in by fewest edits."""
    found: list[tuple[int, int]] = []
    open_ = [_Region(0, len(old), 0, len(new))]
    while open_:
        region, same = _trimmed(open_.pop(), old, new)
        found += same
        if region.a == region.b or region.c == region.d:
            continue
        anchors = _anchors(region, old, new)
        if anchors:
            found += anchors
            open_ += _between(region, anchors)
        else:
            found += _fewest_edits(region, old, new)
    return sorted(found)


def _trimmed(region: _Region, old: Sequence[str], new: Sequence[str]) -> tuple[_Region, list[tuple[int, int]]]:
    a, b, c, d = region.a, region.b, region.c, region.d
    while a < b and c < d and old[a] == new[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
    head = zip(range(region.a, a), range(region.c, c), strict=True)
    tail = zip(range(b, region.b), range(d, region.d), strict=True)
    return _Region(a, b, c, d), [*head, *tail]


def _anchors(region: _Region, old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest sequence of tokens, in order in both, that stand once in each part of the region."""
    mine, theirs = Counter(old[region.a : region.b]), Counter(new[region.c : region.d])
    places = {new[at]: at for at in range(region.c, region.d) if theirs[new[at]] == 1}
    pairs = [(at, places[old[at]]) for at in range(region.a, region.b) if mine[old[at]] == 1 and old[at] in places]
    return _longest_rise(pairs)


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of pairs in order of their first member the most whose second members rise too."""
    ends: list[int] = []  # the least second member with which a rise of each length ends
    last: list[int] = []  # and which pair that is
    before: list[int] = []
    for at, (_, place) in enumerate(pairs):
        length = bisect_left(ends, place)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1], last[length : length + 1] = [place], [at]
    found = []
    at = last[-1] if last else -1
    while at >= 0:
        found.append(pairs[at])
        at = before[at]
    return found[::-1]


def _between(region: _Region, anchors: Sequence[tuple[int, int]]) -> Iterator[_Region]:
    a, c = region.a, region.c
    for one, other in [*anchors, (region.b, region.d)]:
        yield _Region(a, one, c, other)
        a, c = one + 1, other + 1


def _fewest_edits(region: _Region, old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The tokens that stay on the shortest way through the region; none where it is longer than MOST_EDITS."""
    one, other = old[region.a : region.b], new[region.c : region.d]
    furthest, kept = {1: 0}, []
    for edits in range(min(MOST_EDITS, len(one) + len(other)) + 1):
        kept.append(dict(furthest))
        for shift in range(-edits, edits + 1, 2):
            at = _start(furthest, shift, edits)
            to = at - shift
            while at < len(one) and to < len(other) and one[at] == other[to]:
                at, to = at + 1, to + 1
            furthest[shift] = at
            if at >= len(one) and to >= len(other):
                return [(region.a + at, region.c + to) for at, to in _way_back(kept, len(one), len(other))]
    return []


def _start(furthest: dict[int, int], shift: int, edits: int) -> int:
    """Where a way begins on a diagonal: one token added to the way beside it, or one removed."""
    is_added = shift == -edits or (shift != edits and furthest[shift - 1] < furthest[shift + 1])
    return furthest[shift + 1] if is_added else furthest[shift - 1] + 1


def _way_back(kept: Sequence[dict[int, int]], at: int, to: int) -> Iterator[tuple[int, int]]:
    for edits in range(len(kept) - 1, -1, -1):
        furthest, shift = kept[edits], at - to
        start = _start(furthest, shift, edits) if edits else 0
        while at > start:
            at, to = at - 1, to - 1
            yield at, to
        if edits:
            is_added = shift == -edits or (shift != edits and furthest[shift - 1] < furthest[shift + 1])
            at, to = (at, to - 1) if is_added else (at - 1, to)


def _runs(steps: Iterator[Step]) -> list[Run]:
    """Steps of one kind as one run; between two common runs the removed ones stand before the added ones."""
    found: list[Run] = []
    for is_same, group in groupby((step for step in steps if step[1]), key=lambda step: step[0] == "same"):
        members = list(group)
        kinds: tuple[Kind, ...] = ("same",) if is_same else ("removed", "added")
        found += [(kind, [part for said, part in members if said == kind]) for kind in kinds]
    return [run for run in found if run[1]]


def _tidied(runs: Sequence[Run]) -> list[Run]:
    """A common run that is lost between two changes is part of one change."""
    steps: list[Step] = []
    changes: list[Run] = []  # since the last common run that stays
    for at, (kind, parts) in enumerate(runs):
        if kind != "same":
            changes.append((kind, parts))
            continue
        following = _change_after(runs, at)
        if _is_lost(parts, changes, following):
            changes += [("removed", parts), ("added", parts)]
            continue
        steps += [(said, part) for said, some in changes for part in some]
        steps += [("same", part) for part in parts]
        changes = []
    steps += [(said, part) for said, some in changes for part in some]
    return _runs(iter(steps))


def _change_after(runs: Sequence[Run], at: int) -> list[Run]:
    found = []
    for kind, parts in runs[at + 1 : at + 3]:
        if kind == "same":
            break
        found.append((kind, parts))
    return found


def _is_lost(common: Sequence[str], before: Sequence[Run], after: Sequence[Run]) -> bool:
    """Whether words were taken out and put in on both sides and the common ones say too little to divide them."""
    if not before or not after or {kind for kind, _ in [*before, *after]} != {"removed", "added"}:
        return False
    words = [part for part in common if not part.isspace()]
    if len(words) <= SHORT and all(_says_nothing(word) for word in words):
        return True
    return HEAVIER * len(words) <= min(_weight(before), _weight(after))


def _says_nothing(token: str) -> bool:
    return not any(map(str.isalnum, token)) or token.lower() in stopwords()


def _weight(changes: Sequence[Run]) -> int:
    return sum(not part.isspace() for _, parts in changes for part in parts)


def _slid(runs: list[Run]) -> list[Run]:
    """A change that repeats the words before it is moved back to where its sentence begins."""
    for at in range(1, len(runs) - 1):
        (kind, change), (before, head), (after, tail) = runs[at], runs[at - 1], runs[at + 1]
        back = _to_a_beginning(head, change) if before == after == "same" else 0
        if back and (back < len(head) or at == 1):
            moved = len(change) - back
            runs[at - 1] = ("same", head[: len(head) - back])
            runs[at] = (kind, head[len(head) - back :] + change[:moved])
            runs[at + 1] = (after, change[moved:] + tail)
    return [run for run in runs if run[1]]


def _to_a_beginning(head: Sequence[str], change: Sequence[str]) -> int:
    """By how many parts a change can go back to stand where a sentence begins; 0 where it cannot."""
    for back in range(min(len(head), len(change)) + 1):
        if back and head[-back] != change[-back]:
            return 0
        if _is_beginning(head, len(head) - back):
            return back
    return 0


def _is_beginning(parts: Sequence[str], at: int) -> bool:
    last = at - 1 - (at > 1 and parts[at - 1].isspace())
    return at == 0 or parts[last] in ENDS
