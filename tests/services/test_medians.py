"""Medians: equal scores are ties, what is missing has no sum, and a range holds what a moved weight does."""

from hypothesis import given
from hypothesis import strategies as st

from services import medians

SCORES = st.dictionaries(
    st.integers(1, 9), st.fixed_dictionaries({code: st.integers(1, 5) for code in ("k1", "k2", "k3")}), min_size=1
)
WEIGHTS = {"k1": 50.0, "k2": 30.0, "k3": 20.0}


@given(st.dictionaries(st.integers(), st.integers(3, 15)))
def test_equal_scores_are_ties_and_a_place_counts_who_is_ahead(values):
    places = medians.places(values)
    for key, value in values.items():
        assert places[key] == 1 + sum(other > value for other in values.values())


@given(SCORES)
def test_the_range_holds_the_place_and_the_places_at_both_ends_of_every_weight(scores):
    places = medians.places({key: medians.total(row, WEIGHTS) for key, row in scores.items()})
    reach = medians.reaches(scores, WEIGHTS)
    for code in WEIGHTS:
        for shift in (0.8, 1.2):
            moved = WEIGHTS | {code: WEIGHTS[code] * shift}
            there = medians.places({key: medians.total(row, moved) for key, row in scores.items()})
            assert all(low <= there[key] <= high for key, (low, high) in reach.items())
    assert all(low <= places[key] <= high for key, (low, high) in reach.items())


def test_who_leads_by_every_criterion_stays_first_whatever_the_weights():
    scores = {1: {"k1": 5, "k2": 5, "k3": 5}, 2: {"k1": 4, "k2": 1, "k3": 2}}
    assert medians.reaches(scores, WEIGHTS) == {1: (1, 1), 2: (2, 2)}


def test_what_nobody_gave_in_all_parts_has_no_sum_and_no_range():
    assert medians.total({"k1": 5, "k2": 5}, WEIGHTS) is None
    assert medians.reaches({1: {"k1": 5}, 2: dict.fromkeys(WEIGHTS, 3)}, WEIGHTS) == {2: (1, 1)}
    assert medians.total({"k1": 5}, {}) is None


def test_a_median_of_two_lies_between_them_and_the_span_is_told_by_its_ends():
    one = medians.spread([5, 2])
    assert (one.median, one.low, one.high, one.apart, one.n) == (3.5, 2, 5, 3, 2)
