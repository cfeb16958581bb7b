"""The accessibility statement as a page shows it."""

import json

import pytest

from services import statements


def facts(**more):
    page = {"reader": "", "path": "/", "languages": ["id", "jv"], "widths": [320, 1280], "faults": []}
    return {
        "tested_at": "2026-11-24T07:00+00:00",
        "axe": {"version": "4.10.3", "rules": 90},
        "checks": ["axe", "text_200"],
        "pages": [page | more],
    }


def test_a_statement_says_what_was_looked_at_and_that_nothing_was_found(tmp_path):
    file = tmp_path / "a.json"
    file.write_text(json.dumps(facts()), encoding="utf-8")
    found = statements.read(file)
    assert (found.engine, found.pages) == ("axe-core 4.10.3", 1)
    assert (found.widths, found.languages) == ((320, 1280), ("id", "jv"))
    assert len(found.checks) == 2 and found.faults == () and found.known


def test_what_fails_is_said_with_its_page(tmp_path):
    file = tmp_path / "a.json"
    file.write_text(json.dumps(facts(faults=["color-contrast: <a>"])), encoding="utf-8")
    assert statements.read(file).faults == (("/", ("color-contrast: <a>",)),)


def test_without_a_file_there_is_no_statement_and_a_broken_one_is_not_hidden(tmp_path):
    assert statements.read(tmp_path / "none.json") is None
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    with pytest.raises(json.JSONDecodeError):
        statements.read(tmp_path / "broken.json")
