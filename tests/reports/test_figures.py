"""Figures: well-formed, named, escaped, and whole on hover when a name is too long."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.figures import Bar, Dot, Pair, Span
from reports.figures.marks import WIDTH, length, wrap
from tests.reports.drawing import AXES, SVG, heat, names, parse, parts, places, plane, reach, sides, small, words

NASTY = "<script>alert('&\"')</script> \x00"
LONG = "Banyaknya aplikasi dan integrasi data " * 6
FIGURES = {"heat": heat, "plane": plane, "reach": reach, "small": small, "sides": sides, "parts": parts}
each_figure = pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES)


@each_figure
def test_a_figure_says_what_it_is_and_what_it_shows(draw):
    root = parse(draw())
    assert root.get("role") == "img" and root.get("aria-labelledby") == "f-1-t f-1-d"
    title, desc = root[0], root[1]
    assert (title.tag, title.get("id"), title.text) == (f"{SVG}title", "f-1-t", "Masukan per bidang")
    assert (desc.tag, desc.get("id"), desc.text) == (f"{SVG}desc", "f-1-d", "Bencana paling banyak disebut.")


@each_figure
def test_a_figure_has_no_style_no_script_and_no_colour_of_its_own(draw):
    drawn = draw()
    assert not re.search(r"style=|<script|stroke=|#[0-9a-f]{3}\b|https?:", drawn)
    own = {f"url(#{name})" for name in re.findall(r'<pattern id="(f-1-[^"]*)"', drawn)}
    assert set(re.findall(r'fill="([^"]*)"', drawn)) <= own


@each_figure
def test_every_id_of_a_figure_begins_with_its_own(draw):
    found = re.findall(r'\bid="([^"]*)"', draw(id="lain"))
    assert len(found) == len(set(found)) >= 2 and all(name.startswith("lain-") for name in found)


@each_figure
@pytest.mark.parametrize("id", ["", "1", "a b", 'a"b', "a#b"])
def test_an_id_that_is_no_name_is_refused(draw, id):
    with pytest.raises(ValueError, match="id of a figure"):
        draw(id=id)


@pytest.mark.parametrize(
    "drawn",
    [
        heat([NASTY], [NASTY], [[3]], title=NASTY, description=NASTY),
        plane([Dot(NASTY, 1, 1)], title=NASTY, description=NASTY, x_name=NASTY, y_name=NASTY, corners=[NASTY] * 4),
        reach([Span(NASTY, 1, 1, 1)], title=NASTY, description=NASTY),
        small([Bar(NASTY, 1, NASTY)], title=NASTY, description=NASTY),
        sides([Pair(NASTY, 1, 1, NASTY)], title=NASTY, description=NASTY, left_name=NASTY),
        parts([NASTY], [NASTY], [NASTY] * 3, [[[1, 1, 1]]], title=NASTY, description=NASTY),
    ],
    ids=FIGURES,
)
def test_markup_in_names_is_shown_as_text(drawn):
    assert parse(drawn)[0].text == NASTY.replace("\x00", "\ufffd")
    assert "<script" not in drawn and drawn.count("&lt;script") >= 3


@pytest.mark.parametrize(
    "drawn",
    [
        heat([], [], []),
        heat([], ["Warga"], []),
        heat(["Rob"], [], [[]]),
        reach([], of=0),
        small([]),
        sides([]),
        parts([], counts=[]),
        parts(["Rob"], [], counts=[[]]),
    ],
)
def test_without_data_there_is_a_name_and_nothing_drawn(drawn):
    assert parse(drawn)[0].text == "Masukan per bidang" and not words(drawn)


def test_an_empty_plane_still_shows_its_quarters():
    drawn = plane([])
    assert set(AXES["corners"]) < set(words(drawn)) and not places(drawn)


@each_figure
def test_the_same_data_gives_the_same_figure(draw):
    assert draw() == draw()


@pytest.mark.parametrize(
    "drawn",
    [
        heat([LONG], [LONG, LONG], [[1, 2]]),
        reach([Span(LONG, 1, 1, 1)]),
        small([Bar(LONG, 1)]),
        sides([Pair(LONG, 1, 1)]),
        sides(left_name=LONG),
        parts([LONG], [LONG], [LONG] * 3, [[[1, 1, 1]]]),
    ],
    ids=["heat", "reach", "small", "sides", "head of sides", "parts"],
)
def test_a_long_name_is_shortened_and_whole_on_hover(drawn):
    assert any(LONG.strip() in name for name in names(drawn))
    shortened = [line for line in words(drawn) if line.endswith("…")]
    assert shortened and all(length(line) <= WIDTH for line in shortened)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=80), st.integers(30, 300), st.integers(1, 3))
def test_a_wrapped_name_keeps_to_its_room(name, room, most):
    lines = wrap(name, room, most)
    assert len(lines) <= most and all(length(line) <= room for line in lines)
    if not any(line.endswith("…") for line in lines):
        assert " ".join(lines) == " ".join(name.split())


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=30))
def test_any_name_makes_a_well_formed_figure(name):
    for drawn in (
        heat([name], [name], [[1]]),
        plane([Dot(name, 1, 1)], x_name=name),
        reach([Span(name, 1, 1, 1)]),
        small([Bar(name, 1, name)]),
        sides([Pair(name, 1, 1, name)], left_name=name, right_name=name),
        parts([name], [name], [name] * 3, [[[1, 1, 1]]]),
    ):
        assert parse(drawn).tag == f"{SVG}svg"
