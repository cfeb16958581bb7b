"""A theme's name, given by a person."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, SubmitField
from wtforms.validators import InputRequired, Length

from forms.controls import Submit, TextInput
from forms.rules import tidy


class RenameForm(FlaskForm):
    """One field: the name."""

    name = StringField(
        _l("Nama tema"),
        widget=TextInput(),
        filters=[tidy],
        validators=[InputRequired(_l("Tulis nama tema.")), Length(3, 80, _l("Nama tema 3 sampai 80 huruf."))],
    )
    submit = SubmitField(_l("Ganti nama"), widget=Submit())
