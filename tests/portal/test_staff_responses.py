"""The desks of answers and objections: drafted, read, signed; nobody forgotten; dissent printed once it was read."""

import re
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from models import Objection, Response
from models.vocabulary import ObjectionState
from portal.extensions import db
from services import objections
from tests.portal.conftest import Statements, sign_in
from tests.portal.deciding import NOTED, REFUSED, a_theme, publish, send, the_decision

TEXT = "Dukungan Anda kami catat dan kami teruskan kepada perancang."


@pytest.fixture
def theme(app, examples):
    return a_theme(app)


@pytest.fixture
def lead(client, theme):
    sign_in(client)
    return client


@pytest.fixture
def decision(app, lead, theme):
    """A theme that was decided; returns the decision's id."""
    send(lead, f"/staff/decisions/on/{theme[0]}/theme/{theme[1]}", NOTED)
    return the_decision(app).id


def the_response(app):
    with app.app_context():
        row = db.session.scalar(select(Response).order_by(Response.id.desc()).limit(1))
        if row is not None:
            db.session.expunge(row)
    return row


def boxes(html):
    return re.findall(r'name="text" id="t\d+" value="([^"]+)"', html)


def test_a_first_wording_stands_in_the_form_as_a_draft_and_nothing_is_stored_yet(app, lead, decision):
    html = lead.get(f"/staff/responses/{decision}").text
    assert "Masukan ini kami catat. Dukungan ini kami catat dengan baik." in html
    assert "disusun mesin dari isi putusan" in html and the_response(app) is None


def test_a_text_is_written_in_three_languages_and_signed(app, lead, decision):
    page = f"/staff/responses/{decision}"
    assert send(lead, page, {"text_id": TEXT, "text_jv": "Dicathet.", "text_en": "Noted."}).status_code == 303
    row = the_response(app)
    assert (row.text_id, row.text_jv, row.text_en, row.ready_at) == (TEXT, "Dicathet.", "Noted.", None)
    assert send(lead, page, {"text_id": TEXT, "sign": "1"}).status_code == 303
    assert the_response(app).ready_at is not None and "siap terbit" in lead.get(page).text
    assert send(lead, f"{page}/unsign", {}, page).status_code == 303
    assert the_response(app).ready_at is None


@pytest.mark.parametrize("wrong", [{"text_id": " "}, {"text_id": "Ya."}, {"text_id": "Biayanya … nanti saja ya"}, {}])
def test_what_says_nothing_or_is_unfinished_comes_back(app, lead, decision, wrong):
    answer = send(lead, f"/staff/responses/{decision}", wrong)
    assert answer.status_code == 422 and "Galat:" in answer.text and the_response(app) is None


def test_what_awaits_a_second_person_can_be_worded_and_not_signed(app, lead, theme):
    send(lead, f"/staff/decisions/on/{theme[0]}/theme/{theme[1]}", REFUSED)
    page = f"/staff/responses/{the_decision(app).id}"
    assert 'name="sign"' not in lead.get(page).text
    assert send(lead, page, {"text_id": TEXT}).status_code == 303
    assert send(lead, page, {"text_id": TEXT, "sign": "1"}).status_code == 409
    assert the_response(app).ready_at is None


def test_two_who_write_at_once_do_not_write_over_each_other(app, lead, decision):
    page = f"/staff/responses/{decision}"
    old = lead.get(page).text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', old)[1]
    assert send(lead, page, {"text_id": TEXT}).status_code == 303
    late = lead.post(page, data={"csrf_token": token, "seen": "", "text_id": TEXT + " Lagi."})
    assert late.status_code == 409 and "Lagi." in late.text and the_response(app).text_id == TEXT


def test_all_that_lack_a_text_are_drafted_and_signed_together_as_read(app, lead, decision):
    assert send(lead, "/staff/responses/draft", {}, "/staff/responses").status_code == 303
    assert the_response(app).text_id.startswith("Masukan ini kami catat.")
    found = boxes(lead.get("/staff/responses").text)
    assert len(found) == 1
    send(lead, f"/staff/responses/{decision}", {"text_id": TEXT})
    stale = send(lead, "/staff/responses/sign", {"text": found}, "/staff/responses")
    assert stale.status_code == 409 and the_response(app).ready_at is None
    found = boxes(lead.get("/staff/responses").text)
    assert send(lead, "/staff/responses/sign", {"text": found}, "/staff/responses").status_code == 303
    assert the_response(app).ready_at is not None


@pytest.mark.parametrize(("sent", "code"), [([], 422), (["x"], 400), (["1:2"], 400), (["9999:1-" + "1" * 20], 409)])
def test_nothing_or_nonsense_signs_nothing(app, lead, decision, sent, code):
    assert send(lead, "/staff/responses/sign", {"text": sent}, "/staff/responses").status_code == code


def test_every_number_opens_to_its_points(app, lead, decision, theme):
    html = lead.get("/staff/responses").text
    assert re.search(rf'step=unwritten">{len(theme[2])}<', html)
    rows = lead.get("/staff/responses/lacking?step=unwritten").text
    assert len(re.findall("Tulis jawabannya", rows)) == len(theme[2])
    assert "Belum diputuskan" in lead.get("/staff/responses/lacking").text
    for path in ("?step=pesta", "/lacking?step=pesta", "?after=x", "/lacking?after=-1"):
        assert lead.get(f"/staff/responses{path}").status_code == 400


def test_who_may_not_answer_reads_and_cannot_write(app, lead, decision):
    reviewer = app.test_client()
    sign_in(reviewer, "reviewer")
    page = f"/staff/responses/{decision}"
    assert "<textarea" not in reviewer.get(page).text
    assert send(reviewer, page, {"text_id": TEXT}, "/masukan/baru").status_code == 403
    assert the_response(app) is None


def test_what_is_out_is_read_only(app, lead, theme):
    publish(app)
    page = f"/staff/responses/{the_decision(app).id}"
    html = lead.get(page).text
    assert "sudah terbit" in html and "<textarea" not in html
    assert send(lead, page, {"text_id": TEXT}, "/masukan/baru").status_code == 409


def test_lists_take_few_statements(app, lead, decision):
    for path, most in (("", 5), ("/lacking", 5), (f"/{decision}", 6)):
        lead.get(f"/staff/responses{path}")
        told = Statements(app)
        lead.get(f"/staff/responses{path}")
        assert len(told) <= most, (path, told)


def test_before_anything_was_read_the_desks_say_what_will_stand_there(client):
    sign_in(client)
    for path in ("/staff/responses", "/staff/responses/lacking", "/staff/objections"):
        assert "Belum ada hitungan" in client.get(path).text


@pytest.fixture
def objection(app, lead):
    publish(app)
    point_id = a_theme(app)[2][0]
    with app.app_context():
        text = "Jadwal jaga tidak cukup, HP saya 0812 0000 0000."
        made = objections.object_to(db.session(), point_id, text, now=datetime.now(UTC))
        db.session.commit()
    return made


def test_an_objection_is_read_masked_and_settled_or_stands(app, lead, objection):
    assert "tidak cukup" in lead.get("/staff/objections").text
    assert "0812" not in lead.get("/staff/objections").text
    page = f"/staff/objections/{objection}"
    assert "0812" not in lead.get(page).text
    dissent = {"state": "dissent", "answer": "Penggantian pompa kami ajukan tahun depan."}
    assert send(lead, page, dissent | {"public_text": " "}).status_code == 422
    assert send(lead, page, {"state": "objected", "answer": "x y z"}).status_code == 422
    assert send(lead, page, dissent | {"public_text": "Jadwal jaga tidak cukup."}).status_code == 303
    with app.app_context():
        row = db.session.get(Objection, objection)
        assert (row.state, row.public_text) == (ObjectionState.DISSENT, "Jadwal jaga tidak cukup.")
    assert "Tetap berbeda pendapat" in lead.get("/staff/objections?state=dissent").text
    assert lead.get("/staff/objections?state=pesta").status_code == 400
    told = Statements(app)
    lead.get("/staff/objections")
    assert len(told) <= 5
