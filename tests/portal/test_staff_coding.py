"""The desk of double coding: a sample is drawn, coded blind, finished, and only then told."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from models import CodingSample
from portal.extensions import db
from tests.portal.conftest import hidden, sign_in


def send(client, path, page="/staff/coding/", **fields):
    return client.post(path, data=hidden(client.get(page).text) | fields)


@pytest.fixture
def lead(client, examples):
    sign_in(client, "lead")
    return client


@pytest.fixture
def reviewer(app: Flask, examples):
    other = app.test_client()
    sign_in(other, "reviewer")
    return other


def sample_id(app):
    with app.app_context():
        return db.session.scalar(select(CodingSample.id).order_by(CodingSample.id.desc()).limit(1))


def code_all(client, path, code):
    n = 0
    while True:
        page = client.get(path).text
        point = re.search(r'name="point" value="(\d+)"', page)
        if point is None:
            return n
        assert client.post(path, data=hidden(page) | {"point": point[1], "code": code}).status_code == 303
        n += 1


def test_two_people_code_blind_and_learn_the_result_when_both_have_finished(app, lead, reviewer):
    assert send(lead, "/staff/coding/", size="3").status_code == 303
    path = f"/staff/coding/{sample_id(app)}"
    page = reviewer.get(path).text
    assert "Terbaca dari" not in page and "<mark>" not in page  # neither the machine's word nor another's
    assert code_all(lead, path, "DIS-ROB") == 3
    assert send(lead, path + "/finish").status_code == 303
    assert "sedikitnya dua orang" in lead.get("/staff/coding/").text
    assert code_all(reviewer, path, "-") == 3
    assert "baru Anda lihat setelah Anda sendiri selesai" in reviewer.get("/staff/coding/").text
    assert "Tidak ada yang cocok" in reviewer.get(path + "/mine").text
    assert send(reviewer, path + "/finish").status_code == 303
    for client in (lead, reviewer):
        assert "Yang tertukar" in client.get("/staff/coding/").text


def test_who_has_not_coded_everything_has_not_finished(app, lead):
    send(lead, "/staff/coding/", size="2")
    path = f"/staff/coding/{sample_id(app)}"
    page = lead.get(path).text
    point = re.search(r'name="point" value="(\d+)"', page)[1]
    assert lead.post(path, data=hidden(page) | {"point": point}).status_code == 422
    assert lead.post(path, data=hidden(page) | {"point": point, "code": "TAK-ADA"}).status_code == 422
    assert lead.post(path, data=hidden(page) | {"point": "x", "code": "-"}).status_code == 422
    assert lead.post(path, data=hidden(page) | {"point": point, "code": "-"}).status_code == 303
    answer = send(lead, path + "/finish")
    assert answer.status_code == 409 and "Masih 1 teks" in answer.text


@pytest.mark.parametrize("size", ["", "0", "dua", "99999"])
def test_a_size_that_is_none_is_told(lead, size):
    answer = send(lead, "/staff/coding/", size=size)
    assert answer.status_code == 422 and "Tulis angka dari 1 sampai 2000" in answer.text


def test_one_sample_is_open_at_a_time_and_a_closed_one_is_not_coded(app, lead):
    send(lead, "/staff/coding/", size="2")
    path = f"/staff/coding/{sample_id(app)}"
    again = send(lead, "/staff/coding/", size="2")
    assert again.status_code == 409 and "masih dibuka" in again.text
    page = lead.get(path).text
    assert send(lead, path + "/close").status_code == 303
    point = re.search(r'name="point" value="(\d+)"', page)[1]
    assert lead.post(path, data=hidden(page) | {"point": point, "code": "-"}).status_code == 409


def test_a_reviewer_codes_and_does_not_draw(app, lead, reviewer):
    send(lead, "/staff/coding/", size="2")
    page = reviewer.get("/staff/coding/").text
    assert "Tutup contoh ini" not in page and "Mulai menilai" in page
    assert send(reviewer, "/staff/coding/", size="2").status_code == 403
