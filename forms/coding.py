"""Double coding: how large a sample is drawn, and the theme that a person gives to one text."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SubmitField
from wtforms.validators import ValidationError

from forms.controls import Radios, Submit, TextInput
from forms.entry import whole
from forms.rules import UNKNOWN, chosen

MOST = 2_000


class DrawForm(FlaskForm):
    """How many texts."""

    size = IntegerField(
        _l("Berapa teks"),
        widget=TextInput(),
        validators=[whole(1, MOST)],
    )
    submit = SubmitField(_l("Ambil contoh acak"), widget=Submit())


class CodeForm(FlaskForm):
    """One text and the theme it is given; "-" where none fits."""

    point = HiddenField()
    code = RadioField(
        _l("Tema"),
        widget=Radios(),
        choices=[],
        validate_choice=False,
        validators=[chosen(_l("Pilih satu tema, atau “Tidak ada yang cocok”."))],
    )

    def validate_point(self, field: HiddenField) -> None:
        """The text that the page showed."""
        if not (field.data or "").isdecimal() or len(field.data) > 18:
            raise ValidationError(UNKNOWN)
