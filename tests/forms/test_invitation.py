"""Inviting: an address that can be one, a role that is known, and the agency only where the role asks for it."""

import pytest

from forms.invitation import DutyForm, InvitationForm
from models.vocabulary import Duty

CHOICES = (tuple(Duty), [("dpupr", "DPUPR")])
GOOD = {"email": "nama@contoh.go.id", "duty": "analyst", "agency": "", "organisation": ""}


def test_a_whole_invitation_is_taken_and_the_address_tidied(filled):
    form = filled(InvitationForm, CHOICES, **GOOD | {"email": "  Nama@Contoh.go.id "})
    assert form.validate(), form.errors
    assert form.email.data == "nama@contoh.go.id"


@pytest.mark.parametrize(
    "email", ["", "  ", "nama", "nama@", "@contoh.go.id", "a b@contoh.go.id", "a@b\x00.go.id", "a" * 200 + "@c.id"]
)
def test_an_address_that_is_none_is_refused(filled, email):
    form = filled(InvitationForm, CHOICES, **GOOD | {"email": email})
    assert not form.validate() and list(form.errors) == ["email"]


@pytest.mark.parametrize("duty", ["", "None", "mayor", "Analyst"])
def test_only_known_roles_are_given(filled, duty):
    for kind in (InvitationForm, DutyForm):
        form = filled(kind, CHOICES, **GOOD | {"duty": duty})
        assert not form.validate() and list(form.errors) == ["duty"]


@pytest.mark.parametrize(
    ("duty", "agency", "wrong"),
    [
        ("agency", "dpupr", []),
        ("agency", "", ["agency"]),
        ("analyst", "dpupr", ["agency"]),
        ("agency", "antariksa", ["agency"]),
    ],
)
def test_role_and_agency_belong_together(filled, duty, agency, wrong):
    form = filled(DutyForm, CHOICES, duty=duty, agency=agency)
    assert form.validate() is not bool(wrong) and list(form.errors) == wrong


def test_errors_stand_in_the_order_of_the_page(filled):
    form = filled(InvitationForm, CHOICES)
    assert not form.validate() and list(form.errors) == ["email", "duty"]
