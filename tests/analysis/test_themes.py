"""Free themes: found again, kept when texts come in, never against a person, whatever the counts look like."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix, vstack
from sklearn.metrics import adjusted_rand_score

from analysis import themes


def made(texts, count=8, seed=3):
    """Counts of texts that draw six words of twenty of their own theme and six of forty that all share."""
    draw = np.random.default_rng(seed)
    labels = draw.integers(count, size=texts)
    own = labels[:, None] * 20 + draw.integers(20, size=(texts, 6))
    shared = count * 20 + draw.integers(40, size=(texts, 6))
    rows = np.repeat(np.arange(texts), 12)
    columns = np.hstack([own, shared]).ravel()
    counts = csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), (texts, count * 20 + 40))
    return counts, labels


def test_themes_that_are_there_are_found_and_named_by_their_own_words():
    counts, truth = made(1_500)
    labels, margins = themes.cluster(counts, 8, seed=1)
    assert adjusted_rand_score(truth, labels) > 0.95
    assert margins.shape == (1_500,) and margins.min() >= 0
    columns, weights = themes.explain(counts, labels, 8)
    assert columns.shape == weights.shape == (8, 12)
    assert (np.diff(weights, axis=1) <= 1e-9).all()
    for row in columns:
        assert len(set((row // 20).tolist())) == 1 and row.max() < 160


def test_the_same_counts_give_the_same_bytes_on_one_thread_or_two():
    counts, _ = made(40_000)
    first = themes.cluster(counts, 8, seed=1, jobs=1)
    second = themes.cluster(counts.astype(np.int32), 8, seed=1, jobs=2)
    assert first[0].tobytes() == second[0].tobytes() and first[1].tobytes() == second[1].tobytes()


def test_new_texts_join_stored_themes_and_move_no_old_ones():
    counts, _ = made(2_020)
    before, _ = themes.cluster(counts[:2_000], 8, seed=1)
    after, _ = themes.cluster(counts, 8, seed=1, start=np.r_[before, np.full(20, -1)])
    assert adjusted_rand_score(before, after[:2_000]) >= 0.97
    assert (before == after[:2_000]).mean() > 0.97 and after.min() >= 0


@pytest.mark.parametrize("warm", [False, True])
def test_what_a_person_placed_stays_in_a_theme_after_the_free_ones(warm):
    counts, truth = made(600)
    pins = np.full(600, -1)
    pins[np.flatnonzero(truth == 2)[:10]] = 0
    pins[np.flatnonzero(truth == 5)[:10]] = 1
    start = themes.cluster(counts, 8, seed=1)[0] if warm else None
    labels, _ = themes.cluster(counts, 8, seed=1, start=start, fixed=pins)
    for number in (0, 1):
        (theme,) = set(labels[pins == number].tolist())
        assert theme == labels.max() - 1 + number
    if warm:
        assert labels[pins == 0][0] > start.max()


def test_a_stored_model_places_texts_where_the_clustering_did():
    counts, truth = made(1_500)
    labels, _ = themes.cluster(counts[:1_000], 8, seed=1)
    model = themes.fit_model(counts[:1_000], labels, 8)
    assert model.weights.dtype == np.float32 and model.weights.shape == (counts.shape[1], 8)
    again, margins = model.assign(counts[:1_000])
    assert (again == labels).mean() > 0.99
    fresh, _ = model.assign(counts[1_000:])
    assert adjusted_rand_score(truth[1_000:], fresh) > 0.9
    assert np.array_equal(model.assign(counts[1_000:], jobs=2)[0], fresh)
    own = model.odds()[:160].reshape(8, 20, 8)
    assert (own.argmax(axis=2) == own.argmax(axis=2)[:, :1]).all()


@pytest.mark.parametrize(
    "rows",
    [
        np.zeros((0, 0)),
        np.zeros((0, 4)),
        np.zeros((3, 0)),
        np.zeros((4, 4)),
        np.ones((1, 1)),
        np.ones((1, 5)),
        np.ones((400, 3)),
        np.ones((5, 1)),
        np.eye(3),
        np.vstack([np.eye(150), np.zeros((5, 150))]),
    ],
    ids=str,
)
@pytest.mark.parametrize("count", [1, 2, 500])
def test_any_counts_get_themes_without_an_error(rows, count):
    counts = csr_matrix(rows.astype(np.float32))
    labels, margins = themes.cluster(counts, count, seed=1)
    assert len(labels) == len(margins) == len(rows)
    total = int(labels.max(initial=-1)) + 1
    assert set(labels.tolist()) == set(range(total)) and total <= min(count, len(rows))
    model = themes.fit_model(counts, labels, max(total, 1))
    assert len(model.assign(counts)[0]) == len(rows)
    assert np.isfinite(model.weights).all()
    assert len(themes.explain(counts, labels, max(total, 1))[0]) == max(total, 1)


def test_equal_texts_stand_in_one_theme():
    counts, _ = made(300)
    doubled = vstack([counts, counts]).tocsr()
    labels, _ = themes.cluster(doubled, 8, seed=1)
    assert np.array_equal(labels[:300], labels[300:])


def test_a_text_without_words_has_no_margin():
    counts, _ = made(300)
    labels, margins = themes.cluster(vstack([counts, csr_matrix((1, counts.shape[1]))]).tocsr(), 8, seed=1)
    assert labels[-1] >= 0 and margins[-1] == 0


def test_the_weight_of_a_text_does_not_grow_with_its_repetitions():
    counts, _ = made(300)
    model = themes.fit_model(counts, themes.cluster(counts, 8, seed=1)[0], 8)
    assert np.array_equal(model.assign(counts)[1], model.assign(counts * 7)[1])


def test_of_few_texts_the_likeliest_of_several_beginnings_is_kept(monkeypatch):
    draw = np.random.default_rng(8)
    counts = csr_matrix((draw.random((300, 60)) < 0.06).astype(np.float32))
    words = themes._presence(counts, themes._common(counts), 1.0)

    def likelihood(tries):
        monkeypatch.setattr(themes, "TRIES", tries)
        return themes._likelihood(words, themes._likeliest(counts, words, 8, seed=1))

    assert likelihood(6) > likelihood(1) + 0.1
