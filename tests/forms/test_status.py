"""Number and PIN of the receipt: both are asked for, neither endless."""

import pytest

from forms.status import StatusForm


def test_number_and_pin_are_enough(filled):
    assert filled(StatusForm, receipt_no="PKL-7K3M-92", pin="481 627").validate()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"receipt_no": "", "pin": "481627"}, "receipt_no"),
        ({"receipt_no": "PKL-7K3M-92", "pin": ""}, "pin"),
        ({"receipt_no": "P" * 41, "pin": "481627"}, "receipt_no"),
        ({"receipt_no": "PKL-7K3M-92", "pin": "4" * 21}, "pin"),
    ],
)
def test_what_is_missing_or_endless_is_told_at_its_field(filled, typed, field):
    form = filled(StatusForm, **typed)
    assert not form.validate() and list(form.errors) == [field]
