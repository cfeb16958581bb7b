"""The distance between verdicts: every group counts the same, however many of it spoke."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.verdicts import distance

VERDICTS = ("keep", "adapt", "merge", "drop")


@pytest.mark.parametrize(
    ("votes", "expected"),
    [
        ({}, 0.0),
        ({"agency": {"keep": 3}}, 0.0),
        ({"agency": {"keep": 3}, "citizen": {}}, 0.0),
        ({"agency": {"keep": 3}, "citizen": {"keep": 0}}, 0.0),
        ({"agency": {"keep": 1}, "citizen": {"keep": 40}}, 0.0),
        ({"agency": {"keep": 1}, "citizen": {"drop": 40}}, 1.0),
        ({"agency": {"keep": 1}, "citizen": {"keep": 1, "drop": 3}}, 0.75),
        ({"agency": {"keep": 1, "adapt": 1}, "citizen": {"adapt": 1, "drop": 1}}, 0.5),
        ({"agency": {"keep": 1}, "academic": {"keep": 1, "drop": 1}, "citizen": {"drop": 1}}, 1.0),
    ],
)
def test_the_widest_gap_between_two_groups_counts(votes, expected):
    assert distance(votes) == pytest.approx(expected)


counts = st.dictionaries(st.sampled_from(VERDICTS), st.integers(0, 50))
given_votes = st.dictionaries(st.sampled_from(["agency", "academic", "citizen", "business"]), counts)


@given(given_votes, st.integers(1, 9))
def test_more_people_of_one_group_with_the_same_shares_change_nothing(votes, times):
    louder = {g: {v: n * (times if g == "citizen" else 1) for v, n in said.items()} for g, said in votes.items()}
    assert distance(louder) == pytest.approx(distance(votes))


@given(given_votes)
def test_a_distance_lies_between_nothing_and_all_and_does_not_depend_on_the_order(votes):
    turned = {group: dict(reversed(said.items())) for group, said in reversed(votes.items())}
    assert 0 <= distance(votes) <= 1 + 1e-9
    assert distance(turned) == distance(votes)
