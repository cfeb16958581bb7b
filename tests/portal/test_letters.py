"""The check of a letter: whoever holds the number reads who, which round and how much; whoever guesses has to wait."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models import Letter
from portal.extensions import db
from portal.patience import COOL_DOWN, MOST, TRIES, Patience
from tests.portal.conftest import Statements
from tests.portal.test_contributing import academic, ask, said  # noqa: F401 (fixtures)

WRONG = ("SK-2026-7F3K-9QWM", "tidak-ada", "SK-2026-7F3K", "<script>alert(1)</script>", "%00", "x" * 3000, "..%2f..")


@pytest.fixture
def number(academic, said):  # noqa: F811
    return ask(academic).location.rpartition("/")[2]


def test_anybody_with_the_number_reads_what_it_tells(app, number):
    page = app.test_client().get(f"/surat/{number}")
    assert page.status_code == 200 and "Surat ini benar kami beri." in page.text
    for words in (number, "Peneliti &lt;b&gt;, Universitas Contoh", "<dd>4</dd>", "<dd>0</dd>"):
        assert words in page.text
    with app.app_context():
        assert db.session.scalars(select(Letter.digest)).one() in page.text.replace("<wbr>", "")


def test_a_number_is_typed_as_it_comes(app, number):
    client = app.test_client()
    answer = client.get("/surat/", query_string={"nomor": f" {number.lower().replace('-', ' ')}"})
    assert answer.status_code == 303 and answer.location == f"/surat/{number}"
    assert "Nomor surat" in client.get("/surat/").text


@pytest.mark.parametrize("wrong", WRONG)
def test_every_wrong_number_gets_the_same_answer(app, number, wrong):
    client = app.test_client()
    answer = client.get(f"/surat/{wrong}")
    assert answer.status_code == 404
    if "/" not in wrong and "%2f" not in wrong:
        assert "tidak ditemukan" in answer.text and "alert(1)" not in answer.text
    typed = client.get("/surat/", query_string={"nomor": wrong}, follow_redirects=True)
    assert typed.status_code == 404 and "tidak ditemukan" in typed.text


def test_a_letter_that_was_replaced_names_the_one_that_counts(app, number):
    with app.app_context():
        row = db.session.scalars(select(Letter)).one()
        facts = {"person_id": row.person_id, "round_id": row.round_id, "made_at": row.made_at, "digest": "0" * 64}
        db.session.add(Letter(number="SK-2026-2222-3333", content=row.content, **facts))
        db.session.commit()
    page = app.test_client().get(f"/surat/{number}").text
    assert "Surat ini sudah diganti surat SK-2026-2222-3333." in page and "benar kami beri" in page
    tampered = app.test_client().get("/surat/SK-2026-2222-3333").text
    assert "tidak cocok lagi dengan sidiknya" in tampered and "benar kami beri" not in tampered


def test_an_emptied_letter_tells_that_it_was_given_and_no_name(app, number):
    with app.app_context():
        row = db.session.scalars(select(Letter)).one()
        row.content, row.emptied_at = {}, datetime.now(UTC)
        db.session.commit()
    page = app.test_client().get(f"/surat/{number}")
    assert page.status_code == 200 and "Isinya sudah dihapus" in page.text and "Peneliti" not in page.text


def test_it_takes_few_statements(app, number):
    client = app.test_client()
    seen = Statements(app)
    assert client.get(f"/surat/{number}").status_code == 200
    assert len(seen) <= 3, seen


def test_whoever_guesses_on_and_on_has_to_wait_also_for_a_right_number(app, number):
    client = app.test_client()
    assert {client.get("/surat/SK-2026-7F3K-9QWM").status_code for _ in range(TRIES)} == {404}
    answer = client.get(f"/surat/{number}")
    assert answer.status_code == 429 and "Coba lagi sepuluh menit lagi." in answer.text and number not in answer.text
    elsewhere = app.test_client().get(f"/surat/{number}", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 200


def test_right_numbers_are_never_counted(app, number):
    client = app.test_client()
    assert {client.get(f"/surat/{number}").status_code for _ in range(TRIES + 2)} == {200}


def test_patience_comes_back_after_its_time_and_forgets_the_oldest():
    patience, now = Patience(), datetime.now(UTC)
    for _ in range(TRIES):
        assert not patience.is_over("2001:db8::1", now=now)
        patience.note("2001:db8::1", now=now)
    assert patience.is_over("2001:db8::2", now=now)  # of the same network
    assert not patience.is_over("2001:db8:0:1::1", now=now) and not patience.is_over(None, now=now)
    later = now + COOL_DOWN
    assert not patience.is_over("2001:db8::1", now=later)
    patience.note("2001:db8::1", now=later)
    assert not patience.is_over("2001:db8::1", now=later + timedelta(seconds=1))
    for n in range(MOST + 5):
        patience.note(str(n), now=later)
    assert len(patience.seen) == MOST
