"""Fairness and balances: groups counted as large as they are, small voices that bring something, and both figures."""

import pytest
from sqlalchemy import select

from models import Finding, Point, Run, Submission, Triage
from models.vocabulary import Element, Group, Nature
from services import balances, fairness, originals, priorities
from services.crossings import ACROSS


def test_every_ranked_theme_stands_twice(session, run_id):
    rows = fairness.even(session, run_id)
    assert rows and all(row.as_they_came for row in rows)
    assert sorted(row.place for row in rows) == [row.place for row in rows]
    assert rows[0].gains == rows[0].as_they_came - rows[0].place


def test_a_finding_of_an_older_run_has_no_second_place(session, run_id):
    first = session.scalars(select(Finding).where(Finding.position == 1)).one()
    first.rank = {name: value for name, value in first.rank.items() if name != "as_they_came"}
    session.flush()
    row = fairness.even(session, run_id)[0]
    assert row.as_they_came is None and row.gains == 0


def test_the_weights_of_a_run_are_told_and_equal_ones_are_not(session, run_id):
    assert fairness.weights(session, run_id) == []
    run = session.get_one(Run, run_id)
    run.record = run.record | {"parameters": [["group_weights", [["citizen", 2.0]]]]}
    session.flush()
    assert fairness.weights(session, run_id) == [("Warga", 2.0)]


@pytest.fixture
def lonely(session, run_id):
    """A theme that one person alone speaks of, without a reference and for nobody in particular."""
    finding = session.scalars(select(Finding).where(Finding.people_max == 1, Finding.position.is_not(None))).first()
    query = select(Point).join(Submission).join(originals.Reading, originals.Reading.point_id == Point.id)
    point = session.scalars(query.where(originals.Reading.theme_id == finding.theme_id)).one()
    point.evidence, point.submission.affected = None, []
    session.flush()
    return finding, point


def test_a_small_voice_is_heard_for_its_reference_or_for_whom_it_speaks(session, run_id, lonely):
    finding, point = lonely
    before = [one.theme_id for one in fairness.small_voices(session, run_id)]
    assert finding.theme_id not in before
    point.evidence = "Data BPS 2025"
    point.submission.affected = ["elderly", "everyone"]
    session.flush()
    found = next(one for one in fairness.small_voices(session, run_id) if one.theme_id == finding.theme_id)
    assert found.why == ("menyertakan rujukan", "Lansia") and found.people == 1


def test_what_many_say_or_what_was_withdrawn_is_no_small_voice(session, run_id, lonely):
    finding, point = lonely
    point.evidence = "Data BPS 2025"
    finding.people_max = 3
    session.flush()
    assert finding.theme_id not in [one.theme_id for one in fairness.small_voices(session, run_id)]
    finding.people_max = 1
    point.submission.state = "withdrawn"
    session.flush()
    assert finding.theme_id not in [one.theme_id for one in fairness.small_voices(session, run_id)]


def test_the_team_outranks_the_writer_in_the_balance_and_every_number_leads_to_its_texts(session, run_id, round_id):
    dimensions = priorities.dimensions(session)
    before = balances.balance(session, run_id, dimensions)
    point = session.scalars(select(Point).where(Point.element.is_not(None), Point.nature.is_not(None))).first()
    facts = {"round_id": round_id, "group": Group.CITIZEN, "channel": "web"}
    session.add(Triage(point_id=point.id, dimension="SOC", element=Element.STRUCTURE, nature=Nature.BOTH, **facts))
    session.flush()
    after = balances.balance(session, run_id, dimensions)
    at = [code for code, _ in after.rows].index("SOC"), [c for c, _ in after.columns].index("structure"), 1
    assert count(after, at) == count(before, at) + 1
    for row, (dimension, _) in enumerate(after.rows):
        for column, (element, _) in enumerate(after.columns):
            for kind, (nature, _) in enumerate(after.kinds):
                asked = originals.Coded(element, nature)
                texts, more = originals.behind(session, dimension=dimension, coded=asked)
                assert len(texts) == count(after, (row, column, kind)) and more is None
    unset, _ = originals.behind(session, coded=originals.Coded(ACROSS))
    assert len(unset) == after.unset


def count(balance, at):
    return balance.counts[at[0]][at[1]][at[2]]


def test_a_contrast_opens_with_the_largest_groups_and_takes_those_that_are_asked_for(session, run_id):
    found = balances.contrast(session, run_id)
    assert found.left == "citizen" and found.right != "citizen" and len(found.rows) == balances.SHOWN
    gaps = [abs(row.left_share - row.right_share) for row in found.rows]
    assert gaps == sorted(gaps, reverse=True) and found.finding.startswith("Paling berbeda")
    asked = balances.contrast(session, run_id, "agency", "academic")
    assert (asked.left, asked.right) == ("agency", "academic")
    assert balances.contrast(session, run_id, "agency", "agency").right != "agency"


def test_without_a_second_group_there_is_no_contrast(session, run_id):
    for finding in session.scalars(select(Finding).where(Finding.run_id == run_id)):
        finding.voices = [row for row in finding.voices if row["group"] == "citizen"]
    session.flush()
    assert balances.contrast(session, run_id) is None
