"""The desk of rounds: open, change, extend, close; refusals beside their field, concerns on the list."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models import Event, Round
from portal.dates import ZONE
from portal.extensions import db
from services.consultations import TEXTS
from tests.portal.conftest import hidden, sign_in

TODAY = datetime.now(ZONE).date()
DAYS = {"opens": 200, "closes": 230, "answer_by": 260}


def typed(**changes):
    """A whole form; days are given as days from now."""
    days = {name: (TODAY + timedelta(days=n)).isoformat() for name, n in DAYS.items()}
    return dict.fromkeys(TEXTS, "Isi yang baru") | days | {"level": "involve"} | changes


def send(client, path, **data):
    return client.post(path, data=hidden(client.get("/staff/rounds/").text) | data)


def in_days(number):
    return (TODAY + timedelta(days=number)).isoformat()


@pytest.fixture
def lead(client):
    sign_in(client)
    return client


def test_a_new_round_begins_with_the_words_of_the_last_one_and_without_its_days(lead):
    page = lead.get("/staff/rounds/new").text
    assert "Visi dan misi RPJMD 2025–2029" in page and 'type="date"' in page
    assert "Kami menjalankan apa yang Anda putuskan." in page
    assert f'value="{TODAY.year}-' not in page


def test_a_round_is_opened_and_stands_on_the_list(app, lead):
    assert send(lead, "/staff/rounds/new", **typed()).status_code == 303
    page = lead.get("/staff/rounds/").text
    assert "Isi yang baru" in page and "akan dibuka" in page and "Melibatkan" in page
    with app.app_context():
        event = db.session.scalars(select(Event).where(Event.action == "round.begin")).one()
        assert event.actor_id is not None


def test_a_short_round_is_taken_with_a_warning(lead):
    send(lead, "/staff/rounds/new", **typed(closes=in_days(205)))
    page = lead.get("/staff/rounds/").text
    assert "hanya 6 hari" in page


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"closes": in_days(199)}, "closes", "mendahului hari pertama"),
        ({"answer_by": in_days(229)}, "answer_by", "mendahului hari terakhir"),
        ({"opens": in_days(0), "closes": in_days(300), "answer_by": in_days(300)}, "opens", "Bertumpang tindih"),
        ({"opens": in_days(-90), "closes": in_days(-80)}, "closes", "sudah lewat"),
        ({"opens": "2027-02-30"}, "opens", "tidak ada"),
        ({"opens": "0000-00-00"}, "opens", "tidak ada"),
        ({"level": "decide"}, "level", "tidak kami kenal"),
        ({"fixed_en": " "}, "fixed_en", "Tulis isinya"),
        ({"title_id": "<script>alert(1)</script>" * 20}, "title_id", "paling panjang 120"),
    ],
)
def test_a_round_that_cannot_be_is_told_beside_its_field_and_what_was_typed_stays(lead, changes, field, told):
    answer = send(lead, "/staff/rounds/new", **typed(**changes))
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text and told in answer.text
    assert "Galat:" in answer.text and f'href="#{field}' in answer.text
    assert "Isi yang baru" in answer.text and "<script>alert" not in answer.text


def test_an_open_round_is_changed_and_everybody_reads_it(lead, client):
    page = lead.get("/staff/rounds/1").text
    assert "Program di ketujuh bidang" in page
    kept = {name: page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in DAYS}
    assert send(lead, "/staff/rounds/1", **typed(**kept, open_id="Semua halte")).status_code == 303
    assert "Semua halte" in client.get("/").text


def test_an_open_round_closes_now_and_opens_again_only_with_a_reason(app, lead, client):
    assert send(lead, "/staff/rounds/1/close").status_code == 303
    assert "Masa menulis sedang ditutup" in client.get("/masukan/baru").text
    assert send(lead, "/staff/rounds/1/close").status_code == 409
    days = {"closes": in_days(20), "answer_by": in_days(60)}
    refused = send(lead, "/staff/rounds/1/extend", **days)
    assert refused.status_code == 422 and 'id="reason-error"' in refused.text
    assert send(lead, "/staff/rounds/1/extend", **days, reason="Banjir.").status_code == 303
    assert "Masa menulis sedang ditutup" not in client.get("/masukan/baru").text
    with app.app_context():
        actions = db.session.scalars(select(Event.action).where(Event.subject == "round")).all()
        assert actions == ["round.close", "round.extend"]


def test_a_reviewer_sees_the_rounds_and_changes_none(client):
    sign_in(client, "reviewer")
    page = client.get("/staff/rounds/").text
    assert "Penjaringan isu" in page and "Tutup sekarang" not in page and "Buka putaran baru" not in page
    assert send(client, "/staff/rounds/1/close").status_code == 403


def test_the_front_page_tells_of_a_round_that_is_still_to_come(app, client):
    with app.app_context():
        row = db.session.scalars(select(Round)).one()
        row.opens_at = datetime.now(UTC) + timedelta(days=5)
        db.session.commit()
    page = client.get("/").text
    assert "Dibuka mulai" in page and "Masa menulis berakhir" not in page


def test_the_page_on_counting_says_what_is_promised_and_by_when_it_is_answered(client):
    page = client.get("/cara-menghitung").text
    assert "Menanyai" in page and "menjelaskan bagaimana masukan memengaruhi keputusan" in page


def test_rounds_are_listed_closed_and_extended_from_the_terminal(app):
    run = app.test_cli_runner().invoke
    assert "dibuka" in run(args=["round", "list"]).output
    assert run(args=["round", "close", "1"]).exit_code == 0
    assert "\tditutup\t" in run(args=["round", "list"]).output
    again = ["round", "extend", "1", "--until", in_days(30), "--answer-by", in_days(90)]
    told = run(args=again)
    assert told.exit_code == 2 and "alasannya" in told.stderr
    assert run(args=[*again, "--reason", "Banjir"]).exit_code == 0
    assert "\tdibuka\t" in run(args=["round", "list"]).output


@pytest.mark.parametrize(
    "words",
    [["close", "9"], ["extend", "9", "--until", "2027-01-01"], ["extend", "1", "--until", "kapan"], ["close", "x"]],
)
def test_the_terminal_says_in_one_line_what_it_does_not_do(app, words):
    told = app.test_cli_runner().invoke(args=["round", *words])
    assert told.exit_code == 2 and "Traceback" not in told.output + told.stderr and told.stderr


def of_windows(client):
    return client.get("/staff/rounds/").text.split('/windows"')[0].split("/staff/rounds/")[-1]


def test_a_round_says_whether_comments_are_read_by_others_while_it_is_open(app, lead):
    send(lead, "/staff/rounds/new", **typed(shows_early="y"))
    send(lead, "/staff/rounds/new", **typed(opens=in_days(300), closes=in_days(330), answer_by=in_days(360)))
    with app.app_context():
        rows = db.session.scalars(select(Round).where(Round.title_id == "Isi yang baru").order_by(Round.opens_at)).all()
        assert [row.shows_comments_early for row in rows] == [True, False]
        early = rows[0].id
    assert 'value="y" checked' in lead.get(f"/staff/rounds/{early}").text
    extended = {"closes": in_days(235), "answer_by": in_days(265)}
    assert send(lead, f"/staff/rounds/{early}/extend", **extended).status_code == 303
    send(lead, f"/staff/rounds/{early}", **typed(closes=in_days(235), answer_by=in_days(265)))
    with app.app_context():
        assert db.session.get_one(Round, early).shows_comments_early is False
        event = db.session.scalars(select(Event).where(Event.action == "round.change")).one()
        assert event.details["changed"] == ["shows_early"]


def test_groups_get_windows_within_the_round_and_the_list_shows_them(lead):
    path = f"/staff/rounds/{of_windows(lead)}/windows"
    inside = {"opens_academic": TODAY.isoformat(), "closes_academic": in_days(3)}
    assert send(lead, path, **inside).status_code == 303
    assert "Akademisi: " in lead.get("/staff/rounds/").text
    assert f'value="{in_days(3)}"' in lead.get(path).text
    assert send(lead, path).status_code == 303
    assert "Akademisi: " not in lead.get("/staff/rounds/").text


@pytest.mark.parametrize(
    ("typed_days", "message"),
    [
        ({"opens_agency": in_days(-4000)}, "Tahunnya tidak masuk akal"),
        ({"opens_agency": "kemarin"}, "Tanggal ini tidak ada"),
        ({"opens_agency": TODAY.isoformat()}, "Isi kedua harinya"),
        ({"opens_agency": in_days(900), "closes_agency": in_days(901)}, "Di luar putaran"),
        ({"opens_agency": in_days(3), "closes_agency": in_days(2)}, "mendahului"),
    ],
)
def test_days_of_a_window_that_cannot_be_are_told_beside_their_field(lead, typed_days, message):
    answer = send(lead, f"/staff/rounds/{of_windows(lead)}/windows", **typed_days)
    assert answer.status_code == 422 and message in answer.text and "Masa menulis belum disimpan" in answer.text
