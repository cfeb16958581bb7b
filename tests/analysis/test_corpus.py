"""Reading: the quick ways through plain texts lead where the long ones lead."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import content, corpus, duplicates, mask, normalise

TEXT = st.text(st.sampled_from("aAbnmRzé\u0301İΣß 019_-.,?@/:\n\t\x00\x1f\ud800🌊▇wW"), max_size=30)
ALSO = ("nama saya Fulan", "www.contoh.example", "wa.me/62", "awww.", "http://x", "ß rw_5 Rob", "ibu2 di RW05")
LONG_WAY = re.compile(r"[^\W\d_]+")


def read_slowly(raw):
    text, _ = normalise.clean(raw)
    shown = mask.mask(text).text
    return shown, duplicates.flatten(text), LONG_WAY.findall(unicodedata.normalize("NFC", shown).lower())


def agree(raws):
    block = corpus.read_block(raws)
    for number, raw in enumerate(raws):
        shown, flat, words = read_slowly(raw)
        own = block.tokens[block.bounds[number] : block.bounds[number + 1]].tolist()
        assert (block.masked[number], block.flats[number]) == (shown, flat)
        assert [block.words[word] for word in own] == words
        assert bool(block.flags[number] & corpus.EMPTY) == (not words)


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXT, max_size=5))
def test_a_block_reads_what_every_text_says_by_itself(raws):
    agree(raws)


def test_the_same_holds_for_names_links_and_digits_within_words():
    agree(list(ALSO))


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_a_text_with_only_readable_signs_is_left_alone_and_no_other(text):
    kept, flags = normalise.clean(text)
    assert kept == normalise.UNREADABLE.sub("", text)
    assert not flags or kept != text


@pytest.mark.parametrize("text", [*ALSO, "jalan rusak", "", "▇"])
def test_a_link_is_seen_where_the_expression_sees_one(text):
    assert content.has_link(text) == (content.LINK.search(text) is not None)


@pytest.mark.parametrize("text", ALSO)
def test_what_is_called_plain_holds_nothing_to_cover(text):
    assert not (mask.is_plain(text, text.lower()) and mask.mask(text).findings)
    assert mask.is_plain("jalan rusak", "jalan rusak")
