"""Ranges of places: bars on one scale, with the same figures as text."""

import pytest

from reports.figures import Span
from reports.figures.marks import WIDTH
from tests.reports.drawing import all_of, reach, words


def test_a_range_reaches_half_a_place_beyond_both_ends_on_one_scale():
    first, second = all_of(reach([Span("a", 2, 1, 3), Span("b", 20, 20, 20)]), "rect", "span")
    step = (WIDTH - 20) / 20
    assert (float(first["x"]), float(first["width"])) == pytest.approx((10, 3 * step), abs=0.1)
    assert float(second["x"]) + float(second["width"]) == pytest.approx(WIDTH - 10, abs=0.1)


def test_the_diamond_marks_the_place():
    (diamond,) = all_of(reach([Span("a", 2, 1, 3)]), "path", "at")
    assert diamond["d"].startswith("M34 ")  # 10 + 1.5 places of 16 units


def test_place_and_range_are_printed_as_well():
    found = words(reach([Span("Rob", 2, 1, 3), Span("Sampah", 4, 4, 4)]))
    assert found[-4:] == ["2. Rob", "1–3", "4. Sampah", "4"]


@pytest.mark.parametrize(
    ("of", "ticks"),
    [
        (1, ["1", "5"]),
        (20, ["1", "5", "10", "15", "20"]),
        (60, ["1", "10", "20", "30", "40", "50", "60"]),
        (300, ["1", "50", "100", "150", "200", "250", "300"]),
    ],
)
def test_the_scale_has_round_numbers_and_few(of, ticks):
    assert words(reach([Span("a", 1, 1, 1)], of=of))[:-2] == ticks


def test_sixty_themes_have_a_row_each_and_the_scale_returns():
    found = words(reach([Span(f"Tema {at}", at, at, min(60, at + 5)) for at in range(1, 61)], of=60))
    assert all(f"{at}. Tema {at}" in found for at in range(1, 61)) and found.count("60") == 6 + 1


@pytest.mark.parametrize("row", [Span("a", 1, 0, 1), Span("a", 1, 2, 3), Span("a", 4, 1, 3), Span("a", 5, 1, 21)])
def test_a_range_that_is_none_is_refused(row):
    with pytest.raises(ValueError, match="no range"):
        reach([row])
