"""The civic set keeps its own rules, and its check notices when one is broken."""

import csv
import shutil
from dataclasses import replace

import pytest

from analysis.duplicates import flatten
from benchmarks.civic import check


@pytest.fixture(scope="module")
def civic():
    return check.read()


@pytest.fixture
def copy(tmp_path):
    for name in check.COLUMNS:
        shutil.copy(check.HERE / name, tmp_path / name)
    return tmp_path


def change(folder, name, choose, **cells):
    """Write `cells` into the first row of a file that `choose` accepts; its id."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    row = next(row for row in rows if choose(row))
    row.update(cells)
    with (folder / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, check.COLUMNS[name])
        writer.writeheader()
        writer.writerows(rows)
    return row["id"]


def test_the_set_as_it_stands_breaks_no_rule(civic):
    assert check.faults(civic) == []


def test_the_set_is_as_large_as_it_says(civic):
    counted = check.counts(civic)
    assert counted["texts of our own (no duplicates)"] >= 480
    assert counted["Javanese"] >= 100
    assert counted["with an Indonesian twin"] >= 90


def test_a_span_that_covers_something_else_is_reported(copy):
    number = change(copy, "labels.csv", lambda row: row["personal"].startswith("phone"), personal="phone:0-4")
    found = check.faults(check.read(copy))
    assert any(sentence.startswith(f"{number}: span phone:0-4 covers") for sentence in found)
    assert any(sentence.startswith(f"{number}: ") and sentence.endswith("has no span") for sentence in found)


def test_a_span_that_is_no_span_is_refused():
    with pytest.raises(ValueError, match="no kind:start-end"):
        check.spans("phone:three-five")


def test_a_missing_twin_is_reported(copy):
    number = change(copy, "texts.csv", lambda row: row["twin"], twin="C999")
    assert f"{number}: twin C999 does not exist" in check.faults(check.read(copy))


def test_a_text_that_stands_twice_without_a_mark_is_reported(copy):
    texts = check.read(copy).texts

    def equal(row):
        return row["duplicate_of"] and texts[row["id"]]["text"] == texts[row["duplicate_of"]]["text"]

    first = next(row["duplicate_of"] for row in check.read(copy).labels.values() if equal(row))
    number = change(copy, "labels.csv", equal, duplicate_of="")
    assert f"{first}, {number}: the same text and no duplicate_of" in check.faults(check.read(copy))


def test_short_equal_texts_of_different_people_are_no_duplicates(civic):
    short = [row for row in civic.texts.values() if flatten(row["text"]) == "jalan rusak"]
    assert len({row["person"] for row in short}) == len(short) > 3
    assert not any(civic.labels[row["id"]]["duplicate_of"] or civic.labels[row["id"]]["campaign"] for row in short)


def test_a_code_that_no_list_knows_is_reported(copy):
    number = change(copy, "labels.csv", lambda row: row["theme"] == "tide", theme="tides", types="problem|wish")
    found = check.faults(check.read(copy))
    assert {f"{number}: theme 'tides' is no code", f"{number}: type 'wish' is no code"} <= set(found)


def test_a_text_in_the_wrong_part_is_reported(copy):
    number = change(copy, "texts.csv", lambda row: row["part"] == "test", part="tune")
    assert check.faults(check.read(copy)) == [f"{number}: part is tune, the rule says test"]


def test_a_label_without_a_text_ends_the_reading(civic):
    lost = next(iter(civic.texts))
    rest = {number: row for number, row in civic.texts.items() if number != lost}
    assert check.faults(replace(civic, texts=rest)) == [f"{lost}: stands in only one of texts.csv and labels.csv"]


def test_another_column_is_refused(copy):
    (copy / "themes.csv").write_text("code,name\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"themes\.csv: columns"):
        check.read(copy)


def test_twins_duplicates_and_campaigns_are_never_torn_apart(civic):
    part = {number: row["part"] for number, row in civic.texts.items()}
    for number, label in civic.labels.items():
        for other in (civic.texts[number]["twin"], label["duplicate_of"]):
            assert not other or part[number] == part[other]
    together = {(row["campaign"], part[number]) for number, row in civic.labels.items() if row["campaign"]}
    assert len(together) == check.CAMPAIGNS
    assert {"tune", "test"} == {one for _, one in together}


def test_the_readme_shows_the_kappa_that_is_computed(civic):
    readme = (check.HERE / "README.md").read_text(encoding="utf-8")
    for name, found in check.agreement(civic).items():
        assert f"| {name} | {found.value:.2f} | {found.low:.2f} to {found.high:.2f} |" in readme


def test_the_check_prints_the_table_and_ends_well_or_the_faults_and_ends_badly(copy, capsys):
    assert check.main(copy) == 0
    assert "Javanese" in capsys.readouterr().out
    change(copy, "texts.csv", lambda row: row["language"] == "jv", language="su")
    assert check.main(copy) == 1
    assert "language 'su' is no code" in capsys.readouterr().out
