"""The citizen's form: the text first; everything else may be skipped."""

import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    Field,
    HiddenField,
    RadioField,
    SelectChoice,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import Optional, ValidationError

from forms import words
from forms.controls import Checkboxes, Radios, Select, Submit, TextArea, TextInput
from forms.grounds import scale
from forms.rules import CONDITIONS, IMPORTANCES, UNKNOWN, at_most, length_of
from forms.topics import TopicGroup
from models.vocabulary import AgeBand, Experience, Gender, Purpose, Visibility

SHORTEST, LONGEST = 10, 1500
AUTO, OTHER = "auto", "lainnya"
PHONE = re.compile(r"\+?[\d ().-]{8,20}")
EMAIL = re.compile(r"[^\s@,;<>\"]{1,64}@[^\s@,;<>\"]+\.[^\s@,;<>\".]{2,}")
VISIBILITIES = {
    Visibility.NAMED: _l("Semua orang, dengan nama saya"),
    Visibility.UNNAMED: _l("Semua orang, tanpa nama saya"),
    Visibility.TEAM: _l("Hanya tim revisi"),
}


class Place(Protocol):
    code: str
    name: str


class Term(Protocol):
    code: str
    label: str


class Wording(Protocol):
    text: str


def long_enough(_form: FlaskForm, field: Field) -> None:
    """Between 10 and 1,500 characters, counted without the spaces around and with a line break as one."""
    length = length_of(field.data)
    if length < SHORTEST:
        raise ValidationError(_l("Tulis dulu masalah atau usul Anda, sedikitnya 10 huruf."))
    if length > LONGEST:
        raise ValidationError(
            _l("Tulisan Anda %(length)s huruf; paling panjang 1.500. Pendekkan, atau kirim dua kali.", length=length)
        )


def _folded(title: object, kind: type, **more: object) -> SelectField:
    """One word of the vocabulary from a folded list, or none."""
    none = SelectChoice("", _l("Tidak disebut"))
    return SelectField(
        title,
        widget=Select(),
        default="",
        choices=[none, *words.choices(kind)],
        validators=[Optional()],
        invalid_choice_message=UNKNOWN,
        **more,
    )


class SuggestionForm(FlaskForm):
    """What a citizen may send; what the city's plan offers to choose from is handed in by the door."""

    text = TextAreaField(
        _l("Ceritakan masalah atau usul Anda"),
        description=_l("Bahasa sehari-hari atau bahasa Jawa boleh. Jangan tulis NIK, nomor HP, atau nama orang lain."),
        widget=TextArea(),
        validators=[long_enough],
    )
    cari = StringField(_l("Cari soal"))
    topic = RadioField(
        _l("Soal apa?"),
        widget=Radios(),
        default=AUTO,
        validators=[Optional()],
        invalid_choice_message=UNKNOWN,
    )
    condition = scale(_l("Menurut Anda keadaannya sekarang?"), CONDITIONS)
    importance = scale(_l("Seberapa penting dibenahi?"), IMPORTANCES)
    kelurahan = SelectField(
        _l("Di kelurahan mana?"),
        widget=Select(),
        default="",
        validators=[Optional()],
        invalid_choice_message=UNKNOWN,
    )
    affected = SelectMultipleField(
        _l("Siapa yang paling merasakan?"), widget=Checkboxes(), invalid_choice_message=UNKNOWN
    )
    experience = _folded(_l("Anda mengalami sendiri?"), Experience)
    constituencies = SelectMultipleField(
        _l("Anda termasuk kelompok mana?"), widget=Checkboxes(), invalid_choice_message=UNKNOWN
    )
    gender = _folded(_l("Jenis kelamin"), Gender)
    age_band = _folded(
        _l("Umur"),
        AgeBand,
        description=_l("Bila di bawah 18 tahun, nama, nomor, dan e-mail tidak kami simpan."),
    )
    name = StringField(_l("Nama"), widget=TextInput(), validators=[at_most(120)])
    phone = StringField(_l("Nomor HP atau WA"), widget=TextInput(), validators=[at_most(30)])
    email = StringField(_l("E-mail"), widget=TextInput(), validators=[at_most(254)])
    purposes = SelectMultipleField(_l("Persetujuan"), widget=Checkboxes(), invalid_choice_message=UNKNOWN)
    visibility = RadioField(
        _l("Siapa boleh membacanya?"),
        widget=Radios(),
        default=Visibility.UNNAMED.value,
        choices=[SelectChoice(member.value, label) for member, label in VISIBILITIES.items()],
        validators=[Optional()],
        invalid_choice_message=UNKNOWN,
    )
    paragraph = HiddenField()
    serial = HiddenField()
    key = HiddenField()
    started = HiddenField()
    hinted = HiddenField()
    website = StringField()
    submit = SubmitField(_l("Kirim masukan"), widget=Submit())

    def set_choices(
        self,
        groups: Iterable[TopicGroup],
        areas: Iterable[Place],
        terms: Mapping[str, Iterable[Term]],
        wordings: Mapping[str, Wording],
    ) -> None:
        """Hand in the topics (in their groups), the kelurahan, the words to choose from, and the consents."""
        self.topic.choices = [
            SelectChoice(AUTO, _l("Pilihkan untuk saya")),
            *(SelectChoice(topic.slug, topic.label) for group in groups for topic in group.topics),
            SelectChoice(OTHER, _l("Lainnya")),
        ]
        self.kelurahan.choices = [
            SelectChoice("", _l("Tidak disebut")),
            *(SelectChoice(area.code, area.name) for area in areas),
            SelectChoice("kota", _l("Seluruh kota")),
            SelectChoice("luar", _l("Luar kota")),
        ]
        self.affected.choices = [SelectChoice(t.code, t.label) for t in terms.get("affected", ())]
        self.constituencies.choices = [SelectChoice(t.code, t.label) for t in terms.get("constituency", ())]
        self.purposes.choices = [SelectChoice(p.value, wordings[p].text) for p in Purpose if p in wordings]

    @property
    def is_of_a_child(self) -> bool:
        """Whether somebody under 18 writes, of whom no contact is kept."""
        return self.age_band.data == AgeBand.UNDER_18

    def validate_phone(self, field: StringField) -> None:
        """A number as people write it: 0812-…, +62 …"""
        if not self.is_of_a_child and field.data and not PHONE.fullmatch(field.data.strip()):
            raise ValidationError(_l("Nomor ini tidak terbaca. Contoh: 0812-0000-0000."))

    def validate_email(self, field: StringField) -> None:
        """Something with an @ between two parts, on one line."""
        if not self.is_of_a_child and field.data and not EMAIL.fullmatch(field.data.strip()):
            raise ValidationError(_l("Alamat e-mail ini tidak terbaca. Contoh: nama@contoh.id."))

    def validate_name(self, field: StringField) -> None:
        """Whoever wants to be named says the name."""
        if not self.is_of_a_child and self.visibility.data == Visibility.NAMED and not length_of(field.data):
            raise ValidationError(_l("Tulis nama yang boleh diumumkan, atau pilih tanpa nama."))

    def validate_purposes(self, field: SelectMultipleField) -> None:
        """Nothing is kept that nobody agreed to, and no consent stands without something to use it on."""
        if self.is_of_a_child or field.errors:
            return
        is_reachable = length_of(self.phone.data) or length_of(self.email.data)
        agreed = set(field.data or ())
        if Purpose.NEWS in agreed and not is_reachable:
            raise ValidationError(_l("Tulis nomor HP atau e-mail untuk dikabari, atau hapus centang ini."))
        if is_reachable and Purpose.NEWS not in agreed:
            raise ValidationError(_l("Centang “Kabari saya”, atau kosongkan nomor HP dan e-mail."))
        if self.visibility.data == Visibility.NAMED and Purpose.NAME not in agreed:
            raise ValidationError(_l("Centang “Boleh tampilkan nama saya”, atau pilih tanpa nama."))
        if length_of(self.name.data) and not agreed:
            raise ValidationError(_l("Centang persetujuan memakai nama Anda, atau kosongkan namanya."))
