"""Open to anyone: the pages, their headers, and what they must not hold."""

import re

import brotli
import pytest

from tests.portal.conftest import Statements

PAGES = ("/", "/cara-menghitung", "/data-pribadi", "/aksesibilitas", "/masukan/baru", "/masukan/status", "/masuk")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens_with_its_headers_and_nothing_from_outside(client, examples, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!127)[^"]*\.(?:css|js|woff2?|png)', answer.text)
    assert " style=" not in answer.text and "<script" not in answer.text


@pytest.mark.parametrize("path", ["/", "/masukan/baru"])
def test_home_and_form_fit_in_one_first_flight(client, examples, path):
    page = client.get(path, headers={"Accept-Encoding": "br"})
    assert page.headers["Content-Encoding"] == "br"
    weight = len(page.data) + sum(len(v) + len(k) + 4 for k, v in page.headers)
    for sheet in set(re.findall(r'href="(/static/[^"]+\.css[^"]*)"', brotli.decompress(page.data).decode())):
        with client.get(sheet, headers={"Accept-Encoding": "br"}) as style:
            assert style.headers["Content-Encoding"] == "br"
            weight += len(style.data)
    print(f"{path}: {weight} bytes on the wire")
    assert weight <= 14_600


def test_home_stays_within_its_statements(app, client, examples):
    seen = Statements(app)
    client.get("/")
    assert len(seen) <= 6, seen


def test_home_shows_the_three_counts_and_a_thread(client, examples):
    page = client.get("/").text
    assert "98" in page and "91" in page and "97" in page and "Benang satu suara" in page


def test_home_works_before_anything_was_sent(client):
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/tidak-ada", "/staff/themes/abc", "/masukan/../etc"])
def test_an_unknown_address_is_told_in_the_readers_language(client, path):
    answer = client.get(path)
    assert answer.status_code == 404 and "Halaman tidak ada" in answer.text
