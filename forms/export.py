"""What is asked of a paper: its form, and what it is narrowed to."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, SelectField, StringField
from wtforms.validators import Length, Optional

from forms.rules import UNKNOWN

LONGEST_RECEIPT = 20
ENDING = _l("Pilih bentuk berkasnya.")
Choices = Sequence[tuple[str, str]]


class ExportForm(FlaskForm):
    """One button for each form of the paper; filters that a paper does not know are not on its page."""

    ending = SelectField(choices=[], invalid_choice_message=ENDING)
    dimension = SelectField(choices=[], validators=[Optional()], invalid_choice_message=UNKNOWN)
    group = SelectField(choices=[], validators=[Optional()], invalid_choice_message=UNKNOWN)
    meeting = SelectField(choices=[], validators=[Optional()], invalid_choice_message=UNKNOWN)
    receipt = StringField(validators=[Optional(), Length(max=LONGEST_RECEIPT, message=UNKNOWN)])
    public = BooleanField()

    def set_choices(self, endings: Sequence[str], dimensions: Choices, groups: Choices, meetings: Choices) -> None:
        """What may be chosen; the first of each filter is everything."""
        everything = ("", "")
        self.ending.choices = [(ending, ending) for ending in endings]
        self.dimension.choices = [everything, *dimensions]
        self.group.choices = [everything, *groups]
        self.meeting.choices = [everything, *meetings]

    def filters(self) -> dict[str, object]:
        """What was chosen, as the job keeps it."""
        kept = {field.short_name: field.data for field in (self.dimension, self.group, self.meeting, self.receipt)}
        found: dict[str, object] = {name: value.strip() for name, value in kept.items() if value and value.strip()}
        return found | ({"public": True} if self.public.data else {})
