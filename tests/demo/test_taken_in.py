"""Generated submissions on their way: no row refused by the import, and read into the themes that were meant."""

from collections import Counter
from datetime import date

import pytest
from sqlalchemy import func, select

from analysis.batch_in import read_codebook, read_plan
from analysis.pipeline import analyse
from demo import generator
from models import Submission
from services import imports
from tests.analysis.conftest import ROOT, as_text
from tests.services.conftest import NOW, opened, planned, session  # noqa: F401

OPENS, CLOSES = date(2026, 9, 1), date(2026, 9, 28)


@pytest.fixture(scope="module")
def kota():
    return generator.rows("kota", 7, OPENS, CLOSES)


@pytest.fixture(scope="module")
def result(kota):
    texts = [as_text(row | {"rpjmd_mission": row["rpjmd_mission"]}) for row in kota]
    return analyse(texts, plan=read_plan(ROOT / "plan"), codebook=read_codebook(ROOT / "plan" / "themes.csv"))


def test_the_import_refuses_no_row_and_keeps_when_it_came(kota, session, tmp_path):  # noqa: F811
    generator.write(tmp_path / "kota.csv", kota)
    report = imports.import_submissions(session, tmp_path / "kota.csv", round_id=1, prefix="PKL", now=NOW)
    assert (report.added, report.errors) == (640, [])
    assert report.unresolved == sum(bool(r["paragraph_ref"]) + bool(r["programme_ref"]) for r in kota)
    first, last = session.execute(select(func.min(Submission.received_at), func.max(Submission.received_at))).one()
    assert first.date() >= date(2026, 8, 31) and last.date() <= date(2026, 9, 29)


def test_most_are_read_into_a_theme_that_was_meant(kota, result):
    meant = {row["id"]: row["expected_themes"].split("|") for row in kota}
    first = sum(reading.theme == meant[reading.id][0] for reading in result.readings) / len(kota)
    among = sum(reading.theme in meant[reading.id] for reading in result.readings) / len(kota)
    print(f"the first expected theme first: {first:.1%}, any expected theme first: {among:.1%}")
    assert first >= 0.8 and among >= 0.9


def test_campaigns_are_found_whole_and_little_else_is_taken_for_one(kota, result):
    flags = {row["id"]: row["expected_flags"] for row in kota}
    found = [Counter(flags[member].partition("campaign:")[2][:2] for member in one.members) for one in result.campaigns]
    for name, number in (("K1", 28), ("K2", 15), ("K3", 9)):
        assert max(counts[name] for counts in found) >= 0.8 * number
    others = [counts for counts in found if not counts.keys() - {""} and counts.total() > 4]
    assert len(others) <= 2, "advertising is sent by many; wishes are not"


@pytest.mark.parametrize("seed", [1, 2])
def test_other_seeds_read_as_well(seed):
    made = generator.rows("kecil", seed, OPENS, CLOSES)
    plan, codebook = read_plan(ROOT / "plan"), read_codebook(ROOT / "plan" / "themes.csv")
    meant = {row["id"]: row["expected_themes"].split("|") for row in made}
    readings = analyse([as_text(row) for row in made], plan=plan, codebook=codebook).readings
    assert sum(reading.theme in meant[reading.id] for reading in readings) / len(made) >= 0.85
