"""0005 with rows in the tables: merges and marks are taken, wrong ones refused, and the way back loses no text."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import IntegrityError

from models.vocabulary import MarkKind, ThemeState
from portal.extensions import db
from tests.migrations.tables import DIRECTORY, ROUND, database, put, rows

ROWS = (
    ROUND,
    """INSERT INTO submission (id, round_id, receipt_no, pin_failures, "group", channel, text, received_at,
    is_suspect, affected, constituencies, state, visibility)
    VALUES (1, 1, 'PKL-0000-01', 0, 'citizen', 'web', 'a', :now, 0, '[]', '[]', 'received', 'unnamed')""",
    "INSERT INTO point (id, submission_id, position, text) VALUES (1, 1, 1, 'pompa mati'), (2, 1, 2, 'lampu padam')",
    """INSERT INTO theme (id, code, label_id, label_en, include, exclude, keywords, state, is_machine_made, changed_at,
    version) VALUES (1, 'ROB', 'Rob', '', '', '', '', 'active', 0, :now, 1),
    (2, 'M-1', 'Pompa', '', '', '', '', 'proposed', 1, :now, 1)""",
    """INSERT INTO run (id, round_id, state, started_at, lease_until, input_hash, received, distinct_texts, people_min,
    people_max, unplaced, record, campaigns) VALUES (1, 1, 'done', :now, :now, '', 2, 2, 1, 2, 0, '{}', '[]')""",
    """INSERT INTO reading (point_id, run_id, language, theme_id, margin, masked_text, sentiment, words, types,
    dimensions, flags) VALUES (1, 1, 'id', 2, 1, 'pompa mati', 'negative', '[]', '[]', '[]', '[]')""",
)
MARK = "INSERT INTO mark (point_id, kind, theme_id, at, reason) VALUES (1, :kind, :theme, :now, '')"
MERGE = "UPDATE theme SET state = 'merged', merged_into = :into WHERE id = 2"


@pytest.fixture
def site(tmp_path):
    with database(tmp_path, "0004"):
        for statement in ROWS:
            put(statement)
        yield


def test_what_stood_there_stands_there_and_asks_for_being_written_anew(site):
    upgrade(directory=DIRECTORY, revision="0005")
    assert rows("SELECT point_id, theme_id, masked_text, fingerprint, digest, merged_from_id FROM reading") == [
        (1, 2, "pompa mati", 0, 0, None)
    ]
    assert rows("SELECT state, merged_into, made_by FROM theme ORDER BY id") == [
        ("active", None, None),
        ("proposed", None, None),
    ]
    assert rows("SELECT placed FROM run") == [(0,)]
    assert rows("PRAGMA foreign_key_check") == []


def test_every_kind_of_mark_is_taken_and_one_that_contradicts_itself_is_not(site):
    upgrade(directory=DIRECTORY, revision="0005")
    for kind in MarkKind:
        put(MARK, kind=kind.value, theme=None if kind is MarkKind.RELEASE else 1)
    for kind, theme in (("release", 1), ("pin", None), ("shove", 1)):
        with pytest.raises(IntegrityError, match="CHECK constraint failed"):
            put(MARK, kind=kind, theme=theme)
        db.session.remove()
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        put(MARK, kind="pin", theme=99)


def test_a_merged_theme_names_another_one_and_no_other_theme_does(site):
    upgrade(directory=DIRECTORY, revision="0005")
    for statement, values in (
        (MERGE, {"into": 2}),
        (MERGE, {"into": None}),
        ("UPDATE theme SET merged_into = 1 WHERE id = 2", {}),
        ("UPDATE theme SET state = 'shoved' WHERE id = 2", {}),
    ):
        with pytest.raises(IntegrityError, match="CHECK constraint failed"):
            put(statement, **values)
        db.session.remove()
    put(MERGE, into=1)
    assert rows("SELECT state FROM theme WHERE id = 2") == [(ThemeState.MERGED.value,)]


def test_the_way_back_takes_merges_apart_and_loses_no_text(site):
    upgrade(directory=DIRECTORY, revision="0005")
    put(MARK, kind="pin", theme=1)
    put(MERGE, into=1)
    put("UPDATE reading SET theme_id = 1, merged_from_id = 2")
    downgrade(directory=DIRECTORY, revision="0004")
    assert rows("SELECT point_id, theme_id, masked_text FROM reading") == [(1, 2, "pompa mati")]
    assert rows("SELECT code, state FROM theme ORDER BY id") == [("ROB", "active"), ("M-1", "proposed")]
    assert rows("SELECT name FROM sqlite_master WHERE name IN ('mark', 'theme_word', 'difference')") == []
    assert rows("PRAGMA foreign_key_check") == []
    with pytest.raises(IntegrityError, match="CHECK constraint failed"):
        put("UPDATE theme SET state = 'merged' WHERE id = 2")
