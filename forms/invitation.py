"""Inviting somebody, and what somebody who is here may do."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField, SelectChoice, SelectField, StringField, SubmitField
from wtforms.validators import Email, ValidationError

from forms import words
from forms.controls import Radios, Select, Submit, TextInput
from forms.rules import UNKNOWN, at_most, chosen, needed
from models.vocabulary import Duty


def tidy_address(value: str | None) -> str | None:
    """An address as it is kept: small letters, no spaces around it."""
    return value.strip().lower() if value else value


class DutyForm(FlaskForm):
    """A role, and where somebody works; duties and agencies are handed in by the door."""

    duty = RadioField(_l("Peran"), widget=Radios(), validators=[chosen(_l("Pilih perannya."))], validate_choice=False)
    agency = SelectField(
        _l("Perangkat daerah"),
        description=_l("Wajib untuk peran perangkat daerah, dan hanya untuk peran itu."),
        default="",
        widget=Select(),
        invalid_choice_message=UNKNOWN,
    )
    organisation = StringField(
        _l("Lembaga"),
        description=_l("Misalnya perguruan tinggi, atau kelurahan tempatnya bertugas."),
        widget=TextInput(),
        validators=[at_most(200)],
    )
    submit = SubmitField(_l("Simpan"), widget=Submit())

    def set_choices(self, duties: Iterable[Duty], agencies: Iterable[tuple[str, str]]) -> None:
        """Hand in the roles there are and the agencies of the plan."""
        self.duty.choices = [SelectChoice(duty.value, words.spoken(duty)) for duty in duties]
        empty = SelectChoice("", _l("Tidak ada"))
        self.agency.choices = [empty, *(SelectChoice(code, name) for code, name in agencies)]

    def validate_agency(self, field: SelectField) -> None:
        """Somebody of an agency is invited for it, because the agency decides what they see."""
        if self.duty.data == Duty.AGENCY and not field.data:
            raise ValidationError(_l("Pilih perangkat daerahnya."))
        if self.duty.data != Duty.AGENCY and field.data:
            raise ValidationError(_l("Hanya untuk peran perangkat daerah. Pilih “Tidak ada”, atau ganti perannya."))


class InvitationForm(DutyForm):
    """Whom to invite; the address is the name of the account, nothing is sent to it."""

    email = StringField(
        _l("E-mail"),
        description=_l("Menjadi nama akunnya. Situs ini tidak mengirim apa pun; tautannya Anda serahkan sendiri."),
        widget=TextInput(),
        filters=[tidy_address],
        validators=[
            needed(_l("Tulis alamat e-mailnya.")),
            at_most(200),
            Email(_l("Alamat ini tidak terbaca. Tulis seperti nama@contoh.go.id.")),
        ],
    )
    submit = SubmitField(_l("Buat undangan"), widget=Submit())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.move_first("email")

    def move_first(self, name: str) -> None:
        """Errors are listed in the order of the page."""
        self._fields = {name: self._fields[name], **self._fields}
