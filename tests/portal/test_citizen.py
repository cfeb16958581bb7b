"""For citizens: one suggestion, one receipt, and what became of it."""

import re

import pytest
from sqlalchemy import func, select

from models import Submission
from portal.extensions import db
from tests.portal.conftest import Statements, hidden, read

TEXT = "Selokan di depan pasar mampet sejak bulan lalu, tolong dikeruk"


def fields(client, **more):
    return {"topic": "auto", "text": TEXT} | hidden(client.get("/masukan/baru").text) | more


def stored(app):
    with app.app_context():
        return db.session.scalars(select(Submission.text).order_by(Submission.id)).all()


def receipt_of(page):
    number = re.search(r'id="receipt-no"[^>]*>\s*([^<]+?)\s*<', page)
    pin = re.search(r'id="receipt-pin"[^>]*>\s*([^<]+?)\s*<', page)
    return number[1], pin[1]


def test_a_suggestion_gets_a_receipt_that_opens_its_status(app, client):
    answer = client.post("/masukan/baru", data=fields(client, kelurahan="tirto", condition="1", importance="4"))
    assert answer.status_code == 303
    number, pin = receipt_of(client.get(answer.location).text)
    assert re.fullmatch(r"PKL-[2-9C-X]{4}-\d\d", number) and re.fullmatch(r"\d{3} \d{3}", pin)
    other = app.test_client()
    page = hidden(other.get("/masukan/status").text)
    status = other.post("/masukan/status", data=page | {"receipt_no": number, "pin": pin}, follow_redirects=True)
    assert status.status_code == 200 and TEXT in status.text


def test_a_double_tap_is_one_submission_with_the_same_receipt(app, client):
    data = fields(client)
    first = receipt_of(client.post("/masukan/baru", data=data, follow_redirects=True).text)
    second = receipt_of(client.post("/masukan/baru", data=data, follow_redirects=True).text)
    assert first == second and stored(app) == [TEXT]


def test_a_post_without_the_key_is_a_new_submission(app, client):
    data = fields(client)
    del data["key"]
    client.post("/masukan/baru", data=data)
    client.post("/masukan/baru", data=data)
    assert stored(app) == [TEXT, TEXT]


def test_the_same_form_with_another_text_keeps_both_within_reach(app, client):
    data = fields(client)
    client.post("/masukan/baru", data=data)
    answer = client.post("/masukan/baru", data=data | {"text": "Tulisan kedua yang lain sama sekali"})
    assert answer.status_code == 409 and "Tulisan kedua yang lain sama sekali" in answer.text
    again = hidden(answer.text) | {"topic": "auto", "text": "Tulisan kedua yang lain sama sekali"}
    assert client.post("/masukan/baru", data=again).status_code == 303
    assert len(stored(app)) == 2


@pytest.mark.parametrize(
    ("changed", "code", "said"),
    [
        ({"text": ""}, 422, "sedikitnya 10 huruf"),
        ({"text": "   \n\t "}, 422, "sedikitnya 10 huruf"),
        ({"text": "rob " * 400}, 422, "1.500"),
        ({"text": TEXT + "\x00\x07"}, 400, "tidak terbaca"),
        ({"topic": "tidak-ada"}, 422, "Galat"),
        ({"condition": "sembilan"}, 422, "Galat"),
        ({"importance": "99"}, 422, "Galat"),
        ({"kelurahan": "atlantis"}, 422, "Galat"),
        ({"is_admin": "1"}, 400, "is_admin"),
        ({"text": [TEXT, TEXT]}, 400, "dua kali"),
    ],
)
def test_bad_input_is_told_and_the_text_comes_back(app, client, changed, code, said):
    answer = client.post("/masukan/baru", data=fields(client) | changed)
    assert answer.status_code == code
    assert said in answer.text
    text = changed.get("text", TEXT)
    kept = (text[0] if isinstance(text, list) else text).replace("\x00", "").replace("\x07", "").strip()
    assert kept in answer.text
    assert stored(app) == []
    assert "Traceback" not in answer.text


def test_the_limit_counts_characters_and_not_bytes(app, client):
    assert client.post("/masukan/baru", data=fields(client, text="é" * 1500)).status_code == 303
    assert client.post("/masukan/baru", data=fields(client, text="é" * 1501)).status_code == 422


def test_an_expired_page_gives_the_text_back(app, client):
    data = fields(client) | {"csrf_token": "basi"}
    answer = client.post("/masukan/baru", data=data)
    assert answer.status_code == 400 and TEXT in answer.text and stored(app) == []
    again = hidden(answer.text) | {"text": TEXT}
    assert client.post("/masukan/baru", data=again).status_code == 303


def test_a_body_that_is_too_large_is_refused_without_a_traceback(app, client):
    answer = client.post("/masukan/baru", data=fields(client, text="x" * 3_000_000))
    assert answer.status_code == 413 and "1.500" in answer.text


def test_a_filled_honeypot_still_gives_a_receipt(app, client):
    answer = client.post("/masukan/baru", data=fields(client, website="http://contoh.example"))
    assert answer.status_code == 303
    with app.app_context():
        assert db.session.scalars(select(Submission.is_suspect)).all() == [True]


def test_hostile_text_is_shown_as_text(client):
    hostile = "<script>alert(1)</script> {{7*7}} ' OR 1=1 -- =cmd"
    page = client.post("/masukan/baru", data=fields(client, text=hostile), follow_redirects=True).text
    assert "<script>alert" not in page and "&lt;script&gt;" in page and "{{7*7}}" in page


def test_wrong_number_or_pin_gives_one_and_the_same_answer(client):
    receipt = receipt_of(client.post("/masukan/baru", data=fields(client), follow_redirects=True).text)
    pages = []
    for number in (receipt[0], "PKL-2222-22"):
        data = hidden(client.get("/masukan/status").text) | {"receipt_no": number, "pin": "000 000"}
        answer = client.post("/masukan/status", data=data)
        pages.append((answer.status_code, "Nomor atau PIN tidak cocok" in answer.text))
    assert pages == [(404, True), (404, True)]


def test_the_status_tells_the_theme_once_it_was_read(app, client, settings, examples):
    text = "rob masuk rumah setiap sore dan pompa di RW kami mati"
    answer = client.post("/masukan/baru", data=fields(client, text=text), follow_redirects=True)
    number, pin = receipt_of(answer.text)
    assert read(settings) == 1
    page = hidden(client.get("/masukan/status").text)
    status = client.post("/masukan/status", data=page | {"receipt_no": number, "pin": pin}, follow_redirects=True)
    assert "Rob dan banjir" in status.text


def test_a_closed_round_says_so_and_takes_nothing(app, client):
    with app.app_context():
        db.session.execute(db.text("UPDATE round SET closes_at = '2020-01-01 00:00:00'"))
        db.session.commit()
    assert client.get("/masukan/baru").status_code == 200
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Submission)) == 0


def test_form_and_sending_stay_within_their_statements(app, client):
    data = fields(client)
    seen = Statements(app)
    client.get("/masukan/baru")
    assert len(seen) <= 6, seen
    seen.clear()
    assert client.post("/masukan/baru", data=data).status_code == 303
    assert len(seen) <= 12, seen
