"""The colours of the token file can be read on one another: every pair that may meet, computed."""

import re

import pytest

from tests.conftest import CHECKOUT

TEXT, SHAPE = 4.5, 3.0
ON = {
    "ink": {"paper": 16.6, "wash": 15.0, "kunyit-w": 15.2, "kunyit": 10.5},
    "soft": {"paper": 7.7, "wash": 7.0},
    "nila": {"paper": 13.4, "wash": 12.1, "cause": 10.7},
    "link": {"paper": 8.6, "wash": 7.8},
    "bang": {"paper": 7.3, "bang-w": 6.6},
    "ijo": {"paper": 7.6, "wash": 6.9, "ijo-w": 6.8},
    "amber": {"kunyit-w": 7.9},
    "paper": {"nila": 13.4},
    "on-nila": {"nila": 11.2},
    "on-nila-soft": {"nila": 9.8},
}
SHAPES = {"edge": {"paper": 4.8, "wash": 4.4}, "kunyit": {"nila": 8.5}, "nila": {"track": 10.6}}


def tokens():
    source = (CHECKOUT / "styles" / "_tokens.scss").read_text("utf-8")
    return dict(re.findall(r"^\$([a-z-]+): (#[0-9a-f]{6});", source, re.MULTILINE))


def luminance(colour):
    """Relative luminance of #rrggbb, after WCAG 2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pairs(table):
    return [(front, ground, said) for front, grounds in table.items() for ground, said in grounds.items()]


@pytest.mark.parametrize(("front", "ground", "said"), pairs(ON))
def test_text_can_be_read_on_its_ground(front, ground, said):
    known = tokens()
    found = contrast(known[front], known[ground])
    assert found >= TEXT and found == pytest.approx(said, abs=0.06)


@pytest.mark.parametrize(("front", "ground", "said"), pairs(SHAPES))
def test_borders_and_bars_stand_out_from_their_ground(front, ground, said):
    known = tokens()
    found = contrast(known[front], known[ground])
    assert found >= SHAPE and found == pytest.approx(said, abs=0.06)


def test_the_hairline_is_too_faint_to_bound_a_control_and_bounds_none():
    known = tokens()
    assert contrast(known["line"], known["paper"]) < SHAPE
    controls = (CHECKOUT / "styles" / "_controls.scss").read_text("utf-8")
    assert "t.$line" not in controls
