"""A meeting: what it was, who came, what was agreed, and the points taken down."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DateField,
    Field,
    HiddenField,
    IntegerField,
    SelectChoice,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import Optional, StopValidation, ValidationError

from forms import words
from forms.controls import DayInput, Select, Submit, TextArea, TextInput
from forms.rules import UNKNOWN, at_most, needed
from models.vocabulary import Group, MeetingKind

MOST_PEOPLE = 10_000


def _day(_form: FlaskForm, field: Field) -> None:
    if field.data is None:
        field.errors = []  # what the library says of a day that it cannot read
        raise StopValidation(_l("Tulis tanggalnya, contoh 2026-11-24."))


class MeetingForm(FlaskForm):
    """What sort of meeting, where and when."""

    title = StringField(
        _l("Nama pertemuan"),
        widget=TextInput(),
        validators=[needed(_l("Tulis nama pertemuannya.")), at_most(200)],
    )
    kind = SelectField(_l("Jenis"), widget=Select(), choices=words.choices(MeetingKind), invalid_choice_message=UNKNOWN)
    held_on = DateField(_l("Tanggal"), widget=DayInput(), validators=[_day])
    place = StringField(_l("Tempat"), widget=TextInput(), validators=[at_most(200)])
    area = SelectField(_l("Kelurahan"), widget=Select(), default="", invalid_choice_message=UNKNOWN)
    submit = SubmitField(_l("Simpan pertemuan"), widget=Submit())

    def set_areas(self, areas: Iterable[tuple[str, str]]) -> None:
        """Hand in the kelurahan."""
        self.area.choices = [SelectChoice("", _l("Seluruh kota")), *(SelectChoice(*pair) for pair in areas)]


class SpokenForm(FlaskForm):
    """One thing said at a meeting, taken down live: one line, Enter, the next."""

    text = StringField(
        _l("Butir"),
        description=_l("Satu hal satu baris, lalu tekan Enter."),
        widget=TextInput(),
        validators=[needed(_l("Tulis butirnya.")), at_most(1500)],
    )
    dimension = SelectField(_l("Bidang"), widget=Select(), default="", invalid_choice_message=UNKNOWN)
    group = SelectField(
        _l("Kelompok"),
        widget=Select(),
        default=Group.CITIZEN.value,
        choices=words.choices(Group),
        invalid_choice_message=UNKNOWN,
    )
    key = HiddenField()
    submit = SubmitField(_l("Catat"), widget=Submit())

    def set_dimensions(self, dimensions: Iterable[tuple[str, str]]) -> None:
        """Hand in the dimensions."""
        self.dimension.choices = [SelectChoice("", _l("Belum ditentukan")), *(SelectChoice(*d) for d in dimensions)]


class CorrectionForm(SpokenForm):
    """The same line, written right."""

    text = TextAreaField(_l("Butir"), widget=TextArea(), validators=[needed(_l("Tulis butirnya.")), at_most(1500)])
    submit = SubmitField(_l("Simpan perbaikan"), widget=Submit())


class AgreementForm(FlaskForm):
    """One thing agreed on."""

    subject = StringField(
        _l("Pokok bahasan"), widget=TextInput(), validators=[needed(_l("Tulis pokok bahasannya.")), at_most(200)]
    )
    agreed = TextAreaField(
        _l("Kesepakatan"), widget=TextArea(), validators=[needed(_l("Tulis yang disepakati.")), at_most(2000)]
    )
    responsible = StringField(_l("Penanggung jawab"), widget=TextInput(), validators=[at_most(200)])
    due_on = StringField(_l("Tenggat"), description=_l("Boleh kosong."), widget=DayInput())
    submit = SubmitField(_l("Simpan kesepakatan"), widget=Submit())

    def validate_due_on(self, field: Field) -> None:
        """A day of the calendar, or nothing."""
        typed = (field.data or "").strip()
        try:
            self.due = date.fromisoformat(typed) if typed else None
        except ValueError as error:
            raise ValidationError(_l("Tulis tanggalnya, contoh 2026-11-24.")) from error


def attendance_form(constituencies: Iterable[tuple[str, str]], formdata: Any = None) -> FlaskForm:
    """Three numbers for each constituency: invited, women, men; a row of zeros is no row."""
    fields: dict[str, Field] = {
        f"{what}-{code}": IntegerField(label, widget=TextInput(), validators=[Optional(), _people])
        for code, _name in constituencies
        for what, label in (("invited", _l("Diundang")), ("women", _l("Perempuan")), ("men", _l("Laki-laki")))
    }
    fields["submit"] = SubmitField(_l("Simpan kehadiran"), widget=Submit())
    return type("AttendanceForm", (FlaskForm,), fields)(formdata=formdata)


def _people(_form: FlaskForm, field: Field) -> None:
    if field.data is None or not 0 <= field.data <= MOST_PEOPLE:
        field.errors = []  # what the library says of a word where a number should be
        raise StopValidation(_l("Tulis angka dari 0 sampai 10.000, atau kosongkan."))
