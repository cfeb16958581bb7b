"""Typing paper in: serial first, nothing lost, nothing of others, one of two wins."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select, update

from models import Contact, EntryBatch, Event, PaperForm, Person, Round, Submission
from portal.extensions import db
from services import entries, entry_checks, papers
from tests.portal.conftest import hidden, sign_in

TEXT = "Got di depan pasar mampet, airnya masuk warung."


@pytest.fixture
def officer(client):
    sign_in(client, "officer")
    return client


def open_pile(client, expected=3, **more):
    fields = hidden(client.get("/petugas/").text) | {"channel": "paper", "area": "krapyak", "expected": expected} | more
    answer = client.post("/petugas/", data=fields)
    assert answer.status_code == 303, answer.text
    return answer.location


def enter(client, pile, **fields):
    fields = hidden(client.get(pile).text) | {"text": TEXT, "area": "krapyak"} | fields
    return client.post(pile, data=fields)


def printed(app, count=1):
    with app.app_context():
        forms = papers.print_forms(db.session(), count, language="id", prefix="PKL", now=datetime.now(UTC))
        db.session.commit()
    return forms


def stored(app):
    with app.app_context():
        rows = list(db.session.scalars(select(Submission).order_by(Submission.id)))
        for row in rows:
            row.points  # noqa: B018 (loaded before the session is gone)
        db.session.expunge_all()
    return rows


def test_a_numbered_form_is_taken_under_the_number_and_pin_of_its_strip(app, officer):
    form = printed(app)[0]
    pile = open_pile(officer)
    answer = enter(
        officer,
        pile,
        serial=form.serial.lower().replace("-", " "),
        about="7",
        condition="1",
        importance="4",
        affected="1, 3",
        experience="1",
        age_band="5",
        gender="1",
    )
    assert answer.status_code == 303
    row = stored(app)[0]
    assert (row.receipt_no, row.serial, row.channel, row.area) == (form.number, form.serial, "paper", "krapyak")
    assert (row.age_band, row.gender, row.experience) == ("60_up", "woman", "own")
    assert len(row.affected) == 2 and row.entered_by is not None and row.entry_batch_id is not None
    assert (row.points[0].dimension, row.points[0].condition, row.points[0].importance) == ("DIS", 1, 4)
    page = officer.get(pile).text
    assert form.number in page and form.pin[:3] + " " + form.pin[3:] not in page
    fields = hidden(officer.get("/masukan/status").text) | {"receipt_no": form.number, "pin": form.pin}
    assert officer.post("/masukan/status", data=fields).status_code in (200, 303)


def test_a_form_without_a_number_gets_number_and_pin_to_hand_over(app, officer):
    pile = open_pile(officer, channel="assisted")
    assert enter(officer, pile).status_code == 303
    page = officer.get(pile).text
    number = stored(app)[0].receipt_no
    pin = re.search(r'class="code">(\d{3} \d{3})<', page)
    assert number in page and pin
    slip = officer.get(f"{pile}/slip").text
    assert number in slip and pin[1] in slip
    fields = hidden(officer.get("/masukan/status").text) | {"receipt_no": number, "pin": pin[1]}
    assert officer.post("/masukan/status", data=fields).status_code in (200, 303)
    wrong = f"{(int(pin[1].replace(' ', '')) + 1) % 10**6:06d}"
    fields = hidden(officer.get("/masukan/status").text) | {"receipt_no": number, "pin": wrong}
    assert officer.post("/masukan/status", data=fields).status_code == 404


def test_a_serial_that_was_typed_before_is_told_and_nothing_is_lost(app, officer):
    form = printed(app)[0]
    pile = open_pile(officer)
    assert enter(officer, pile, serial=form.serial).status_code == 303
    again = enter(officer, pile, serial=form.serial, text="Tulisan orang kedua di fotokopi.", condition="2")
    assert again.status_code == 409
    assert "sudah dimasukkan" in again.text
    assert "Tulisan orang kedua di fotokopi." in again.text and 'value="2"' in again.text
    assert len(stored(app)) == 1


def test_an_unknown_serial_is_told_beside_its_field(app, officer):
    pile = open_pile(officer)
    answer = enter(officer, pile, serial="ZZZ-ZZZ")
    assert answer.status_code == 422
    assert "tidak kami kenal" in answer.text and TEXT in answer.text and 'id="serial-error"' in answer.text
    assert stored(app) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("about", "8"),
        ("about", "x"),
        ("condition", "5"),
        ("importance", "-1"),
        ("affected", "1 99"),
        ("affected", "0"),
        ("experience", "4"),
        ("age_band", "6"),
        ("gender", "٣"),
        ("area", "atlantis"),
        ("text", "pendek"),
        ("text", ""),
    ],
)
def test_a_digit_that_the_form_does_not_have_is_refused_and_the_text_stays(app, officer, field, value):
    pile = open_pile(officer)
    answer = enter(officer, pile, **{field: value})
    assert answer.status_code == 422
    assert "Belum terkirim" in answer.text
    assert field == "text" or TEXT in answer.text
    assert stored(app) == []


def test_the_same_page_sent_twice_is_one_form(app, officer):
    pile = open_pile(officer)
    fields = hidden(officer.get(pile).text) | {"text": TEXT, "area": ""}
    assert [officer.post(pile, data=fields).status_code for _ in range(2)] == [303, 303]
    assert len(stored(app)) == 1
    other = officer.post(pile, data=fields | {"text": "Tulisan lain dengan kunci yang sama."})
    assert other.status_code == 409 and "Tulisan lain dengan kunci yang sama." in other.text
    assert len(stored(app)) == 1


def test_of_two_who_type_the_same_serial_at_once_one_wins_and_the_other_is_told(app):
    form, clients = printed(app)[0], [app.test_client() for _ in range(4)]
    sent = []
    for number, client in enumerate(clients):
        sign_in(client, "officer")
        pile = open_pile(client)
        sent.append((client, pile, hidden(client.get(pile).text) | {"text": f"{TEXT} {number}", "serial": form.serial}))
    with ThreadPoolExecutor(len(sent)) as pool:
        codes = list(pool.map(lambda one: one[0].post(one[1], data=one[2]).status_code, sent))
    assert sorted(codes) == [303, 409, 409, 409]
    assert len(stored(app)) == 1


def test_contact_is_kept_apart_and_only_with_a_tick(app, officer):
    pile = open_pile(officer)
    contact = {"name": "Fulan", "phone": "0800-0000-0000", "email": "", "wants_news": "y"}
    assert enter(officer, pile, **contact).status_code == 303
    assert enter(officer, pile, **(contact | {"wants_news": ""}), text=TEXT + " Dua.").status_code == 303
    assert enter(officer, pile, **contact, age_band="1", text=TEXT + " Tiga.").status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contact)) == 1
    assert "0800" not in officer.get(pile).text and "Fulan<" not in officer.get(pile).text


def test_the_page_counts_and_a_full_pile_closes_without_a_reason(officer):
    pile = open_pile(officer, expected=2)
    assert "0 dari 2" in officer.get(pile).text
    enter(officer, pile)
    assert "1 dari 2" in officer.get(pile).text
    early = officer.post(f"{pile}/tutup", data=hidden(officer.get(pile).text))
    assert early.status_code == 422 and "Tulis alasannya" in early.text
    enter(officer, pile, text=TEXT + " Lagi.")
    assert officer.post(f"{pile}/tutup", data=hidden(officer.get(pile).text)).status_code == 303
    assert enter(officer, pile, text=TEXT + " Terlambat.").status_code == 409


def test_a_pile_closes_early_with_a_reason_that_the_team_reads(app, officer):
    pile = open_pile(officer)
    fields = hidden(officer.get(pile).text)
    token = next(value for name, value in fields.items() if name.endswith("csrf_token"))
    data = {"close-csrf_token": token, "close-reason": "Tiga lembar kosong."}
    assert officer.post(f"{pile}/tutup", data=data).status_code == 303
    with app.app_context():
        details = db.session.scalar(select(Event.details).where(Event.action == entries.CLOSE))
        assert details["reason"] == "Tiga lembar kosong."
    lead = app.test_client()
    sign_in(lead, "lead")
    assert "Tiga lembar kosong." in lead.get("/staff/papers").text


def test_an_officer_of_a_kelurahan_opens_no_pile_of_another(app, officer):
    with app.app_context():
        db.session.execute(update(Person).where(Person.email == "officer@demo.example").values(organisation="Krapyak"))
        db.session.commit()
    page = officer.get("/petugas/").text
    assert ">Krapyak<" in page and ">Medono<" not in page and "Seluruh kota" not in page
    fields = hidden(page) | {"channel": "paper", "area": "medono", "expected": 3}
    assert officer.post("/petugas/", data=fields).status_code == 422
    assert open_pile(officer)


@pytest.mark.parametrize(
    "wrong",
    [
        {"expected": "0"},
        {"expected": "501"},
        {"expected": "banyak"},
        {"expected": ""},
        {"channel": "web"},
        {"channel": ""},
    ],
)
def test_a_pile_needs_a_size_and_a_way_it_came(app, officer, wrong):
    fields = hidden(officer.get("/petugas/").text) | {"channel": "paper", "area": "", "expected": 3} | wrong
    assert officer.post("/petugas/", data=fields).status_code == 422
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(EntryBatch)) == 0


def test_after_the_closing_day_an_open_pile_is_finished_but_none_is_begun(app, officer):
    pile = open_pile(officer)
    fields = hidden(officer.get("/petugas/").text) | {"channel": "paper", "area": "", "expected": 3}
    with app.app_context():
        db.session.execute(update(Round).values(closes_at=datetime.now(UTC) - timedelta(minutes=1)))
        db.session.commit()
    assert officer.post("/petugas/", data=fields).status_code == 409
    assert "tidak dibuka" in officer.get("/petugas/").text
    assert enter(officer, pile).status_code == 303


def test_an_officer_sees_nothing_of_others(app, officer):
    pile = open_pile(officer)
    enter(officer, pile)
    with app.app_context():
        db.session.execute(
            update(EntryBatch).values(
                person_id=db.session.scalar(select(Person.id).where(Person.email == "lead@demo.example"))
            )
        )
        db.session.commit()
    for path in (pile, f"{pile}/slip", f"{pile}/ulang"):
        assert officer.get(path).status_code == 404
    assert "Krapyak, " not in officer.get("/petugas/").text
    for path in ("/staff/", "/staff/papers", "/staff/voices/originals", "/staff/meetings"):
        assert officer.get(path).status_code == 403


def test_a_form_is_typed_once_more_without_what_was_typed_first(app, officer):
    pile = open_pile(officer)
    enter(officer, pile, condition="2", about="1")
    batch_id = int(pile.rsplit("/", 1)[1])
    with app.app_context():
        assert entry_checks.ask(db.session(), batch_id, now=datetime.now(UTC)) == 1
        db.session.commit()
    assert "1 lembar diminta diketik ulang" in officer.get("/petugas/").text
    page = officer.get(f"{pile}/ulang").text
    assert TEXT not in page and stored(app)[0].receipt_no in page
    fields = hidden(page) | {
        "text": TEXT.replace("warung", "warong"),
        "condition": "3",
        "about": "1",
        "area": "krapyak",
    }
    assert officer.post(f"{pile}/ulang", data=fields | {"key": "PKL-0000-00"}).status_code == 409
    assert officer.post(f"{pile}/ulang", data=fields | {"condition": "9"}).status_code == 422
    assert officer.post(f"{pile}/ulang", data=fields).status_code == 303
    lead = app.test_client()
    sign_in(lead, "lead")
    told = lead.get(f"/staff/papers/piles/{batch_id}").text
    assert "<mark>warung.</mark>" in told and "2 / 3" in told and "warong" not in told
    assert stored(app)[0].text == TEXT


def test_a_number_is_never_given_twice_even_while_its_form_is_still_out(app):
    form = printed(app)[0]
    with app.app_context():
        row = db.session.get(PaperForm, form.serial)
        assert row.pin_hash != form.pin and form.pin not in row.pin_salt + row.pin_hash
        assert papers.free(db.session(), "ZZZ-ZZZ") is None and papers.free(db.session(), form.serial) == form.serial


def test_a_form_that_was_mistyped_is_put_right_by_its_officer_and_by_the_team(app, officer):
    pile = open_pile(officer)
    enter(officer, pile, about="1", condition="1", affected="1 3", experience="2", age_band="5", gender="1")
    before = stored(app)[0]
    assert f"{pile}/lembar" in officer.get("/petugas/").text
    path = f"{pile}/lembar/{before.id}"
    assert path in officer.get(f"{pile}/lembar").text
    page = officer.get(path).text
    assert TEXT in page
    for name, digits in (("about", "1"), ("condition", "1"), ("affected", "1 3"), ("experience", "2"), ("gender", "1")):
        assert re.search(rf'name="{name}"[^>]*value="{digits}"', page), name
    fields = hidden(page) | {"text": TEXT.replace("warung", "kios"), "about": "7", "area": "krapyak", "condition": "2"}
    assert officer.post(path, data=fields | {"condition": "9"}).status_code == 422
    assert officer.post(path, data=fields).status_code == 303
    row = stored(app)[0]
    assert (row.text, row.points[0].dimension, row.points[0].condition) == (fields["text"], "DIS", 2)
    assert (row.affected, row.age_band, row.receipt_no) == ([], None, before.receipt_no)
    with app.app_context():
        told = db.session.scalars(select(Event).where(Event.action == "submission.retype")).one()
        assert told.details["fields"].keys() >= {"text", "dimension", "condition"} and "kios" not in str(told.details)
    lead = app.test_client()
    sign_in(lead, "lead")
    batch_id = pile.rsplit("/", 1)[1]
    team = f"/staff/papers/piles/{batch_id}/forms/{row.id}"
    assert team in lead.get(f"/staff/papers/piles/{batch_id}").text
    assert lead.post(team, data=hidden(lead.get(team).text) | {"text": "pendek", "area": ""}).status_code == 422
    assert lead.post(team, data=hidden(lead.get(team).text) | {"text": TEXT, "area": "krapyak"}).status_code == 303
    assert stored(app)[0].text == TEXT


def test_after_the_round_the_team_corrects_and_the_officer_does_not(app, officer):
    pile = open_pile(officer)
    enter(officer, pile)
    path = f"{pile}/lembar/{stored(app)[0].id}"
    fields = hidden(officer.get(path).text) | {"text": TEXT.replace("warung", "kios"), "area": "krapyak"}
    with app.app_context():
        db.session.execute(update(Round).values(closes_at=datetime.now(UTC) - timedelta(minutes=1)))
        db.session.commit()
    answer = officer.post(path, data=fields)
    assert answer.status_code == 409 and "sudah ditutup" in answer.text and "kios" in answer.text
    assert stored(app)[0].text == TEXT
    lead = app.test_client()
    sign_in(lead, "lead")
    team = path.replace("/petugas/tumpukan", "/staff/papers/piles").replace("/lembar/", "/forms/")
    assert lead.post(team, data=fields | hidden(lead.get(team).text)).status_code == 303
    assert stored(app)[0].text == fields["text"]


def test_of_somebody_who_turns_out_to_be_under_18_no_contact_is_kept(app, officer):
    pile = open_pile(officer)
    enter(officer, pile, name="Fulan", phone="0800-0000-4711", wants_news="y", age_band="2")
    path = f"{pile}/lembar/{stored(app)[0].id}"
    fields = hidden(officer.get(path).text) | {"text": TEXT, "area": "krapyak"}
    assert officer.post(path, data=fields | {"age_band": "2"}).status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contact)) == 1
    assert officer.post(path, data=fields | {"age_band": "1"}).status_code == 303
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Contact)) == 0
