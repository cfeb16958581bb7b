"""A theme's name: three to eighty letters, spaces tidied."""

import pytest

from forms.theme import RenameForm


def test_spaces_are_tidied(filled):
    form = filled(RenameForm, name="  Rob   dan banjir ")
    assert form.validate() and form.name.data == "Rob dan banjir"


@pytest.mark.parametrize("name", ["", "  ", "ab", "x" * 81])
def test_a_name_that_is_none_is_refused(filled, name):
    assert not filled(RenameForm, name=name).validate()
