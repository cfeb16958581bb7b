"""Looking up what became of a submission: number and PIN."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import StringField, SubmitField
from wtforms.validators import InputRequired, Length

from forms.controls import Submit, TextInput


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
