"""Drift: what a fit from nothing would change is counted once, theme by theme."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from analysis.drift import Flow, compare
from analysis.types import Theme


def theme(code, members, *, is_proposed=True, name="Nama"):
    counts = dict.fromkeys(("received", "distinct_texts", "people", "people_max"), len(members))
    return Theme(id=code, name=name, terms=(), dimension=None, is_proposed=is_proposed, groups=(), stance=(),
                 quotes=(), borderline=(), members=members, **counts)  # fmt: skip


def test_the_same_groups_under_other_names_change_nothing():
    before = {"1": "M-a", "2": "M-a", "3": "M-b", "4": "M-b"}
    found = compare(before, [theme("M-x", "12"), theme("M-y", "34")])
    assert (found.moved, found.agreement, found.flows, found.proposals) == (0, 1.0, (), ())


def test_what_would_move_is_told_from_where_to_where():
    before = {"1": "K", "2": "K", "3": "M-b", "4": "M-b", "5": "M-b", "6": None}
    found = compare(before, [theme("K", "123", is_proposed=False), theme("M-x", "456")])
    assert found.flows == (Flow(None, "M-b", 1), Flow("M-b", "K", 1))
    assert found.moved == 2 and 0 < found.agreement < 1
    assert found.proposals == ()


def test_a_group_that_no_standing_theme_is_is_a_proposal_with_its_sources():
    before = {"1": "K", "2": "K", "3": "L", "4": "L", "5": None}
    found = compare(before, [theme("K", "1", is_proposed=False), theme("L", "3", is_proposed=False),
                             theme("M-x", "245", name="Rob")])  # fmt: skip
    (fresh,) = found.proposals
    assert (fresh.name, fresh.texts, set(fresh.out_of)) == ("Rob", 3, {("K", 1), ("L", 1), (None, 1)})
    assert found.moved == 3


def test_a_text_that_came_meanwhile_is_left_out():
    found = compare({"1": "K"}, [theme("K", "12", is_proposed=False)])
    assert (found.texts, found.moved, found.agreement) == (1, 0, 1.0)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_index_is_that_of_the_library(seed):
    draw = np.random.default_rng(seed)
    one, other = draw.integers(0, 4, 60), draw.integers(0, 5, 60)
    before = {str(n): f"M-{group}" for n, group in enumerate(one.tolist())}
    after = [theme(f"M-x{group}", [str(n) for n in np.flatnonzero(other == group)]) for group in range(5)]
    assert compare(before, after).agreement == round(adjusted_rand_score(one, other), 4)
