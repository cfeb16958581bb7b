"""A day as it is typed or picked: one that is in no calendar is told so."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import DateField, Field
from wtforms.validators import StopValidation

from forms.controls import DayInput

YEARS = range(2020, 2100)


class DayField(DateField):
    """A day of the city's clock; what cannot be one stays in the field beside its message."""

    widget = DayInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read a day such as 2026-12-31; nothing typed is no day."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_l("Tanggal ini tidak ada. Tulis seperti 2026-12-31.")) from None
        if self.data is not None and self.data.year not in YEARS:
            self.data = None
            raise ValueError(_l("Tahunnya tidak masuk akal. Tulis seperti 2026-12-31."))


def day_needed(form: FlaskForm, field: Field) -> None:
    """There must be a day; a message about one that was typed stands."""
    if field.data is None:
        raise StopValidation(None if field.errors else _l("Pilih tanggalnya."))
