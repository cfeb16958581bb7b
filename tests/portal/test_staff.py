"""The desks: closed to others, few statements, every number with the words behind it."""

import pytest
from sqlalchemy import select

from models import Finding, Theme
from models.vocabulary import ThemeState
from portal.extensions import db
from tests.portal.conftest import Statements, hidden, sign_in

DESKS = ("/staff/", "/staff/priorities", "/staff/themes/1")


@pytest.mark.parametrize("path", DESKS)
def test_without_signing_in_a_desk_leads_to_the_sign_in(client, path):
    answer = client.get(path)
    assert answer.status_code == 302 and "/masuk" in answer.location


def test_a_reviewer_reads_but_does_not_rename(client, examples):
    sign_in(client, "reviewer")
    assert client.get("/staff/").status_code == 200
    data = hidden(client.get("/staff/themes/1").text) | {"name": "Nama lain"}
    assert client.post("/staff/themes/1/rename", data=data).status_code == 403


def test_a_wrong_password_says_nothing_about_the_account(client):
    answers = []
    for email in ("lead@demo.example", "tak-dikenal@demo.example"):
        data = hidden(client.get("/masuk").text) | {"email": email, "password": "salah-sekali-1"}
        answers.append(client.post("/masuk", data=data).text.replace(email, ""))
    assert "Traceback" not in answers[0]


def test_the_ranked_list_explains_every_place(client, examples):
    sign_in(client)
    page = client.get("/staff/priorities").text
    for words in ("Rob dan banjir", "Keluasan", "Kesenjangan", "Sebaran", "Kesepakatan", "Bukti", "Selaras misi"):
        assert words in page
    assert "place-1" in page and "bukan sampel acak" in page.lower()


def test_lists_and_details_stay_within_their_statements(app, client, examples):
    sign_in(client)
    seen = Statements(app)
    for path, most in (("/staff/priorities", 5), ("/staff/", 5), ("/staff/themes/1", 6)):
        client.get(path)
        seen.clear()
        assert client.get(path).status_code == 200
        assert len(seen) <= most, (path, seen)


def test_a_theme_is_renamed_and_no_run_undoes_it(app, client, examples, settings):
    sign_in(client)
    theme_id = a_theme(app)
    data = hidden(client.get(f"/staff/themes/{theme_id}").text) | {"name": "Air pasang di kampung"}
    assert client.post(f"/staff/themes/{theme_id}/rename", data=data).status_code == 303
    assert "Air pasang di kampung" in client.get("/staff/").text


@pytest.mark.parametrize("name", ["", "  ", "ab", "x" * 200])
def test_a_bad_name_is_told_and_kept(app, client, examples, name):
    sign_in(client)
    theme_id = a_theme(app)
    data = hidden(client.get(f"/staff/themes/{theme_id}").text) | {"name": name}
    assert client.post(f"/staff/themes/{theme_id}/rename", data=data).status_code == 422


def test_a_name_that_another_theme_has_is_refused(app, client, examples):
    sign_in(client)
    data = hidden(client.get(f"/staff/themes/{a_theme(app)}").text) | {"name": "sampah"}
    assert client.post(f"/staff/themes/{a_theme(app)}/rename", data=data).status_code == 409


def test_a_proposed_theme_is_accepted_or_refused_once(app, client, examples):
    sign_in(client)
    with app.app_context():
        theme = db.session.scalars(select(Theme).where(Theme.code == "DIS-FIRE")).one()
        theme.state = ThemeState.PROPOSED
        db.session.commit()
        theme_id = theme.id
    data = {"csrf_token": hidden(client.get(f"/staff/themes/{theme_id}").text)["csrf_token"]}
    assert client.post(f"/staff/themes/{theme_id}/accept", data=data).status_code == 303
    assert client.post(f"/staff/themes/{theme_id}/refuse", data=data).status_code == 409


def test_an_unknown_theme_and_a_broken_cursor_are_told(client, examples):
    sign_in(client)
    assert client.get("/staff/themes/999999").status_code == 404
    assert client.get("/staff/themes/1?after=abc").status_code == 400
    assert client.get("/staff/priorities?dimension=XYZ").status_code == 400


def a_theme(app):
    with app.app_context():
        query = select(Theme.id).join(Finding, Finding.theme_id == Theme.id).where(Theme.code == "DIS-ROB")
        return db.session.scalars(query).first()
