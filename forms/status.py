"""Looking up what became of a submission, and correcting it: number, PIN and new words."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, SubmitField, TextAreaField
from wtforms.validators import InputRequired, Length

from forms.controls import Submit, TextArea, TextInput
from forms.suggestion import long_enough


class StatusForm(FlaskForm):
    """Two fields of the receipt."""

    receipt_no = StringField(
        _l("Nomor tanda terima"),
        description=_l("Contoh: PKL-7K3M-92. Tanda hubung boleh dilewati."),
        widget=TextInput(),
        validators=[
            InputRequired(_l("Tulis nomor tanda terima.")),
            Length(max=40, message=_l("Nomor terlalu panjang.")),
        ],
    )
    pin = StringField(
        _l("PIN"),
        description=_l("Enam angka di sebelah nomor."),
        widget=TextInput(),
        validators=[InputRequired(_l("Tulis PIN.")), Length(max=20, message=_l("PIN terlalu panjang."))],
    )
    submit = SubmitField(_l("Lihat kabar"), widget=Submit())


class CorrectionForm(FlaskForm):
    """The words anew."""

    text = TextAreaField(
        _l("Tulisan Anda"),
        description=_l("Jangan tulis NIK, nomor HP, atau nama orang lain."),
        widget=TextArea(),
        validators=[long_enough],
    )
    submit = SubmitField(_l("Simpan perbaikan"), widget=Submit())


class LateCorrectionForm(StatusForm):
    """The same where the quarter of an hour is over: number and PIN once more, the words kept."""

    text = CorrectionForm.text
    submit = SubmitField(_l("Simpan perbaikan"), widget=Submit())
