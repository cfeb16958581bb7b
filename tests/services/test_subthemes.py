"""Subthemes: finer groups are suggested inside one theme and kept nowhere."""

from random import Random

import pytest
from sqlalchemy import func, select

from models import Reading, Run, Theme
from services import marks, subthemes
from services.errors import NotFound
from tests.services.conftest import read
from tests.services.factories import person
from tests.services.test_marks import points_of
from tests.services.test_runs import send

WORDS = ("pompa rusak mesin solar operator padam", "tanggul jebol retak batu tambal bocor")


@pytest.fixture
def rob(session, round_id, now):
    """A theme of two halves; its id."""
    chance = Random(1)
    for number in range(30):
        send(session, round_id, now, f"banjir rob {' '.join(chance.sample(WORDS[number % 2].split(), 4))}")
    read(session, round_id, now)
    theme_id = session.scalar(select(Theme.id).where(Theme.code == "DIS-ROB"))
    assert len(points_of(session, theme_id)) == 30
    return theme_id


def test_the_halves_of_a_theme_are_found_and_nothing_is_kept(session, rob):
    found = subthemes.finer(session, rob, count=2)
    assert [group.received for group in found] == [15, 15]
    parity = [{number % 2 for number in group.point_ids} for group in found]
    assert sorted(map(sorted, parity)) == [[0], [1]]
    assert len({group.name for group in found}) == 2
    assert all(group.examples and set(group.examples) <= set(group.point_ids) for group in found)
    assert session.scalar(select(func.count(Run.id))) == 1
    assert set(session.scalars(select(Reading.theme_id))) == {rob}


def test_a_person_splits_by_what_was_suggested(session, rob, now):
    first = subthemes.finer(session, rob, count=2)[0]
    actor = person(session, "Fulanah").id
    made = marks.split(session, rob, first.point_ids, "Pompa rob", actor_id=actor, now=now)
    assert points_of(session, made) == sorted(first.point_ids)


def test_the_number_is_chosen_where_none_is_given_and_again_the_same(session, rob):
    found = subthemes.finer(session, rob)
    assert sum(group.received for group in found) == 30 and len(found) > 1
    assert subthemes.finer(session, rob) == found


def test_a_theme_without_points_has_no_groups_and_one_that_is_not_there_is_refused(session, round_id):
    empty = session.scalar(select(Theme.id).where(Theme.code == "DIS-FIRE"))
    assert subthemes.finer(session, empty) == []
    with pytest.raises(NotFound):
        subthemes.finer(session, 10**9)
