"""Joining by an invitation: a password of one's own."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, SubmitField
from wtforms.validators import InputRequired, Length

from forms.controls import PasswordInput, Submit


class JoinForm(FlaskForm):
    """One field: the account's e-mail and role come from the invitation."""

    password = PasswordField(
        _l("Kata sandi baru"),
        description=_l("Sedikitnya 10 huruf. Kalimat pendek yang Anda hafal lebih baik daripada kata yang rumit."),
        widget=PasswordInput(),
        validators=[
            InputRequired(_l("Tulis kata sandi.")),
            Length(10, 128, _l("Kata sandi sedikitnya 10 huruf.")),
        ],
    )
    submit = SubmitField(_l("Buat akun"), widget=Submit())
