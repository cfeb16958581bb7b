"""When a release is seen, until when people may object, and how small counts of persons are treated."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, SubmitField

from forms.controls import Select, Submit, TextInput
from forms.days import DayField, day_needed
from forms.entry import whole
from forms.rules import UNKNOWN, chosen


def _digits(label: Any, hint: Any, least: int, most: int) -> IntegerField:
    return IntegerField(label, description=hint, widget=TextInput(), validators=[whole(least, most)])


class ReleaseForm(FlaskForm):
    """A release to be prepared."""

    round = SelectField(_l("Putaran"), widget=Select(), choices=[], validate_choice=False, validators=[chosen(UNKNOWN)])
    day = DayField(_l("Tampil mulai"), description=_l("Semua jawaban tampil sekaligus."), validators=[day_needed])
    hour = _digits(_l("Pukul (WIB)"), _l("0 sampai 23."), 0, 23)
    reply_days = _digits(_l("Hari untuk keberatan"), _l("0 bila tidak dibuka."), 0, 90)
    threshold = _digits(_l("Batas sel kecil"), _l("Jumlah orang di bawah ini tidak ditampilkan."), 3, 50)
    rounding = _digits(_l("Pembulatan"), _l("Jumlah lain dibulatkan ke kelipatan ini."), 1, 50)
    submit = SubmitField(_l("Siapkan terbitan"), widget=Submit())
