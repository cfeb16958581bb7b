"""The difference of two texts: nothing lost, nothing twice, and pieces that a reader can take in."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.differing import MOST_EDITS, Piece, differ
from tests.analysis.test_conformance import HOSTILE

WORDS = ["Pompa", "rob", "dan", "di", "10,5", "12", "persen", ".", ", ", ";", " ", "\n", "non-digital", "warga", "Air"]
PROSE = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join) | st.lists(st.sampled_from(WORDS)).map("".join)
ANYTHING = st.text(st.characters(), max_size=80)


def shown(before, after):
    signs = {"same": "{}", "removed": "[-{}-]", "added": "[+{}+]"}
    return "".join(signs[piece.kind].format(piece.text) for piece in differ(before, after))


def side(pieces, *kinds):
    return "".join(piece.text for piece in pieces if piece.kind in kinds)


def holds(before, after):
    pieces = differ(before, after)
    assert side(pieces, "same", "removed") == before
    assert side(pieces, "same", "added") == after
    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in pairwise(pieces))
    assert ("added", "removed") not in {(one.kind, other.kind) for one, other in pairwise(pieces)}
    return pieces


@settings(max_examples=400, deadline=None)
@given(PROSE, PROSE)
def test_both_texts_can_be_put_together_from_the_pieces_of_any_prose(before, after):
    holds(before, after)


@settings(max_examples=200, deadline=None)
@given(ANYTHING, ANYTHING)
def test_both_texts_can_be_put_together_from_the_pieces_of_anything(before, after):
    holds(before, after)


@settings(max_examples=100, deadline=None)
@given(PROSE, PROSE)
def test_the_same_texts_give_the_same_pieces(before, after):
    assert differ(before, after) == differ(before, after)


@given(PROSE)
def test_a_text_differs_from_itself_in_nothing(text):
    assert differ(text, text) == ((Piece("same", text),) if text else ())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["pompa", "rob", "jalan", "sungai"]), min_size=1, max_size=40), st.integers(0, 39))
def test_a_word_that_was_put_in_is_all_that_is_added(words, at):
    pieces = holds(" ".join(words), " ".join([*words[:at], "mangrove", *words[at:]]))
    assert side(pieces, "added").split() == ["mangrove"] and not side(pieces, "removed")


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("Pompa dijaga warga.", "Pompa rob dijaga petugas.", "Pompa [+rob +]dijaga [-warga-][+petugas+]."),
        ("naik 10 persen.", "naik 15 persen.", "naik [-10 -][+15 +]persen."),
        ("naik 10,5 persen", "naik 10,6 persen", "naik [-10,5 -][+10,6 +]persen"),
        ("sifat digital", "sifat non-digital", "sifat [-digital-][+non-digital+]"),
        ("Air naik", "Air naik lagi", "Air naik[+ lagi+]"),
        ("Air naik.", "Air naik lagi.", "Air naik[+ lagi+]."),
        ("satu\ndua", "satu dua", "satu[-\n-][+ +]dua"),
        ("rob, banjir", "rob; banjir", "rob[-, -][+; +]banjir"),
        ("", "baru", "[+baru+]"),
        ("lama", "", "[-lama-]"),
        ("🌊👩‍👩‍👧 rob", "🌊👩‍👩‍👦 rob", "[-🌊👩‍👩‍👧 -][+🌊👩‍👩‍👦 +]rob"),
        ("ꦥꦼꦏꦭꦺꦴꦔꦤ꧀ rob", "ꦥꦼꦏꦭꦺꦴꦔꦤ꧀ banjir", "ꦥꦼꦏꦭꦺꦴꦔꦤ꧀ [-rob-][+banjir+]"),
    ],
)
def test_whole_words_change_and_signs_stand_apart(before, after, wanted):
    assert shown(before, after) == wanted


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        # the word between tells nothing: one change
        ("Rob dan banjir", "Sampah dan limbah", "[-Rob dan banjir-][+Sampah dan limbah+]"),
        ("Dindagkop, Bapperida", "Dinkominfo, Bappeda", "[-Dindagkop, Bapperida-][+Dinkominfo, Bappeda+]"),
        # the word between tells something: two changes
        ("10 persen 20", "12 persen 25", "[-10 -][+12 +]persen [-20-][+25+]"),
        # nothing was taken out: what was put in stands by itself
        ("rob dan banjir", "rob besar dan bukan banjir", "rob [+besar +]dan [+bukan +]banjir"),
        # a telling word alone in two long changes
        (
            "satu dua tiga empat pompa lima enam tujuh",
            "a1 b2 c3 d4 e5 pompa f6 g7 h8 i9",
            "[-satu dua tiga empat pompa lima enam tujuh-][+a1 b2 c3 d4 e5 pompa f6 g7 h8 i9+]",
        ),
    ],
)
def test_a_common_word_that_is_lost_between_two_changes_divides_nothing(before, after, wanted):
    assert shown(before, after) == wanted


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("A. Kota rapi.", "A. Kota bersih. Kota rapi.", "A. [+Kota bersih. +]Kota rapi."),
        ("Kota rapi.", "Kota bersih. Kota rapi.", "[+Kota bersih. +]Kota rapi."),
        ("A. Kota bersih. Kota rapi.", "A. Kota rapi.", "A. [-Kota bersih. -]Kota rapi."),
        # no sentence begins there
        ("sampah kota rapi", "sampah kota bersih kota rapi", "sampah kota [+bersih kota +]rapi"),
    ],
)
def test_a_sentence_that_was_put_in_is_shown_from_its_beginning(before, after, wanted):
    assert shown(before, after) == wanted


def test_few_edits_are_found_where_every_word_stands_many_times():
    many = "Air masuk rumah setiap rob. " * 600
    other = many.replace("rumah", "gang", 200).replace("gang", "rumah", 198)
    pieces = holds(many, other)
    assert side(pieces, "removed").split() == ["rumah"] * 2 and side(pieces, "added").split() == ["gang"] * 2


def test_what_would_need_too_many_edits_is_replaced_as_a_whole():
    before, after = "a b " * MOST_EDITS, "b b a " * MOST_EDITS
    assert [piece.kind for piece in holds(f"x {before}y", f"z {after}y")] == ["removed", "added", "same"]


LONG = {
    "all different": (" ".join(f"a{n}" for n in range(3_300)), " ".join(f"b{n}" for n in range(3_300))),
    "turned round": (" ".join(f"a{n}" for n in range(3_300)), " ".join(f"a{n}" for n in range(3_300, 0, -1))),
    "two letters": ("a b " * 5_000, "b b a " * 3_300),
    "letters and signs": ("a,b;c." * 3_300, "c.b;a," * 3_300),
    "every third word": (
        " ".join(f"kata{n % 97}" for n in range(2_500)),
        " ".join(f"kata{n % 97 if n % 3 else n}" for n in range(2_500)),
    ),
    "one word": ("x" * 20_000, "y" * 20_000),
    "spaces": (" " * 20_000, "\n" * 20_000),
    "signs": ("." * 20_000, "," * 20_000),
    "steps": (
        " ".join(["w"] * 100 + [f"w{n % 140}" for n in range(4_000)]),
        " ".join(f"w{n % 141}" for n in range(4_000)),
    ),
}


@pytest.mark.parametrize("kind", LONG)
def test_a_paragraph_of_the_longest_kind_takes_no_time(kind):
    before, after = LONG[kind]
    started = time.process_time()
    pieces = differ(before, after)
    assert time.process_time() - started < 0.5
    assert side(pieces, "same", "removed") == before and side(pieces, "same", "added") == after


@pytest.mark.parametrize("kind", HOSTILE)
def test_nothing_hostile_breaks_it(kind):
    texts = [text[:20_000] for text in HOSTILE[kind]][:5]
    for before in texts:
        for after in ["", *texts, before[::-1]]:
            holds(before, after)
