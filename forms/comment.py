"""A comment on one paragraph of the draft."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectChoice, SubmitField, TextAreaField

from forms.controls import Radios, Submit, TextArea
from forms.grounds import reference
from forms.rules import at_most, chosen, needed, needed_when
from models.vocabulary import PointType

LONGEST = 10_000
LABELS = {
    PointType.PROPOSAL: _l("Usul perubahan"),
    PointType.FACTUAL_ERROR: _l("Salah fakta"),
    PointType.UNCLEAR: _l("Tidak jelas"),
    PointType.MISSING: _l("Ada yang kurang"),
    PointType.OBJECTION: _l("Tidak setuju"),
    PointType.SUPPORT: _l("Setuju"),
    PointType.QUESTION: _l("Pertanyaan"),
}


class CommentForm(FlaskForm):
    """Kind and words; a change is proposed in words, and a factual error is shown by a reference."""

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
    key = HiddenField()
    submit = SubmitField(_l("Kirim komentar"), widget=Submit())
