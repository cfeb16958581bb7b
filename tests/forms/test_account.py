"""Joining: a password of one's own; an academic says from which institution."""

import pytest
from werkzeug.datastructures import MultiDict

from forms.account import JoinForm

PASSWORD = "hujan di bulan juni"


@pytest.fixture
def join(app):
    return lambda asks_organisation=False, **typed: JoinForm(
        formdata=MultiDict({"password": PASSWORD, **typed}), asks_organisation=asks_organisation
    )


def errors(form):
    assert not form.validate()
    return {name: [str(m) for m in messages] for name, messages in form.errors.items()}


def test_a_password_is_enough_for_who_is_of_an_agency(join):
    form = join()
    assert form.validate(), form.errors
    assert form.organisation is None


@pytest.mark.parametrize("blank", ["", "  ", "\u200b"])
def test_an_academic_names_an_institution(join, blank):
    assert errors(join(asks_organisation=True, organisation=blank)) == {"organisation": ["Tulis lembaga Anda."]}
    assert errors(join(asks_organisation=True)) == {"organisation": ["Tulis lembaga Anda."]}
    assert join(asks_organisation=True, organisation="Universitas Contoh").validate()


@pytest.mark.parametrize(
    ("password", "told"),
    [
        ("", "Tulis kata sandi."),
        ("a" * 9, "Kata sandi sedikitnya 10 huruf."),
        ("a" * 129, "Tulisan ini 129 huruf; paling panjang 128."),
    ],
)
def test_a_password_that_is_too_short_or_too_long_is_told_as_it_is(join, password, told):
    assert errors(join(password=password)) == {"password": [told]}


@pytest.mark.parametrize("password", ["a" * 10, "é" * 128])
def test_a_password_within_its_bounds_is_taken(join, password):
    assert join(password=password).validate()


@pytest.mark.parametrize(("name", "most"), [("name", 120), ("organisation", 200)])
def test_a_name_is_as_long_as_it_may_be_and_no_longer(join, name, most):
    whole = {"organisation": "Universitas Contoh", "asks_organisation": True}
    assert join(**{**whole, name: "a" * most}).validate()
    assert errors(join(**{**whole, name: "a" * (most + 1)})) == {
        name: [f"Tulisan ini {most + 1} huruf; paling panjang {most}."]
    }
