"""However a draft is edited, every comment stands in one place and what nobody touched is found again."""

import re
from collections import Counter
from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.alignment import align
from benchmarks.drafts import check, measure

SENTENCE = re.compile(r"(?<=[.!?]) +(?=[A-Z])")
FEWEST_WORDS, FEWEST_IN_A_PIECE = 5, 6


def words(text):
    return " ".join(re.findall(r"[^\W\d_]+", text.lower()))


def distinct(texts):
    """The texts of some length of which none is part of another, so that what became of each is beyond doubt."""
    bare = [words(text) for text in texts]
    return [
        text
        for place, text in enumerate(texts)
        if len(bare[place].split()) >= FEWEST_WORDS
        and not any(bare[place] in other for spot, other in enumerate(bare) if spot != place)
    ]


POOL = distinct([text for draft in check.read() for text in draft.old])


def halves(text):
    pieces = SENTENCE.split(text)
    middle = len(pieces) // 2
    found = [" ".join(pieces[:middle]), " ".join(pieces[middle:])]
    return found if all(len(words(piece).split()) >= FEWEST_IN_A_PIECE for piece in found) else [text]


def altered(text):
    """Another number, or where there is none another last word."""
    changed = re.sub(r"\d+", lambda number: str(int(number[0]) + 3), text)
    return changed if changed != text else text.rstrip(".") + " bersama warga."


@dataclass
class Script:
    """Two versions, and where each old paragraph that nobody touched stands in the new one; `moved` were carried."""

    old: list[str]
    new: list[str]
    untouched: dict[int, int]
    moved: set[int]
    removed: set[int]
    inserted: bool


@st.composite
def scripts(draw):
    count = draw(st.integers(3, 18))
    picked = draw(st.lists(st.sampled_from(range(len(POOL))), min_size=count + 3, max_size=count + 3, unique=True))
    texts = [POOL[place] for place in picked]
    old, spare = texts[:count], texts[count:]
    edits = (*["keep"] * 5, "delete", "split", "merge", "alter", "insert after")
    units, removed, place = [], set(), 0
    while place < count:
        edit, first = draw(st.sampled_from(edits)), old[place]
        if edit == "merge" and place + 1 < count:
            units.append(([place, place + 1], [f"{first} {old[place + 1]}"], False))
            place += 1
        elif edit == "delete":
            removed.add(place)
        elif edit == "split" and len(halves(first)) > 1:
            units.append(([place], halves(first), False))
        elif edit == "alter":
            units.append(([place], [altered(first)], False))
        else:
            units.append(([place], [first], True))
            if edit == "insert after" and spare:
                units.append(([], [spare.pop()], False))
        place += 1
    units, moved = carry(units, draw) if units and draw(st.integers(0, 3)) else (units, set())
    new, untouched = [], {}
    for olds, pieces, kept in units:
        if kept:
            untouched[olds[0]] = len(new)
        new += pieces
    return Script(old, new, untouched, moved, removed, len(spare) < 3)


def carry(units, draw):
    """Set a block down beyond more paragraphs than it holds, so that there is no doubt which side moved."""
    start, size = draw(st.integers(0, len(units) - 1)), draw(st.integers(1, max(1, len(units) // 4)))
    block, rest = units[start : start + size], units[:start] + units[start + size :]
    weight = sum(len(pieces) + len(olds) for olds, pieces, _ in block)

    def over(to):
        return sum(kept for _, _, kept in rest[min(start, to) : max(start, to)])

    places = [to for to in range(len(rest) + 1) if over(to) > weight]
    if not places:
        return units, set()
    to = draw(st.sampled_from(places))
    return rest[:to] + block + rest[to:], {old for olds, _, _ in block for old in olds}


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scripts(), st.lists(st.integers(0, 10_000), max_size=40))
def test_after_random_editing_every_comment_stands_once_and_what_nobody_touched_is_known(script, throws):
    comments = [throw % len(script.old) for throw in throws]
    found = align(script.old, script.new)
    assert measure.accounted(comments, found, len(script.new)) == [True] * len(comments)
    carried = [pair.state for comment in comments for pair in found.pairs if pair.old == comment]
    assert sum(Counter(carried).values()) == len(comments)
    for old, new in script.untouched.items():
        pair = found.pairs[old]
        assert (pair.state, pair.new) == ("moved" if old in script.moved else "same", (new,))
    # A paragraph inserted where another went may say something alike, and then either reading is fair.
    assert script.inserted or {pair.old for pair in found.pairs if pair.state == "removed"} >= script.removed


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(POOL), max_size=12), st.lists(st.sampled_from(POOL), max_size=12))
def test_whatever_the_two_texts_are_every_comment_stands_once(old, new):
    comments = [place for place in range(len(old)) for _ in range(3)]
    assert all(measure.accounted(comments, align(old, new), len(new)))
