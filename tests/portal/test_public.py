"""Open to anyone: the pages, their headers, and what they must not hold."""

import re

import brotli
import pytest

from portal.extensions import db
from tests.portal.conftest import Statements, hidden

PAGES = ("/", "/cara-menghitung", "/data-pribadi", "/aksesibilitas", "/masukan/baru", "/masukan/status", "/masuk")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_with_its_headers_and_nothing_from_outside(client, examples, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!127)[^"]*\.(?:css|js|woff2?|png)', answer.text)
    assert " style=" not in answer.text
    scripts = re.findall(r"<script[^>]*>", answer.text)
    assert all(re.fullmatch(r'<script src="/static/keep\.js\?v=[0-9a-f]+" defer>', script) for script in scripts)
    assert len(scripts) == (path == "/masukan/baru")


@pytest.mark.parametrize("path", ["/", "/masukan/baru"])
def test_home_and_form_fit_in_one_first_flight(client, examples, path):
    page = client.get(path, headers={"Accept-Encoding": "br"})
    assert page.headers["Content-Encoding"] == "br"
    weight = len(page.data) + sum(len(v) + len(k) + 4 for k, v in page.headers)
    parts = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', brotli.decompress(page.data).decode()))
    for part in parts:
        with client.get(part, headers={"Accept-Encoding": "br"}) as answer:
            assert answer.headers["Content-Encoding"] == "br"
            weight += len(answer.data)
    print(f"{path}: {weight} bytes on the wire in {1 + len(parts)} requests")
    # 14.6 kB are one first flight; the headers of the static files, not counted here, take another 0.6
    assert weight <= 13_600 and 1 + len(parts) <= 4


def test_home_stays_within_its_statements(app, client, examples):
    seen = Statements(app)
    client.get("/")
    assert len(seen) <= 6, seen


def test_home_shows_the_three_counts_and_a_thread(client, examples):
    page = client.get("/").text
    assert "98" in page and "91" in page and "97" in page and "Benang satu suara" in page


def test_home_works_before_anything_was_sent(client):
    assert client.get("/").status_code == 200


def test_while_the_storage_is_troubled_only_what_was_typed_is_said_to_be_below(app, client, examples):
    form = hidden(client.get("/masukan/baru").text)
    with app.app_context():
        db.session.execute(db.text("ALTER TABLE round RENAME TO round_lost"))
        db.session.commit()
    shown = client.get("/")
    assert shown.status_code == 503 and "Bukan salah Anda" in shown.text and "di bawah ini" not in shown.text
    sent = client.post("/masukan/baru", data=form | {"topic": "auto", "text": "Selokan di depan pasar mampet"})
    assert sent.status_code == 503 and "masih ada di bawah ini" in sent.text
    assert "Selokan di depan pasar mampet</textarea>" in sent.text


@pytest.mark.parametrize("path", ["/tidak-ada", "/staff/themes/abc", "/masukan/../etc"])
def test_an_unknown_address_is_told_in_the_readers_language(client, path):
    answer = client.get(path)
    assert answer.status_code == 404 and "Halaman tidak ada" in answer.text
