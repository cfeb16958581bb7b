"""The set of drafts keeps its own rules, the alignment reads it well enough, and no comment of it is lost."""

import re
import shutil
from dataclasses import replace

import pytest

from analysis.alignment import Alignment, Pair, align
from benchmarks.__main__ import main
from benchmarks.drafts import check, measure
from benchmarks.drafts.beside import by_equal_text, by_number

# The share of right states that the whole set has to reach.
TARGET = 0.95
DRAFTS = check.read()


def share(hits):
    hits = list(hits)
    return sum(hits) / len(hits)


def judged(aligner=align):
    return [one for draft in DRAFTS for one in measure.judge(draft, aligner(draft.old, draft.new))]


@pytest.fixture
def copy(tmp_path):
    folder = tmp_path / "drafts"
    shutil.copytree(check.HERE, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return folder


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), "utf-8")
    return check.faults(check.read(folder))


# The set


def test_the_set_as_it_stands_breaks_no_rule():
    assert check.faults(DRAFTS) == []


def test_the_set_is_as_large_as_it_says_and_the_readme_says_it():
    counted = check.counts(DRAFTS)
    assert counted["operations"] >= check.LEAST["operations"]
    assert {label.state for draft in DRAFTS for label in draft.labels} == {*set(check.KINDS.values())}
    readme = (check.HERE / "README.md").read_text("utf-8")
    assert f"{counted['pairs']} pairs" in readme
    assert f"{counted['old paragraphs']} old paragraphs" in readme
    assert f"{counted['operations']} operations" in readme
    for kind, count in list(counted.items())[3:]:
        assert re.search(rf"^\| `{kind}` \| {count} \|", readme, re.MULTILINE), kind


def test_an_old_paragraph_without_a_label_is_reported(copy):
    assert "butir: old 1 has 0 labels" in change(copy, "butir/labels.csv", "1,1,same,,untouched,\n", "")


def test_an_old_paragraph_with_two_labels_is_reported(copy):
    row = "1,1,same,,untouched,\n"
    assert "butir: old 1 has 2 labels" in change(copy, "butir/labels.csv", row, row + row)


def test_a_place_that_no_text_has_is_reported(copy):
    found = change(
        copy, "butir/labels.csv", "1,1,same,,untouched,\n", "1,99,edited,99,light,easy\n99,1,removed,98,removed,easy\n"
    )
    assert {"butir: new 99 does not exist", "butir: old 99 does not exist"} <= set(found)
    assert "butir: new 1 is not accounted for" not in found
    assert "butir: old 99, new (1,): removed into 1" in found


def test_a_new_paragraph_that_is_added_and_descended_is_reported(copy):
    row = "1,1,same,,untouched,\n"
    assert "butir: new 1 is twice accounted for" in change(
        copy, "butir/labels.csv", row, row + ",1,added,99,inserted,easy\n"
    )


def test_a_label_that_the_texts_deny_is_reported(copy):
    assert "butir: old 1 is untouched, but its text differs" in change(
        copy, "butir/new.txt", "Bidang air", "Bidang rob"
    )


def test_what_stays_behind_out_of_order_is_reported():
    first = DRAFTS[0]
    fates = [
        replace(label, state="edited", kind="light") if label.state == "moved" else label for label in first.labels
    ]
    assert f"{first.name}: what did not move does not stand in its old order" in check.faults(
        [replace(first, labels=tuple(fates)), *DRAFTS[1:]]
    )


def test_a_kind_that_does_not_fit_its_state_is_reported(copy):
    found = change(copy, "butir/labels.csv", "1,1,same,,untouched,\n", "1,1,same,99,split-2,easy\n")
    assert "butir: old 1, new (1,): split-2 is not same" in found


def test_a_pair_in_the_wrong_part_is_reported(copy):
    assert change(copy, "parts.csv", "butir,test", "butir,tune") == ["butir: part is tune, the rule says test"]


def test_a_set_that_is_too_small_is_reported():
    assert any(sentence.startswith("operations: ") for sentence in check.faults(DRAFTS[:3]))


def test_another_column_is_refused(copy):
    with pytest.raises(ValueError, match=r"butir/labels\.csv: columns"):
        change(copy, "butir/labels.csv", "old,new,state,", "old,new,fate,")


def test_the_check_prints_the_counts_and_ends_well_or_the_faults_and_ends_badly(copy, capsys):
    assert check.main(copy) == 0
    assert "operations: " in capsys.readouterr().out
    change(copy, "parts.csv", "butir,test", "butir,tune")
    assert check.main(copy) == 1
    assert "the rule says test" in capsys.readouterr().out


# The figures


def test_at_least_95_of_100_states_are_right():
    assert share(one.state for one in judged()) >= TARGET


def test_what_is_left_in_peace_is_found_in_its_place():
    assert all(one.whole for one in judged() if one.label.kind == "untouched")


def test_every_comment_of_the_set_is_accounted_for():
    for draft in DRAFTS:
        kept = measure.accounted(range(len(draft.old)), align(draft.old, draft.new), len(draft.new))
        assert kept == [True] * len(draft.old)


def test_what_needs_no_method_stays_far_below():
    ours = share(one.whole for one in judged())
    assert ours > share(one.whole for one in judged(by_equal_text)) + 0.3
    assert ours > share(one.whole for one in judged(by_number)) + 0.3


def test_what_is_sure_is_right_more_often_than_what_is_not():
    told = judged()
    sure, unsure = ([one.state for one in told if one.sure is said] for said in (True, False))
    assert sure
    assert unsure
    assert share(sure) > share(unsure)


def test_a_comment_that_stands_nowhere_twice_or_beyond_the_text_is_not_accounted_for():
    def pair(old, place):
        return Pair(old, (place,), "same", 1.0, 1.0, main=place)

    gone = Pair(3, (), "removed", 0.0, 1.0)
    found = Alignment((pair(0, 0), pair(1, 0), pair(1, 1), pair(2, 7), gone), ())
    assert measure.accounted([0, 1, 2, 3, 4, 0], found, 2) == [True, False, False, True, False, True]


def test_an_alignment_that_leaves_a_paragraph_out_is_not_measured():
    draft = DRAFTS[0]
    found = align(draft.old, draft.new)
    with pytest.raises(ValueError, match="of each old paragraph in order"):
        measure.judge(draft, replace(found, pairs=found.pairs[1:]))


def test_the_rows_are_shares_of_each_part_and_of_the_whole_set():
    rows = measure.run()
    assert {row.dataset.split("(")[1][:4] for row in rows} == {"tune", "test", "12 p"}
    assert {row.tool for row in rows} == set(measure.TOOLS)
    assert all(0 <= row.value <= 1 and row.unit == "share" for row in rows)
    assert {f"right states, {kind}" for kind in check.KINDS if check.KINDS[kind] != "added"} <= {
        r.measure for r in rows
    }


def test_the_table_and_what_is_wrong_are_printed(capsys):
    assert main(["drafts", "--part", "test"]) == 0
    assert "comments accounted for" in capsys.readouterr().out
    assert main(["drafts", "--wrong"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert not {line.split(" ")[0] for line in told if line} & {draft.name for draft in DRAFTS if draft.part == "test"}
