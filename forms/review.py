"""An agency's verdict on one of its programmes."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, SubmitField, TextAreaField

from forms import words
from forms.controls import Radios, Select, Submit, TextArea
from forms.grounds import approval, reference, scale
from forms.rules import CONDITIONS, UNKNOWN, at_most, chosen, needed, needed_when
from models.vocabulary import Verdict

LONGEST = 5000


class ReviewForm(FlaskForm):
    """Keep, adapt, merge or drop, always with a reason."""

    verdict = RadioField(
        _l("Program ini sebaiknya"),
        widget=Radios(),
        choices=words.choices(Verdict),
        validators=[chosen(_l("Pilih dilanjutkan, disesuaikan, digabung, atau dihentikan."))],
        validate_choice=False,
    )
    merge_into = SelectField(
        _l("Digabung ke program"),
        description=_l("Wajib bila digabung."),
        default="",
        widget=Select(),
        validators=[needed_when("verdict", "merge", _l("Pilih program tujuannya, karena program ini digabung."))],
        invalid_choice_message=UNKNOWN,
    )
    text = TextAreaField(
        _l("Alasan"),
        description=_l("Capaian, kendala, dan kebutuhan; bila dihentikan, apa akibatnya bagi warga."),
        widget=TextArea(),
        validators=[needed(_l("Tulis alasannya.")), at_most(LONGEST)],
    )
    condition = scale(_l("Keadaannya sekarang"), CONDITIONS)
    evidence = reference(_l("Laporan, data dengan tahunnya, atau nomor peraturan."))
    signed_off_by = approval(
        _l("Jabatan yang menyetujui, misalnya Kepala Dinas."), needed(_l("Sebut jabatan yang mengesahkan."))
    )
    key = HiddenField()
    submit = SubmitField(_l("Simpan putusan"), widget=Submit())

    def set_choices(self, programmes: Iterable[tuple[str, str]]) -> None:
        """Hand in the programmes into which this one could go."""
        empty = SelectChoice("", _l("Tidak digabung"))
        self.merge_into.choices = [empty, *(SelectChoice(code, name) for code, name in programmes)]
