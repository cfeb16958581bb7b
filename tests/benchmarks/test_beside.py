"""The table of ours beside BERTopic: every set and form, the interval, and what was ended."""

from benchmarks.beside import beside
from benchmarks.rows import Row

NOTE = "at most: ended, over 5 CPU min"


def row(tool, measure, value, low=None, high=None, note=""):
    return Row("themes", "set", tool, measure, value, "", low, high, note)


def test_a_peer_with_a_result_stands_with_its_difference_and_one_that_was_ended_with_its_reason():
    rows = [
        row("ours", "NMI", 0.5),
        row("BERTopic, default", "NMI", 0.4),
        row("BERTopic, default", "speed", 10.0),
        row("BERTopic, default", "without a theme", 0.25),
        row("BERTopic, KMeans", "speed", 20.0, note=NOTE),
        row("ours", "NMI over BERTopic, default", 0.1, 0.05, 0.15),
        row("ours", "ARI over BERTopic, default", -0.1, -0.2, 0.0),
        row("ours", "times as fast as BERTopic, default", 40.0),
        row("ours", "times as fast as BERTopic, KMeans", 20.0, note="at least"),
    ]
    lines = beside(rows)
    assert len(lines) == 4
    assert lines[2].startswith(
        "| set | default | 0.500 | 0.400 | +0.100 (+0.050 to +0.150) | -0.100 (-0.200 to +0.000) |"
    )
    assert lines[2].endswith("| 40.0 | 25% |") and NOTE in lines[3] and "| at least 20.0 |" in lines[3]


def test_stages_without_bertopic_have_no_such_table():
    assert beside([row("ours", "speed", 3.0)]) == []
