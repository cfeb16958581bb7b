"""To the public: a release is prepared at its desk, made by the worker, let go by two, and read by anyone."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from models import Person, Reading, Release, Response, Triage
from models.vocabulary import DecisionCode, ReleaseState
from portal import releasing
from portal.extensions import db
from portal.worker import Worker
from services import answers, decisions, redactions, releases, responses, triages
from services.decisions import Target
from services.explanations import Ruling
from tests.portal.conftest import Statements, hidden, sign_in


@pytest.fixture
def answered(app, examples):
    """One theme decided and its answer signed, every text that holds nothing personal let out."""
    with app.app_context():
        session, now = db.session(), datetime.now(UTC)
        actor = session.scalar(select(Person.id).where(Person.email == "lead@demo.example"))
        triages.prepare(session)
        plain = session.scalars(select(Triage.point_id).where(Triage.has_personal_data.is_(False)))
        redactions.confirm_plain(session, list(plain), actor_id=actor, now=now)
        theme_id = session.scalar(select(Reading.theme_id).where(Reading.theme_id.is_not(None)).limit(1))
        ruling = Ruling(code=DecisionCode.NOTED, reason="Dukungan ini kami catat dengan baik.")
        made = decisions.decide(session, 1, [Target("theme", theme_id)], ruling, actor_id=actor, now=now)
        responses.draft(session, 1, actor_id=actor, now=now)
        written = session.scalars(select(Response).where(Response.decision_id.in_(made)))
        stamps = {row.decision_id: responses.stamp(row) for row in written}
        responses.sign(session, stamps, actor_id=actor, now=now)
        session.commit()
        return theme_id


def send(client, path, page="/staff/releases/", **fields):
    return client.post(path, data=hidden(client.get(page).text) | fields)


def terms(**changes):
    day = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()
    return {"round": "1", "day": day, "hour": "9", "reply_days": "14", "threshold": "10", "rounding": "5"} | changes


def make(app):
    """Do the worker's work now; returns the release."""
    with app.app_context():
        release_id = db.session.scalar(select(Release.id).order_by(Release.id.desc()).limit(1))
        releasing.make(release_id, now=datetime.now(UTC))
        db.session.commit()
        return release_id


def other(app: Flask, role: str):
    client = app.test_client()
    sign_in(client, role)
    return client


def test_what_was_decided_is_prepared_made_let_go_by_two_and_read_by_anyone(app, client, answered):
    lead, privacy, anybody = other(app, "lead"), other(app, "privacy"), app.test_client()
    assert "Belum ada yang diterbitkan" in anybody.get("/hasil/").text
    assert send(lead, "/staff/releases/", **terms()).status_code == 303
    release_id = make(app)
    page = f"/staff/releases/{release_id}"
    assert "Dukungan ini kami catat" in lead.get(f"{page}/pages/perubahan").text
    assert anybody.get("/hasil/isu-2026/").status_code == 404
    assert send(lead, f"{page}/approve", page).status_code == 303
    refused = send(lead, f"{page}/release", page)
    assert refused.status_code == 409 and "dua orang" in refused.text
    assert send(privacy, f"{page}/release", page).status_code == 303
    for path, words in (
        ("", "Apa yang kami dengar"),
        ("perubahan", "Dukungan ini kami catat"),
        ("cara", "Bobot urutan"),
        ("data", "Arti kolomnya"),
        ("siaran", "terima kasih"),
        ("kelurahan", "Ini jawaban kami"),
        ("bidang-dis", "Rob dan banjir"),
    ):
        assert words in anybody.get(f"/hasil/isu-2026/{path}").text, path
    assert "What we heard" in anybody.get("/hasil/isu-2026/?lang=en").text
    with app.app_context():
        given = answers.of_themes(db.session(), 1, now=datetime.now(UTC), is_published=True)
        assert set(given) == {answered}


def test_a_page_is_sent_once_and_then_only_named(app, client, answered):
    publish(app, answered)
    first = client.get("/hasil/isu-2026/data.csv")
    assert first.headers["Content-Disposition"] == "attachment; filename=isu-2026-data.csv"
    assert first.data.decode("utf-8-sig").splitlines()[0].startswith("no_publik,bulan,kelompok")
    again = client.get("/hasil/isu-2026/data.csv", headers={"If-None-Match": first.headers["Etag"]})
    assert again.status_code == 304 and not again.data


def publish(app, answered):
    with app.app_context():
        session, now = db.session(), datetime.now(UTC)
        first, second = (
            session.scalar(select(Person.id).where(Person.email == f"{role}@demo.example"))
            for role in ("lead", "privacy")
        )
        release_id = releases.prepare(session, 1, releases.Terms(now), actor_id=first, now=now)
        releasing.make(release_id, now=now)
        releases.approve(session, release_id, actor_id=first, now=now)
        releases.release(session, release_id, actor_id=second, now=now)
        responses.hand_out(session, release_id)
        session.commit()


def test_the_public_pages_ask_the_database_little_and_weigh_little(app, client, answered):
    publish(app, answered)
    seen = Statements(app)
    for path in ("/hasil/", "/hasil/sekarang", "/hasil/umpan.xml", "/hasil/isu-2026/", "/hasil/isu-2026/bidang-dis"):
        client.get(path)
        seen.clear()
        answer = client.get(path, headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200 and len(seen) <= 3, (path, seen)
        assert len(answer.data) < 30_000


def test_an_older_release_stays_as_it_was_at_its_own_address(app, client, answered):
    publish(app, answered)
    first = client.get("/hasil/isu-2026/").data
    assert client.get("/hasil/isu-2026/terbitan-1/").location.endswith("/hasil/isu-2026/")
    publish(app, answered)
    assert client.get("/hasil/isu-2026/terbitan-1/").data == first
    assert client.get("/hasil/isu-2026/terbitan-1/cara").status_code == 200
    assert client.get("/hasil/isu-2026/terbitan-9/").status_code == 404
    assert client.get("/hasil/umpan.xml").text.count("<entry>") == 2


def test_while_a_round_is_open_the_live_page_names_themes_and_no_text(app, client, examples):
    page = client.get("/hasil/sekarang").text
    assert "Rob dan banjir" in page
    with app.app_context():
        texts = db.session.scalars(select(Reading.masked_text)).all()
    assert not any(text in page for text in texts if len(text) > 20)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"day": ""}, "Pilih tanggalnya"),
        ({"day": "2026-02-31"}, "Tanggal ini tidak ada"),
        ({"hour": "24"}, "Tulis angka dari 0 sampai 23"),
        ({"threshold": "2"}, "Tulis angka dari 3 sampai 50"),
        ({"round": "77"}, "tidak kami kenal"),
        ({"threshold": "5", "rounding": "10"}, "Pembulatan"),
    ],
)
def test_what_cannot_be_prepared_is_told(client, answered, change, told):
    sign_in(client)
    answer = send(client, "/staff/releases/", **terms(**change))
    assert answer.status_code in (409, 422) and told in answer.text


def test_a_planted_number_stops_the_release_and_the_desk_says_where(app, client, answered):
    with app.app_context():
        row = db.session.scalars(select(Triage).where(Triage.public_text.is_not(None)).limit(1)).one()
        row.public_text += " hubungi 0812-0000-4711"
        db.session.commit()
    sign_in(client)
    send(client, "/staff/releases/", **terms())
    page = f"/staff/releases/{make(app)}"
    text = client.get(page).text
    assert "Yang menahan terbitan ini" in text and "data.csv" in text and "0000-4711" not in text
    assert send(client, f"{page}/approve", page).status_code == 409
    assert send(client, f"{page}/discard", page).status_code == 303


def test_the_worker_makes_what_was_asked_for_in_a_process_of_its_own(app, client, settings, answered):
    sign_in(client)
    send(client, "/staff/releases/", **terms())
    worker = Worker(settings)
    try:
        assert worker.publish() == 1 and worker.publish() == 0
    finally:
        worker.engine.dispose()
    with app.app_context():
        row = db.session.scalars(select(Release)).one()
        assert row.digest and row.state is ReleaseState.PREPARED
