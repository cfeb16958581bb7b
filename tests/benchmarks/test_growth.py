"""The measurement of growth measures what it says, on few texts."""

import csv

import pytest

from benchmarks import growth


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    folder = tmp_path_factory.mktemp("growth")
    return [
        *growth.batch(folder, 300, turns=1),
        *growth.steadiness(folder, 300),
        *growth.database(folder, (200, 400)),
    ]


def values(rows, measure):
    return [row.value for row in rows if row.measure == measure]


def test_sendings_are_the_same_every_time_and_some_people_send_twice():
    first, again = list(growth.sendings(500)), list(growth.sendings(500))
    assert first == again and len({row[0] for row in first}) == 500
    assert [row[0] for row in first] == sorted(row[0] for row in first)
    assert len({row[2] for row in first}) < 500 and first != list(growth.sendings(500, seed=2))


def test_texts_are_written_as_the_batch_interface_reads_them(tmp_path):
    growth.write_texts(tmp_path / "in.csv", 20)
    with (tmp_path / "in.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 20


def test_speed_memory_and_sameness_are_measured(rows):
    assert len(values(rows, "speed")) == 2 and min(values(rows, "speed")) > 1
    assert all(50 < most < 3_000 for most in values(rows, "highest memory"))
    assert values(rows, "same bytes twice") == values(rows, "same bytes on two cores") == [1.0]
    assert values(rows, "ARI after +1 %")[0] > 0.9 and values(rows, "theme ids kept after +1 %")[0] > 0.9


def test_a_database_is_read_and_one_more_text_is_placed(rows):
    assert len(values(rows, "CPU time")) == 2 and 0 < values(rows, "growth of CPU time")[0] < 3
    assert 0 < values(rows, "one more text")[0] < 200
    assert all(0 <= share <= 0.2 for share in values(rows, "without a theme"))
