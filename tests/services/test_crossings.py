"""Crossings: every point once, a column for each word, a row for what belongs to no dimension only where it is."""

import pytest
from sqlalchemy import func, select

from models import Point, Reading, Submission, Theme
from models.vocabulary import Channel, Group, SubmissionState
from services import crossings, priorities


@pytest.mark.parametrize(("column", "kind"), [(Submission.group, Group), (Submission.channel, Channel)])
def test_every_point_that_stands_is_counted_once(session, run_id, column, kind):
    found = crossings.cross(session, run_id, column, kind, priorities.dimensions(session))
    assert [code for code, _ in found.columns] == [word.value for word in kind]
    assert len(found.rows) == len(found.counts) == 7
    assert sum(map(sum, found.counts)) == session.scalar(select(func.count()).select_from(Reading))
    session.scalars(select(Submission).limit(1)).one().state = SubmissionState.WITHDRAWN
    session.flush()
    fewer = crossings.cross(session, run_id, column, kind, priorities.dimensions(session))
    assert sum(map(sum, fewer.counts)) < sum(map(sum, found.counts))


def test_what_belongs_to_no_dimension_has_a_row_of_its_own(session, run_id):
    placed = select(Reading).join(Theme, Theme.id == Reading.theme_id).where(Theme.dimension == "MOB")
    reading = session.scalars(placed).first()
    reading.theme_id, session.get_one(Point, reading.point_id).dimension = None, None
    session.flush()
    found = crossings.cross(session, run_id, Submission.group, Group, priorities.dimensions(session), "en")
    assert found.rows[-1] == crossings.across("en") and sum(found.counts[-1]) == 1
