"""Agreement: known values, honest intervals, and nothing to compare is refused."""

import pytest

from analysis import agreement


def test_kappa_gives_the_value_of_a_worked_example():
    # 50 points, 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no: observed .7, by chance .5
    first = ["y"] * 25 + ["n"] * 25
    second = ["y"] * 20 + ["n"] * 5 + ["y"] * 10 + ["n"] * 15
    found = agreement.kappa(first, second)
    assert found.value == 0.4 and found.share == 0.7 and 0.14 < found.low < 0.16 and 0.64 < found.high < 0.66


def test_alpha_gives_the_value_of_a_worked_example():
    # Krippendorff 2011, "Computing Krippendorff's alpha-reliability", example B: two people, binary codes
    one, other = "0100000000", "1110010010"
    marks = {f"p{n}": [a, b] for n, (a, b) in enumerate(zip(one, other, strict=True))}
    assert agreement.alpha(marks).value == pytest.approx(0.095, abs=0.001)


def test_alpha_takes_several_people_and_points_that_some_left_out():
    marks = {"a": ["x", "x", "x"], "b": ["y", "y"], "c": ["x"], "d": ["y", "y", "x"]}
    found = agreement.alpha(marks)
    assert found.units == 3 and found.low <= found.value <= found.high < 1.0001


def test_more_points_make_the_interval_narrower():
    few = agreement.kappa(["a", "b", "a", "b"] * 5, ["a", "b", "b", "b"] * 5)
    many = agreement.kappa(["a", "b", "a", "b"] * 50, ["a", "b", "b", "b"] * 50)
    assert few.value == many.value and many.high - many.low < few.high - few.low


def test_one_code_throughout_is_agreement():
    assert agreement.kappa(["a"] * 3, ["a"] * 3).value == 1
    assert agreement.alpha({"p": ["a", "a"], "q": ["a", "a"]}).value == 1


@pytest.mark.parametrize(("first", "second"), [([], []), (["a"], []), (["a", "b"], ["a"])])
def test_nothing_to_compare_is_refused(first, second):
    with pytest.raises(ValueError):
        agreement.kappa(first, second)
    with pytest.raises(ValueError):
        agreement.alpha({"p": first[:1]})


def test_more_is_asked_for_until_the_share_is_known_well_enough():
    assert agreement.still_to_check(45, 50, 0.05) > agreement.still_to_check(45, 50, 0.08) > 0
    assert agreement.still_to_check(10, 10, 0.05) > 0
    with pytest.raises(ValueError):
        agreement.still_to_check(3, 2, 0.05)


def test_the_interval_of_a_share_is_the_published_one_and_stays_within_it():
    # Newcombe 1998, table I: 81 of 263 and 0 of 20 by the score method
    assert [round(end, 4) for end in agreement.wilson(81, 263)] == [0.2553, 0.3662]
    assert [round(end, 4) for end in agreement.wilson(0, 20)] == [0.0, 0.1611]
    assert agreement.wilson(20, 20)[1] == pytest.approx(1) and agreement.wilson(20, 20)[1] <= 1
    for hits, checked in ((0, 0), (3, 2), (-1, 2)):
        with pytest.raises(ValueError):
            agreement.wilson(hits, checked)


def test_the_bootstrap_is_the_same_each_time_and_whatever_the_order_of_the_points():
    marks = {f"p{n}": [str(n % 3), str(n % 4 % 3)] for n in range(40)}
    assert agreement.alpha(marks) == agreement.alpha(dict(reversed(marks.items())))
    assert agreement.alpha(marks, seed=2).value == agreement.alpha(marks).value
