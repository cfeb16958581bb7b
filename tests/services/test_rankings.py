"""The ranked findings: in the order of their places, without those that have none or whose theme people refused."""

from sqlalchemy import select

from models import Finding, Theme
from models.vocabulary import ThemeState
from services.rankings import ranked


def test_places_stand_in_order_and_what_has_none_or_was_refused_is_left_out(session, run_id):
    before = session.execute(ranked(run_id)).all()
    assert [row.Finding.position for row in before] == list(range(1, len(before) + 1))
    first, second = (row.Finding for row in before[:2])
    session.get_one(Theme, first.theme_id).state = ThemeState.RETIRED
    second.position = None
    session.flush()
    assert [row.Finding for row in session.execute(ranked(run_id))] == [row.Finding for row in before[2:]]


def test_a_theme_without_a_dimension_keeps_its_place(session, run_id):
    finding = session.scalars(select(Finding).where(Finding.position == 1)).one()
    session.get_one(Theme, finding.theme_id).dimension = None
    session.flush()
    first = session.execute(ranked(run_id, "en")).first()
    assert first[0] is finding and first[2:] == (None, None)
