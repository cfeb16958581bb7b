"""The red thread to its end: decision, change, answer and right of reply on the status page, in three languages."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models import Decision, Objection
from models.vocabulary import DecisionCode, ObjectionState, ReasonCode
from portal.extensions import db
from services import objections, responses
from tests.portal.conftest import hidden
from tests.portal.deciding import PIN, publish
from tests.services import decided

TEXT = "Jadwal jaga saja tidak cukup, pompanya harus diganti."
PAGE = "/masukan/kabar/keberatan?butir=1"


def enter(client, number):
    fields = hidden(client.get("/masukan/status").text)
    assert client.post("/masukan/status", data=fields | {"receipt_no": number, "pin": PIN}).status_code == 303
    return client.get("/masukan/kabar")


def send(client, data, path=PAGE):
    return client.post(path, data=hidden(client.get(path).text) | data)


def kept(app):
    with app.app_context():
        return db.session.scalars(select(Objection.text)).all()


def test_the_status_shows_decision_reason_change_and_answer(app, client, examples, draft):
    change = {"text_before": "Pompa ada.", "text_after": "Pompa dijaga.", "paragraph_mark": "P-DIS-03"}
    html = enter(client, publish(app, **change)).text
    for told in ("Diterima", "Pompa lama sudah sering mati", "Jadwal jaga pompa masuk naskah.", "Paragraf P-DIS-03"):
        assert told in html
    assert "<del>Pompa ada.</del>" in html and "<ins>Pompa dijaga.</ins>" in html
    assert "Semula:" in html and "Menjadi:" in html
    assert "Jadwal jaga pompa kami masukkan ke naskah." in html and "menyusul" not in html
    assert "Tulis keberatan" in html


def test_the_paragraph_leads_into_the_published_draft(app, client, examples, draft):
    with app.app_context():
        paragraph = db.session.execute(db.text("SELECT id FROM paragraph WHERE mark = 'P-DIS-03'")).scalar_one()
    html = enter(client, publish(app, paragraph_id=paragraph, paragraph_mark="P-DIS-03")).text
    link = re.search(r'href="(/naskah/[^"]+#P-DIS-03)"', html)[1]
    assert client.get(link).status_code == 200


@pytest.mark.parametrize(
    ("lang", "told", "answer"),
    [("en", "Accepted", "A rota of the pumps is in."), ("jv", "Ditampa", "Jadwal jaga pompa wis mlebu rencana.")],
)
def test_the_answer_is_told_in_the_readers_language(app, client, examples, lang, told, answer):
    enter(client, publish(app))
    html = client.get(f"/masukan/kabar?lang={lang}").text
    assert told in html and answer in html


def test_a_refusal_says_why(app, client, examples):
    refused = {"code": DecisionCode.NOT_ACCEPTED, "reason_code": ReasonCode.AUTHORITY, "change": ""}
    html = enter(client, publish(app, **refused)).text
    assert "Tidak dapat diterima" in html and "Kewenangan provinsi atau pusat" in html
    assert "Yang berubah di rencana" not in html


def test_before_the_release_is_public_nothing_of_it_is_told(app, client, examples):
    html = enter(client, publish(app, ago=timedelta(days=-1))).text
    assert "menyusul" in html and "Jadwal jaga pompa" not in html
    assert client.get(PAGE).status_code == 404
    assert kept(app) == []


def test_a_sender_objects_sees_it_and_may_change_it(app, client, examples):
    enter(client, publish(app))
    assert send(client, {"text": TEXT}).status_code == 303
    html = client.get("/masukan/kabar").text
    assert TEXT in html and "menunggu jawaban tim" in html and "Ubah keberatan ini" in html
    assert TEXT in client.get(PAGE).text
    assert send(client, {"text": TEXT + " Segera."}).status_code == 303
    assert kept(app) == [TEXT + " Segera."]


@pytest.mark.parametrize("text", ["", "Tidak.", "x" * 40, "kata " * 400])
def test_a_word_or_a_book_is_no_objection(app, client, examples, text):
    enter(client, publish(app))
    answer = send(client, {"text": text})
    assert answer.status_code == 422 and "Galat:" in answer.text and kept(app) == []


def test_personal_data_are_pointed_out_once(app, client, examples):
    enter(client, publish(app))
    text = TEXT + " HP saya 0812 0000 0000."
    first = send(client, {"text": text})
    assert first.status_code == 422 and "nomor telepon" in first.text and kept(app) == []
    again = client.post(PAGE, data=hidden(first.text) | {"text": text})
    assert again.status_code == 303 and kept(app) == [text]


def test_after_the_last_day_the_page_says_so_and_keeps_the_words(app, client, examples):
    enter(client, publish(app, ago=timedelta(days=10), replies_days=9))
    html = client.get("/masukan/kabar").text
    assert "Waktu keberatan sudah lewat" in html and "Tulis keberatan" not in html
    assert client.get(PAGE).status_code == 303
    late = client.post(PAGE, data=hidden(client.get("/masukan/baru").text) | {"text": TEXT, "hinted": ""})
    assert late.status_code == 409 and TEXT in late.text and kept(app) == []


def test_when_the_visit_is_over_number_and_pin_are_asked_and_the_words_stay(app, client, examples):
    number = publish(app)
    enter(client, number)
    fields = hidden(client.get(PAGE).text)
    with client.session_transaction() as session:
        session.pop("visit")
    asked = client.post(PAGE, data=fields | {"text": TEXT})
    assert asked.status_code == 422 and TEXT in asked.text and 'name="pin"' in asked.text
    wrong = client.post(PAGE, data=hidden(asked.text) | {"text": TEXT, "receipt_no": number, "pin": "000000"})
    assert wrong.status_code == 422 and kept(app) == []
    right = client.post(PAGE, data=hidden(asked.text) | {"text": TEXT, "receipt_no": number, "pin": PIN})
    assert right.status_code == 303 and kept(app) == [TEXT]
    client.post("/masukan/kabar/tutup", data=hidden(client.get("/masukan/kabar").text))
    assert client.get(PAGE).location.endswith("/masukan/status")


def test_what_the_team_replied_stands_on_the_page_and_is_not_written_over(app, client, examples):
    enter(client, publish(app))
    send(client, {"text": TEXT})
    with app.app_context():
        told = {"answer": "Penggantian pompa diajukan tahun depan.", "public_text": "Pompanya harus diganti."}
        actor = db.session.scalar(db.text("SELECT id FROM user LIMIT 1"))
        made = db.session.scalar(select(Objection.id))
        state = ObjectionState.DISSENT
        objections.settle(db.session(), made, state=state, actor_id=actor, now=datetime.now(UTC), **told)
        db.session.commit()
    html = client.get("/masukan/kabar").text
    assert "Penggantian pompa diajukan" in html and "lampiran laporan" in html and "Ubah keberatan" not in html
    assert client.get(PAGE).status_code == 303
    assert client.post(PAGE, data=hidden(client.get("/masukan/baru").text) | {"text": TEXT}).status_code == 409


def test_only_a_point_of_ones_own_with_an_answer_can_be_objected_to(app, client, examples):
    enter(client, publish(app))
    for butir in ("2", "0", "x", "999999"):
        assert client.get(f"/masukan/kabar/keberatan?butir={butir}").status_code == 404


def test_a_new_answer_of_the_next_release_replaces_the_old_one(app, client, examples):
    number = publish(app)
    with app.app_context():
        session, now = db.session(), datetime.now(UTC)
        old = session.scalar(select(Decision))
        old.state = "replaced"
        session.flush()
        new = decided.decision(session, old.round_id, theme_id=old.theme_id, replaces_id=old.id)
        decided.response(
            session, new, text_id="Pompanya kami usulkan diganti tahun depan.", ready_at=now - timedelta(hours=1)
        )
        session.commit()
    assert "kami masukkan ke naskah" in enter(client, number).text
    with app.app_context():
        release = decided.release(db.session(), new_round(), number=2, publish_at=now - timedelta(minutes=1))
        responses.hand_out(db.session(), release.id)
        db.session.commit()
    html = client.get("/masukan/kabar").text
    assert "diganti tahun depan" in html and "kami masukkan ke naskah" not in html


def new_round():
    return db.session.scalar(select(Decision.round_id))
