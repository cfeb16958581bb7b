"""The demonstration's doors: each signs in where it belongs, and none is there without the demonstration."""

import json
import re
from dataclasses import replace

import pytest
from flask_security import hash_password

from portal import cli
from portal.config import BadSetting, Settings
from portal.extensions import db, people
from portal.storyteller import STORY, Storyteller
from tests.portal.conftest import PASSWORD, hidden

TOLD = {"done": 14, "steps": 14, "is_told": True, "facts": {"receipt": "PKL-7K3M-92", "pin": "123456", "round_id": 7}}


@pytest.fixture
def demo(app):
    """The site with the demonstration's people."""
    app.extensions["settings"] = replace(app.extensions["settings"], is_demo=True)
    with app.app_context():
        for role, email, agency, organisation, name in cli.DEMO_PEOPLE:
            cli._set_person(role, email, PASSWORD, agency=agency, organisation=organisation, name=name)
        db.session.commit()
    return app


@pytest.fixture
def token(client):
    return {"csrf_token": hidden(client.get("/masukan/baru").text)["csrf_token"]}


def doors(page):
    return [int(number) for number in re.findall(r'action="/demo/(\d+)"', page)]


def told(app, facts=TOLD):
    (app.extensions["settings"].data / STORY).write_text(json.dumps(facts))


def test_without_the_demonstration_nothing_is_there_and_nobody_is_signed_in(app, client, token):
    with app.app_context():
        people.create_user(email="ketua@demo.example", password=hash_password(PASSWORD))
        db.session.commit()
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/9", data=token).status_code == 404
    assert client.get("/staff/").status_code == 302


def test_every_door_opens_at_a_page_that_is_shown(demo, client, token):
    numbers = doors(client.get("/demo/").text)
    assert numbers == list(range(1, 16))
    for number in numbers:
        answer = client.post(f"/demo/{number}", data=token)
        assert answer.status_code == 303, number
        page = client.get(answer.location)
        assert page.status_code == 200, (number, answer.location)
        token = {"csrf_token": hidden(client.get("/masukan/baru").text)["csrf_token"]}


def test_who_goes_through_a_door_of_another_person_is_that_person_alone(demo, client, token):
    assert client.post("/demo/9", data=token).location == "/staff/priorities"
    assert client.get("/staff/people/").status_code == 200
    token = {"csrf_token": hidden(client.get("/demo/").text)["csrf_token"]}
    client.post("/demo/2", data=token)
    assert client.get("/petugas/").status_code == 200 and client.get("/staff/people/").status_code == 403
    token = {"csrf_token": hidden(client.get("/demo/").text)["csrf_token"]}
    client.post("/demo/1", data=token)
    assert client.get("/petugas/").status_code == 302, "a citizen is nobody's account"


def test_a_door_without_its_token_or_without_its_person_does_not_open(demo, client, token):
    assert client.post("/demo/9").status_code == 400
    assert client.get("/staff/").status_code == 302
    assert [client.post(f"/demo/{number}", data=token).status_code for number in (0, 16)] == [404, 404]
    with demo.app_context():
        people.deactivate_user(people.find_user(email="ketua@demo.example"))
        db.session.commit()
    assert client.post("/demo/9", data=token).status_code == 404


def test_a_get_signs_nobody_in(demo, client):
    assert client.get("/demo/9").status_code == 405
    assert client.get("/staff/").status_code == 302


def test_the_page_says_how_far_the_first_round_is(demo, client):
    assert "belum disiapkan" in client.get("/demo/").text
    told(demo, TOLD | {"done": 3, "is_told": False})
    page = client.get("/demo/").text
    assert "langkah 3 dari 14" in page and '<progress max="14" value="3">' in page
    assert "123456" not in page, "no PIN before its answer is out"


def test_when_it_is_told_the_page_shows_a_receipt_and_its_pin_and_doors_lead_to_that_round(demo, client, token):
    told(demo)
    page = client.get("/demo/").text
    assert "PKL-7K3M-92" in page and "123456" in page
    assert client.post("/demo/15", data=token).location == "/masukan/status?nomor=PKL-7K3M-92"
    token = {"csrf_token": hidden(client.get("/demo/").text)["csrf_token"]}
    assert client.post("/demo/10", data=token).location == "/staff/decisions?round=7"


def test_a_broken_story_file_is_no_story(demo, client):
    (demo.extensions["settings"].data / STORY).write_text("{")
    assert "belum disiapkan" in client.get("/demo/").text


@pytest.mark.parametrize("more", [{"is_demo": False}, {"has_story": False}, {}])
def test_the_story_is_told_only_where_the_demonstration_is_in_and_it_is_wanted(tmp_path, more):
    """The last case lacks the texts of the demonstration: `init` has not run."""
    teller = Storyteller(Settings(data=tmp_path, **more))
    assert not teller.begin() and teller.child is None
    teller.close()


def test_a_story_that_is_told_is_not_told_again_and_one_that_is_not_ends_with_the_worker(tmp_path):
    (tmp_path / "demo-loaded").touch()
    teller = Storyteller(Settings(data=tmp_path))
    assert teller.begin() and teller.child.poll() is None
    teller.close()
    assert teller.child.poll() is not None
    (tmp_path / STORY).write_text(json.dumps(TOLD))
    assert not Storyteller(Settings(data=tmp_path)).begin()


def test_the_setting_of_the_story_is_a_switch():
    assert Settings.from_environ({}).has_story and not Settings.from_environ({"DEMO_STORY": "0"}).has_story
    with pytest.raises(BadSetting, match="DEMO_STORY"):
        Settings.from_environ({"DEMO_STORY": "maybe"})
