"""The desk of people: a link that is shown once, roles, accounts taken back; the last administrator stays."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from models import Invitation, Person
from models.vocabulary import Duty
from portal.extensions import db
from portal.rights import ROLES
from services import accounts
from tests.portal.conftest import PASSWORD, hidden, sign_in

EMAIL = "baru@contoh.go.id"
WANTED = {"email": EMAIL, "duty": "analyst", "agency": "", "organisation": ""}


@pytest.fixture
def admin(client):
    sign_in(client, "administrator")
    return client


def send(client, path, **data):
    return client.post(path, data=hidden(client.get("/staff/people/").text) | data)


def person_id(app, name):
    with app.app_context():
        return db.session.scalars(select(Person.id).where(Person.email == f"{name}@demo.example")).one()


def link_in(page):
    return re.search(r"http://localhost(/undangan/[\w-]+)", page)[1]


def join(app, path, password="kata-sandi-lain-2"):
    visitor = app.test_client()
    return visitor.post(path, data=hidden(visitor.get(path).text) | {"name": "Fulan", "password": password})


def test_every_role_of_the_access_table_has_its_word():
    assert {duty.value for duty in Duty} >= ROLES.keys()


def test_the_link_is_shown_once_ready_for_whatsapp_and_lets_in_with_its_role(app, admin):
    page = send(admin, "/staff/people/invite", **WANTED)
    assert page.status_code == 200
    path = link_in(page.text)
    share = re.search(r'href="(https://wa\.me/[^"]*)"', page.text)
    message = parse_qs(urlsplit(share[1]).query)["text"][0]
    assert path in message and "Analis" in message and "sekali pakai" in message
    assert 'rel="noopener noreferrer"' in page.text and page.headers["Cache-Control"] == "no-store"
    again = admin.get("/staff/people/").text
    assert EMAIL in again and path not in again
    assert join(app, path).status_code == 303
    with app.app_context():
        row = db.session.scalars(select(Person).where(Person.email == EMAIL)).one()
        assert [role.name for role in row.roles] == ["analyst"]
        assert db.session.scalars(select(Invitation.made_by)).one() is not None


def test_a_page_that_is_sent_twice_leaves_one_way_in(app, admin):
    first, second = (link_in(send(admin, "/staff/people/invite", **WANTED).text) for _ in range(2))
    assert app.test_client().get(first).status_code == 404
    assert app.test_client().get(second).status_code == 200


def test_looking_at_a_link_does_not_use_it_and_its_address_goes_into_no_referer(app, admin):
    path = link_in(send(admin, "/staff/people/invite", **WANTED).text)
    for _ in range(2):
        answer = app.test_client().get(path)
        assert answer.status_code == 200 and answer.headers["Referrer-Policy"] == "strict-origin"


def test_used_revoked_run_out_and_unknown_links_answer_alike(app, admin):
    used = link_in(send(admin, "/staff/people/invite", **WANTED).text)
    assert join(app, used).status_code == 303
    with app.app_context():
        now = datetime.now(UTC)
        old = accounts.invite(db.session(), "lama@contoh.go.id", "reviewer", now=now - timedelta(days=15))
        gone = accounts.invite(db.session(), "batal@contoh.go.id", "reviewer", now=now)
        row = db.session.scalars(select(Invitation).where(Invitation.email == "batal@contoh.go.id")).one()
        accounts.revoke(db.session(), row.id, now=now)
        db.session.commit()
    paths = [used, *(f"/undangan/{token}" for token in (old, gone, "tidak-ada"))]
    answers = [app.test_client().get(path) for path in paths]
    assert {a.status_code for a in answers} == {404}
    assert len({a.text.replace(path, "") for a, path in zip(answers, paths, strict=True)}) == 1
    assert {a.headers["Referrer-Policy"] for a in answers} == {"strict-origin"}


def test_joining_works_through_https_where_only_the_site_is_named_as_referer(app, admin):
    path = link_in(send(admin, "/staff/people/invite", **WANTED).text)
    visitor = app.test_client()
    fields = hidden(visitor.get(path, base_url="https://localhost").text) | {"name": "", "password": PASSWORD}
    without = visitor.post(path, data=fields, base_url="https://localhost")
    assert without.status_code == 400
    answer = visitor.post(path, data=fields, base_url="https://localhost", headers={"Referer": "https://localhost/"})
    assert answer.status_code == 303


def test_somebody_with_an_account_chooses_a_new_password_and_stays_who_they_are(app, admin):
    other = app.test_client()
    sign_in(other, "reviewer")
    with app.app_context():
        row = db.session.scalars(select(Person).where(Person.email == "reviewer@demo.example")).one()
        row.organisation = "Kelurahan Tirto"
        db.session.commit()
    wanted = WANTED | {"email": "reviewer@demo.example", "duty": "reviewer"}
    assert (
        join(app, link_in(send(admin, "/staff/people/invite", **wanted).text), "kata-sandi-baru-3").status_code == 303
    )
    assert other.get("/staff/").status_code == 302
    data = hidden(other.get("/masuk").text) | {"email": "reviewer@demo.example", "password": "kata-sandi-baru-3"}
    assert other.post("/masuk", data=data).status_code == 302
    with app.app_context():
        row = db.session.scalars(select(Person).where(Person.email == "reviewer@demo.example")).one()
        assert (row.organisation, [role.name for role in row.roles]) == ("Kelurahan Tirto", ["reviewer"])


def test_an_invitation_is_taken_back(app, admin):
    path = link_in(send(admin, "/staff/people/invite", **WANTED).text)
    with app.app_context():
        invitation_id = db.session.scalars(select(Invitation.id)).one()
    where = f"/staff/people/invitations/{invitation_id}/revoke"
    assert send(admin, where).status_code == 303
    assert app.test_client().get(path).status_code == 404
    assert send(admin, where).status_code == 409
    assert "Tidak ada undangan yang menunggu." in admin.get("/staff/people/").text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": ""}, "email"),
        ({"email": "bukan alamat"}, "email"),
        ({"email": "<script>alert(1)</script>@x.id"}, "email"),
        ({"duty": "mayor"}, "duty"),
        ({"duty": "agency"}, "agency"),
        ({"agency": "dpupr"}, "agency"),
        ({"organisation": "x" * 201}, "organisation"),
    ],
)
def test_an_invitation_that_cannot_be_is_told_beside_its_field(app, admin, changes, field):
    answer = send(admin, "/staff/people/invite", **WANTED | changes)
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text and "<script>alert" not in answer.text
    with app.app_context():
        assert db.session.scalars(select(Invitation)).all() == []


def test_a_deactivated_person_is_out_at_the_next_request_and_not_in_again_with_an_old_session(app, admin):
    other = app.test_client()
    sign_in(other, "lead")
    who = person_id(app, "lead")
    assert other.get("/staff/").status_code == 200
    assert send(admin, f"/staff/people/{who}/deactivate").status_code == 303
    assert other.get("/staff/").status_code == 302
    fresh = app.test_client()
    data = hidden(fresh.get("/masuk").text) | {"email": "lead@demo.example", "password": PASSWORD}
    assert fresh.post("/masuk", data=data).status_code == 200
    invited = send(admin, "/staff/people/invite", **WANTED | {"email": "lead@demo.example"})
    assert invited.status_code == 422 and "dinonaktifkan" in invited.text
    assert send(admin, f"/staff/people/{who}/reactivate").status_code == 303
    assert other.get("/staff/").status_code == 302
    sign_in(fresh, "lead")
    assert fresh.get("/staff/").status_code == 200


def test_deactivating_ends_the_invitation_that_was_open(app, admin):
    path = link_in(send(admin, "/staff/people/invite", **WANTED | {"email": "lead@demo.example"}).text)
    send(admin, f"/staff/people/{person_id(app, 'lead')}/deactivate")
    assert app.test_client().get(path).status_code == 404


def test_a_new_role_holds_from_the_next_page_on(app, admin):
    other = app.test_client()
    sign_in(other, "reviewer")
    who = person_id(app, "reviewer")
    assert "reviewer@demo.example" in admin.get(f"/staff/people/{who}").text
    assert send(admin, f"/staff/people/{who}", duty="agency", agency="dpupr").status_code == 303
    assert other.get("/staff/").status_code == 403
    assert other.get("/perangkat-daerah/").status_code == 200


def test_the_last_administrator_is_not_taken_away(app, admin):
    who = person_id(app, "administrator")
    refused = send(admin, f"/staff/people/{who}/deactivate")
    assert refused.status_code == 409 and "satu-satunya administrator" in refused.text
    refused = send(admin, f"/staff/people/{who}", duty="lead", agency="")
    assert refused.status_code == 422 and 'id="duty-error"' in refused.text
    assert admin.get("/staff/people/").status_code == 200


def test_a_leader_sees_people_and_changes_none(app, client):
    sign_in(client, "lead")
    page = client.get("/staff/people/").text
    assert "administrator@demo.example" in page and "Nonaktifkan" not in page and "Undang seseorang" not in page
    assert client.get("/staff/people/invite").status_code == 403
    assert send(client, f"/staff/people/{person_id(app, 'reviewer')}/deactivate").status_code == 403


def test_an_administrator_reads_no_findings_and_is_shown_no_way_there(admin):
    assert admin.get("/meja").location.endswith("/staff/people/")
    page = admin.get("/staff/people/").text
    assert "/staff/priorities" not in page and "/staff/rounds" not in page
    assert admin.get("/staff/").status_code == 403


def test_the_word_of_an_invitation_stands_in_no_log(app, admin, caplog):
    with caplog.at_level("DEBUG"):
        path = link_in(send(admin, "/staff/people/invite", **WANTED).text)
        join(app, path)
        app.test_client().get(path)
    assert path.rpartition("/")[2] not in caplog.text
