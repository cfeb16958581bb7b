"""A contrast: both sides from the middle, on one scale, told apart by pattern and by name."""

import pytest

from reports.figures import Pair
from reports.figures.contrast import LONGEST, MIDDLE
from tests.reports.drawing import SVG, parse, sides, words


def rects(drawn):
    """Side, left end and breadth of every bar; the pieces of the head are lower."""
    found = [node.attrib for node in parse(drawn).iter(f"{SVG}rect") if node.get("height") == "14"]
    return [("left" if "bar" in each["class"] else "right", float(each["x"]), float(each["width"])) for each in found]


def test_bars_grow_from_the_middle_to_their_side():
    left, right = rects(sides([Pair("rob", 50, 100)]))
    assert left == ("left", pytest.approx(MIDDLE - LONGEST / 2, abs=0.1), pytest.approx(LONGEST / 2, abs=0.1))
    assert right == ("right", MIDDLE, pytest.approx(LONGEST, abs=0.1))


def test_the_scale_is_the_one_that_was_fixed():
    ((_, _, breadth),) = rects(sides([Pair("rob", 0, 10)], most=20))
    assert breadth == pytest.approx(LONGEST / 2, abs=0.1)


def test_names_of_the_sides_and_values_are_printed():
    assert words(sides()) == ["Warga", "Dinas", "rob", "62", "8", "pasar", "0", "33,3%"]


def test_the_names_of_the_sides_return_every_ten_rows():
    drawn = words(sides([Pair(f"kata {at}", at, at) for at in range(21)]))
    assert drawn.count("Warga") == drawn.count("Dinas") == 3 and all(f"kata {at}" in drawn for at in range(21))


@pytest.mark.parametrize("pair", [Pair("a", -1, 0), Pair("a", 0, 101), Pair("a", float("nan"), 0)])
def test_a_value_that_is_not_on_the_scale_is_refused(pair):
    with pytest.raises(ValueError, match="scale"):
        sides([pair])
