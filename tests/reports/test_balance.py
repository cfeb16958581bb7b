"""A balance: every cell a bar of three parts with its three numbers, all on one scale."""

import pytest

from reports.figures.balance import NAME, ROOM
from tests.reports.drawing import SVG, parse, parts, words


def bars_of(drawn):
    """Look, left end and breadth of every part of a bar; the pieces of the key are lower."""
    found = [node.attrib for node in parse(drawn).iter(f"{SVG}rect") if node.get("height") == "14"]
    return [(each.get("fill") or each["class"], float(each["x"]), float(each["width"])) for each in found]


def test_parts_follow_one_another_on_the_scale():
    drawn = bars_of(parts(["Ekonomi"], ["Struktur"], counts=[[[5, 2, 9]]], most=20))
    assert [part for part, _, _ in drawn] == ["seg bar", "url(#f-1-diagonal)", "seg hole"]
    unit = ROOM / 20
    assert [x for _, x, _ in drawn] == pytest.approx([NAME, NAME + 5 * unit, NAME + 7 * unit], abs=0.1)
    assert [breadth for _, _, breadth in drawn] == pytest.approx([5 * unit, 2 * unit, 9 * unit], abs=0.1)


def test_every_number_stands_in_the_line_of_its_cell():
    found = words(parts())
    assert found[:3] == ["digital", "keduanya", "bukan digital"]
    assert found[3:12] == ["Ekonomi", "Struktur", "5", "2", "9", "Infrastruktur", "0", "0", "0"]
    assert found[12:] == ["Bencana", "Struktur", "1", "0", "3", "Infrastruktur", "20", "0", "0"]


def test_seven_dimensions_and_three_elements_have_a_line_each():
    rows, columns = [f"Bidang {at}" for at in range(7)], ["Struktur", "Infrastruktur", "Suprastruktur"]
    drawn = parts(rows, columns, counts=[[[1, 1, 1]] * 3] * 7)
    assert len(bars_of(drawn)) == 7 * 3 * 3 and words(drawn).count("Suprastruktur") == 7


def test_nothing_is_drawn_for_nothing():
    assert bars_of(parts(["a"], ["b"], counts=[[[0, 0, 0]]])) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"names": ("a", "b")}, "a bar has 3"),
        ({"counts": [[[1, 1, 1]]]}, "counts must have"),
        ({"counts": [[[1, 1, 1]], [[1, 1, 1]]]}, "counts must have"),
        ({"counts": [[[1, 1]] * 2] * 2}, "counts must have"),
        ({"counts": [[[1, 1, -1]] * 2] * 2}, "below zero"),
        ({"most": 15}, "longer than the scale"),
    ],
)
def test_counts_that_do_not_fit_are_refused(changes, said):
    with pytest.raises(ValueError, match=said):
        parts(**changes)
