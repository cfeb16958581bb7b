"""A file of voices: the file itself, then what its columns mean and what holds for all of its rows."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SelectChoice, SelectField, SubmitField
from wtforms.validators import StopValidation

from forms.controls import FileInput, Select, Submit
from forms.rules import UNKNOWN

COLUMN = "column_"
Pairs = Sequence[tuple[str, str]]


class ImportFileForm(FlaskForm):
    """One field: the file."""

    file = FileField(
        _l("Berkas masukan"),
        description=_l("CSV, Excel (.xlsx), atau ekspor percakapan WhatsApp (.txt), paling besar 16 MB."),
        widget=FileInput(),
    )
    submit = SubmitField(_l("Baca berkas"), widget=Submit())

    def validate_file(self, field: FileField) -> None:
        """There must be a file at all."""
        if not field.data or not field.data.filename:
            raise StopValidation(_l("Pilih berkasnya dahulu."))


class SheetForm(FlaskForm):
    """Which sheet of a workbook."""

    sheet = SelectField(_l("Lembar yang dibaca"), widget=Select(), validate_choice=False)
    submit = SubmitField(_l("Baca lembar ini"), widget=Submit())

    def set_sheets(self, pairs: Pairs) -> None:
        """Hand in the sheets that hold something."""
        self.sheet.choices = _choices(pairs)

    def validate_sheet(self, field: SelectField) -> None:
        """One of the list."""
        if field.data not in _values(field):
            raise StopValidation(UNKNOWN)


class MappingForm(FlaskForm):
    """What holds for the whole file; the columns have a list each, added by `mapping_form`."""

    group = SelectField(_l("Kelompok, bila barisnya tidak menyebut"), widget=Select(), validate_choice=False)
    channel = SelectField(_l("Jalan masuk, bila barisnya tidak menyebut"), widget=Select(), validate_choice=False)
    submit = SubmitField(_l("Periksa lagi"), widget=Submit())

    def columns(self) -> list[SelectField]:
        """The lists of the columns, in their order."""
        return [field for field in self if field.name.startswith(COLUMN)]

    def set_choices(self, groups: Pairs, channels: Pairs, more: Sequence[tuple[str, str] | None]) -> None:
        """The words of the two lists, and for each column the meaning it has already, where the list lacks it."""
        self.group.choices, self.channel.choices = _choices(groups), _choices(channels)
        for field, pair in zip(self.columns(), more, strict=True):
            if pair and pair[0] not in _values(field):
                field.choices = [*field.choices, *_choices([pair])]

    def validate(self, extra_validators: object = None) -> bool:
        """Every choice is one of its list."""
        is_valid = bool(super().validate(extra_validators))
        for field in (self.group, self.channel, *self.columns()):
            if field.data not in _values(field):
                field.errors = [UNKNOWN]
                is_valid = False
        return is_valid


def _choices(pairs: Pairs) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]


def _values(field: SelectField) -> set[str]:
    return {choice.value for choice in field.choices}


def mapping_form(names: Sequence[str], targets: Pairs) -> type[MappingForm]:
    """A form with one list for each column of a file."""
    fields = {
        f"{COLUMN}{at}": SelectField(name, widget=Select(), choices=_choices(targets), validate_choice=False)
        for at, name in enumerate(names)
    }
    return type("MappingOfFileForm", (MappingForm,), fields)
