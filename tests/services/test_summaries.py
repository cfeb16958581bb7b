"""The page for a meeting: ten places, one voice for each dimension, and nothing that breaks a page."""

import pytest
from sqlalchemy import select

from models import Finding
from services import summaries


def test_ten_places_and_one_quote_for_each_dimension(session, run_id):
    found = summaries.summary(session, run_id)
    assert [p.place for p in found.places] == sorted(p.place for p in found.places) and len(found.places) == 10
    labels = [q.dimension_label for q in found.quotes]
    assert len(labels) == len(set(labels)) == 7 and found.of > 10


def test_a_quote_that_is_too_long_is_cut_after_a_word(session, run_id):
    for finding in session.scalars(select(Finding)):
        finding.quotes = [q | {"text": "panjang " * 60} for q in finding.quotes]
    session.flush()
    for quote in summaries.summary(session, run_id).quotes:
        assert len(quote.text) <= summaries.LONGEST + 2 and quote.text.endswith("panjang …")


@pytest.mark.parametrize(("text", "cut"), [("rob", "rob"), ("x" * 200, "x" * 14 + " …"), ("a\n b", "a b")])
def test_a_text_stays_on_one_line(text, cut):
    assert summaries.shorten(text, 15) == cut


def test_nothing_found_is_an_empty_page(session):
    assert summaries.summary(session, 1) == summaries.Summary((), (), 0)
