"""The plane: dots where their values are, or as near as a crowd allows, and all readable."""

import math
import re
from itertools import combinations

import pytest

from reports.figures import Dot
from tests.reports.drawing import all_of, names, places, plane, words


def test_every_dot_carries_its_number_and_its_name():
    drawn = plane()
    assert names(drawn) == ["1. Rob", "2. Sampah"] and words(drawn)[-3:-1] == ["1", "2"]


def test_a_dot_stands_where_its_values_are():
    (left, top), (right, bottom), (x, y) = places(plane([Dot("a", 1, 4), Dot("b", 4, 1), Dot("c", 2, 3)]))
    assert x == pytest.approx(left + (right - left) / 3, abs=0.2)
    assert y == pytest.approx(top + (bottom - top) / 3, abs=0.2)


CROWDS = {
    "one place": [Dot("a", 1, 4)] * 60,
    "the very middle": [Dot("a", 2.5, 2.5)] * 60,
    "few places": [Dot("a", 1 + at % 4, 3 + at % 2) for at in range(60)],
    "a line": [Dot("a", 1 + at / 20, 4) for at in range(60)],
    "three hundred": [Dot("a", 1 + at / 3000, 1) for at in range(300)],
}


@pytest.mark.parametrize("points", CROWDS.values(), ids=CROWDS)
def test_no_dot_of_a_crowd_covers_another_or_leaves_the_plane(points):
    drawn = plane(points)
    dots, (frame,) = places(drawn), all_of(drawn, "rect", "none")
    radius = float(all_of(drawn, "circle", "dot")[0]["r"])
    assert len(dots) == len(points)
    assert min(math.dist(a, b) for a, b in combinations(dots, 2)) >= 2 * radius
    left, top, wide, high = (float(frame[key]) for key in ("x", "y", "width", "height"))
    assert all(left + radius <= x <= left + wide - radius and top + radius <= y <= top + high - radius for x, y in dots)


def test_a_dot_alone_is_not_moved_and_a_moved_one_is_tied_to_its_place():
    apart = plane([Dot("a", 1, 1), Dot("b", 4, 4)])
    close = plane([Dot("a", 2, 2), Dot("b", 2, 2), Dot("c", 4, 4)])
    assert not all_of(apart, "circle", "bar") and len(all_of(close, "circle", "bar")) == 1
    (mark,) = all_of(close, "circle", "bar")
    assert (float(mark["cx"]), float(mark["cy"])) == places(close)[0]


def test_a_moved_dot_stays_in_its_quarter_while_that_has_room():
    drawn = plane([Dot("a", 2.4, 2.6)] * 12)
    half = re.search(r'class="half" d="M([\d.]+) [\d.]+V[\d.]+M\d+ ([\d.]+)H', drawn)
    middle_x, middle_y = map(float, half.groups())
    assert all(x <= middle_x and y <= middle_y for x, y in places(drawn))


@pytest.mark.parametrize(
    "changes",
    [
        {"points": [Dot("a", 0.9, 2)]},
        {"points": [Dot("a", 2, 4.1)]},
        {"points": [Dot("a", math.nan, 2)]},
        {"x_middle": 5},
        {"y_range": (4, 4)},
    ],
)
def test_a_value_outside_its_scale_is_refused(changes):
    with pytest.raises(ValueError, match="scale"):
        plane(**changes)
