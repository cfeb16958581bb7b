"""One consultation in a real browser: from 640 submissions to a published answer, and what counting again leaves."""

import subprocess
import sys
import time

import pytest
from sqlalchemy import MetaData, select

from models import Run
from tests.journeys import consultation, publication
from tests.journeys.consultation import Consultation
from tests.journeys.site import CHECKOUT, Site

# The tables that people fill, and of those that the machine fills too the columns that are theirs.
HUMAN = (
    "mark triage_mark scheme score ballot override conflict conflict_point decision response objection handover "
    "codebook_change theme_example refused_item release release_file"
).split()
THEIRS = {
    "theme": "id code dimension label_id label_en include exclude state name_by_person merged_into definition "
    "parent_id",
    "triage": "point_id stage dimension second_dimension element nature point_type missions public_text redacted_at "
    "redacted_by is_offensive is_aside screened_at screened_by",
}
ROAD = (
    consultation.write,
    consultation.wait_until_read,
    consultation.judge_themes,
    consultation.see_campaign,
    consultation.hold,
    consultation.screen_with_keys,
    consultation.screen_with_buttons,
    consultation.redact,
    publication.fix_scheme,
    publication.score,
    publication.reveal,
    publication.decide,
    publication.confirm,
    publication.decide_the_others,
    publication.answer,
    publication.take_papers,
    publication.publish,
    publication.read_results,
    publication.read_answer,
    publication.let_dissent_stand,
)


@pytest.fixture
def walk(tmp_path, browser):
    """A site of its own as it is after the first start, because a whole city moves in."""
    data = tmp_path / "data"
    site = Site(data)
    walk = Consultation(site, browser, data)
    yield walk
    walk.engine.dispose()
    site.stop()


@pytest.mark.slow
def test_from_640_submissions_to_a_published_answer_and_counting_again_changes_nothing_people_said(walk, tmp_path):
    consultation.bring_more(walk, tmp_path)
    consultation.bring(walk, tmp_path)
    for step in ROAD:
        began = time.monotonic()
        step(walk)
        print(f"{step.__name__} {time.monotonic() - began:.1f} s")
    count_again(walk)


def count_again(walk):
    """The whole analysis once more; everything that people said, named, scored, decided and wrote stands as it was."""
    before, last = said_by_people(walk), last_run(walk)
    assert all(before[table] for table in ("mark", "triage_mark", "score", "override", "decision", "response"))
    command = [sys.executable, "-m", "portal.worker", "--once", "--full"]
    told = subprocess.run(command, cwd=CHECKOUT, env=walk.site.environ, check=True, capture_output=True, text=True)
    assert "hitungan selesai" in told.stdout and last_run(walk) > last
    after = said_by_people(walk)
    assert [table for table in before if before[table] != after[table]] == []


def last_run(walk):
    with walk.looking() as session:
        return session.scalars(select(Run.id).order_by(Run.id.desc()).limit(1)).one()


def said_by_people(walk):
    """Every row as it is stored; of themes only those that a person has a hand in."""
    known = MetaData()
    known.reflect(walk.engine)
    found = {}
    with walk.looking() as session:
        for name in (*HUMAN, *THEIRS):
            table = known.tables[name]
            columns = [table.c[column] for column in THEIRS[name].split()] if name in THEIRS else [*table.c]
            query = select(*columns).order_by(*table.primary_key)
            if name == "theme":
                query = query.where(table.c.state != "proposed")
            found[name] = [tuple(row) for row in session.execute(query)]
    return found
