"""The texts that duplicates are measured on, and the table of the measurement."""

import numpy as np

from analysis.duplicates import flatten
from benchmarks import copies, duplicates


def test_made_originals_are_all_different_and_the_same_for_the_same_seed():
    one, other = copies.originals(None, 200, 3), copies.originals(None, 200, 3)
    assert one == other and len({flatten(text) for text in one}) == 200
    assert all(copies.SHORTEST <= len(text) <= copies.LONGEST for text in one)


def test_copies_differ_from_their_originals_as_much_as_they_say():
    made = copies.slips(copies.originals(None, 300, 1), 2)
    assert len(made.texts) == len(made.origin) == len(made.rate) == len(made.days) > 300
    assert (made.rate == 0).sum() == 300 and 0.01 <= made.rate[made.rate > 0].min() < made.rate.max() <= 0.2


def test_a_letter_is_40_to_60_percent_of_what_is_sent_within_ten_days():
    texts = copies.originals(None, 900, 1)
    made = copies.campaigns(texts, 10, 2)
    for number in np.unique(made.origin[made.rate > 0]).tolist():
        sent = np.flatnonzero((made.origin == number) & (made.rate > 0))
        assert len(sent) >= 5 and np.ptp(made.days[sent]) < 10
        for n in sent.tolist():
            assert abs(len(texts[number].split()) / len(made.texts[n].split()) - made.rate[n]) < 0.05


def test_recall_and_precision_are_counted_over_pairs():
    made = copies.Copies(["a", "b", "c", "d"], np.array([0, 0, 0, 3]), np.zeros(4), np.zeros(4, dtype=np.int64))
    rows = duplicates.measured("four", "by hand", made, lambda flats: np.array([0, 0, 2, 2]))
    found = {row.measure: row.value for row in rows}
    assert abs(found["recall"] - 1 / 3) < 1e-9 and found["precision"] == 0.5 and found["speed"] > 0


def test_growth_tells_time_and_what_one_more_text_takes():
    rows = {row.measure: row for row in duplicates.growth(400)}
    assert set(rows) - {"extra memory"} == {"time", "time, days known", "one more text"}
    assert rows["one more text"].value < 20
