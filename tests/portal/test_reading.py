"""Reading the draft and commenting on it: by a plain form, kept when it is refused, one's own to change."""

import pytest
from sqlalchemy import select, update

from models import Paragraph, Point, Round, Submission
from portal.extensions import db
from tests.portal.conftest import Statements, hidden, read, sign_in

WORDS = {"comment_type": "proposal", "text": "Sebut siapa yang menjaga.", "proposed_text": "Pompa dijaga bergilir."}


def paragraph(app, mark="P-DIS-04"):
    with app.app_context():
        return db.session.scalars(select(Paragraph.id).where(Paragraph.mark == mark)).one()


def address(app, mark="P-DIS-04"):
    return f"/naskah/paragraf/{paragraph(app, mark)}/komentar"


def send(client, path, **typed):
    return client.post(path, data=hidden(client.get(path).text) | WORDS | typed)


def points(app):
    with app.app_context():
        return list(db.session.scalars(select(Point).where(Point.paragraph_id.is_not(None))))


def close_round(app):
    with app.app_context():
        db.session.execute(update(Round).values(closes_at=Round.opens_at))
        db.session.commit()


def test_anybody_reads_the_newest_draft(client, draft):
    answer = client.get("/naskah")
    assert answer.status_code == 200 and 'href="/naskah/1/7"' in answer.text
    assert "P-ECO-01" in client.get("/naskah/1/1").text
    assert "P-DIS-04" in client.get("/naskah/1/7").text


def test_without_a_draft_the_page_says_what_will_stand_there(client):
    answer = client.get("/naskah")
    assert answer.status_code == 200 and "belum terbit" in answer.text


@pytest.mark.parametrize("path", ["/naskah/1/8", "/naskah/1/0", "/naskah/2/1"])
def test_a_chapter_that_is_not_there_is_told(client, draft, path):
    assert client.get(path).status_code == 404


def test_somebody_without_an_account_writes_about_a_paragraph_too(app, client, draft):
    path = f"/masukan/baru?paragraf={paragraph(app)}"
    page = client.get("/naskah/1/7").text
    assert path in page
    form = client.get(path)
    assert "P-DIS-04" in form.text
    client.post("/masukan/baru", data=hidden(form.text) | {"text": "Pompanya sering mati.", "topic": "auto"})
    [point] = points(app)
    assert (point.paragraph_id, point.dimension) == (paragraph(app), "DIS")


@pytest.mark.parametrize("wrong", ["abc", "999999", "-1", "²"])
def test_a_paragraph_that_is_not_there_does_not_hinder_a_citizen(app, client, draft, wrong):
    assert client.get(f"/masukan/baru?paragraf={wrong}").status_code == 200


def test_an_academic_comments_and_finds_the_comment_beside_its_paragraph(app, client, draft, settings):
    sign_in(client, "academic")
    answer = send(client, address(app))
    assert answer.status_code == 303 and answer.location.endswith("/naskah/1/7#P-DIS-04")
    page = client.get("/naskah/1/7").text
    assert "Sebut siapa yang menjaga." in page and "Pompa dijaga bergilir." in page
    assert "Anda mengomentari 1 dari 7 paragraf bab ini." in page
    read(settings)
    with app.app_context():
        point = db.session.scalars(select(Point)).one()
        assert (point.dimension, point.submission.group, point.proposed_text) == (
            "DIS",
            "academic",
            "Pompa dijaga bergilir.",
        )


def test_a_comment_is_read_by_its_author_and_the_team_alone(app, client, draft):
    sign_in(client, "academic")
    send(client, address(app))
    for role in (None, "agency"):
        other = app.test_client()
        if role:
            sign_in(other, role)
        assert "Sebut siapa yang menjaga." not in other.get("/naskah/1/7").text
    team = app.test_client()
    sign_in(team, "reviewer")
    assert "Sebut siapa yang menjaga." in team.get("/staff/drafts/1/7").text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"comment_type": ""}, "Pilih jenis komentarnya."),
        ({"comment_type": "walikota"}, "tidak kami kenal"),
        ({"text": "   "}, "Tulis komentarnya."),
        ({"proposed_text": ""}, "Tulis usul redaksinya"),
        ({"comment_type": "factual_error", "evidence": ""}, "Sebut rujukannya"),
        ({"text": "x" * 10_001}, "paling panjang 10000"),
    ],
)
def test_a_bad_comment_is_told_beside_its_field_and_kept(app, client, draft, typed, message):
    sign_in(client, "academic")
    answer = send(client, address(app), **typed)
    assert answer.status_code == 422 and message in answer.text and "Galat:" in answer.text
    for name in ("text", "proposed_text"):
        assert (WORDS | typed)[name].strip() in answer.text
    assert points(app) == []


def test_a_double_tap_is_one_comment(app, client, draft):
    sign_in(client, "academic")
    data = hidden(client.get(address(app)).text) | WORDS
    assert [client.post(address(app), data=data).status_code for _ in range(2)] == [303, 303]
    assert len(points(app)) == 1


def test_a_comment_is_changed_by_its_author(app, client, draft):
    sign_in(client, "academic")
    send(client, address(app))
    [point] = points(app)
    form = client.get(f"/komentar/{point.id}")
    assert "Sebut siapa yang menjaga." in form.text
    answer = send(client, f"/komentar/{point.id}", text="Sebut nama dinasnya.")
    assert answer.status_code == 303
    page = client.get("/naskah/1/7").text
    assert "Sebut nama dinasnya." in page and "Sebut siapa yang menjaga." not in page and "sudah diubah" in page


def test_after_the_round_closed_nothing_is_taken_and_the_words_come_back(app, client, draft):
    sign_in(client, "academic")
    send(client, address(app))
    [point] = points(app)
    close_round(app)
    for path in (address(app), f"/komentar/{point.id}"):
        answer = send(client, path, text="Terlambat sedikit.")
        assert answer.status_code == 409 and "Terlambat sedikit." in answer.text
    assert [p.text for p in points(app)] == ["Sebut siapa yang menjaga."]
    assert "Komentari" not in client.get("/naskah/1/7").text


def test_who_signed_out_in_between_keeps_the_words_and_sends_them_after_signing_in_again(app, client, draft):
    sign_in(client, "academic")
    data = hidden(client.get(address(app)).text) | WORDS
    assert client.post("/keluar", data={"csrf_token": data["csrf_token"]}).status_code == 302
    refused = client.post(address(app), data=data)
    assert (
        refused.status_code in (400, 401) and WORDS["text"] in refused.text and WORDS["proposed_text"] in refused.text
    )
    again = hidden(refused.text)
    sign_in(client, "academic")
    assert client.post(address(app), data=again | WORDS).status_code == 303
    assert len(points(app)) == 1


def test_an_expired_page_is_sent_again_with_one_press(app, client, draft):
    sign_in(client, "academic")
    data = hidden(client.get(address(app)).text) | WORDS | {"csrf_token": "kedaluwarsa"}
    refused = client.post(address(app), data=data)
    assert refused.status_code == 400 and WORDS["text"] in refused.text
    assert f'action="{address(app)}"' in refused.text
    assert client.post(address(app), data=hidden(refused.text) | WORDS).status_code == 303


def test_pages_stay_within_their_statements(app, client, draft):
    sign_in(client, "academic")
    send(client, address(app))
    seen = Statements(app)
    for path, most in (("/naskah/1/7", 6), (address(app), 5), ("/akademisi/", 5)):
        client.get(path)
        seen.clear()
        assert client.get(path).status_code == 200
        assert len(seen) <= most, (path, seen)
    data = hidden(client.get(address(app)).text) | WORDS
    seen.clear()
    assert client.post(address(app), data=data).status_code == 303
    assert len(seen) <= 12, seen


def test_what_a_comment_says_is_text_and_no_markup(app, client, draft):
    sign_in(client, "academic")
    send(client, address(app), text="<script>alert(1)</script> & <b>tebal</b>")
    page = client.get("/naskah/1/7").text
    assert "<script>" not in page and "&lt;script&gt;" in page


def test_a_comment_has_a_receipt_number_and_its_author(app, client, draft):
    sign_in(client, "academic")
    send(client, address(app))
    with app.app_context():
        row = db.session.scalars(select(Submission)).one()
        assert row.receipt_no.startswith("PKL-") and row.person_id is not None and row.pin_hash is None


def test_a_used_form_of_somebody_else_is_refused_and_its_words_are_sent_from_there(app, client, draft):
    sign_in(client, "academic")
    data = hidden(client.get(address(app)).text) | WORDS
    client.post(address(app), data=data)
    other = app.test_client()
    sign_in(other, "agency")
    token = {"csrf_token": hidden(other.get(address(app)).text)["csrf_token"]}
    refused = other.post(address(app), data=data | token | {"text": "Kata saya sendiri."})
    assert refused.status_code == 409 and "Kata saya sendiri." in refused.text
    again = hidden(refused.text) | WORDS | {"text": "Kata saya sendiri."}
    assert other.post(address(app), data=again).status_code == 303
    assert sorted(p.text for p in points(app)) == ["Kata saya sendiri.", WORDS["text"]]


def test_a_voice_stands_on_the_front_page_only_after_a_person_let_it(app, client, draft, examples):
    assert "menyusul" not in client.get("/").text
    sign_in(client)
    page = client.get("/staff/themes/1").text
    assert "tampilkan di beranda" in page
    point = page.split('action="/staff/voices/')[1].split("/")[0]
    data = {"csrf_token": hidden(page)["csrf_token"]}
    assert client.post(f"/staff/voices/{point}/show", data=data).status_code == 303
    shown = app.test_client().get("/").text
    assert "menyusul" in shown and "thread across" in shown
    assert client.post(f"/staff/voices/{point}/hide", data=data).status_code == 303
    assert "thread across" not in app.test_client().get("/").text
