"""The plan folder becomes rows: once, by version, and a broken folder is named."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models import PlanVersion, Round, Theme, Topic
from models.vocabulary import ThemeState
from services import plans
from services.errors import UnreadableFile

PLAN = Path(__file__).resolve().parents[2] / "plan"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(PLAN, tmp_path / "plan"))


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_same_folder_twice_is_one_version(session, now):
    assert plans.load(session, PLAN, now=now) is False
    assert session.scalar(select(func.count()).select_from(PlanVersion)) == 1


def test_what_left_the_folder_is_marked_and_comes_back(session, folder, now):
    row = next(line for line in (folder / "themes.csv").read_text("utf-8").splitlines(True) if "DIS-FIRE," in line)
    change(folder, "themes.csv", row, "")
    assert plans.load(session, folder, now=now)
    theme = session.scalars(select(Theme).where(Theme.code == "DIS-FIRE")).one()
    assert theme.state is ThemeState.RETIRED
    assert plans.load(session, PLAN, now=now) and theme.state is ThemeState.ACTIVE


def test_a_changed_label_is_a_new_version_of_the_same_row(session, folder, now):
    change(folder, "topics.csv", "Parkir", "Parkir dan karcis")
    assert plans.load(session, folder, now=now)
    assert session.scalars(select(Topic.label_id).where(Topic.slug == "parkir")).one() == "Parkir dan karcis"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("topics.csv", "parkir,MOB", "parkir,XXX"),
        ("criteria.csv", "breadth,25", "breadth,banyak"),
        ("city.toml", "[city]", "[city"),
        ("dimensions.csv", "planned", "perhaps"),
        ("calendar.csv", "2026-02-19", "2026-02-30"),
        ("calendar.csv", "2026-02-19", "2027-02-19"),
        ("calendar.csv", "from", "since"),
        ("city.toml", 'level = "consult"', 'level = "ask"'),
    ],
)
def test_a_broken_folder_is_refused_and_its_file_named(session, folder, now, name, old, new):
    change(folder, name, old, new)
    with pytest.raises(UnreadableFile, match=name):
        plans.load(session, folder, now=now)


def test_the_plan_folder_no_longer_decides_over_a_round_that_a_person_changed(session, folder, now):
    row = session.scalars(select(Round)).one()
    change(folder, "city.toml", "answer_by = 2027-03-31", "answer_by = 2027-04-30")
    assert plans.load(session, folder, now=now) and row.answer_by.day == 30
    row.changed_at = now
    change(folder, "city.toml", "answer_by = 2027-04-30", "answer_by = 2027-05-15")
    assert plans.load(session, folder, now=now) and row.answer_by.day == 30


def test_a_folder_without_a_calendar_has_no_such_days(session, folder, now):
    assert len(plans.city(session)["calendar"]) == 12
    (folder / "calendar.csv").unlink()
    assert plans.load(session, folder, now=now) and plans.city(session)["calendar"] == []
