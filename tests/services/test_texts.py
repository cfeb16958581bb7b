"""Texts: one Unicode form, nothing that could hide or break the rest."""

import pytest

from services.texts import clean, is_clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  rob masuk rumah\r\n", "rob masuk rumah"),
        ("se\x00lokan\x07", "selokan"),
        ("caf\u0065\u0301", "café"),
        ("baris satu\r\nbaris dua\ttab", "baris satu\nbaris dua\ttab"),
    ],
)
def test_a_text_is_cleaned_and_nothing_else_changes(typed, kept):
    assert clean(typed) == kept


def test_a_half_character_does_not_break_the_store():
    assert clean("rob \ud800 masuk").encode("utf-8")


def test_only_lost_characters_make_a_text_unclean():
    assert is_clean("  biasa saja\r\n") and not is_clean("nul \x00 di sini")
