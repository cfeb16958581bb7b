"""What the public is told of a decision, and what the team replies to an objection."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SubmitField, TextAreaField

from forms import words
from forms.controls import Radios, Submit, TextArea
from forms.rules import UNKNOWN, at_most, needed
from models.vocabulary import ObjectionState

LONGEST = 2000


class ResponseForm(FlaskForm):
    """The public text, in Indonesian and where wanted in two more languages."""

    text_id = TextAreaField(
        _l("Jawaban untuk umum"), widget=TextArea(), validators=[needed(_l("Tulis jawabannya.")), at_most(LONGEST)]
    )
    text_jv = TextAreaField(_l("Dalam bahasa Jawa"), widget=TextArea(), validators=[at_most(LONGEST)])
    text_en = TextAreaField(_l("Dalam bahasa Inggris"), widget=TextArea(), validators=[at_most(LONGEST)])
    seen = HiddenField()
    submit = SubmitField(_l("Simpan rancangan"), widget=Submit())


class SettleForm(FlaskForm):
    """What the team replies to an objection, and what becomes of it."""

    state = RadioField(
        _l("Hasilnya"),
        widget=Radios(),
        choices=[c for c in words.choices(ObjectionState) if c.value != ObjectionState.OBJECTED.value],
        default=ObjectionState.SETTLED.value,
        invalid_choice_message=UNKNOWN,
    )
    answer = TextAreaField(
        _l("Jawaban tim"), widget=TextArea(), validators=[needed(_l("Tulis jawabannya.")), at_most(LONGEST)]
    )
    public_text = TextAreaField(
        _l("Keberatan yang boleh dicetak"),
        description=_l("Baca dahulu; buang nama, nomor, dan alamat. Dicetak bila perbedaan pendapatnya tetap."),
        widget=TextArea(),
        validators=[at_most(LONGEST)],
    )
    submit = SubmitField(_l("Simpan"), widget=Submit())
