"""What the team decides and why, who sees to it, what is sent back, and where it can be seen to be done."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField, SubmitField, TextAreaField

from forms import words
from forms.controls import Radios, Select, Submit, TextArea, TextInput
from forms.days import DayField
from forms.rules import UNKNOWN, at_most, chosen, needed
from models.vocabulary import DecisionCode, ReasonCode

LONGEST, LONGEST_LINE = 2000, 200
NONE = SelectChoice("", _l("Tidak ada"))
Pairs = Iterable[tuple[str, str]]


def _text(label: Any, hint: Any = "") -> TextAreaField:
    return TextAreaField(label, description=hint, widget=TextArea(), validators=[at_most(LONGEST)])


def _line(label: Any, hint: Any = "") -> StringField:
    return StringField(label, description=hint, widget=TextInput(), validators=[at_most(LONGEST_LINE)])


def _one_of(label: Any, hint: Any = "") -> SelectField:
    return SelectField(label, description=hint, widget=Select(), default="", invalid_choice_message=UNKNOWN)


def _or_none(pairs: Pairs) -> list[SelectChoice]:
    return [NONE, *(SelectChoice(*pair) for pair in pairs)]


class ExplanationForm(FlaskForm):
    """Why, what changes, where, who and by when: what every decision may say. What each must say the office checks."""

    reason_code = SelectField(
        _l("Jenis alasan"),
        widget=Select(),
        default="",
        choices=[NONE, *words.choices(ReasonCode)],
        invalid_choice_message=UNKNOWN,
    )
    reason = _text(_l("Penjelasan"), _l("Sedikitnya satu kalimat utuh. Kode saja bukan penjelasan."))
    change = _text(_l("Yang berubah"), _l("Apa yang berubah di rencana karena masukan ini."))
    paragraph = _line(_l("Paragraf"), _l("Tandanya di naskah, misalnya P-DIS-03."))
    programme = _one_of(_l("Program"))
    text_before = _text(_l("Bunyi lama"), _l("Bila kosong, diambil dari naskah."))
    text_after = _text(_l("Bunyi baru"))
    deferred_to = _line(_l("Ditunda sampai"), _l("Tahun atau tahapnya."))
    forwarded_to = _line(_l("Diteruskan kepada"))
    lead_agency = _one_of(_l("Yang mengerjakan"))
    due_on = DayField(_l("Tenggat"))

    def set_choices(self, agencies: Pairs, programmes: Pairs) -> None:
        """Hand in agencies and programmes."""
        self.lead_agency.choices = _or_none(agencies)
        self.programme.choices = _or_none(programmes)


class DecisionForm(ExplanationForm):
    """One decision, on a theme, a group, or some points; `seen` tells what the page showed."""

    code = RadioField(
        _l("Isi putusan"),
        widget=Radios(),
        choices=words.choices(DecisionCode),
        validators=[chosen(_l("Pilih putusannya."))],
        validate_choice=False,
    )
    seen = HiddenField()
    submit = SubmitField(_l("Putuskan"), widget=Submit())


def conflict_form(points: Sequence[tuple[int, str]], formdata: Any = None) -> Any:
    """One explanation, and a decision for each point of a conflict (id, what it is called here)."""
    fields = {
        f"code-{point_id}": SelectField(
            name,
            widget=Select(),
            choices=[SelectChoice("", _l("Pilih putusannya")), *words.choices(DecisionCode)],
            validators=[chosen(_l("Pilih putusannya."))],
            validate_choice=False,
        )
        for point_id, name in points
    }
    fields["seen"] = HiddenField()
    fields["submit"] = SubmitField(_l("Putuskan bersama"), widget=Submit())
    return type("ConflictForm", (ExplanationForm,), fields)(formdata=formdata)


class LinkForm(FlaskForm):
    """Points that ask for opposite things, by the ids that the page offers."""

    note = _line(_l("Pertentangannya"), _l("Singkat, misalnya: parkir lawan trotoar."))
    submit = SubmitField(_l("Pasangkan"), widget=Submit())


class NoteForm(FlaskForm):
    """What is to be mended."""

    note = TextAreaField(
        _l("Catatan"), widget=TextArea(), validators=[needed(_l("Tulis apa yang perlu dibenahi.")), at_most(LONGEST)]
    )
    submit = SubmitField(_l("Kembalikan"), widget=Submit())


class AssignForm(FlaskForm):
    """Who sees to it, and by when."""

    lead_agency = _one_of(_l("Yang mengerjakan"))
    due_on = DayField(_l("Tenggat"))
    submit = SubmitField(_l("Simpan"), widget=Submit())

    def set_choices(self, agencies: Pairs) -> None:
        """Hand in the agencies."""
        self.lead_agency.choices = _or_none(agencies)


class CompleteForm(FlaskForm):
    """Where it can be seen that it is done."""

    paragraph = _line(_l("Paragraf tempat hasilnya dapat dilihat"), _l("Tandanya di naskah, misalnya P-DIS-03."))
    programme = _one_of(_l("Atau program"))
    submit = SubmitField(_l("Tandai selesai"), widget=Submit())

    def set_choices(self, programmes: Pairs) -> None:
        """Hand in the programmes."""
        self.programme.choices = _or_none(programmes)
