"""A comment on the draft: on a paragraph and its words, on what is missing after it, or on all of the draft."""

import re
import unicodedata
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectChoice, SubmitField, TextAreaField
from wtforms.validators import Optional, ValidationError

from forms import references, words
from forms.controls import Radios, Submit, TextArea
from forms.grounds import reference
from forms.rules import UNKNOWN, at_most, chosen, length_of, needed, needed_when
from models.vocabulary import PointType, Severity

LONGEST, LONGEST_QUOTE = 10_000, 2_000
LABELS = {
    PointType.PROPOSAL: _l("Usul perubahan"),
    PointType.FACTUAL_ERROR: _l("Salah fakta"),
    PointType.UNCLEAR: _l("Tidak jelas"),
    PointType.MISSING: _l("Ada yang kurang"),
    PointType.OBJECTION: _l("Tidak setuju"),
    PointType.SUPPORT: _l("Setuju"),
    PointType.QUESTION: _l("Pertanyaan"),
}
FORMS_OF_REFERENCE = _l(
    "Tulis DOI, alamat web lengkap, nomor peraturan (misalnya Perda Nomor 9 Tahun 2020), "
    "atau nama data dengan tahunnya."
)
# Signs that are written one way in a file and another on a keyboard.
SAME = str.maketrans(dict.fromkeys("“”„«»", '"') | dict.fromkeys("‘’‚`´", "'") | dict.fromkeys("‐‑‒–—", "-"))
AROUND = "\"'.…  "


def plain(text: str) -> str:
    """Words as they are compared: in one spelling of their signs, without what may stand around a quote."""
    whole = unicodedata.normalize("NFKC", text).replace("\u00ad", "").translate(SAME)
    return re.sub(r"\s+", " ", whole).strip(AROUND).casefold()


class CommentForm(FlaskForm):
    """Kind and words; a change is proposed in words, and a factual error is shown by a reference.

    `against` is the text of the paragraph: quoted words must stand in it, or they would point at the wrong ones.
    """

    comment_type = RadioField(
        _l("Jenis komentar"),
        widget=Radios(),
        choices=[SelectChoice(kind.value, label) for kind, label in LABELS.items()],
        validators=[chosen(_l("Pilih jenis komentarnya."))],
        validate_choice=False,
    )
    text = TextAreaField(
        _l("Komentar"),
        widget=TextArea(),
        validators=[needed(_l("Tulis komentarnya.")), at_most(LONGEST)],
    )
    quote = TextAreaField(
        _l("Kutipan yang dikomentari"),
        description=_l("Salin kata-katanya dari paragraf di atas, bila hanya sebagian yang Anda maksud."),
        widget=TextArea(),
        validators=[at_most(LONGEST_QUOTE)],
    )
    proposed_text = TextAreaField(
        _l("Usul redaksi"),
        description=_l("Kalimat yang menurut Anda seharusnya tertulis. Wajib bila jenisnya usul perubahan."),
        widget=TextArea(),
        validators=[
            needed_when("comment_type", "proposal", _l("Tulis usul redaksinya, karena ini usul perubahan.")),
            at_most(LONGEST),
        ],
    )
    evidence = reference(
        _l("DOI, alamat web, nomor peraturan, atau data dengan tahunnya. Wajib bila salah fakta."),
        needed_when("comment_type", "factual_error", _l("Sebut rujukannya, karena ini soal salah fakta.")),
    )
    severity = RadioField(
        _l("Seberapa penting"),
        widget=Radios(),
        choices=[*words.choices(Severity), SelectChoice("", _l("Tidak saya tentukan"))],
        default="",
        validators=[Optional()],
        invalid_choice_message=UNKNOWN,
    )
    gap = HiddenField()
    key = HiddenField()
    submit = SubmitField(_l("Kirim komentar"), widget=Submit())

    against: str | None = None

    def validate_quote(self, field: Field) -> None:
        """Quoted words stand in the paragraph."""
        if not length_of(field.data):
            return
        if self.against is None or plain(field.data) not in plain(self.against) or not plain(field.data):
            raise ValidationError(
                _l("Kutipan ini tidak ada di paragrafnya. Salin kata-katanya persis, atau kosongkan isian ini.")
            )

    def validate_evidence(self, field: Field) -> None:
        """What is called a factual error can be looked up; elsewhere a reference in another form is only hinted at."""
        if self.comment_type.data == PointType.FACTUAL_ERROR and not references.is_known(field.data):
            raise ValidationError(FORMS_OF_REFERENCE)

    @property
    def reference_hint(self) -> Any:
        """What to say beside a reference that stands in no form we know, where none is needed."""
        is_odd = length_of(self.evidence.data) and not references.is_known(self.evidence.data)
        return FORMS_OF_REFERENCE if is_odd and not self.evidence.errors else None


class SettleForm(FlaskForm):
    """The author says that nothing is left to do, or takes that back."""

    settled = HiddenField()
