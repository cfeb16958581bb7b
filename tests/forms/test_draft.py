"""A new version of the draft: there must be a file."""

from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from forms.draft import DraftForm


@pytest.fixture
def sent(filled):
    return lambda **typed: filled(DraftForm, **typed)


def test_a_file_is_enough_whatever_it_is_called(sent):
    form = sent(file=FileStorage(BytesIO(b"a"), filename="naskah.md"))
    assert form.validate(), form.errors


@pytest.mark.parametrize("typed", [{}, {"file": ""}, {"file": FileStorage(BytesIO(b"a"), filename="")}])
def test_without_a_file_it_is_told(sent, typed):
    form = sent(**typed)
    assert not form.validate()
    assert [str(m) for m in form.errors["file"]] == ["Pilih berkasnya dahulu."]


def test_a_text_where_a_file_should_be_is_no_file(sent):
    assert not sent(file="naskah.md").validate()
