"""The forms of a file of voices."""

import pytest

from forms.import_file import ImportFileForm, mapping_form

TARGETS = [("", "Tidak disimpan"), ("text", "Isi")]


def filled(**sent):
    chosen = {"column_0": "text", "column_1": "person", "group": "", "channel": ""} | sent
    form = mapping_form(["Keluhan", "Nama"], TARGETS)(formdata=None, data=chosen)
    form.set_choices([("", "Warga")], [("", "lembar kertas")], [("text", "Isi"), ("person", "Pengirim")])
    return form


def test_each_column_has_a_list_of_its_own(app):
    with app.test_request_context():
        form = filled()
        assert [(field.label.text, field.data) for field in form.columns()] == [("Keluhan", "text"), ("Nama", "person")]
        assert form.validate()


@pytest.mark.parametrize("sent", [{"column_0": "person"}, {"group": "walikota"}, {"channel": "burung"}])
def test_a_choice_that_is_none_is_refused(app, sent):
    with app.test_request_context():
        form = filled(**sent)
        assert not form.validate() and list(form.errors) == list(sent)


def test_a_file_is_needed(app):
    with app.test_request_context(method="POST", data={}):
        form = ImportFileForm()
        assert not form.validate() and "file" in form.errors
