"""Which part of a chapter is fixed, and why; without a reason it is opened again."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, StringField
from wtforms.validators import AnyOf, InputRequired, StopValidation

from forms.controls import TextInput
from forms.rules import UNKNOWN, at_most, length_of

FIX, OPEN = DEEDS = ("fix", "open")
LONGEST = 300


class OpennessForm(FlaskForm):
    """A section by its name, or all of the chapter."""

    section = HiddenField()
    is_chapter = HiddenField()
    why = StringField(
        _l("Mengapa sudah tetap"),
        description=_l("Warga membaca alasan ini di bagian itu."),
        widget=TextInput(),
        validators=[at_most(LONGEST)],
    )
    deed = HiddenField(validators=[InputRequired(UNKNOWN), AnyOf(DEEDS, UNKNOWN)])

    def validate_why(self, field: Field) -> None:
        """A reason, where something is fixed."""
        if self.deed.data == FIX and not length_of(field.data):
            raise StopValidation(_l("Tulis alasannya, agar tidak ada yang menulis percuma."))
