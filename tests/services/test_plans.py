"""The plan folder becomes rows: once, by version, and a broken folder is named."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models import PlanVersion, Theme, Topic
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
    ],
)
def test_a_broken_folder_is_refused_and_its_file_named(session, folder, now, name, old, new):
    change(folder, name, old, new)
    with pytest.raises(UnreadableFile, match=name):
        plans.load(session, folder, now=now)
