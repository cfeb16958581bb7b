"""The plan as data: every file parses, every reference resolves, every label stands in both languages."""

import csv
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PLAN, DEMO = ROOT / "plan", ROOT / "demo"


def table(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.mark.parametrize(
    ("name", "key", "rows"),
    [
        ("dimensions", "code", 7),
        ("topics", "slug", 37),
        ("areas", "code", 31),
        ("missions", "code", 9),
        ("themes", "code", 48),
        ("criteria", "code", 6),
        ("agencies", "code", 29),
    ],
)
def test_a_table_has_its_rows_with_unique_keys(name, key, rows):
    keys = [row[key] for row in table(PLAN / f"{name}.csv")]
    assert len(keys) == rows == len(set(keys))


def test_seven_dimensions_one_of_them_planned():
    rows = table(PLAN / "dimensions.csv")
    assert {r["code"] for r in rows if r["state"] == "planned"} == {"DIS"}


def test_references_resolve():
    dimensions = {r["code"] for r in table(PLAN / "dimensions.csv")}
    assert {r["dimension"] for r in table(PLAN / "topics.csv")} == dimensions
    assert {r["dimension"] for r in table(PLAN / "themes.csv")} == dimensions | {""}
    assert {d for r in table(PLAN / "missions.csv") for d in r["dimensions"].split("|")} <= dimensions
    areas = table(PLAN / "areas.csv")
    kecamatan = {r["code"] for r in areas if r["kind"] == "kecamatan"}
    assert len(kecamatan) == 4 and {r["parent"] for r in areas if r["kind"] == "kelurahan"} == kecamatan


@pytest.mark.parametrize("path", sorted(PLAN.glob("*.csv")), ids=lambda p: p.name)
def test_every_label_stands_in_both_languages(path):
    for row in table(path):
        for name in row:
            if name.startswith(("label_", "plain_", "short_")):
                assert row[name].strip(), (path.name, row)


def test_weights_add_up_to_a_hundred():
    assert sum(float(r["weight"]) for r in table(PLAN / "criteria.csv")) == 100


def test_the_round_has_its_days_in_order_and_a_fortnight_at_least():
    facts = tomllib.loads((PLAN / "city.toml").read_text("utf-8"))["round"]
    assert facts["opens"] < facts["closes"] < facts["answer_by"]
    assert (facts["closes"] - facts["opens"]).days >= 14


def test_what_the_demo_names_exists():
    places = {r["name"] for r in table(PLAN / "areas.csv")}
    themes = {r["code"] for r in table(PLAN / "themes.csv")}
    for row in table(DEMO / "submissions.csv"):
        assert row["kelurahan"] in places | {""}
        assert set(row["expected_themes"].split("|")) <= themes
