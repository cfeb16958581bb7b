"""Normalising: control characters go, spellings are written out once, order and signs stay."""

import pytest

from analysis import words
from analysis.normalise import LONGEST, clean, normalise, spelled


@pytest.mark.parametrize(
    ("text", "kept", "flags"),
    [
        ("rob\tmasuk\nrumah", "rob\tmasuk\nrumah", ()),
        ("rob\r\nmasuk", "rob\nmasuk", ()),
        ("rob\x00 masuk\x7f\x9f", "rob masuk", ("cleaned",)),
        ("rob \ud800masuk", "rob masuk", ("cleaned",)),
        ("x" * (LONGEST + 1), "x" * LONGEST, ("too_long",)),
    ],
)
def test_unreadable_characters_go_and_are_told(text, kept, flags):
    assert clean(text) == (kept, flags)


def test_signs_and_spaces_stay_where_they_were():
    assert normalise("Jln2  RUSAAAK!! (yg dkt psr)\n— gmn?") == "jalan  rusak!! (yang dekat psr)\n— bagaimana?"


def test_a_word_that_was_spelled_out_is_not_spelled_out_again():
    for short, full in words.spelling().items():
        assert spelled(short) == spelled(full) == full


def test_javanese_and_english_words_lead_to_indonesian_ones_in_one_step():
    meant = words.bilingual()
    assert len(meant) >= 400 and meant["dalan"] == "jalan" and meant["letter"] == "surat"
    assert not {"air", "rob", "kali", "sore", "bali"} & set(meant)
    for word, indonesian in meant.items():
        assert meant.get(indonesian, indonesian) == indonesian, word
