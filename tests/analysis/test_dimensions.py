"""Dimensions: how sure a suggestion may sound, what endings hide, and what people's own choices teach."""

import numpy as np
import pytest

from analysis.codebook import corrected, frame
from analysis.pipeline import analyse
from analysis.types import CodebookTheme, Dimension, Plan, Text

PLAN = Plan((Dimension("ECO", "Ekonomi", ("pasar",)), Dimension("INF", "Prasarana", ("jalan", "lampu"))))
THINGS = ("lebar", "dalam", "kotor", "pasir", "beton")
MANY = tuple(CodebookTheme(f"INF-{thing}", f"Selokan {thing}", "INF") for thing in THINGS)


def first(text, plan=PLAN, codebook=(), **more):
    (reading,) = analyse([Text("1", text, **more)], plan=plan, codebook=codebook).readings
    return reading.dimensions[0]


def test_more_words_make_it_surer_and_nothing_makes_it_certain():
    one, two = first("pasar"), first("jalan gelap tanpa lampu")
    assert (one.code, two.code) == ("ECO", "INF") and 0 < one.confidence < two.confidence < 0.9


def test_words_of_two_dimensions_leave_it_in_doubt():
    assert first("jalan ke pasar").confidence < first("pasar").confidence


def test_a_dimension_with_many_themes_says_no_more_for_that():
    eco = CodebookTheme("ECO-1", "Selokan", "ECO", include="Tambak")
    marks = analyse([Text("1", "selokan tambak")], plan=PLAN, codebook=(*MANY, eco)).readings[0].dimensions
    assert marks[0].code == "ECO"


@pytest.mark.parametrize("said", ["pasare", "pasarku", "pasarnya", "pasaripun"])
def test_an_ending_that_says_whose_it_is_hides_no_word(said):
    assert first(said, language="jv").code == "ECO"


def test_no_ending_is_taken_where_too_little_is_left_or_the_word_is_known():
    known = frame([CodebookTheme(word, word, None) for word in ("lampu", "tugune", "tugu", "bak")])
    said = ["lampuku", "bake", "tugune", "lampu gelape"]
    assert [corrected(key, known) for key in said] == ["lampu", *said[1:]]


def test_enough_choices_teach_the_words_of_those_who_chose():
    said = ["tambak bandeng sepi", "tiang miring sekali"]
    texts = [Text(f"{n:04}", said[n // 2 % 2], dimension=("ECO", "INF")[n // 2 % 2]) for n in range(400)]
    asked = [*texts, Text("9998", "tambak bandeng"), Text("9999", "tiang miring")]
    told = [r.dimensions for r in analyse(asked, plan=PLAN).readings[-2:]]
    assert [marks[0].code for marks in told] == ["ECO", "INF"] and all(marks[0].confidence > 0.7 for marks in told)
    few = analyse([*texts[:100], *asked[-2:]], plan=PLAN).readings[-2:]
    assert [r.dimensions for r in few] == [(), ()]


def test_without_dimensions_nothing_is_suggested():
    reading = analyse([Text("1", "pasar")], plan=Plan()).readings[0]
    assert reading.dimensions == () and np.isfinite(reading.margin)
