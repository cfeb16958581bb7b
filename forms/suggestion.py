"""The citizen's form: the text first; everything else may be skipped."""

from collections.abc import Iterable
from typing import Protocol

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectChoice, SelectField, StringField, SubmitField, TextAreaField
from wtforms.validators import Optional, ValidationError

from forms.controls import Radios, Select, Submit, TextArea
from forms.rules import CONDITIONS, IMPORTANCES, UNKNOWN, length_of

SHORTEST, LONGEST = 10, 1500


class Topic(Protocol):
    slug: str
    label: str


class TopicGroup(Protocol):
    label: str
    topics: Iterable[Topic]


class Place(Protocol):
    code: str
    name: str


def long_enough(_form: FlaskForm, field: Field) -> None:
    """Between 10 and 1,500 characters, counted without the spaces around and with a line break as one."""
    length = length_of(field.data)
    if length < SHORTEST:
        raise ValidationError(_l("Tulis dulu masalah atau usul Anda, sedikitnya 10 huruf."))
    if length > LONGEST:
        raise ValidationError(
            _l("Tulisan Anda %(length)s huruf; paling panjang 1.500. Pendekkan, atau kirim dua kali.", length=length)
        )


class SuggestionForm(FlaskForm):
    """What a citizen may send; the choices of topic and kelurahan are handed in by the door."""

    text = TextAreaField(
        _l("Ceritakan masalah atau usul Anda"),
        description=_l("Bahasa sehari-hari atau bahasa Jawa boleh. Jangan tulis NIK, nomor HP, atau nama orang lain."),
        widget=TextArea(),
        validators=[long_enough],
    )
    topic = RadioField(
        _l("Soal apa?"),
        widget=Radios(),
        default="auto",
        validators=[Optional()],
        invalid_choice_message=UNKNOWN,
    )
    condition = RadioField(
        _l("Menurut Anda keadaannya sekarang?"),
        widget=Radios(),
        validators=[Optional()],
        invalid_choice_message=UNKNOWN,
        choices=CONDITIONS,
    )
    importance = RadioField(
        _l("Seberapa penting dibenahi?"),
        widget=Radios(),
        validators=[Optional()],
        invalid_choice_message=UNKNOWN,
        choices=IMPORTANCES,
    )
    kelurahan = SelectField(
        _l("Di kelurahan mana?"),
        widget=Select(),
        default="",
        validators=[Optional()],
        invalid_choice_message=UNKNOWN,
    )
    paragraph = HiddenField()
    key = HiddenField()
    started = HiddenField()
    website = StringField()
    submit = SubmitField(_l("Kirim masukan"), widget=Submit())

    def set_choices(self, groups: Iterable[TopicGroup], areas: Iterable[Place]) -> None:
        """Hand in the topics (in their groups) and the kelurahan of this city's plan."""
        self.topic.choices = [SelectChoice("auto", _l("Pilihkan untuk saya"))] + [
            SelectChoice(topic.slug, topic.label) for group in groups for topic in group.topics
        ]
        self.kelurahan.choices = [
            SelectChoice("", _l("Tidak disebut")),
            *(SelectChoice(area.code, area.name) for area in areas),
            SelectChoice("kota", _l("Seluruh kota")),
            SelectChoice("luar", _l("Luar kota")),
        ]
