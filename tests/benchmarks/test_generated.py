"""The texts made for measuring speed: the same every time, and no single word gives the theme away."""

from collections import Counter

import numpy as np

from benchmarks import generated
from benchmarks.apart import apart
from benchmarks.bars import bars
from benchmarks.rows import Row


def test_the_same_seed_makes_the_same_texts_of_all_themes():
    texts, themes = generated.texts(2_000)
    again, same = generated.texts(2_000)
    assert texts == again and np.array_equal(themes, same)
    assert set(themes.tolist()) == set(range(42)) and generated.texts(50, seed=2)[0] != texts[:50]


def test_hardly_any_common_word_belongs_to_one_theme():
    texts, themes = generated.texts(4_000)
    spread: dict[str, Counter] = {}
    for text, theme in zip(texts, themes.tolist(), strict=True):
        for word in set(text.split()):
            spread.setdefault(word, Counter())[theme] += 1
    common = [count for count in spread.values() if count.total() >= 40]
    sole = [count for count in common if max(count.values()) > 0.95 * count.total()]
    assert len(common) > 80 and len(sole) < 0.1 * len(common)


def test_work_apart_gives_its_result_and_its_own_memory():
    result, megabytes = apart(sum, [1, 2])
    assert result == 3 and 5 < megabytes < 4_000


def test_a_plot_names_its_sets_and_escapes_them():
    drawn = bars("NMI", [Row("themes", "a & b", "ours", "NMI", 0.5), Row("themes", "a & b", "NMF", "NMI", 0.25)])
    assert "a &amp; b" in drawn and drawn.count("<rect") == 3
