"""Joining by an invitation: a password of one's own."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField, SubmitField
from wtforms.validators import InputRequired, Length, ValidationError

from forms.controls import PasswordInput, Submit, TextInput
from forms.rules import at_most, length_of


class JoinForm(FlaskForm):
    """A password, and who is behind it; e-mail, role and agency come from the invitation."""

    name = StringField(
        _l("Nama Anda"),
        description=_l("Hanya untuk tim revisi; tidak diumumkan tanpa persetujuan Anda."),
        widget=TextInput(),
        validators=[at_most(120)],
    )
    organisation = StringField(
        _l("Lembaga"),
        description=_l("Misalnya perguruan tinggi atau pusat kajian."),
        widget=TextInput(),
        validators=[at_most(200)],
    )
    password = PasswordField(
        _l("Kata sandi baru"),
        description=_l("Sedikitnya 10 huruf. Kalimat pendek yang Anda hafal lebih baik daripada kata yang rumit."),
        widget=PasswordInput(),
        validators=[
            InputRequired(_l("Tulis kata sandi.")),
            Length(10, message=_l("Kata sandi sedikitnya 10 huruf.")),
            at_most(128),
        ],
    )
    submit = SubmitField(_l("Buat akun"), widget=Submit())

    def __init__(self, *args: Any, asks_organisation: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asks_organisation = asks_organisation
        if not asks_organisation:
            del self.organisation

    def validate_organisation(self, field: StringField) -> None:
        """An academic says from which institution."""
        if not length_of(field.data):
            raise ValidationError(_l("Tulis lembaga Anda."))
