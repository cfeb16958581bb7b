"""0004 with rows in the tables: the new words are taken and no others, a chat gets its own, and the way leads back."""

import json

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy.exc import IntegrityError

from models.vocabulary import Channel, RequestKind
from portal.extensions import db
from tests.migrations.tables import DIRECTORY, ROUND, database, put, rows

MAPPING = json.dumps({"targets": ["", "person", "text"], "whys": [], "group": None, "channel": "letter"})
TABLE = json.dumps({"targets": ["", "text"], "whys": [], "group": None, "channel": "letter"})
FILE = """INSERT INTO import_file (id, name, digest, kind, state, mapping, report, made_at)
    VALUES (:id, 'a', 'a', :kind, 'taken', :mapping, '{}', :now)"""
SENT = """INSERT INTO submission (id, round_id, receipt_no, pin_failures, "group", channel, text, received_at,
    is_suspect, affected, constituencies, import_id)
    VALUES (:id, 1, :no, 0, 'citizen', :channel, 'a', :now, 0, '[]', '[]', :file)"""
ASKED = "INSERT INTO data_request (submission_id, kind, asked_at, due_at) VALUES (1, :kind, :now, :now)"


@pytest.fixture
def site(tmp_path):
    with database(tmp_path, "0003"):
        put(ROUND)
        put(FILE, id=1, kind="chat", mapping=MAPPING)
        put(FILE, id=2, kind="csv", mapping=TABLE)
        put(SENT, id=1, no="PKL-0000-01", channel="letter", file=1)
        put(SENT, id=2, no="PKL-0000-02", channel="letter", file=2)
        for signature, columns in (("percakapan", MAPPING), ("tabel", TABLE)):
            put("INSERT INTO import_mapping VALUES (:s, :columns, :now)", s=signature, columns=columns)
        put(ASKED, kind="erase")
        yield


def channels():
    return dict(rows("SELECT id, channel FROM submission WHERE id < 3"))


def kept():
    return {
        key: json.loads(columns)["channel"] for key, columns in rows("SELECT signature, columns FROM import_mapping")
    }


def test_a_chat_gets_its_own_word_and_a_letter_stays_a_letter(site):
    upgrade(directory=DIRECTORY, revision="0004")
    assert channels() == {1: "chat", 2: "letter"}
    assert kept() == {"percakapan": "chat", "tabel": "letter"}
    assert rows("SELECT kind, identity FROM data_request") == [("erase", None)]
    assert rows("PRAGMA foreign_key_check") == []


def test_every_word_of_the_vocabulary_is_taken_and_no_other(site):
    upgrade(directory=DIRECTORY, revision="0004")
    for number, channel in enumerate(Channel, start=10):
        put(SENT, id=number, no=f"PKL-0000-{number}", channel=channel.value, file=None)
    for kind in RequestKind:
        put(ASKED, kind=kind.value)
    for statement, values in ((SENT, {"id": 99, "no": "PKL-0000-99", "channel": "fax", "file": None}), (ASKED, {})):
        with pytest.raises(IntegrityError, match="CHECK constraint failed"):
            put(statement, **values | {"kind": "reklame"})
        db.session.remove()


def test_the_other_rules_of_a_rebuilt_table_still_hold(site):
    upgrade(directory=DIRECTORY, revision="0004")
    with pytest.raises(IntegrityError, match="UNIQUE constraint failed"):
        put(SENT, id=50, no="PKL-0000-01", channel="web", file=None)
    db.session.remove()
    with pytest.raises(IntegrityError, match="submission_group"):
        put(SENT.replace("'citizen'", "'alien'"), id=51, no="PKL-0000-51", channel="web", file=None)


def test_the_way_back_loses_no_voice(site):
    upgrade(directory=DIRECTORY, revision="0004")
    put(SENT, id=60, no="PKL-0000-60", channel="online_form", file=2)
    put(ASKED, kind="correct")
    downgrade(directory=DIRECTORY, revision="0003")
    assert channels() == {1: "letter", 2: "letter"}
    assert rows("SELECT channel FROM submission WHERE id = 60") == [("paper",)]
    assert kept() == {"percakapan": "letter", "tabel": "letter"}
    assert rows("SELECT kind FROM data_request") == [("erase",)]
    with pytest.raises(IntegrityError, match="CHECK constraint failed"):
        put(SENT, id=61, no="PKL-0000-61", channel="chat", file=None)
