"""Typing paper in: a pile, one form of it by digits and text, and closing it."""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import StopValidation, ValidationError

from forms import words
from forms.controls import Radios, Select, Submit, TextArea, TextInput
from forms.rules import UNKNOWN, at_most, needed
from forms.suggestion import long_enough
from models.vocabulary import Channel


class Place(Protocol):
    code: str
    name: str


class Printed(Protocol):
    """What a printed form numbers, in its order: (code, label)."""

    dimensions: Sequence[tuple[str, str]]
    affected: Sequence[tuple[str, str]]


def digit(highest: int) -> Any:
    """One digit up to the highest, or nothing."""

    def rule(_form: FlaskForm, field: Field) -> None:
        field.data = (field.data or "").strip()
        if field.data and not _is_number(field.data, 0, highest):
            raise ValidationError(_l("Tulis satu angka dari 1 sampai %(highest)s, atau kosongkan.", highest=highest))

    return rule


def _is_number(typed: str, least: int, most: int) -> bool:
    return len(typed) <= 2 and typed.isascii() and typed.isdecimal() and least <= int(typed) <= most


def whole(least: int, most: int) -> Any:
    """A whole number within these two, and no second sentence about the same number."""

    def rule(_form: FlaskForm, field: Field) -> None:
        if field.data is None or not least <= field.data <= most:
            field.errors = []  # what the library says of a word where a number should be
            raise StopValidation(_l("Tulis angka dari %(least)s sampai %(most)s.", least=least, most=most))

    return rule


class PileForm(FlaskForm):
    """Which pile: how it came, from where, how many."""

    channel = RadioField(
        _l("Asalnya"),
        widget=Radios(),
        default=Channel.PAPER.value,
        choices=[SelectChoice(c.value, words.spoken(c)) for c in (Channel.PAPER, Channel.ASSISTED)],
        validate_choice=False,
    )
    area = SelectField(_l("Kelurahan"), widget=Select(), default="", invalid_choice_message=UNKNOWN)
    expected = IntegerField(
        _l("Berapa lembar"),
        description=_l("Hitung dulu tumpukannya; 1 sampai 500. Yang dibantu di loket: perkiraan saja."),
        widget=TextInput(),
        validators=[whole(1, 500)],
    )
    submit = SubmitField(_l("Buka tumpukan"), widget=Submit())

    def validate_channel(self, field: Field) -> None:
        """One of the two."""
        if field.data not in {choice.value for choice in field.choices}:
            raise StopValidation(UNKNOWN)

    def set_areas(self, areas: Iterable[Place], bound_to: str | None) -> None:
        """Hand in the kelurahan; somebody bound to one has no other."""
        here = [SelectChoice(a.code, a.name) for a in areas if bound_to in (None, a.code)]
        self.area.choices = here if bound_to else [SelectChoice("", _l("Seluruh kota")), *here]


class EntryForm(FlaskForm):
    """One form as it lies on the table; every field but the text may stay empty. Enter in the last one sends."""

    serial = StringField(
        _l("Nomor lembar"),
        description=_l("Di sudut atas, contoh K7M-2F4. Lembar fotokopi tanpa nomor: kosongkan."),
        widget=TextInput(),
        validators=[at_most(20)],
    )
    text = TextAreaField(_l("Tulisannya, apa adanya"), widget=TextArea(), validators=[long_enough])
    about = StringField(_l("Soal apa (1–7)"), widget=TextInput())
    condition = StringField(_l("Keadaannya (1–4)"), widget=TextInput(), validators=[digit(4)])
    importance = StringField(_l("Pentingnya (1–4)"), widget=TextInput(), validators=[digit(4)])
    area = SelectField(_l("Kelurahan"), widget=Select(), default="", invalid_choice_message=UNKNOWN)
    affected = StringField(_l("Siapa yang paling merasakan"), widget=TextInput(), validators=[at_most(40)])
    experience = StringField(_l("Mengalami sendiri (1–3)"), widget=TextInput(), validators=[digit(3)])
    age_band = StringField(_l("Umur (1–5)"), widget=TextInput(), validators=[digit(5)])
    gender = StringField(_l("Jenis kelamin (1–3)"), widget=TextInput(), validators=[digit(3)])
    key = HiddenField()
    submit = SubmitField(_l("Simpan, lembar berikutnya"), widget=Submit())

    def set_choices(self, areas: Iterable[Place], printed: Printed) -> None:
        """Hand in the kelurahan, and what the printed form numbers."""
        self.area.choices = [SelectChoice("", _l("Tidak disebut")), *(SelectChoice(a.code, a.name) for a in areas)]
        self._printed = printed

    def validate_about(self, field: Field) -> None:
        """A number that the printed form has."""
        digit(len(self._printed.dimensions))(self, field)

    def validate_affected(self, _field: Field) -> None:
        """Numbers that the printed form has."""
        highest = len(self._printed.affected)
        if not all(_is_number(n, 1, highest) for n in self.numbers()):
            raise ValidationError(
                _l("Tulis angka dari 1 sampai %(highest)s dengan spasi di antaranya, atau kosongkan.", highest=highest)
            )

    def numbers(self) -> list[str]:
        """The numbers of the people affected, each once: "1 3" and "1, 3" are the same."""
        return list(dict.fromkeys((self.affected.data or "").replace(",", " ").split()))


class ContactEntryForm(EntryForm):
    """With how to reach somebody, as ticked on the paper; kept apart and never shown here again."""

    name = StringField(_l("Nama"), widget=TextInput(), validators=[at_most(120)])
    phone = StringField(_l("Nomor HP"), widget=TextInput(), validators=[at_most(40)])
    email = StringField(_l("Email"), widget=TextInput(), validators=[at_most(200)])
    wants_news = BooleanField(_l("Kotak “kabari saya” dicentang"))
    wants_name = BooleanField(_l("Kotak “boleh tampilkan nama saya” dicentang"))


class CloseForm(FlaskForm):
    """Closing a pile before all of it is in."""

    reason = StringField(
        _l("Alasan menutup sebelum penuh"),
        description=_l("Contoh: tiga lembar kosong."),
        widget=TextInput(),
        validators=[needed(_l("Tulis alasannya, karena belum semua lembar masuk.")), at_most(300)],
    )
    submit = SubmitField(_l("Tutup tumpukan"), widget=Submit())
