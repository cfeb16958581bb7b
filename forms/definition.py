"""What belongs into a theme: its words as people write them, and why they are written anew."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import SelectField, StringField, SubmitField, TextAreaField

from forms.controls import Select, Submit, TextArea, TextInput
from forms.rules import at_most, listed, needed

LONGEST, LONGEST_NAME, LONGEST_WHY = 600, 80, 200
WHY = _l("Tulis alasannya; alasan ini berdiri di riwayat buku kode.")


def _text(label: Any, hint: Any) -> TextAreaField:
    return TextAreaField(label, description=hint, widget=TextArea(), validators=[at_most(LONGEST)])


class DefinitionForm(FlaskForm):
    """The words of a theme; the machine reads by all but the first and the last two."""

    definition = _text(_l("Apa maksudnya"), _l("Satu kalimat yang dipahami orang di luar tim."))
    include = _text(_l("Termasuk"), _l("Hal yang masuk tema ini, dipisah koma."))
    exclude = _text(_l("Tidak termasuk"), _l("Hal yang mirip tetapi masuk tema lain."))
    keywords = _text(_l("Kata kunci"), _l("Dipisah garis tegak, misalnya: rob|banjir pasang."))
    dimension = SelectField(_l("Bidang"), widget=Select(), choices=[], validate_choice=False, validators=[listed])
    label_en = StringField(_l("Nama dalam bahasa Inggris"), widget=TextInput(), validators=[at_most(LONGEST_NAME)])
    why = StringField(_l("Mengapa diubah"), widget=TextInput(), validators=[needed(WHY), at_most(LONGEST_WHY)])
    submit = SubmitField(_l("Simpan batasan"), widget=Submit())


class RetireForm(FlaskForm):
    """Why a theme is used no longer."""

    why = StringField(
        _l("Mengapa tidak dipakai lagi"), widget=TextInput(), validators=[needed(WHY), at_most(LONGEST_WHY)]
    )
    submit = SubmitField(_l("Jangan pakai lagi"), widget=Submit())
