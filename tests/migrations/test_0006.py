"""0006 with rows in the tables: what is coded is kept by its rules, and the way leads back to the voices alone."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from portal.extensions import db
from tests.migrations.tables import DIRECTORY, ROUND, database, put

TABLES = {"coding_sample", "sample_point", "coder", "coding"}
SENT = """INSERT INTO submission (id, round_id, receipt_no, pin_failures, "group", channel, text, received_at,
    is_suspect, affected, constituencies) VALUES (1, 1, 'a', 0, 'citizen', 'web', 'a', :now, 0, '[]', '[]')"""
POINT = "INSERT INTO point (id, submission_id, position, text) VALUES (1, 1, 1, 'Selokan mampet')"
PERSON = 'INSERT INTO "user" (id, email, active, fs_uniquifier, create_datetime, update_datetime, mf_recovery_codes) '
PERSON += "VALUES (1, 'fulan@contoh.invalid', 1, 'f', :now, :now, '[]')"
SAMPLE = "INSERT INTO coding_sample (id, round_id, size, seed, made_at) VALUES (1, 1, :size, 7, :now)"
DRAWN = "INSERT INTO sample_point VALUES (1, 1, 1, NULL)"
CODER = "INSERT INTO coder VALUES (1, 1, NULL)"
CODED = "INSERT INTO coding VALUES (1, :point, :person, NULL, :now)"


@pytest.fixture
def site(tmp_path):
    with database(tmp_path, "0005"):
        for row in (ROUND, SENT, POINT, PERSON):
            put(row)
        upgrade(directory=DIRECTORY, revision="0006")
        for row in (SAMPLE, DRAWN, CODER):
            put(row, size=1)
        yield


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
