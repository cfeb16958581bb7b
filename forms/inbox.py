"""What is done with points at the inbox: a mark, an act, a split, a text for the public, a hand-over."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, SubmitField, TextAreaField
from wtforms.validators import AnyOf, InputRequired, ValidationError

from forms.controls import Select, Submit, TextArea, TextInput
from forms.rules import UNKNOWN, all_ids, at_most, chosen, needed
from forms.words import choices
from models.vocabulary import AsideReason, Element, HandoverState, Nature, PointType, Stage, TriageField

SET_ASIDE = "aside_"
ASIDES = tuple(SET_ASIDE + reason.value for reason in AsideReason)
STAGES = tuple(stage.value for stage in Stage)
DEEDS = (*STAGES, "accept", "undo", "join", "offend", "allow", "restore", *ASIDES)
IN_BULK = ("screened", "coded", "accept", "plain", "change", "restore", *ASIDES)
MARKED = tuple(field.value for field in (list(TriageField)[:6]))
LONGEST = 4_000


class MarkForm(FlaskForm):
    """One thing said of a point; an empty value takes it back."""

    field = HiddenField(validators=[InputRequired(UNKNOWN), AnyOf(MARKED, UNKNOWN)])
    value = HiddenField()


class ActForm(FlaskForm):
    """One of the acts that need nothing typed."""

    deed = HiddenField(validators=[InputRequired(UNKNOWN), AnyOf(DEEDS, UNKNOWN)])


class BulkForm(FlaskForm):
    """Ticked points and what is done with all of them; `change` is a field and its value, such as "nature:both"."""

    points = SelectMultipleField(_l("Masukan"), choices=[], validate_choice=False)
    deed = HiddenField(validators=[InputRequired(UNKNOWN), AnyOf(IN_BULK, UNKNOWN)])
    change = SelectField(_l("Katakan"), choices=[], validate_choice=False)

    def validate_points(self, field: SelectMultipleField) -> None:
        """Some must be ticked; what is no number was never on the page."""
        if not field.data:
            raise ValidationError(_l("Centang dahulu masukannya."))
        all_ids(field.data)


class SplitForm(FlaskForm):
    """The words of a point with an empty line between what are to be points of their own."""

    parts = TextAreaField(
        _l("Pisahkan dengan satu baris kosong"),
        description=_l("Kata-katanya tetap sama; hanya tempat pisahnya yang Anda tentukan."),
        widget=TextArea(),
        validators=[needed(_l("Kata-katanya tidak boleh hilang."))],
    )
    submit = SubmitField(_l("Pisahkan"), widget=Submit())

    def texts(self) -> list[str]:
        """What stands between empty lines."""
        lines = [line.strip() for line in (self.parts.data or "").replace("\r\n", "\n").split("\n")]
        return [part for part in "\n".join(lines).split("\n\n") if part.strip()]


class PublicTextForm(FlaskForm):
    """What everybody may read."""

    text = TextAreaField(
        _l("Teks untuk umum"),
        widget=TextArea(),
        validators=[needed(_l("Tulis teks untuk umum, atau sembunyikan butirnya.")), at_most(LONGEST)],
    )
    submit = SubmitField(_l("Sudah saya baca, boleh diumumkan"), widget=Submit())


class HandoverForm(FlaskForm):
    """A complaint on its way to SP4N-LAPOR!."""

    category = StringField(
        _l("Kategori"), widget=TextInput(), validators=[needed(_l("Tulis kategorinya.")), at_most(80)]
    )
    complaint = TextAreaField(
        _l("Uraian yang diserahkan"), widget=TextArea(), validators=[needed(_l("Tulis uraiannya.")), at_most(LONGEST)]
    )
    agency = SelectField(_l("OPD usulan"), widget=Select(), choices=[], validate_choice=False)
    state = SelectField(
        _l("Status serah"),
        widget=Select(),
        choices=choices(HandoverState),
        validate_choice=False,
        validators=[chosen(UNKNOWN)],
    )
    tracking_id = StringField(
        _l("Nomor pelacakan LAPOR!"),
        description=_l("Diisi sesudah aduannya tercatat di sana."),
        widget=TextInput(),
        validators=[at_most(60)],
    )
    submit = SubmitField(_l("Simpan serahan"), widget=Submit())

    def validate_agency(self, field: SelectField) -> None:
        """One of the plan, or none."""
        if (field.data or "") not in {choice[0] for choice in field.choices}:
            raise ValidationError(UNKNOWN)


WORDS = {
    TriageField.ELEMENT_FIELD: choices(Element),
    TriageField.NATURE_FIELD: choices(Nature),
    TriageField.TYPE_FIELD: choices(PointType),
}
