"""What the sender of a point replies to its answer; where the visit is over, with number and PIN once more."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SubmitField, TextAreaField
from wtforms.validators import StopValidation

from forms.controls import Submit, TextArea
from forms.rules import at_most, length_of
from forms.status import StatusForm

LONGEST, SHORTEST, FEWEST = 1500, 15, 3


def said(_form: FlaskForm, field: TextAreaField) -> None:
    """A few words at least, because a person is to answer them."""
    if length_of(field.data) < SHORTEST or len((field.data or "").split()) < FEWEST:
        raise StopValidation(_l("Tulis apa yang belum sesuai, sedikitnya satu kalimat."))


class ObjectionForm(FlaskForm):
    """What the sender of a point replies to its answer; `hinted` tells which personal data were pointed out."""

    text = TextAreaField(
        _l("Keberatan Anda"),
        description=_l("Jangan tulis NIK, nomor HP, atau nama orang lain."),
        widget=TextArea(),
        validators=[said, at_most(LONGEST)],
    )
    hinted = HiddenField()
    submit = SubmitField(_l("Kirim keberatan"), widget=Submit())


class LateObjectionForm(StatusForm):
    """The same where the quarter of an hour is over: number and PIN once more, the words kept."""

    text = ObjectionForm.text
    hinted = HiddenField()
    submit = SubmitField(_l("Kirim keberatan"), widget=Submit())
