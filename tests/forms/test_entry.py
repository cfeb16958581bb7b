"""Typing paper in by digits: each digit is one that the printed form has."""

from types import SimpleNamespace

import pytest

from forms.entry import EntryForm, PileForm

AREAS = [SimpleNamespace(code="krapyak", name="Krapyak"), SimpleNamespace(code="medono", name="Medono")]
PRINTED = SimpleNamespace(dimensions=[("A", "a"), ("B", "b")], affected=[("x", "X"), ("y", "Y"), ("z", "Z")])
GOOD = {"text": "Got di depan pasar mampet.", "area": ""}


@pytest.fixture
def typed(filled):
    return lambda **more: filled(EntryForm, (AREAS, PRINTED), **GOOD | more)


def test_the_text_alone_is_enough(typed):
    form = typed()
    assert form.validate(), form.errors


@pytest.mark.parametrize(
    ("field", "right", "wrong"),
    [
        ("about", ("1", "2", " 2 ", "0", ""), ("3", "-1", "a", "1.5")),
        ("condition", ("1", "4", "0", ""), ("5", "²", "satu", "9" * 5000)),
        ("experience", ("1", "3"), ("4",)),
        ("age_band", ("5",), ("6",)),
        ("gender", ("3",), ("4", "L")),
        ("affected", ("", "1", "1 3", "1,2,3", "3 3"), ("4", "0", "1-3", "x", "9" * 30)),
        ("serial", ("K7M-2F4", ""), ("K" * 21,)),
    ],
)
def test_a_digit_is_one_of_the_form_or_nothing(typed, field, right, wrong):
    for value in right:
        form = typed(**{field: value})
        assert form.validate(), (value, form.errors)
    for value in wrong:
        form = typed(**{field: value})
        assert not form.validate() and list(form.errors) == [field], value


def test_each_number_of_the_affected_counts_once(typed):
    assert typed(affected="3 1, 3").numbers() == ["3", "1"]


def test_somebody_bound_to_a_kelurahan_is_offered_no_other(filled):
    form = filled(PileForm, channel="paper", area="medono", expected="3")
    form.set_areas(AREAS, "krapyak")
    assert not form.validate() and list(form.errors) == ["area"]
    form = filled(PileForm, channel="paper", area="medono", expected="3")
    form.set_areas(AREAS, None)
    assert form.validate(), form.errors
