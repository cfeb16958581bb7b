"""Search: points are found by stems, phrases and beginnings; nothing typed reaches the engine as an order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models import POINT_SEARCH, Reading
from models.engine import truncate
from services import search
from tests.services.conftest import opened


@pytest.fixture
def said(session, run_id):
    assert search.index(session) == 98
    return session


def points(session, query):
    return set(session.scalars(search.matching(query)))


def texts(session, query):
    return [
        t.lower()
        for t in session.scalars(select(Reading.masked_text).where(Reading.point_id.in_(points(session, query))))
    ]


def test_an_index_takes_in_what_is_new_and_nothing_twice(said):
    assert search.index(said) == 0
    assert len(said.scalars(select(POINT_SEARCH.c.rowid)).all()) == 98


def test_the_index_takes_a_few_at_a_time(session, run_id):
    assert [search.index(session, most=60) for _ in range(3)] == [60, 38, 0]


def test_other_forms_of_a_word_are_found(said):
    assert points(said, "pompanya") == points(said, "pompa") != set()
    assert all("pompa" in found for found in texts(said, "pompanya"))


def test_short_spelling_finds_the_word_in_full(said):
    assert points(said, "yg") == points(said, "yang") != set()


def test_all_words_must_stand_there(said):
    assert points(said, "pompa rob") == points(said, "pompa") & points(said, "rob")
    assert points(said, "pompa katayangtidakada") == set()


def test_words_in_quotes_stand_beside_one_another(said):
    assert points(said, '"rob masih masuk"') and not points(said, '"masuk masih rob"')


def test_the_last_word_may_be_a_beginning_and_no_other(said):
    assert points(said, "insin") == points(said, "insinerator") != set()
    assert points(said, "insin menolak") == set()


def test_english_is_found_by_its_own_forms(said):
    assert any("market" in found for found in texts(said, "markets"))


def test_a_query_without_words_finds_nothing(said):
    for query in ('"', '""', "*", "()", " - ", "^:{}"):
        assert points(said, query) == set()


@pytest.mark.parametrize(
    "query", ['" OR NEAR( *', "a AND", "NOT", "words:pompa", 'rob"', "pompa*rob", "{a b}:c", "x\x00y", "'; --"]
)
def test_orders_of_the_engine_are_words(said, query):
    points(said, query)


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_query_is_an_error(planned, query):
    with opened(planned) as session:
        assert list(session.scalars(search.matching(query))) == []


def test_what_is_forgotten_is_out_of_the_file(session, run_id, tmp_path):
    reading = session.scalars(select(Reading).limit(1)).one()
    reading.masked_text = "zubrowkaplanted di got"
    session.flush()
    search.index(session)
    session.commit()
    assert points(session, "zubrowkaplanted") == {reading.point_id} and planted(tmp_path)
    search.forget(session, [reading.point_id])
    reading.masked_text = "got"
    session.commit()
    assert truncate(session.get_bind())
    assert points(session, "zubrowkaplanted") == set() and not planted(tmp_path)
    assert len(session.scalars(select(POINT_SEARCH.c.rowid)).all()) == 97


def planted(folder):
    """The files that hold the word, or the part of it that an index would keep."""
    return [path.name for path in folder.rglob("*") if path.is_file() and b"browkaplan" in path.read_bytes()]


def test_forgetting_what_is_not_there_does_nothing(said):
    search.forget(said, [10**9])
    assert len(said.scalars(select(POINT_SEARCH.c.rowid)).all()) == 98
