"""The desk of what is open: a section is fixed with a reason, and its button goes."""

import pytest
from sqlalchemy import select

from models import Paragraph
from portal.extensions import db
from tests.portal.conftest import Statements, hidden, sign_in

DESK = "/staff/drafts/1/7/openness"


def press(client, **typed):
    return client.post(DESK, data=hidden(client.get(DESK).text) | {"is_chapter": "0", "section": ""} | typed)


def whys(app):
    with app.app_context():
        return set(db.session.scalars(select(Paragraph.fixed_why)))


def section_of(app, mark="P-DIS-04"):
    with app.app_context():
        return db.session.scalar(select(Paragraph.section).where(Paragraph.mark == mark))


def test_a_section_is_fixed_and_opened_again(app, client, draft):
    sign_in(client)
    answer = press(client, section=section_of(app), deed="fix", why="Sudah <b>diatur</b> perda.")
    assert answer.status_code == 303 and whys(app) == {"", "Sudah <b>diatur</b> perda."}
    page = client.get(DESK).text
    assert "Sudah &lt;b&gt;diatur" in page and "tetap" in page
    assert press(client, section=section_of(app), deed="open").status_code == 303
    assert whys(app) == {""}


def test_all_of_a_chapter_is_fixed_at_once(app, client, draft):
    sign_in(client)
    press(client, is_chapter="1", deed="fix", why="Sudah diputuskan.")
    with app.app_context():
        fixed = set(db.session.scalars(select(Paragraph.chapter_id).where(Paragraph.fixed_why != "")))
        assert len(fixed) == 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"deed": "fix", "why": " "}, 422),
        ({"deed": "fix", "why": "x" * 301}, 422),
        ({"deed": "bakar", "why": "Alasan."}, 422),
        ({"deed": "fix", "why": "Alasan.", "section": "Tidak ada di sini"}, 404),
    ],
)
def test_a_bad_press_fixes_nothing(app, client, draft, typed, code):
    sign_in(client)
    assert press(client, **{"section": section_of(app)} | typed).status_code == code
    assert whys(app) == {""}


@pytest.mark.parametrize("path", ["/staff/drafts/1/99/openness", "/staff/drafts/9/1/openness"])
def test_a_chapter_that_is_not_there_is_told(client, draft, path):
    sign_in(client)
    assert client.get(path).status_code == 404


def test_who_only_reads_findings_fixes_nothing(app, client, draft):
    sign_in(client, "reviewer")
    page = client.get(DESK)
    assert page.status_code == 200 and 'name="deed"' not in page.text
    token = {"csrf_token": hidden(client.get("/masukan/baru").text)["csrf_token"]}
    assert client.post(DESK, data=token | {"deed": "fix", "why": "Alasan.", "is_chapter": "1"}).status_code == 403


def test_the_desk_stays_within_its_statements(app, client, draft):
    sign_in(client)
    client.get(DESK)
    seen = Statements(app)
    assert client.get(DESK).status_code == 200 and len(seen) <= 5, seen
