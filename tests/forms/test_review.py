"""An agency's verdict: always with a reason and who approved it; a merge names its target."""

import pytest

from forms.review import LONGEST, ReviewForm

UNKNOWN = "Pilihan ini tidak kami kenal. Pilih satu dari daftarnya."
WHOLE = {"verdict": "keep", "text": "Berjalan baik", "signed_off_by": "Kepala Dinas"}


@pytest.fixture
def review(filled):
    return lambda **changed: filled(ReviewForm, ([("A-2", "Alarm")],), **{**WHOLE, **changed})


def errors(form):
    assert not form.validate()
    return {name: [str(m) for m in messages] for name, messages in form.errors.items()}


@pytest.mark.parametrize("verdict", ["keep", "adapt", "drop"])
def test_a_verdict_with_its_reason_is_taken_with_or_without_the_empty_target(review, verdict):
    for form in (review(verdict=verdict), review(verdict=verdict, merge_into="")):
        assert form.validate(), form.errors


def test_a_merge_needs_a_target_that_exists(review):
    assert review(verdict="merge", merge_into="A-2").validate()
    told = ["Pilih program tujuannya, karena program ini digabung."]
    assert errors(review(verdict="merge", merge_into="")) == {"merge_into": told}
    assert errors(review(verdict="merge")) == {"merge_into": told}
    assert errors(review(verdict="merge", merge_into="A-9")) == {"merge_into": [UNKNOWN]}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("verdict", "Pilih dilanjutkan, disesuaikan, digabung, atau dihentikan."),
        ("text", "Tulis alasannya."),
        ("signed_off_by", "Sebut jabatan yang mengesahkan."),
    ],
)
def test_what_must_be_there_is_told_once(review, name, told):
    assert errors(review(**{name: ""})) == {name: [told]}


@pytest.mark.parametrize("name", ["verdict", "condition", "merge_into"])
def test_an_unknown_choice_is_told_in_the_readers_language(review, name):
    assert errors(review(**{name: "sembilan"})) == {name: [UNKNOWN]}


@pytest.mark.parametrize("blank", [" \n ", "\x00", "\u200b"])
def test_what_cannot_be_seen_is_neither_reason_nor_approval(review, blank):
    assert list(errors(review(text=blank, signed_off_by=blank))) == ["text", "signed_off_by"]


@pytest.mark.parametrize(("name", "most"), [("text", LONGEST), ("evidence", 1000), ("signed_off_by", 200)])
def test_a_text_is_as_long_as_it_may_be_and_no_longer(review, name, most):
    assert review(**{name: "a" * most}).validate()
    assert errors(review(**{name: "a" * (most + 1)})) == {
        name: [f"Tulisan ini {most + 1} huruf; paling panjang {most}."]
    }


@pytest.mark.parametrize("condition", ["", "0", "1", "4"])
def test_the_condition_may_be_left_out(review, condition):
    assert review(condition=condition).validate()
