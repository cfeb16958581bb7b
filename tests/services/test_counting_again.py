"""Counting everything again changes nothing that people marked, named, decided or wrote, whatever that was."""

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import MetaData, select

from models import Dimension, Point, Reading, Theme
from models.theme import LIVE
from models.vocabulary import DecisionCode, Element, Nature, PointType, Stage, TriageField
from services import (
    asides,
    decisions,
    definitions,
    insights,
    marks,
    materials,
    merges,
    readings,
    redactions,
    rounds,
    runs,
    triages,
)
from services.decisions import Target
from services.errors import Refusal
from services.explanations import Ruling
from tests.services.conftest import NOW, opened
from tests.services.factories import person

# What people say; of a theme its proposals are the machine's until somebody accepts or refuses them.
TABLES = (
    "mark triage_mark triage theme codebook_change theme_example decision response conflict scheme score override"
).split()
COPIED = {"theme_id", "kind", "suggested", "language", "has_personal_data", "is_complaint"}  # of `triage`: as read
FOLLOWS = {"changed_at", "version"}  # of `theme`: moves with what the machine counts, too
ACTS = st.lists(st.tuples(st.sampled_from(range(11)), st.integers(0, 97), st.integers(0, 97)), min_size=4, max_size=14)


def act(session, number, one, other, deed):
    """One of the things that people do with points and themes; what is refused was not done."""
    points = session.scalars(select(Point.id).order_by(Point.id)).all()
    themes = session.scalars(select(Theme.id).where(Theme.state.in_(LIVE)).order_by(Theme.id)).all()
    fields = session.scalars(select(Dimension.code).where(Dimension.is_current).order_by(Dimension.code)).all()
    some, theme, target = [points[one % len(points)]], themes[one % len(themes)], themes[other % len(themes)]
    noted = Ruling(code=DecisionCode.NOTED, reason="Dukungan ini kami catat dengan baik.")
    said = (
        (TriageField.DIMENSION_FIELD, fields[other % len(fields)]),
        (TriageField.ELEMENT_FIELD, [*Element][other % len(Element)].value),
        (TriageField.NATURE_FIELD, [*Nature][other % len(Nature)].value),
        (TriageField.TYPE_FIELD, [*PointType][other % len(PointType)].value),
        (TriageField.STAGE_FIELD, Stage.CODED.value),
    )[other % 5]
    (
        lambda: marks.pin(session, some, **deed),
        lambda: marks.move(session, some, target, **deed),
        lambda: marks.unpin(session, some, **deed),
        lambda: triages.mark(session, some, *said, **deed),
        lambda: triages.accept(session, some, **deed),
        lambda: redactions.confirm_plain(session, some, **deed),
        lambda: insights.rename(session, theme, f"Nama dari orang {one} {other}", **deed),
        lambda: merges.merge(session, theme, target, **deed),
        lambda: definitions.retire(session, theme, why="Tidak dipakai lagi tahun ini.", **deed),
        lambda: decisions.decide(session, 1, [Target("theme", theme)], noted, **deed),
        lambda: asides.restore(session, some, **deed),
    )[number]()


def said(session):
    """Every row of what people fill, but what is copied from the machine's readings."""
    known, found = MetaData(), {}
    known.reflect(session.connection())
    for name in TABLES:
        table = known.tables[name]
        left = {"triage": COPIED, "theme": FOLLOWS}.get(name, set())
        query = select(*(c for c in table.c if c.name not in left)).order_by(*table.primary_key)
        query = query.where(table.c.state != "proposed") if name == "theme" else query
        found[name] = [tuple(row) for row in session.execute(query)]
    return found


def count_again(session, round_id):
    run_id = runs.claim(session, round_id, now=NOW, is_asked_for=True)
    readings.store(session, run_id, readings.analyse(materials.gather(session, round_id)), now=NOW)
    triages.prepare(session)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("again")


@pytest.mark.slow
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(acts=ACTS)
def test_whatever_people_did_stands_as_it_was_after_a_full_count(examples_read, folder, acts):
    with opened(shutil.copy(examples_read[0], folder / "urun.db")) as session:
        round_id = rounds.current(session, now=NOW)[0]
        triages.prepare(session)
        deed, done = {"actor_id": person(session, "Fulanah").id, "now": NOW}, 0
        for number, one, other in acts:
            try:
                with session.begin_nested():
                    act(session, number, one, other, deed)
                    done += 1
            except Refusal:
                continue
        session.flush()
        before, held = said(session), marks.pinned(session)
        count_again(session, round_id)
        session.flush()
        after = said(session)
        assert [name for name in TABLES if before[name] != after[name]] == []
        _stand_where_they_are_held(session, held)


def _stand_where_they_are_held(session, held):
    """A point that a person put somewhere is read there, also by the machine."""
    where = dict(session.execute(select(Reading.point_id, Reading.theme_id).where(Reading.point_id.in_(held))).all())
    lead = merges.leads(session)
    alive = set(session.scalars(select(Theme.id).where(Theme.state.in_(LIVE))))
    wanted = {point_id: lead.get(theme_id, theme_id) for point_id, theme_id in held.items()}
    assert {p: where[p] for p, t in wanted.items() if t in alive} == {p: t for p, t in wanted.items() if t in alive}
