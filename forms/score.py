"""What reviewers and their leader type: scores by tiles, criteria with their weights, and a place with its reason."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import (
    DecimalField,
    Field,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import Optional, StopValidation

from forms.controls import Checkboxes, Radios, Submit, TextArea, TextInput
from forms.rules import UNKNOWN, at_most, chosen, needed

USG, WEIGHTED = "usg", "weighted"
NOT_GIVEN = ""
LONGEST_REASON, LONGEST_NAME, LAST_PLACE = 1000, 60, 500
NUMBER = _l("Tulis angka, contoh 20 atau 12,5, atau kosongkan.")


def score_form(criteria: Sequence[Any], formdata: Any = None, data: Mapping[str, int] | None = None) -> FlaskForm:
    """One choice for each criterion, which may be left out; `criteria` have code, label, values and `word`."""
    fields: dict[str, Any] = {one.code: _tiles(one) for one in criteria}
    fields["submit"] = SubmitField(_l("Simpan, tema berikutnya"), widget=Submit())
    chosen_ = {code: str(value) for code, value in (data or {}).items()}
    return type("ScoreForm", (FlaskForm,), fields)(formdata=formdata, data=chosen_)


def _tiles(one: Any) -> Field:
    """Digits alone where words belong to both ends only: those stand in the hint, so that a row of tiles stays one."""
    is_named = len(one.levels) == len(one.values)
    ends = ", ".join(f"{value} {one.word(value)}" for value in one.values if one.word(value))
    choices = [SelectChoice(str(v), f"{v} {one.word(v)}" if is_named else str(v)) for v in one.values]
    return RadioField(
        one.label,
        description=one.asks if is_named or not ends else f"{one.asks} {ends}.",
        widget=Radios(),
        default=NOT_GIVEN,
        choices=[*choices, SelectChoice(NOT_GIVEN, _l("Lewati"))],
        invalid_choice_message=UNKNOWN,
        validators=[Optional()],
    )


def scheme_form(criteria: Iterable[Any], groups: Iterable[tuple[str, str]], formdata: Any = None) -> FlaskForm:
    """The weighted criteria with weight and order, what else is asked, what groups weigh, and the reason."""
    fields: dict[str, Any] = {
        "order_by": RadioField(
            _l("Urutan tim disusun menurut"),
            widget=Radios(),
            choices=[
                SelectChoice(USG, _l("USG: mendesak, gawat, berkembang")),
                SelectChoice(WEIGHTED, _l("Kriteria berbobot")),
            ],
            validate_choice=False,
            validators=[chosen(_l("Pilih cara menyusun urutannya."))],
        ),
        "also": SelectMultipleField(
            _l("Yang juga dinilai"),
            widget=Checkboxes(),
            choices=[
                SelectChoice("field", _l("Upaya dan dampak")),
                SelectChoice("evidence", _l("Kekuatan bukti")),
            ],
        ),
    }
    for one in criteria:
        fields[f"weight-{one.code}"] = _weight(one.label, one.asks)
        fields[f"position-{one.code}"] = IntegerField(_l("Urutan"), widget=TextInput(), validators=[Optional(), _whole])
    fields["name-new"] = StringField(_l("Kriteria lain"), widget=TextInput(), validators=[at_most(LONGEST_NAME)])
    fields["weight-new"] = _weight(_l("Bobotnya"), "")
    fields |= {f"group-{code}": _weight(name, "") for code, name in groups}
    fields["why"] = TextAreaField(
        _l("Alasan perubahan"),
        description=_l("Wajib bila skema sudah ditetapkan atau kelompok tidak dihitung setara."),
        widget=TextArea(),
        validators=[at_most(LONGEST_REASON)],
    )
    fields["submit"] = SubmitField(_l("Simpan skema"), widget=Submit())
    return type("SchemeForm", (FlaskForm,), fields)(formdata=formdata)


def _weight(label: Any, hint: Any) -> Field:
    return _Decimal(label, description=hint, widget=TextInput(), validators=[Optional(), _number])


class _Decimal(DecimalField):
    """A number with a comma or a point, shown without needless zeros."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([value.strip().replace(",", ".") for value in valuelist])

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else f"{self.data:g}".replace(".", ",")


def _number(_form: FlaskForm, field: Field) -> None:
    if field.data is None or not field.data.is_finite():
        field.errors = []  # what the library says of a word where a number should be
        raise StopValidation(NUMBER)


def _whole(_form: FlaskForm, field: Field) -> None:
    if field.data is None or not 0 < field.data < LAST_PLACE:
        field.errors = []
        raise StopValidation(_l("Tulis angka bulat, contoh 1, atau kosongkan."))


def _place(_form: FlaskForm, field: Field) -> None:
    if field.data is None or not 0 < field.data <= LAST_PLACE:
        field.errors = []
        raise StopValidation(_l("Tulis tempatnya, contoh 3."))


class PlaceForm(FlaskForm):
    """The place that a person gives a theme, and why."""

    place = IntegerField(_l("Tempat yang baru"), widget=TextInput(), validators=[_place])
    why = TextAreaField(
        _l("Alasannya"),
        description=_l("Tampil di samping tempat hasil hitungan, juga di lampiran."),
        widget=TextArea(),
        validators=[needed(_l("Tulis alasannya.")), at_most(LONGEST_REASON)],
    )
    submit = SubmitField(_l("Pindahkan"), widget=Submit())
