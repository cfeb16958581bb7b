"""NMI, ARI and the interval of a difference are what scikit-learn and many samples say they are."""

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from benchmarks.likeness import ari, gain, nmi


def drawn(seed, right, texts=400):
    draw = np.random.default_rng(seed)
    truth = draw.integers(0, 9, texts)
    return truth, np.where(draw.random(texts) < right, truth, draw.integers(-1, 12, texts))


@pytest.mark.parametrize("right", [0.0, 0.4, 1.0])
def test_they_agree_with_scikit_learn_also_where_rows_count_several_times(right):
    truth, found = drawn(1, right)
    times = np.random.default_rng(2).integers(0, 4, len(truth))
    many = np.repeat(truth, times), np.repeat(found, times)
    assert abs(nmi(truth, found, times.astype(float)) - normalized_mutual_info_score(*many)) < 1e-9
    assert abs(ari(truth, found, times.astype(float)) - adjusted_rand_score(*many)) < 1e-9


def test_one_group_alone_says_nothing_of_several_and_all_of_one():
    truth = np.arange(6) % 2
    assert nmi(truth, np.zeros(6, dtype=int), np.ones(6)) == 0.0
    assert nmi(np.zeros(6, dtype=int), np.zeros(6, dtype=int), np.ones(6)) == ari(truth, truth, np.ones(6)) == 1.0


def test_a_clearly_better_grouping_is_told_and_an_equal_one_is_not():
    truth, good = drawn(1, 0.9)
    _, bad = drawn(1, 0.3)
    for measure in (nmi, ari):
        value, low, high = gain(measure, truth, good, bad, 200)
        assert 0 < low < value < high
        assert gain(measure, truth, bad, good, 200)[2] < 0
        assert gain(measure, truth, good, good, 200) == (0.0, 0.0, 0.0)


def test_the_interval_is_as_wide_as_other_samples_lie_apart():
    values = []
    for seed in range(60):
        truth, one = drawn(seed, 0.6)
        values.append(nmi(truth, one, np.ones(len(truth))) - nmi(truth, drawn(seed, 0.5)[1], np.ones(len(truth))))
    truth, one = drawn(99, 0.6)
    _, low, high = gain(nmi, truth, one, drawn(99, 0.5)[1], 300)
    assert 0.5 < (high - low) / np.ptp(np.percentile(values, (2.5, 97.5))) < 2
