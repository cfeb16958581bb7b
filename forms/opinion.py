"""The short form on one dimension, for academics and, in the name of their institution, for agencies."""

from collections.abc import Iterable
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectChoice, SelectMultipleField, SubmitField, TextAreaField
from wtforms.validators import ValidationError

from forms import words
from forms.controls import Checkboxes, Radios, Submit, TextArea
from forms.grounds import approval, reference, scale
from forms.rules import CONDITIONS, IMPORTANCES, UNKNOWN, at_most, chosen, length_of, needed_when
from models.vocabulary import Capacity, Element, Nature

LONGEST, MOST_MISSIONS = 5000, 3


class Choice(Protocol):
    code: str
    label: str


class OpinionForm(FlaskForm):
    """A problem or a proposal, what the cure is made of, and what it serves."""

    problem = TextAreaField(
        _l("Masalah"),
        description=_l("Apa yang kurang baik sekarang, di mana, dan bagi siapa. Isi masalah, usulan, atau keduanya."),
        widget=TextArea(),
        validators=[at_most(LONGEST)],
    )
    proposal = TextAreaField(
        _l("Usulan"),
        description=_l("Apa yang sebaiknya dilakukan, dan oleh siapa."),
        widget=TextArea(),
        validators=[at_most(LONGEST)],
    )
    condition = scale(_l("Keadaannya sekarang"), CONDITIONS)
    importance = scale(_l("Seberapa penting dibenahi"), IMPORTANCES)
    element = RadioField(
        _l("Terutama soal apa"),
        widget=Radios(),
        choices=words.choices(Element),
        validators=[chosen(_l("Pilih satu elemen."))],
        validate_choice=False,
    )
    nature = RadioField(
        _l("Digital atau tidak"),
        widget=Radios(),
        choices=words.choices(Nature),
        validators=[chosen(_l("Pilih digital, non-digital, atau keduanya."))],
        validate_choice=False,
    )
    missions = SelectMultipleField(_l("Misi RPJMD yang didukung"), widget=Checkboxes(), invalid_choice_message=UNKNOWN)
    framework_items = SelectMultipleField(
        _l("Rujukan kebijakan nasional"), widget=Checkboxes(), invalid_choice_message=UNKNOWN
    )
    evidence = reference(_l("DOI, alamat web, nomor peraturan, atau data dengan tahunnya."))
    capacity = RadioField(
        _l("Bertindak sebagai"),
        widget=Radios(),
        choices=words.choices(Capacity),
        validators=[chosen(_l("Pilih pribadi atau resmi lembaga."))],
        validate_choice=False,
    )
    signed_off_by = approval(
        _l("Jabatan yang menyetujui, misalnya Kepala Bidang. Wajib bila resmi lembaga."),
        needed_when("capacity", "official", _l("Sebut jabatan yang mengesahkan, karena ini resmi lembaga.")),
    )
    key = HiddenField()
    submit = SubmitField(_l("Kirim pendapat"), widget=Submit())

    def __init__(self, *args: Any, is_agency: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_agency = is_agency

    def set_choices(self, missions: Iterable[Choice], items: Iterable[Choice]) -> None:
        """Hand in the missions and the policy items of this city's plan."""
        self.missions.choices = [SelectChoice(m.code, m.label) for m in missions]
        self.framework_items.choices = [SelectChoice(i.code, i.label) for i in items]

    def validate_problem(self, field: TextAreaField) -> None:
        """One of the two texts is enough; the error stands at the first."""
        if not length_of(field.data) and not length_of(self.proposal.data):
            raise ValidationError(_l("Tulis masalahnya, usulannya, atau keduanya."))

    def validate_missions(self, field: SelectMultipleField) -> None:
        """An agency names the missions it serves, three at the most."""
        if self.is_agency and not field.data:
            raise ValidationError(_l("Pilih misi yang didukung, satu sampai tiga."))
        if self.is_agency and len(field.data) > MOST_MISSIONS:
            raise ValidationError(_l("Pilih paling banyak tiga misi; Anda memilih %(n)s.", n=len(field.data)))
