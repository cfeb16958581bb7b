"""0008 with rows in the tables: paragraphs get lines and fates from their marks, and the way back keeps them."""

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect
from sqlalchemy.exc import IntegrityError

from portal.extensions import db
from tests.migrations.tables import DIRECTORY, ROUND, database, put, rows

DRAFT = """INSERT INTO draft (id, number, title, preface, digest, source_name, state, made_at, published_at, report)
    VALUES (:id, :id, 'a', '', :digest, 'a.md', :state, :now, :at, '{}')"""
CHAPTER = "INSERT INTO chapter (id, draft_id, position, title) VALUES (:id, :id, 1, 'Bab')"
PARAGRAPH = """INSERT INTO paragraph (id, draft_id, chapter_id, position, mark, section, text, annotation)
    VALUES (:id, :draft, :draft, :position, :mark, '', :words, '')"""
SENT = """INSERT INTO submission (id, round_id, receipt_no, pin_failures, "group", channel, text, received_at,
    is_suspect, state, visibility, affected, constituencies)
    VALUES (1, 1, 'n1', 0, 'academic', 'web', 'Kurang jelas', :now, 0, 'received', 'unnamed', '[]', '[]')"""
POINT = "INSERT INTO point (id, submission_id, position, text, paragraph_id) VALUES (1, 1, 1, 'Kurang jelas', 12)"
NEW = {"stage_window", "letter", "fate", "remark", "reply", "wording"}
# Version 1 says A, B and C; version 2 says A, other words at B, and nothing at C; version 3 is not published.
VERSIONS = {1: {"A": "satu", "B": "dua", "C": "tiga"}, 2: {"A": "satu", "B": "lain"}, 3: {"A": "satu", "D": "empat"}}


@pytest.fixture
def site(tmp_path):
    """A database as 0007 left it with three versions and a comment in it, brought to 0008."""
    with database(tmp_path, "0007"):
        put(ROUND)
        for number, said in VERSIONS.items():
            is_out = number < 3
            facts = {"state": "published" if is_out else "unpublished", "at": "2026-11-24" if is_out else None}
            put(DRAFT, id=number, digest=str(number), **facts)
            put(CHAPTER, id=number)
            for position, (mark, words) in enumerate(said.items(), start=1):
                place = {"draft": number, "position": position, "mark": mark, "words": words}
                put(PARAGRAPH, id=10 * number + position, **place)
        put(SENT)
        put(POINT)
        upgrade(directory=DIRECTORY, revision="0008")
        yield


def refused(statement, why, **values):
    with pytest.raises(IntegrityError, match=why):
        put(statement, **values)
    db.session.remove()


def test_what_was_there_stands_as_it_was(site):
    assert rows("SELECT id, text, paragraph_id FROM point") == [(1, "Kurang jelas", 12)]
    assert rows("SELECT id, mark, text FROM paragraph WHERE draft_id = 1 ORDER BY id") == [
        (11, "A", "satu"),
        (12, "B", "dua"),
        (13, "C", "tiga"),
    ]
    assert rows("SELECT DISTINCT page, fixed_why FROM paragraph") == [(1, "")]
    assert rows("SELECT shows_comments_early FROM round") == [(0,)]


def test_paragraphs_with_one_mark_are_one_line(site):
    assert rows("SELECT id, lineage_id FROM paragraph ORDER BY id") == [
        (11, 11),
        (12, 12),
        (13, 13),
        (21, 11),
        (22, 12),
        (31, 11),
        (32, 32),
    ]


def test_every_paragraph_of_a_published_version_has_one_fate_in_every_later_one(site):
    assert rows("SELECT paragraph_id, draft_id, heir_id, state FROM fate ORDER BY draft_id, paragraph_id") == [
        (11, 2, 21, "same"),
        (12, 2, 22, "edited"),
        (13, 2, None, "removed"),
        (11, 3, 31, "same"),
        (12, 3, None, "removed"),
        (13, 3, None, "removed"),
        (21, 3, 31, "same"),
        (22, 3, None, "removed"),
    ]
    assert rows("SELECT id, base_id FROM draft ORDER BY id") == [(1, None), (2, 1), (3, 2)]


def test_what_is_written_down_keeps_to_its_rules(site):
    fate = """INSERT INTO fate (paragraph_id, draft_id, heir_id, others, state, similarity, confidence)
        VALUES (:old, 2, :heir, '[]', :state, 1, 1)"""
    refused(fate, "UNIQUE", old=11, heir=21, state="same")
    put("DELETE FROM fate WHERE paragraph_id = 11 AND draft_id = 2")
    refused(fate, "heir_or_removed", old=11, heir=None, state="same")
    refused(fate, "heir_or_removed", old=11, heir=21, state="removed")
    refused(fate, "FOREIGN KEY", old=99, heir=21, state="same")
    remark = "INSERT INTO remark (point_id, is_gap, quote, state, why) VALUES (:point, 0, '', :state, '')"
    refused(remark, "FOREIGN KEY", point=9, state="pending")
    refused(remark, "remark_state", point=1, state="loud")
    put(remark, point=1, state="shown")
    window = """INSERT INTO stage_window (round_id, "group", opens_at, closes_at)
        VALUES (1, :group, '2026-11-01', :until)"""
    refused(window, "opens_before_it_closes", group="agency", until="2026-10-01")
    refused(window, "stage_window_group", group="nobody", until="2026-12-01")
    put(window, group="agency", until="2026-12-01")
    refused(window, "UNIQUE", group="agency", until="2026-12-01")


def test_the_way_back_keeps_the_draft_and_the_comment_and_the_way_on_finds_the_same(site):
    before = rows("SELECT paragraph_id, draft_id, heir_id, state FROM fate ORDER BY draft_id, paragraph_id")
    put("INSERT INTO remark (point_id, is_gap, quote, state, why) VALUES (1, 0, 'dua', 'shown', '')")
    downgrade(directory=DIRECTORY, revision="0007")
    assert not NEW & set(inspect(db.engine).get_table_names())
    assert rows("SELECT text, paragraph_id FROM point") == [("Kurang jelas", 12)]
    columns = {column["name"] for column in inspect(db.engine).get_columns("paragraph")}
    assert not {"lineage_id", "page", "fixed_why"} & columns
    upgrade(directory=DIRECTORY, revision="0008")
    assert rows("SELECT paragraph_id, draft_id, heir_id, state FROM fate ORDER BY draft_id, paragraph_id") == before
    assert rows("SELECT count(*) FROM remark") == [(0,)]
