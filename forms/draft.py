"""A new version of the draft, as a file."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import SubmitField
from wtforms.validators import StopValidation

from forms.controls import FileInput, Submit


class DraftForm(FlaskForm):
    """One field: the file."""

    file = FileField(
        _l("Berkas naskah"),
        description=_l(
            "Word (.docx) atau Markdown (.md), paling besar 16 MB. Belum terbit sebelum Anda menerbitkannya."
        ),
        widget=FileInput(),
    )
    submit = SubmitField(_l("Baca berkas"), widget=Submit())

    def validate_file(self, field: FileField) -> None:
        """There must be a file at all."""
        if not field.data or not field.data.filename:
            raise StopValidation(_l("Pilih berkasnya dahulu."))
