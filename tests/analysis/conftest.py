"""The plan, the codebook and the 98 example texts as the analysis takes them."""

import csv
from pathlib import Path

import pytest

from analysis.batch_in import read_codebook, read_plan
from analysis.pipeline import analyse
from analysis.types import Text

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def plan():
    return read_plan(ROOT / "plan")


@pytest.fixture(scope="session")
def codebook():
    return read_codebook(ROOT / "plan" / "themes.csv")


@pytest.fixture(scope="session")
def rows():
    with (ROOT / "demo" / "submissions.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def texts(rows):
    return [as_text(row) for row in rows]


def as_text(row):
    return Text(
        id=row["id"],
        text=row["text"],
        group=row["group"],
        area=row["kelurahan"] or None,
        dimension=row["dimension"],
        condition=int(row["condition_1_4"]) if row["condition_1_4"] else None,
        importance=int(row["importance_1_4"]) if row["importance_1_4"] else None,
        has_evidence=bool(row["evidence_ref"]),
        missions=tuple(m for m in row["rpjmd_mission"].split("|") if m),
    )


@pytest.fixture(scope="session")
def result(texts, plan, codebook):
    return analyse(texts, plan=plan, codebook=codebook)
