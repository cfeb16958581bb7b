"""The answers of the story: one for each theme, complete, and about things that are there."""

import csv
from datetime import date

import pytest

from demo import answering
from demo.tables import words
from models.vocabulary import ReasonCode
from services.explanations import faults
from tests.portal.conftest import ROOT

TODAY = date(2026, 11, 24)
OTHERS = ("COMPLAINT", "SUPPORT", "K1", "OTHER")


def column(path, name):
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return {row[name] for row in csv.DictReader(file)}


THEMES = sorted(column("plan/themes.csv", "code"))


def test_every_theme_of_the_plan_has_an_answer_and_no_other():
    assert set(words("answers")) == {*THEMES, *OTHERS, "conflicts"}


@pytest.mark.parametrize("name", [*THEMES, *OTHERS])
def test_an_answer_says_all_that_its_decision_needs(name):
    facts = answering.facts_of(name)
    ruling = answering.ruling(facts, TODAY)
    assert faults(ruling) == {}
    assert not ruling.lead_agency or ruling.lead_agency in column("plan/agencies.csv", "code")
    assert not ruling.programme or ruling.programme in column("demo/programmes.csv", "id")
    draft = (ROOT / "demo" / "draft-masterplan.md").read_text("utf-8")
    assert not ruling.paragraph or f"[{ruling.paragraph}]" in draft
    assert ruling.text_after not in draft or not ruling.text_after


@pytest.mark.parametrize("pair", words("specials")["conflicts"], ids=lambda pair: pair["name"])
def test_both_sides_of_a_conflict_are_explained_by_one_sentence(pair):
    facts = words("answers")["conflicts"][pair["name"]]
    assert answering.ruling(facts, TODAY).reason_code is ReasonCode.CONFLICT
    for code in answering.sides(pair["name"]).values():
        assert faults(answering.ruling(facts | {"code": code.value}, TODAY), in_conflict=True) == {}


def test_a_theme_that_nobody_thought_of_is_noted():
    assert answering.facts_of("NEW-THEME") is words("answers")["OTHER"]


def test_some_deadlines_are_over_and_most_are_to_come():
    due = [answering.ruling(answering.facts_of(theme), TODAY).due_on for theme in THEMES]
    assert 1 <= sum(day is not None and day < TODAY for day in due) <= 4
    assert sum(day is not None and day > TODAY for day in due) >= 12
