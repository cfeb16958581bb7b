"""What is to be done with texts that are held: which of them, and whether they are read or rest."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectMultipleField
from wtforms.validators import AnyOf, InputRequired, NumberRange, ValidationError
from wtforms.widgets import HiddenInput

from forms.rules import UNKNOWN, all_ids

DEEDS = ("release", "rest", "release_all", "rest_all")


class HeldForm(FlaskForm):
    """Ticked texts and one of four buttons; `upto` is the newest sending that the page spoke of."""

    texts = SelectMultipleField(_l("Teks"), choices=[], validate_choice=False)
    upto = IntegerField(widget=HiddenInput(), validators=[InputRequired(UNKNOWN), NumberRange(0, 2**63 - 1, UNKNOWN)])
    deed = HiddenField(validators=[AnyOf(DEEDS, UNKNOWN)])

    def validate_texts(self, field: SelectMultipleField) -> None:
        """Some must be ticked, unless it is about all; what is no number was never on the page."""
        if not (self.deed.data or "").endswith("all") and not field.data:
            raise ValidationError(_l("Centang dahulu teksnya, atau pilih semua."))
        all_ids(field.data or ())
