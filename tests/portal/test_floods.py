"""Floods: what comes faster than people write is taken, receipted and held; the team sees it and decides."""

import re

import pytest
from itsdangerous import TimestampSigner
from sqlalchemy import func, select, update

from models import Arrival, Submission
from models.vocabulary import SubmissionState
from portal import offers
from portal.extensions import db
from services import floods
from tests.portal.conftest import hidden, read, sign_in
from tests.portal.test_citizen import fields, receipt_of

HELD, RECEIVED = SubmissionState.HELD, SubmissionState.RECEIVED


@pytest.fixture
def low(monkeypatch):
    """Limits that are reached soon; the numbers are the city's to set."""
    limits = floods.Limits(address=3, session=2, suspects=100, whole=1000)
    monkeypatch.setattr(offers.floods.Limits, "of", classmethod(lambda cls, city: limits))


def states(app):
    with app.app_context():
        return db.session.execute(select(Submission.state, Submission.held_for).order_by(Submission.id)).all()


class AMinuteAgo(TimestampSigner):
    """Signs as if the form had been opened a minute ago: a person who writes."""

    def get_timestamp(self):
        return super().get_timestamp() - 60


def send(app, text, client=None, address="203.0.113.7"):
    client = client or app.test_client()
    data = fields(client, text=text) | {"started": AMinuteAgo(app.secret_key, salt="form").sign(b"form").decode()}
    return client.post("/masukan/baru", data=data, environ_base={"REMOTE_ADDR": address})


def test_two_hundred_people_behind_one_address_pass(app):
    for number in range(200):
        assert send(app, f"Usul peserta lokakarya nomor {number}").status_code == 303
    assert {state for state, _ in states(app)} == {RECEIVED}


def test_what_is_above_the_limit_is_taken_receipted_and_held(app, low):
    for number in range(3):
        send(app, f"Tulisan yang masih lewat {number}")
    client = app.test_client()
    answer = send(app, "Tulisan keempat dari satu alamat", client)
    assert answer.status_code == 303
    number, _pin = receipt_of(client.get(answer.location).text)
    assert number.startswith("PKL-")
    assert states(app)[2:] == [(RECEIVED, None), (HELD, "address")]


def test_another_address_is_not_held_with_it(app, low):
    for number in range(4):
        send(app, f"Tulisan dari alamat yang ramai {number}")
    send(app, "Tulisan dari alamat lain", address="203.0.113.8")
    assert states(app)[-1] == (RECEIVED, None)


def test_one_browser_that_sends_on_and_on_is_held(app, client, low):
    for number in range(3):
        send(app, f"Tulisan dari satu peramban {number}", client, address=f"203.0.113.{number}")
    assert [reason for _, reason in states(app)] == [None, None, "session"]


def test_a_double_tap_is_not_counted_twice(app, client, low):
    data = fields(client)
    for _ in range(5):
        assert client.post("/masukan/baru", data=data).status_code == 303
    assert states(app) == [(RECEIVED, None)]
    with app.app_context():
        assert set(db.session.scalars(select(Arrival.sendings))) == {1}


def test_no_address_stands_in_any_file_of_the_data_folder(app, settings):
    send(app, "Tulisan dari alamat yang tidak boleh tersimpan", address="198.51.100.77")
    files = [path for path in settings.data.rglob("*") if path.is_file()]
    assert any(b"alamat yang tidak boleh tersimpan" in path.read_bytes() for path in files)
    assert [path for path in files if b"198.51.100.77" in path.read_bytes()] == []


def test_too_quick_a_sending_is_marked_and_read_like_any_other(app, client):
    client.post("/masukan/baru", data=fields(client))
    data = fields(client, text="Tulisan tanpa saat yang ditandatangani") | {"started": "dibuat sendiri"}
    client.post("/masukan/baru", data=data)
    with app.app_context():
        assert db.session.scalars(select(Submission.is_suspect)).all() == [True, True]
    assert states(app) == [(RECEIVED, None)] * 2


def flood(app, times=6):
    for _ in range(times):
        send(app, "Beli obat kuat sekarang juga")
    send(app, "Selokan kami mampet, tolong dikeruk")


def test_the_team_sees_a_banner_with_figures_on_its_desks(app, client, low, settings):
    flood(app)
    sign_in(client)
    for path in ("/staff/", "/staff/voices", "/staff/drafts/"):
        assert "4 kiriman datang lebih cepat" in client.get(path).text, path
    assert "kiriman datang lebih cepat" not in client.get("/").text


def test_without_a_flood_there_is_no_banner(client):
    sign_in(client)
    assert "ditahan sejak" not in client.get("/staff/").text
    assert "Tidak ada yang ditahan" in client.get("/staff/held/").text


def test_a_held_text_is_released_and_then_read(app, client, low, settings):
    flood(app)
    sign_in(client)
    page = client.get("/staff/held/").text
    assert "3 kiriman dengan teks ini" in page and "terlalu banyak dari satu alamat" in page
    chosen = re.search(r'value="(\d+)"[^>]*>(?:(?!</li>).)*?Selokan kami', page, re.DOTALL)
    ids = re.findall(r'name="texts"[^>]*value="(\d+)"', page)
    assert chosen and len(ids) == 2
    answer = client.post("/staff/held/", data=hidden(page) | {"texts": ids[1], "deed": "release"})
    assert answer.status_code == 303
    assert states(app)[-1] == (RECEIVED, "address") and [s for s, _ in states(app)].count(HELD) == 3
    assert read(settings) == 1


def test_what_is_let_rest_leaves_the_banner_and_can_still_be_released(app, client, low):
    flood(app)
    sign_in(client)
    page = hidden(client.get("/staff/held/").text)
    client.post("/staff/held/", data=page | {"deed": "rest_all"})
    assert "ditahan sejak" not in client.get("/staff/").text
    rested = client.get("/staff/held/?rest=1").text
    assert "3 kiriman dengan teks ini" in rested
    assert client.post("/staff/held/?rest=1", data=hidden(rested) | {"deed": "release_all"}).status_code == 303
    assert {state for state, _ in states(app)} == {RECEIVED}


def test_what_came_after_the_page_was_made_stays_held(app, client, low):
    flood(app)
    sign_in(client)
    page = hidden(client.get("/staff/held/").text)
    send(app, "Datang sesudah halaman dibuka")
    client.post("/staff/held/", data=page | {"deed": "release_all"})
    assert [state for state, _ in states(app)][-2:] == [RECEIVED, HELD]


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"deed": "release"}, 422),
        ({"deed": "release", "texts": "satu"}, 422),
        ({"deed": "hapus", "texts": "1"}, 422),
        ({"texts": "1"}, 422),
        ({"deed": "release_all", "upto": "-1"}, 422),
        ({"deed": "release_all", "upto": "banyak"}, 422),
        ({"deed": "release", "texts": "999999"}, 409),
    ],
)
def test_a_decision_on_nothing_is_refused(app, client, low, sent, code):
    flood(app)
    sign_in(client)
    page = hidden(client.get("/staff/held/").text)
    assert client.post("/staff/held/", data=page | sent).status_code == code
    assert [state for state, _ in states(app)].count(HELD) == 4


def test_a_reviewer_sees_what_is_held_and_decides_nothing(app, client, low):
    flood(app)
    sign_in(client, "reviewer")
    page = client.get("/staff/held/").text
    assert "3 kiriman dengan teks ini" in page and 'name="deed"' not in page
    assert client.post("/staff/held/", data=hidden(page) | {"deed": "release_all"}).status_code == 403


def test_the_desk_shows_how_long_people_take_beside_what_was_aimed_at(app, client):
    for number in range(10):
        send(app, f"Usul nomor {number} yang cukup panjang")
    with app.app_context():
        for row in db.session.scalars(select(Submission)):
            row.seconds_taken, row.is_suspect = row.id * 20, row.id == 1
        db.session.commit()
        last = db.session.scalar(select(func.max(Submission.id)))
        db.session.execute(update(Submission).where(Submission.id == last).values(is_suspect=True))
        db.session.commit()
    sign_in(client)
    page = client.get("/staff/held/").text
    assert re.search(r'<td class="n">100</td><td class="n">≤ 120</td><td><span class="tag ok">', page)
    assert re.search(r'<td class="n">180</td><td class="n">≤ 180</td><td><span class="tag ok">', page)
    assert "menurut 8 kiriman" in page
