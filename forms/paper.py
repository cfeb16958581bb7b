"""How many forms are printed, in which language, on which paper."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectChoice, SubmitField

from forms.controls import Radios, Submit, TextInput
from forms.entry import whole
from forms.rules import UNKNOWN, chosen

LANGUAGES = (("id", _l("bahasa Indonesia")), ("jv", _l("bahasa Jawa")), ("en", _l("bahasa Inggris")))
SIZES = (("a4", _l("A4, dua lembar A5")), ("f4", _l("F4 (215 × 330 mm), dua lembar")))


class PaperForm(FlaskForm):
    """A print run."""

    count = IntegerField(
        _l("Berapa lembar"),
        description=_l("1 sampai 200; dua lembar di satu halaman."),
        widget=TextInput(),
        validators=[whole(1, 200)],
    )
    language = RadioField(
        _l("Bahasa"),
        widget=Radios(),
        default="id",
        choices=[SelectChoice(*pair) for pair in LANGUAGES],
        validators=[chosen(UNKNOWN)],
        validate_choice=False,
    )
    size = RadioField(
        _l("Kertas"),
        widget=Radios(),
        default="a4",
        choices=[SelectChoice(*pair) for pair in SIZES],
        validators=[chosen(UNKNOWN)],
        validate_choice=False,
    )
    submit = SubmitField(_l("Buat lembar cetak"), widget=Submit())
