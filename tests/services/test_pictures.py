"""The pictures of the ranked list: numbered dots are rows of the table, the finding is a sentence."""

from sqlalchemy import select

from models import Finding
from services import pictures


def test_every_place_is_in_the_table_and_every_rated_one_has_its_dot(session, run_id):
    drawn = pictures.draw(session, run_id)
    numbers = [p.number for p in drawn.places if p.number]
    assert numbers == list(range(1, len(numbers) + 1))
    assert drawn.plane.svg.count('class="dot"') == len(numbers)
    assert drawn.reach.svg.count('class="at"') == len(drawn.places)


def test_the_quarters_are_cut_at_the_means(session, run_id):
    drawn = pictures.draw(session, run_id)
    for place in drawn.places:
        if place.quarter == "A. Prioritas utama":
            assert place.condition < drawn.condition_mean and place.importance >= drawn.importance_mean
        if place.number is None:
            assert place.quarter == ""


def test_a_theme_that_nobody_rated_has_a_place_and_no_dot(session, run_id):
    finding = session.scalars(select(Finding).where(Finding.position == 1)).one()
    parts = [p | {"detail": []} if p["code"] == "gap" else p for p in finding.rank["parts"]]
    finding.rank = finding.rank | {"parts": parts}
    session.flush()
    first = pictures.draw(session, run_id).places[0]
    assert first.place == 1 and first.number is None and first.quarter == ""


def test_nothing_found_draws_an_empty_plane(session):
    drawn = pictures.draw(session, 1)
    assert drawn.places == () and "Belum ada tema" in drawn.plane.finding and "Belum ada tema" in drawn.reach.finding


def test_the_finding_stands_in_the_picture(session, run_id):
    drawn = pictures.draw(session, run_id)
    assert drawn.reach.finding in drawn.reach.svg and drawn.plane.finding in drawn.plane.svg
