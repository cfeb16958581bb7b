"""Forms to print: made once, shown once, in three languages and two sizes, also without numbers."""

import re

import pytest
from sqlalchemy import func, select

from models import PaperForm
from portal.extensions import db
from tests.portal.conftest import hidden, sign_in


def make(client, **more):
    fields = hidden(client.get("/staff/papers").text) | {"count": "3", "language": "id", "size": "a4"} | more
    return client.post("/staff/papers", data=fields)


def rows(app):
    with app.app_context():
        return list(db.session.execute(select(PaperForm.serial, PaperForm.receipt_no, PaperForm.language)))


def test_each_form_has_its_serial_number_and_pin_and_they_are_shown_this_once(app, client):
    sign_in(client)
    assert "tidak dapat ditampilkan lagi" in client.get("/staff/papers").text
    page = make(client).text
    assert page.count('class="form"') == 3 and page.count('class="sheet a4"') == 2
    pins = re.findall(r"<dd>(\d{3} \d{3})</dd>", page)
    assert len(pins) == 3
    for serial, number, _language in rows(app):
        assert serial in page and number in page
    later = client.get("/staff/papers").text
    assert not any(pin in later for pin in pins) and not any(serial in later for serial, *_ in rows(app))
    assert re.search(r'<td class="n">3</td><td class="n">0</td>', later)


def test_the_code_on_a_form_leads_to_the_citizens_form_and_holds_no_pin(client, monkeypatch):
    sign_in(client)
    drawn = []
    monkeypatch.setattr("portal.codes.draw", lambda link: drawn.append(link) or "")
    page = make(client, count="1").text
    assert len(drawn) == 1 and "/masukan/baru" in drawn[0]
    assert re.search(r"<dd>(\d{3}) (\d{3})</dd>", page)
    assert "".join(re.search(r"<dd>(\d{3}) (\d{3})</dd>", page).groups()) not in drawn[0]


@pytest.mark.parametrize(
    "wrong",
    [
        {"count": "0"},
        {"count": "201"},
        {"count": "dua"},
        {"count": ""},
        {"language": "fr"},
        {"size": "a0"},
        {"size": ""},
    ],
)
def test_a_run_that_cannot_be_printed_makes_no_form(app, client, wrong):
    sign_in(client)
    answer = make(client, **wrong)
    assert answer.status_code == 422 and "Belum dicetak" in answer.text
    assert rows(app) == []


@pytest.mark.parametrize("language", ["id", "jv", "en"])
@pytest.mark.parametrize("size", ["a4", "f4"])
def test_a_blank_sheet_has_no_number_and_makes_none(app, client, language, size):
    sign_in(client)
    page = client.get(f"/staff/papers/blank?language={language}&size={size}").text
    assert f'<html lang="{language}">' in page and page.count('class="form"') == 2 and f"sheet {size}" in page
    assert not re.search(r"<dd>\d{3} \d{3}</dd>", page)
    assert rows(app) == []


@pytest.mark.parametrize("query", ["language=fr", "size=a0", "language=../en"])
def test_a_blank_sheet_that_is_not_offered_is_refused(client, query):
    sign_in(client)
    assert client.get(f"/staff/papers/blank?{query}").status_code == 400


def test_two_hundred_forms_have_two_hundred_serials_and_numbers(app, client):
    sign_in(client)
    assert make(client, count="200", size="f4").status_code == 200
    assert len({serial for serial, *_ in rows(app)}) == len({number for _, number, _ in rows(app)}) == 200


@pytest.mark.parametrize("role", ["reviewer", "officer", "academic"])
def test_printing_is_for_the_team(app, client, role):
    sign_in(client, role)
    assert client.get("/staff/papers").status_code == 403
    assert client.post("/staff/papers", data=hidden(client.get("/masukan/baru").text)).status_code == 403
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(PaperForm)) == 0


def test_whoever_scans_the_code_and_types_it_themselves_keeps_the_number_of_the_strip(app, client):
    sign_in(client)
    page = make(client, count="1").text
    (serial, number, _language), phone = rows(app)[0], app.test_client()
    pin = "".join(re.search(r"<dd>(\d{3}) (\d{3})</dd>", page).groups())
    data = {"text": "Got di depan pasar mampet.", "topic": "auto", "kelurahan": "", "visibility": "unnamed"}
    for expected in (True, False):
        fields = hidden(phone.get(f"/masukan/baru?lembar={serial}").text) | data
        assert phone.post("/masukan/baru", data=fields).status_code == 303
        receipt = phone.get("/masukan/tanda-terima").text
        assert (number in receipt) is expected
        assert ("ada di potongan lembar kertas Anda" in receipt) is expected
    fields = hidden(phone.get("/masukan/status").text) | {"receipt_no": number, "pin": pin}
    assert phone.post("/masukan/status", data=fields).status_code in (200, 303)


@pytest.mark.parametrize("serial", ["ZZZ-ZZZ", "", "<script>", "9" * 5000])
def test_a_serial_that_is_nobodys_stops_no_citizen(app, client, serial):
    fields = hidden(client.get("/masukan/baru").text) | {"serial": serial}
    data = {"text": "Got di depan pasar mampet.", "topic": "auto", "kelurahan": "", "visibility": "unnamed"}
    assert client.post("/masukan/baru", data=fields | data).status_code == 303
    assert re.search(r'id="receipt-pin">\d{3} \d{3}<', client.get("/masukan/tanda-terima").text)
