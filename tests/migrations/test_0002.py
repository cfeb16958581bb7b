"""0002 with rows in the tables: nothing said is lost on the way up, and the way down leads back."""

import pytest
from flask_migrate import downgrade, upgrade

from portal.extensions import db
from tests.migrations.tables import DIRECTORY, database, put, rows

ROWS = """
INSERT INTO dimension (code, label_id, label_en, plain_id, plain_en, short_id, short_en, state, position, keywords,
    is_current) VALUES ('DIS', 'a', 'a', 'a', 'a', 'a', 'a', 'planned', 1, '', 1);
INSERT INTO mission (code, label_id, label_en, dimensions, note, is_current) VALUES ('4', 'a', 'a', 'DIS', '', 1);
INSERT INTO round (id, code, title_id, title_en, opens_at, closes_at, answer_by, level, promise_id, promise_en,
    open_id, open_en, fixed_id, fixed_en, answerer_id, answerer_en)
    VALUES (1, 'r', 'a', 'a', :now, :now, :now, 'consult', 'a', 'a', 'a', 'a', 'a', 'a', 'a', 'a');
INSERT INTO submission (id, round_id, receipt_no, pin_failures, "group", channel, text, received_at, is_suspect)
    VALUES (1, 1, 'PKL-0000-00', 0, 'citizen', 'web', 'pompa mati', :now, 0);
INSERT INTO point (id, submission_id, position, text, dimension, condition, mission, paragraph_ref)
    VALUES (1, 1, 1, 'pompa mati', 'DIS', 1, '4', 'P-DIS-04'), (2, 1, 2, 'tanpa misi', 'DIS', 1, NULL, NULL);
INSERT INTO run (id, round_id, state, started_at, lease_until, input_hash, received, distinct_texts, people_min,
    people_max, unplaced, record, campaigns) VALUES (1, 1, 'done', :now, :now, '', 1, 1, 1, 1, 1, '{}', '[]');
INSERT INTO reading (point_id, run_id, language, margin, masked_text, sentiment, words, types, dimensions, flags)
    VALUES (1, 1, 'id', 0, 'pompa mati', 'negative', '[]', '[]', '[]', '[]');
"""


@pytest.fixture
def site(tmp_path):
    with database(tmp_path, "0001"):
        for statement in ROWS.split(";"):
            if statement.strip():
                put(statement)
        yield


def test_a_mission_moves_to_its_own_table_and_comes_back(site):
    upgrade(directory=DIRECTORY, revision="0002")
    assert rows("SELECT point_id, mission FROM point_mission") == [(1, "4")]
    downgrade(directory=DIRECTORY, revision="0001")
    assert rows("SELECT id, mission FROM point ORDER BY id") == [(1, "4"), (2, None)]


def test_what_stands_on_a_rebuilt_table_is_still_there(site):
    for move, revision in ((upgrade, "0002"), (downgrade, "0001")):
        move(directory=DIRECTORY, revision=revision)
        assert rows("SELECT point_id, masked_text FROM reading") == [(1, "pompa mati")]
        assert rows("SELECT paragraph_ref FROM point WHERE id = 1") == [("P-DIS-04",)]
        assert rows("PRAGMA foreign_key_check") == []


def test_foreign_keys_are_on_again_after_a_migration(site):
    upgrade(directory=DIRECTORY, revision="0002")
    assert rows("PRAGMA foreign_keys") == [(1,)]


def test_a_reference_that_leads_nowhere_undoes_the_migration_whole(site):
    with db.engine.connect() as connection:
        driver = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=off")
        driver.execute("UPDATE point SET mission = '99' WHERE id = 1")
        driver.execute("PRAGMA foreign_keys=on")
    with pytest.raises(SystemExit):
        upgrade(directory=DIRECTORY, revision="0002")
    assert rows("SELECT version_num FROM alembic_version") == [("0001",)]
    assert rows("SELECT name FROM sqlite_master WHERE name = 'point_mission'") == []
