"""Small bars: from zero, on the scale that was fixed, with the value in figures."""

import pytest

from reports.figures import Bar
from reports.figures.fills import FILLS, look, patterns
from reports.figures.marks import WIDTH
from tests.reports.drawing import all_of, parse, small, words


def breadths(drawn):
    return [float(path["d"].partition("h")[2].partition("v")[0]) for path in all_of(drawn, "path", "bar")]


def test_bars_share_the_scale_and_begin_at_zero():
    drawn = small([Bar("a", 25), Bar("b", 50), Bar("c", 100)], most=100)
    assert breadths(drawn) == pytest.approx([WIDTH / 4, WIDTH / 2, WIDTH])
    assert all(path["d"].startswith("M0 ") for path in all_of(drawn, "path", "bar"))
    assert breadths(small([Bar("a", 25)], most=50)) == [WIDTH / 2]


def test_zero_has_a_track_and_no_bar():
    drawn = small([Bar("a", 0)])
    assert len(all_of(drawn, "path", "bg")) == 1 and not all_of(drawn, "path", "bar")


def test_name_and_value_are_printed():
    assert words(small([Bar("Bandengan", 7), Bar("Panjang", 33.3, "33,3%")])) == ["Bandengan", "7", "Panjang", "33,3%"]


@pytest.mark.parametrize(
    ("value", "most"), [(-1, 100), (101, 100), (float("nan"), 100), (1, 0), (1, float("nan")), (1, float("inf"))]
)
def test_a_value_that_is_not_on_the_scale_is_refused(value, most):
    with pytest.raises(ValueError, match="scale"):
        small([Bar("a", value)], most=most)


def test_every_fill_can_be_told_without_colour():
    looks = [look(fill, "f-1") for fill in FILLS]
    assert len(set(looks)) == len(FILLS) == 5 and all("seg" in each for each in looks)
    defined = {node.get("id") for node in parse(f"<svg >{patterns('f-1')}</svg>").iter() if node.get("id")}
    assert {each.partition("#")[2].rstrip(')"') for each in looks if "#" in each} == defined


def test_a_fill_that_there_is_not_is_refused():
    with pytest.raises(KeyError):
        look("plaid", "f")
