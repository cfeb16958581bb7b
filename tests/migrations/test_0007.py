"""0007 with rows in the tables: what is said of points is kept by its rules, and the way leads back to the voices."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect, text
from sqlalchemy.exc import IntegrityError

from portal.extensions import db
from tests.migrations.tables import DIRECTORY, ROUND, database, put, rows

SENT = """INSERT INTO submission (id, round_id, receipt_no, pin_failures, "group", channel, text, received_at,
    is_suspect, state, visibility, affected, constituencies)
    VALUES (:id, 1, :number, 0, 'citizen', 'web', 'Selokan mampet', :now, 0, :state, 'unnamed', '[]', '[]')"""
POINT = "INSERT INTO point (id, submission_id, position, text) VALUES (:id, :sent, 1, 'Selokan mampet')"
THEME = """INSERT INTO theme (id, code, label_id, label_en, include, exclude, keywords, state, is_machine_made,
    changed_at, version) VALUES (1, 'T', 'a', 'a', '', '', '', 'active', 0, :now, 1)"""
TRIAGE = """INSERT INTO triage (point_id, round_id, "group", channel, language, kind, has_personal_data, is_complaint,
    stage, missions, is_offensive, is_aside, is_compared, dimension, element, public_text, redacted_at)
    VALUES (1, 1, 'citizen', 'web', 'id', 'problem', 0, 0, :stage, '[]', 0, 0, 0, :dimension, :element, :public, :at)"""
GOOD = {"stage": "arrived", "dimension": "DIS", "element": "structure", "public": None, "at": None}
MARK = "INSERT INTO triage_mark (id, point_id, field, value, at) VALUES (1, :point, :field, 'DIS', :now)"
HANDOVER = """INSERT INTO handover (point_id, state, category, text, tracking_id, made_at, changed_at)
    VALUES (1, :state, '', 'a', '', :now, :now)"""
ITEM = """INSERT INTO refused_item (id, cycle, code, text, reason, reason_code, imported_at)
    VALUES (:id, '2021', :code, 'a', 'a', :reason, :now)"""
MATCH = """INSERT INTO refused_match (point_id, item_id, similarity, words, state)
    VALUES (1, 1, 0.5, '[]', 'suggested')"""
WORDS = "INSERT INTO point_search (rowid, words) VALUES (1, 'selok mampet')"


@pytest.fixture
def site(tmp_path):
    """A database as 0006 left it with two voices in it, brought to 0007."""
    with database(tmp_path, "0006"):
        for row in (ROUND, THEME):
            put(row)
        columns = {column["name"] for column in inspect(db.engine).get_columns("dimension")}
        values = {"code": "'DIS'", "state": "'active'", "position": "1", "is_current": "1"}
        needed = {name: values.get(name, "'a'") for name in sorted(columns)}
        put(f"INSERT INTO dimension ({', '.join(needed)}) VALUES ({', '.join(needed.values())})")
        for number in (1, 2):
            put(SENT, id=number, number=f"n{number}", state="received")
            put(POINT, id=number, sent=number)
        upgrade(directory=DIRECTORY, revision="0007")
        yield


def refused(statement, why, **values):
    with pytest.raises(IntegrityError, match=why):
        put(statement, **values)
    db.session.remove()


def test_what_was_there_stands_as_it_was(site):
    assert rows("SELECT id, state, aside_reason FROM submission ORDER BY id") == [
        (1, "received", None),
        (2, "received", None),
    ]
    assert rows("SELECT id, text, split_from_id FROM point ORDER BY id")[0] == (1, "Selokan mampet", None)
    assert rows("SELECT code, definition, parent_id FROM theme") == [("T", "", None)]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"stage": "done"}, "triage_stage"),
        ({"dimension": "XXX"}, "FOREIGN KEY"),
        ({"element": "buildings"}, "triage_element"),
        ({"public": "Selokan"}, "public_text_was_read"),
        ({"at": "2026-11-24 00:00:00"}, "public_text_was_read"),
    ],
)
def test_a_point_is_said_of_by_its_rules(site, wrong, why):
    refused(TRIAGE, why, **GOOD | wrong)
    put(TRIAGE, **GOOD)
    refused(TRIAGE, "UNIQUE", **GOOD)
    refused("DELETE FROM point WHERE id = 1", "FOREIGN KEY")


def test_marks_handovers_and_matches_stand_on_points_that_are_there(site):
    put(MARK, point=1, field="dimension")
    refused(MARK.replace("(1, :point", "(2, :point"), "FOREIGN KEY", point=9, field="dimension")
    refused(MARK.replace("(1, :point", "(2, :point"), "triage_mark_field", point=1, field="mood")
    put(HANDOVER, state="ready")
    refused(HANDOVER, "UNIQUE", state="ready")
    put(ITEM, id=1, code="R-1", reason="budget")
    refused(ITEM, "UNIQUE", id=2, code="R-1", reason="budget")
    refused(ITEM, "refused_item_reason_code", id=2, code="R-2", reason="mood")
    put(MATCH)
    refused("DELETE FROM refused_item", "FOREIGN KEY")


def test_a_part_hangs_on_a_point_that_is_there(site):
    put("UPDATE point SET split_from_id = 1 WHERE id = 2")
    refused("UPDATE point SET split_from_id = 9 WHERE id = 2", "FOREIGN KEY")


def test_a_sending_is_set_aside_for_a_reason_that_is_known(site):
    put("UPDATE submission SET state = 'set_aside', aside_reason = 'spam' WHERE id = 2")
    refused("UPDATE submission SET aside_reason = 'boring'", "submission_aside_reason")
    refused("UPDATE submission SET state = 'lost'", "submission_state")


def test_words_are_searched(site):
    put(WORDS)
    assert rows("""SELECT rowid FROM point_search WHERE point_search MATCH '"selok"'""") == [(1,)]


def test_the_way_back_keeps_the_voices_and_holds_what_was_set_aside(site):
    put(TRIAGE, **GOOD)
    put(MARK, point=1, field="dimension")
    put(HANDOVER, state="ready")
    put(ITEM, id=1, code="R-1", reason="budget")
    put(MATCH)
    put(WORDS)
    put("UPDATE submission SET state = 'set_aside', aside_reason = 'spam' WHERE id = 2")
    put("UPDATE point SET split_from_id = 1 WHERE id = 2")
    downgrade(directory=DIRECTORY, revision="0006")
    names = set(inspect(db.engine).get_table_names())
    assert not [name for name in names if name.startswith(("triage", "handover", "refused", "point_search"))]
    assert rows("SELECT id, state, held_for FROM submission ORDER BY id") == [
        (1, "received", None),
        (2, "held", "person"),
    ]
    assert [t for (t,) in rows("SELECT text FROM point")] == ["Selokan mampet"] * 2
    assert "split_from_id" not in {column["name"] for column in inspect(db.engine).get_columns("point")}
    db.session.remove()
    upgrade(directory=DIRECTORY, revision="0007")
    assert rows("SELECT count(*) FROM triage") == [(0,)]
    db.session.execute(text("SELECT count(*) FROM point_search"))
    db.session.remove()
