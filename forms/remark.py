"""What the team does with comments on the draft: shows them, does not, calls them settled, replies."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, StopValidation, ValidationError

from forms.controls import Submit, TextArea, TextInput
from forms.rules import UNKNOWN, all_ids, at_most, length_of, needed

SHOW, HIDE, SETTLE, UNSETTLE = DEEDS = ("show", "hide", "settle", "unsettle")
LONGEST_REASON, LONGEST = 300, 4_000


class RemarksForm(FlaskForm):
    """Ticked comments and what is done with all of them; what is not shown has a reason, which its author reads."""

    points = SelectMultipleField(_l("Komentar"), choices=[], validate_choice=False)
    why = StringField(
        _l("Alasan tidak ditampilkan"),
        description=_l("Penulisnya membaca alasan ini."),
        widget=TextInput(),
        validators=[at_most(LONGEST_REASON)],
    )
    deed = HiddenField(validators=[InputRequired(UNKNOWN), AnyOf(DEEDS, UNKNOWN)])

    def validate_points(self, field: SelectMultipleField) -> None:
        """Some must be ticked; what is no number was never on the page."""
        if not field.data:
            raise ValidationError(_l("Centang dahulu komentarnya."))
        all_ids(field.data)

    def validate_why(self, field: StringField) -> None:
        """A reason, where comments are not shown."""
        if self.deed.data == HIDE and not length_of(field.data):
            raise StopValidation(_l("Tulis alasannya; penulisnya membacanya."))


class ReplyForm(FlaskForm):
    """What the team says under a comment."""

    text = TextAreaField(
        _l("Balasan tim"),
        widget=TextArea(),
        validators=[needed(_l("Tulis balasannya.")), at_most(LONGEST)],
    )
    submit = SubmitField(_l("Kirim balasan"), widget=Submit())
