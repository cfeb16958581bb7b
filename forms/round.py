"""A round of consultation: its days, how far people are let in, and what is promised, in both languages."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField, StringField, SubmitField, TextAreaField

from forms import words
from forms.controls import Radios, Submit, TextArea, TextInput
from forms.days import DayField, day_needed
from forms.rules import at_most, chosen, needed
from models.vocabulary import Level

LONGEST_TITLE, LONGEST = 120, 500
# What each level promises, said by the office.
PROMISES = {
    Level.INFORM: _l("Kami memberi tahu apa yang direncanakan dan mengapa."),
    Level.CONSULT: _l("Kami mendengar, dan menjelaskan apa yang berubah karena masukan Anda."),
    Level.INVOLVE: _l("Kami bekerja dengan Anda agar keprihatinan Anda tampak dalam pilihan yang disusun."),
    Level.COLLABORATE: _l("Kami menyusun pilihannya bersama Anda dan mengikuti saran Anda sejauh mungkin."),
    Level.EMPOWER: _l("Kami menjalankan apa yang Anda putuskan."),
}
MISSING = _l("Tulis isinya; warga membacanya sebelum menulis.")


def _line(label: Any, hint: Any = "") -> StringField:
    return StringField(
        label, description=hint, widget=TextInput(), validators=[needed(MISSING), at_most(LONGEST_TITLE)]
    )


def _text(label: Any, hint: Any = "") -> TextAreaField:
    return TextAreaField(label, description=hint, widget=TextArea(), validators=[needed(MISSING), at_most(LONGEST)])


class RoundForm(FlaskForm):
    """A round, new or to be changed."""

    title_id = _line(_l("Judul, bahasa Indonesia"))
    title_en = _line(_l("Judul, bahasa Inggris"))
    opens = DayField(_l("Hari pertama"), validators=[day_needed])
    closes = DayField(_l("Hari terakhir"), description=_l("Ditutup pukul 23.59 WIB."), validators=[day_needed])
    answer_by = DayField(_l("Dijawab paling lambat"), validators=[day_needed])
    answerer_id = _line(_l("Siapa menjawab, bahasa Indonesia"), _l("Misalnya: Tim revisi."))
    answerer_en = _line(_l("Siapa menjawab, bahasa Inggris"))
    level = RadioField(
        _l("Sejauh mana warga ikut menentukan"),
        widget=Radios(),
        choices=words.choices(Level),
        validators=[chosen(_l("Pilih satu; dari sini warga tahu apa yang dapat diharapkan."))],
        validate_choice=False,
    )
    promise_id = _text(_l("Janji kami, bahasa Indonesia"), _l("Satu kalimat, sesuai dengan pilihan di atas."))
    promise_en = _text(_l("Janji kami, bahasa Inggris"))
    open_id = _text(_l("Yang masih bisa berubah, bahasa Indonesia"))
    open_en = _text(_l("Yang masih bisa berubah, bahasa Inggris"))
    fixed_id = _text(_l("Yang sudah ditetapkan, bahasa Indonesia"), _l("Agar tidak ada yang menulis percuma."))
    fixed_en = _text(_l("Yang sudah ditetapkan, bahasa Inggris"))
    shows_early = BooleanField(
        _l("Komentar atas naskah boleh dibaca orang lain begitu tim membacanya, tidak menunggu putaran ditutup")
    )
    submit = SubmitField(_l("Simpan putaran"), widget=Submit())


class ExtendForm(FlaskForm):
    """A later last day."""

    closes = DayField(
        _l("Hari terakhir yang baru"), description=_l("Ditutup pukul 23.59 WIB."), validators=[day_needed]
    )
    answer_by = DayField(_l("Dijawab paling lambat"), validators=[day_needed])
    reason = TextAreaField(_l("Alasan"), widget=TextArea(), validators=[at_most(LONGEST)])
    submit = SubmitField(_l("Perpanjang"), widget=Submit())


class WindowForm(FlaskForm):
    """When each group that writes with an account may do so, where that is not all of the round."""

    opens_academic = DayField(_l("Akademisi: hari pertama"))
    closes_academic = DayField(_l("Akademisi: hari terakhir"))
    opens_agency = DayField(_l("Perangkat daerah: hari pertama"))
    closes_agency = DayField(_l("Perangkat daerah: hari terakhir"))
    submit = SubmitField(_l("Simpan masa menulis"), widget=Submit())
