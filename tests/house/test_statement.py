"""The accessibility statement is about the pages that are there now, and every check in it has its words."""

import json

import pytest

from portal.languages import OFFERED
from services import statements
from tests.journeys.statement import EVERYWHERE, FILE, ON_THE_PATH, Statement
from tests.journeys.test_every_page import PAGES


def differences(facts: dict, pages: dict) -> tuple[list[str], list[str]]:
    """Pages that a statement names although they are gone, and pages that it misses."""
    named = {(page["reader"], page["path"]) for page in facts["pages"]}
    known = {(who or "", path) for who, paths in pages.items() for path in paths}
    return sorted(map(" ".join, named - known)), sorted(map(" ".join, known - named))


@pytest.fixture
def facts():
    return json.loads(FILE.read_text("utf-8"))


def test_the_statement_names_the_pages_that_are_there_and_no_other(facts):
    assert differences(facts, PAGES) == ([], []), "run `make accessibility`"


def test_a_page_that_is_gone_and_one_that_is_missing_are_told():
    facts = {"pages": [{"reader": "", "path": "/lama"}, {"reader": "ketua", "path": "/staff/"}]}
    assert differences(facts, {None: ("/baru",), "ketua": ("/staff/",)}) == ([" /lama"], [" /baru"])


def test_the_statement_was_made_with_every_check_in_every_language_and_at_both_ends_of_the_width(facts):
    assert set(facts["checks"]) == {*EVERYWHERE, *ON_THE_PATH}
    assert {code for page in facts["pages"] for code in page["languages"]} == set(OFFERED)
    assert {width for page in facts["pages"] for width in page["widths"]} >= {320, 1280}
    assert facts["axe"]["version"] and facts["axe"]["rules"] > 50


def test_every_check_of_the_browser_tests_has_its_words():
    assert {*EVERYWHERE, *ON_THE_PATH} == statements.CHECKS.keys()


def test_a_run_that_was_not_asked_writes_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("WRITE_STATEMENT", raising=False)
    assert Statement().write(tmp_path / "a.json") is False and not list(tmp_path.iterdir())
