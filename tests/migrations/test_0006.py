"""0006 with rows in the tables: what is coded is kept by its rules, and the way leads back to the voices alone."""

from datetime import UTC, datetime

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from portal import create_app
from portal.config import ROOT, Settings
from portal.extensions import db

DIRECTORY = str(ROOT / "migrations")
TABLES = {"coding_sample", "sample_point", "coder", "coding"}
ROUND = """INSERT INTO round (id, code, title_id, title_en, opens_at, closes_at, answer_by, level, promise_id,
    promise_en, open_id, open_en, fixed_id, fixed_en, answerer_id, answerer_en)
    VALUES (1, 'r', 'a', 'a', :now, :now, :now, 'consult', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a')"""
SENT = """INSERT INTO submission (id, round_id, receipt_no, pin_failures, "group", channel, text, received_at,
    is_suspect, affected, constituencies) VALUES (1, 1, 'a', 0, 'citizen', 'web', 'a', :now, 0, '[]', '[]')"""
POINT = "INSERT INTO point (id, submission_id, position, text) VALUES (1, 1, 1, 'Selokan mampet')"
PERSON = 'INSERT INTO "user" (id, email, active, fs_uniquifier, create_datetime, update_datetime, mf_recovery_codes) '
PERSON += "VALUES (1, 'fulan@contoh.invalid', 1, 'f', :now, :now, '[]')"
SAMPLE = "INSERT INTO coding_sample (id, round_id, size, seed, made_at) VALUES (1, 1, :size, 7, :now)"
DRAWN = "INSERT INTO sample_point VALUES (1, 1, 1, NULL)"
CODER = "INSERT INTO coder VALUES (1, 1, NULL)"
CODED = "INSERT INTO coding VALUES (1, :point, :person, NULL, :now)"


def put(statement, **values):
    """One row, as a program would write it."""
    now = datetime(2026, 11, 24, tzinfo=UTC).isoformat(" ")
    used = {name: value for name, value in {"now": now, **values}.items() if f":{name}" in statement}
    db.session.execute(text(statement), used)
    db.session.commit()
    db.session.remove()


@pytest.fixture
def site(tmp_path):
    app = create_app(Settings(data=tmp_path / "data", is_demo=False))
    with app.app_context():
        upgrade(directory=DIRECTORY, revision="0005")
        for row in (ROUND, SENT, POINT, PERSON):
            put(row)
        upgrade(directory=DIRECTORY, revision="0006")
        for row in (SAMPLE, DRAWN, CODER):
            put(row, size=1)
        yield
        db.session.remove()
        db.engine.dispose()


def refused(statement, why, **values):
    with pytest.raises(IntegrityError, match=why):
        put(statement, **values)
    db.session.remove()


def test_one_person_codes_one_point_once_and_only_what_was_drawn(site):
    put(CODED, point=1, person=1)
    refused(CODED, "UNIQUE", point=1, person=1)
    refused(CODED, "FOREIGN KEY", point=2, person=1)
    refused(CODED, "FOREIGN KEY", point=1, person=2)
    refused(SAMPLE.replace("(1, 1,", "(2, 1,"), "size_positive", size=0)


def test_a_point_is_not_deleted_while_somebody_has_coded_it(site):
    put(CODED, point=1, person=1)
    refused("DELETE FROM sample_point", "FOREIGN KEY")
    refused("DELETE FROM point", "FOREIGN KEY")


def test_the_way_back_keeps_the_voices(site):
    put(CODED, point=1, person=1)
    downgrade(directory=DIRECTORY, revision="0005")
    assert TABLES.isdisjoint(inspect(db.engine).get_table_names())
    assert db.session.execute(text("SELECT text FROM point")).scalars().all() == ["Selokan mampet"]
    db.session.remove()
    upgrade(directory=DIRECTORY, revision="0006")
    assert set(inspect(db.engine).get_table_names()) >= TABLES
