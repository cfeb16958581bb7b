"""Ticked texts of a theme, or of none, and what is to be done with them."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, ValidationError

from forms.controls import Select, TextInput
from forms.rules import UNKNOWN, all_ids, at_most, length_of, listed, tidy

LONGEST_REASON = 200
FEWEST, LONGEST_NAME = 3, 80


class SortingForm(FlaskForm):
    """Texts, one of several deeds, and what that deed needs: a theme to go to, or a name for a new one."""

    DEEDS: tuple[str, ...] = ("pin", "move", "release", "split", "example")
    NAMED: tuple[str, ...] = ("split",)

    points = SelectMultipleField(_l("Teks"), choices=[], validate_choice=False)
    deed = HiddenField()
    target = SelectField(_l("Pindahkan ke tema"), widget=Select(), choices=[], validate_choice=False)
    name = StringField(_l("Nama tema baru"), widget=TextInput(), filters=[tidy])
    reason = StringField(
        _l("Alasan (boleh dilewati)"), widget=TextInput(), filters=[tidy], validators=[at_most(LONGEST_REASON)]
    )

    def validate_deed(self, field: HiddenField) -> None:
        """One of the buttons of the page."""
        AnyOf(self.DEEDS, UNKNOWN)(self, field)

    def validate_points(self, field: SelectMultipleField) -> None:
        """Some must be ticked; what is no number was never on the page."""
        if not field.data:
            raise ValidationError(_l("Centang dahulu teksnya."))
        all_ids(field.data)

    def validate_target(self, field: SelectField) -> None:
        """A theme of the list, where texts are moved."""
        if self.deed.data == "move" and field.data not in {choice.value for choice in field.choices if choice.value}:
            raise ValidationError(_l("Pilih dahulu temanya."))

    def validate_name(self, field: StringField) -> None:
        """A name, where a theme is made."""
        if self.deed.data in self.NAMED and not FEWEST <= length_of(field.data) <= LONGEST_NAME:
            raise ValidationError(_l("Nama tema 3 sampai 80 huruf."))

    def ids(self) -> list[int]:
        """The ticked points."""
        return sorted({int(i) for i in self.points.data})


class UnplacedForm(SortingForm):
    """The same for texts that stand in no theme: into one that is there, or into a new one."""

    DEEDS = ("move", "found")
    NAMED = ("found",)

    dimension = SelectField(
        _l("Bidang tema baru"), widget=Select(), choices=[], validate_choice=False, validators=[listed]
    )


class TargetForm(FlaskForm):
    """The theme into which another one goes whole."""

    target = SelectField(_l("Gabungkan seluruhnya ke"), widget=Select(), choices=[], validate_choice=False)

    def validate_target(self, field: SelectField) -> None:
        """One of the list."""
        if field.data not in {choice.value for choice in field.choices if choice.value}:
            raise ValidationError(_l("Pilih dahulu temanya."))


class GroupForm(FlaskForm):
    """One of the groups that the machine suggests, and the name that a person gives it."""

    number = HiddenField()
    name = StringField(_l("Nama tema baru"), widget=TextInput(), filters=[tidy])

    def validate_number(self, field: HiddenField) -> None:
        """The place of a group in the list."""
        if not (field.data or "").isdecimal() or len(field.data) > 3:
            raise ValidationError(UNKNOWN)

    def validate_name(self, field: StringField) -> None:
        """A name that can be read in a list."""
        if not FEWEST <= length_of(field.data) <= LONGEST_NAME:
            raise ValidationError(_l("Nama tema 3 sampai 80 huruf."))
