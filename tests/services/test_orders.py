"""Orders: the computed and the team's; a person moves a theme with a reason, and no other two change sides for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from models import Event, Finding, Theme
from models.vocabulary import ThemeState
from services import hands, orders, schemes, scores
from services.criteria import Row, Wanted
from services.errors import NotFound, NotThisState, WrongScheme
from tests.services.factories import person

WHY = "Sudah menjadi janji kepada warga pesisir."
VALUES = st.dictionaries(st.integers(1, 8), st.integers(3, 6).map(float), min_size=2)
MOVES = st.lists(st.tuples(st.integers(1, 8), st.one_of(st.none(), st.integers(1, 9))), max_size=6)


def sides(order):
    """Which of two themes stands ahead, for each pair of an order."""
    at = {key: n for n, tier in enumerate(order) for key in tier}
    return {(a, b): (at[a] > at[b]) - (at[a] < at[b]) for a in at for b in at}


@given(VALUES, MOVES, st.integers(1, 8), st.one_of(st.none(), st.integers(1, 9)))
def test_moving_one_theme_never_swaps_two_others(values, before, key, place):
    earlier = hands.moved(hands.tiers(values), before, values)
    later = hands.moved(hands.tiers(values), [*before, (key, place)], values)
    old, new = sides(earlier), sides(later)
    assert all(new[pair] == side for pair, side in old.items() if key not in pair)


@given(VALUES)
def test_equal_scores_are_ties_and_the_larger_stands_ahead(values):
    assert sides(hands.tiers(values)) == {
        (a, b): (values[b] > values[a]) - (values[b] < values[a]) for a in values for b in values
    }


@given(VALUES, st.integers(1, 8), st.integers(1, 9))
def test_what_is_taken_back_stands_where_it_stood(values, key, place):
    order = hands.tiers(values)
    assert hands.moved(order, [(key, place), (key, None)], values) == order


@given(VALUES, st.sampled_from([1, 2, 3]))
def test_a_moved_theme_gets_its_place_unless_a_tie_lies_over_it(values, place):
    key = max(values)
    order = hands.moved(hands.tiers(values), [(key, place)], values)
    ahead = sum(len(tier) for tier in order[: next(n for n, tier in enumerate(order) if key in tier)])
    before = order[next(n for n, tier in enumerate(order) if key in tier) - 1] if ahead else ()
    assert ahead + 1 == min(place, len(values)) or len(before) > 1


@pytest.fixture
def lead(session):
    return person(session, "Ketua Tim")


@pytest.fixture
def opened(session, run_id, round_id, lead, now):
    """Three themes scored by two people, fixed and opened: a tie of two ahead of a third."""
    wanted = Wanted("usg", (Row("k1", 60), Row("k3", 40)))
    scheme = schemes.save(session, round_id, wanted, why="", actor_id=lead.id, now=now)
    schemes.fix(session, scheme, actor_id=lead.id, now=now)
    themes = session.scalars(select(Finding.theme_id).where(Finding.run_id == run_id).order_by(Finding.position)).all()
    other = person(session, "Peninjau")
    for reviewer, values in ((lead, (5, 4, 2)), (other, (3, 4, 1))):
        given_ = {(t, c): v for t, v in zip(themes[:3], values, strict=True) for c in ("u", "s", "g", "k1", "k3")}
        scores.give(session, scheme, reviewer.id, given_, actor_id=reviewer.id, now=now)
    schemes.reveal(session, scheme, actor_id=lead.id, now=now)
    return themes


def test_the_computed_order_has_every_place_with_its_reason_and_range(session, run_id):
    places = orders.first(session, run_id)
    assert [p.place for p in places] == sorted(p.place for p in places)
    assert all(p.reason and p.low <= p.place <= p.high <= p.of for p in places)
    assert orders.first(session, run_id, "en")[0].reason != places[0].reason


def test_the_teams_order_is_empty_until_its_scores_are_open(session, run_id, round_id, lead, now):
    assert orders.team(session, round_id) == []
    scheme = schemes.save(session, round_id, Wanted("usg"), why="", actor_id=lead.id, now=now)
    schemes.fix(session, scheme, actor_id=lead.id, now=now)
    theme = session.scalars(select(Finding.theme_id)).first()
    scores.give(session, scheme, lead.id, {(theme, c): 5 for c in "usg"}, actor_id=lead.id, now=now)
    assert orders.team(session, round_id) == []
    schemes.reveal(session, scheme, actor_id=lead.id, now=now)
    assert [p.theme_id for p in orders.team(session, round_id)] == [theme]


def test_equal_sums_share_a_place_and_say_so(session, round_id, opened):
    first, second, third = orders.team(session, round_id)
    assert (first.place, second.place, third.place) == (1, 1, 3)
    assert first.ties == (second.name,) and third.ties == () and first.value == 12.0
    assert "USG 12 dari 15: U 4, S 4, G 4; dinilai 2 orang." == first.reason
    assert third.reason.startswith("USG 4,5 dari 15")


def test_a_place_given_by_a_person_stands_with_its_reason_beside_the_place_it_would_have(
    session, round_id, opened, lead, now
):
    orders.override(session, round_id, opened[2], 1, why=WHY, actor_id=lead.id, now=now)
    first, *rest = orders.team(session, round_id)
    assert (first.theme_id, first.place, first.would_be, first.moved_because) == (opened[2], 1, 3, WHY)
    assert first.moved_by == "Ketua Tim" and first.moved_at == now
    assert [(p.place, p.moved_because) for p in rest] == [(2, ""), (2, "")]
    assert first.low == 1 and first.high == 3
    event = session.scalars(select(Event).where(Event.action == "order.override")).one()
    assert (event.details["old"], event.details["new"]) == (None, 1) and WHY not in str(event.details)


def test_a_place_can_be_taken_back(session, round_id, opened, lead, now):
    before = orders.team(session, round_id)
    orders.override(session, round_id, opened[2], 1, why=WHY, actor_id=lead.id, now=now)
    orders.override(session, round_id, opened[2], None, why="", actor_id=lead.id, now=now)
    assert orders.team(session, round_id) == before
    with pytest.raises(NotThisState):
        orders.override(session, round_id, opened[2], None, why="", actor_id=lead.id, now=now)


def test_a_theme_without_scores_gets_a_place_by_hand_alone(session, round_id, opened, lead, now):
    orders.override(session, round_id, opened[5], 2, why=WHY, actor_id=lead.id, now=now)
    found = next(p for p in orders.team(session, round_id) if p.theme_id == opened[5])
    assert (found.place, found.would_be, found.value, found.reason) == (3, None, None, "Belum dinilai lengkap.")


@pytest.mark.parametrize("why", ["", "  pendek  "])
def test_a_place_without_a_written_reason_is_refused(session, round_id, opened, lead, now, why):
    with pytest.raises(WrongScheme):
        orders.override(session, round_id, opened[0], 2, why=why, actor_id=lead.id, now=now)
    assert all(not p.moved_because for p in orders.team(session, round_id))


def test_nothing_is_moved_before_there_is_an_order_nor_what_lives_no_more(session, run_id, round_id, lead, now):
    theme = session.scalars(select(Finding.theme_id)).first()
    with pytest.raises(NotThisState):
        orders.override(session, round_id, theme, 1, why=WHY, actor_id=lead.id, now=now)


def test_a_theme_that_people_retired_has_no_place(session, round_id, opened, lead, now):
    session.get_one(Theme, opened[0]).state = ThemeState.RETIRED
    session.flush()
    assert opened[0] not in [p.theme_id for p in orders.team(session, round_id)]
    with pytest.raises(NotFound):
        orders.override(session, round_id, opened[0], 1, why=WHY, actor_id=lead.id, now=now)


def test_by_weights_the_sum_is_a_mean_of_one_to_five(session, round_id, opened, lead, now):
    wanted = Wanted("weighted", (Row("k1", 60), Row("k3", 40)))
    schemes.save(session, round_id, wanted, why="Rapat memilih kriteria berbobot.", actor_id=lead.id, now=now)
    first = orders.team(session, round_id)[0]
    assert first.value == 4.0
    assert first.reason == "Nilai 4,00 dari 5, terutama dari Sasaran nasional (4,0); dinilai 2 orang."
