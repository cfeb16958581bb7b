"""A decision as it is typed: the fields that several desks share, read into a ruling and filled from one."""

import re

from flask import abort, request
from flask_babel import gettext as _
from flask_wtf import FlaskForm

from forms.decision import ExplanationForm
from models.vocabulary import DecisionCode, ReasonCode
from portal import languages
from portal.extensions import db
from services import evidence
from services.errors import Unexplained
from services.explanations import Ruling
from services.tongue import say

STAMP = re.compile(r"(\d{1,18})-\d{20}")
PLAIN = ("reason", "change", "paragraph", "text_before", "text_after", "deferred_to", "forwarded_to")


def offer(form: ExplanationForm) -> ExplanationForm:
    """Hand in the agencies and programmes; one statement."""
    form.set_choices(*evidence.choices(db.session()))
    return form


def read(form: ExplanationForm, code: DecisionCode) -> Ruling:
    """What was typed."""
    return Ruling(
        code=code,
        reason_code=ReasonCode(form.reason_code.data) if form.reason_code.data else None,
        programme=form.programme.data or None,
        lead_agency=form.lead_agency.data or None,
        due_on=form.due_on.data,
        **{name: (form[name].data or "").strip() for name in PLAIN},
    )


def fill(form: ExplanationForm, ruling: Ruling) -> None:
    """Put what was decided before into the fields."""
    for name in PLAIN:
        form[name].data = getattr(ruling, name)
    form.reason_code.data = ruling.reason_code.value if ruling.reason_code else ""
    form.programme.data, form.lead_agency.data = ruling.programme or "", ruling.lead_agency or ""
    form.due_on.data = ruling.due_on


def blame(form: FlaskForm, refusal: Unexplained) -> None:
    """Put each reason beside the field it is about; what has no field here stands over the form."""
    for name, (message, values) in refusal.faults.items():
        said = say(languages.current(), message, **values)
        if name in form:
            form[name].errors = [said]
        else:
            form.form_errors = [*form.form_errors, said]


def overtaken(form: FlaskForm) -> str:
    """Say over the form that somebody else was first, and return the title of the page that shows it again."""
    form.form_errors = [_("Orang lain memutuskannya lebih dahulu. Baca putusannya; tulisan Anda masih ada.")]
    return _("Belum diputuskan")


def stamps(name: str = "stamp") -> dict[int, str]:
    """The stamps that were ticked, by their ids; something else in their place is refused."""
    found = {stamp: STAMP.fullmatch(stamp) for stamp in request.form.getlist(name)}
    if not all(found.values()):
        abort(400)
    return {int(match[1]): stamp for stamp, match in found.items() if match}
