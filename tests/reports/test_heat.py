"""The heat map: every number in its cell, and a pattern that grows with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.figures.heat import step_of
from tests.reports.drawing import SVG, heat, names, parse, words


def test_every_count_stands_in_its_cell():
    found = words(heat())
    assert found[:8] == ["Warga", "Media", "Ekonomi", "3", "0", "Bencana", "12", "1"]


def test_a_larger_count_has_a_denser_pattern_and_zero_has_none():
    cells = [rect for rect in parse(heat(["a"], list("bcdefg"), [[0, 1, 3, 5, 7, 10]])).iter(f"{SVG}rect")]
    looks = [(cell.get("class"), cell.get("fill")) for cell in cells if cell.get("height") == "26"]
    patterns = [("seg", f"url(#f-1-{step})") for step in range(1, 5)]
    assert looks == [("none", None), *patterns, ("seg bar", None)]


@given(st.integers(1, 5000), st.data())
def test_a_step_grows_with_the_count_and_the_largest_is_the_fifth(most, data):
    one, other = sorted(data.draw(st.tuples(st.integers(0, most), st.integers(0, most))))
    assert 0 <= step_of(one, most) <= step_of(other, most) <= step_of(most, most) == 5
    assert (step_of(one, most) == 0) == (one == 0)


@pytest.mark.parametrize(
    ("most", "key"), [(1, ["0", "1"]), (3, ["0", "1", "2", "3"]), (10, ["0", "1–2", "3–4", "5–6", "7–8", "9–10"])]
)
def test_the_key_names_the_counts_of_each_pattern(most, key):
    assert words(heat(["a"], ["b"], [[most]]))[3:] == key


def test_columns_beyond_six_follow_in_a_band_below():
    rows, columns = ["Rob", "Sampah"], [f"Kolom {at}" for at in range(9)]
    drawn = heat(rows, columns, [[100 + at for at in range(9)], [200 + at for at in range(9)]])
    found = words(drawn)
    assert {str(100 + at) for at in range(9)} | {str(200 + at) for at in range(9)} <= set(found)
    assert found.count("Rob") == 2 and not names(drawn)


@pytest.mark.parametrize("counts", [[[1, 2]], [[1], [2]], [[1, 2], [3, -1]], [[1, 2, 3], [1, 2, 3]]])
def test_counts_that_do_not_fit_are_refused(counts):
    with pytest.raises(ValueError, match="count"):
        heat(counts=counts)
