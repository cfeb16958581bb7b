"""What a cell and the name of a sheet can hold, at its edges."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import cells
from tests.reports.reader import unescape


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["_", "x", "0041", "005F", "\x00"]), max_size=12).map("".join))
def test_an_escape_is_undone_by_reading_from_left_to_right(text):
    assert unescape(cells.escape(text)) == text


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60), st.integers(2, 7))
def test_parts_join_to_the_whole_and_none_is_longer_than_asked(text, most):
    whole = cells.clean(text)
    parts = list(cells.split(whole, most))
    assert "".join(parts) == whole
    assert all(0 < len(part.encode("utf-16-le")) <= 2 * most for part in parts)


@pytest.mark.parametrize("text", ["a" * 32_767, "🌊" * 16_383 + "a", ""])
def test_a_text_of_the_longest_length_fits(text):
    assert cells.fits(text)


@pytest.mark.parametrize("text", ["a" * 32_768, "🌊" * 16_384])
def test_a_text_one_unit_longer_does_not_fit(text):
    assert not cells.fits(text)


@pytest.mark.parametrize(
    ("wished", "given_name"),
    [
        ("[]:*?/\\", "Lembar"),
        ("", "Lembar"),
        ("'Rob'", "Rob"),
        ("a" * 40, "a" * 31),
        ("a" * 30 + "🌊", "a" * 30),
        ("History", "History (2)"),
        ("Rob\x00\n", "Rob"),
        ("keterangan", "keterangan"),
    ],
)
def test_the_name_of_a_sheet_is_made_legal(wished, given_name):
    assert cells.legal_name(wished, [], "Lembar") == given_name


def test_a_name_that_is_taken_gets_a_number_and_stays_short():
    assert cells.legal_name("A" * 31, ["a" * 31, "a" * 27 + " (2)"], "Lembar") == "A" * 27 + " (3)"


@given(st.text(max_size=50), st.lists(st.text(max_size=3), max_size=3))
def test_any_name_becomes_legal(wished, taken):
    found = cells.legal_name(wished, [name.casefold() for name in taken], "Lembar")
    assert 0 < len(found.encode("utf-16-le")) <= 62 and found.casefold() not in {name.casefold() for name in taken}
    assert not set(found) & set("[]:*?/\\\x00\n") and found == found.strip("'")
