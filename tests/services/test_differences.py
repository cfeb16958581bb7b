"""Differences: a fit from nothing beside what stands is told in sentences, and changes nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from models import Difference, Reading, Run, Theme
from models.vocabulary import ThemeState
from services import differences, materials, readings, traces
from services.errors import NotThisState
from tests.services.conftest import read
from tests.services.test_marks import points_of
from tests.services.test_runs import send

LATER = timedelta(minutes=1)


@pytest.fixture
def drifted(session, round_id, run_id, now):
    """What stands is not what a fit from nothing finds: a theme holds points that belong to another."""
    waste = session.scalars(select(Theme).where(Theme.code == "ENV-WASTE")).one()
    rob = session.scalars(select(Theme).where(Theme.code == "DIS-ROB")).one()
    moved = points_of(session, rob.id)
    for row in session.scalars(select(Reading).where(Reading.point_id.in_(moved))):
        row.theme_id = waste.id
    session.flush()
    return len(moved)


def compared(session, round_id, now):
    cold = readings.analyse(materials.gather(session, round_id), is_cold=True)
    return differences.record(session, round_id, cold, now=now)


def test_what_would_change_is_told_and_nothing_changes(session, round_id, run_id, drifted, now):
    before = differences.standing(session, round_id)
    compared(session, round_id, now)
    assert differences.standing(session, round_id) == before
    assert session.scalars(select(Run.id)).all() == [run_id]
    told = differences.newest(session, round_id)
    assert (told.texts, told.moved, told.run) == (98, drifted, run_id)
    assert 0 < told.agreement < 1 and told.proposals == ()
    (sentence,) = told.themes
    assert sentence == f"{drifted} butir “Sampah” akan pindah ke “Rob dan banjir”."
    assert told.summary.startswith(f"Hitungan dari awal menempatkan {drifted} dari 98 butir di tema lain (kemiripan 0,")


def test_where_nothing_would_change_it_says_so(session, round_id, run_id, now):
    compared(session, round_id, now)
    told = differences.newest(session, round_id)
    assert told.summary == "Hitungan dari awal menempatkan 98 butir di tema yang sama."
    assert (told.moved, told.agreement, told.themes) == (0, 1.0, ())


def test_a_theme_that_would_be_new_is_named_with_its_sources(session, round_id, run_id, now):
    rob = session.scalars(select(Theme).where(Theme.code == "DIS-ROB")).one()
    points = points_of(session, rob.id)
    session.add(
        Difference(
            run_id=run_id, made_at=now, texts=98, moved=2, agreement=0.5, flows=[[None, rob.id, 1], [rob.id, None, 1]],
            proposals=[{"name": "Zamrudin, pompa", "texts": 2, "out_of": [[rob.id, 1], [None, 1]]}],
        )
    )  # fmt: skip
    session.flush()
    told = differences.newest(session, round_id)
    assert told.proposals == (
        "Tema baru “Zamrudin, pompa” dengan 2 butir, dari “Rob dan banjir” (1), “tanpa tema” (1).",
    )
    assert told.themes == (
        "1 butir tanpa tema akan masuk “Rob dan banjir”.",
        "1 butir “Rob dan banjir” akan menjadi tanpa tema.",
    )
    assert points


def test_a_name_that_only_a_forgotten_text_said_is_forgotten_with_it(session, round_id, run_id, now):
    number = send(session, round_id, now, "Pompa zamrudin mati tiap sore")
    row = Difference(run_id=run_id, made_at=now, texts=1, moved=1, agreement=0.5, flows=[],
                     proposals=[{"name": "Zamrudin", "texts": 1, "out_of": []}])  # fmt: skip
    session.add(row)
    session.flush()
    traces.forget(session, number, now=now)
    assert "amrudin" not in str(row.proposals) and row.proposals[0]["texts"] == 1


def test_a_round_is_compared_once_a_week_and_only_when_it_was_read_since(session, round_id, run_id, now):
    week = timedelta(days=7)
    assert differences.due(session, night=now + timedelta(days=3)) == []
    assert differences.due(session, night=now + week) == [round_id]
    compared(session, round_id, now + week)
    assert differences.due(session, night=now + 2 * week) == [], "nothing was read since"
    send(session, round_id, now + week)
    read(session, round_id, now + week + LATER)
    assert differences.due(session, night=now + week + 2 * LATER) == []
    assert differences.due(session, night=now + 2 * week) == [round_id]


def test_a_round_that_was_never_read_has_nothing_to_compare(session, round_id, now):
    cold = readings.analyse(materials.gather(session, round_id), is_cold=True)
    with pytest.raises(NotThisState):
        differences.record(session, round_id, cold, now=now)
    assert differences.newest(session, round_id) is None


def test_a_fit_from_nothing_keeps_to_human_marks_and_proposes_without_storing(session, round_id, run_id, now):
    before = session.scalar(select(func.count(Theme.id)))
    compared(session, round_id, now)
    assert session.scalar(select(func.count(Theme.id))) == before
    assert session.scalars(select(Theme.state).where(Theme.state == ThemeState.PROPOSED)).all() == []
