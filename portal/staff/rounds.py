"""Rounds: opened, changed, extended and closed on the city's calendar; what is unwise is said, never refused."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.round import PROMISES, ExtendForm, RoundForm, WindowForm
from forms.words import spoken
from models.vocabulary import Group, Level
from portal import languages, typed
from portal.access import may
from portal.dates import ZONE
from portal.extensions import db
from portal.rights import Permission
from services import consultations, plans, windows
from services.consultations import TEXTS, Terms
from services.errors import WrongRound
from services.tongue import say

door = Blueprint("staff_rounds", __name__, url_prefix="/staff/rounds")
Page = str | tuple[str, int] | Response


@door.get("/")
def index() -> str:
    return render_template(
        "staff/rounds.html",
        rounds=_rounds(),
        windows=windows.of_rounds(db.session()),
        words={group: spoken(group) for group in windows.GROUPS},
        can_run=may(Permission.RUN_ROUNDS),
    )


def _rounds() -> list[consultations.RoundFacts]:
    calendar = plans.city(db.session()).get("calendar", [])
    return consultations.rounds(db.session(), calendar, zone=ZONE, now=datetime.now(UTC), lang=languages.current())


@door.route("/new", methods=["GET", "POST"])
def begin() -> Page:
    form = RoundForm(formdata=typed.tidied())
    if not form.is_submitted():
        _fill(form, consultations.last_terms(db.session(), zone=ZONE), with_days=False)
    if form.validate_on_submit():
        try:
            consultations.begin(db.session(), _terms(form), **_deed())
        except WrongRound as refusal:
            _blame(form, refusal)
        else:
            return redirect(url_for("staff_rounds.index"), 303)
    return _page("staff/round.html", form, title=_("Putaran baru"))


@door.route("/<int:round_id>", methods=["GET", "POST"])
def change(round_id: int) -> Page:
    terms = consultations.terms(db.session(), round_id, zone=ZONE)
    form = RoundForm(formdata=typed.tidied())
    if not form.is_submitted():
        _fill(form, terms)
    if form.validate_on_submit():
        try:
            consultations.change(db.session(), round_id, _terms(form), **_deed())
        except WrongRound as refusal:
            _blame(form, refusal)
        else:
            return redirect(url_for("staff_rounds.index"), 303)
    return _page("staff/round.html", form, title=_("Ubah putaran"))


@door.route("/<int:round_id>/extend", methods=["GET", "POST"])
def extend(round_id: int) -> Page:
    terms = consultations.terms(db.session(), round_id, zone=ZONE)
    form = ExtendForm(formdata=typed.tidied(), data={"answer_by": terms.answer_by})
    if form.validate_on_submit():
        reason = form.reason.data or ""
        try:
            consultations.extend(
                db.session(), round_id, form.closes.data, form.answer_by.data, reason=reason, **_deed()
            )
        except WrongRound as refusal:
            _blame(form, refusal)
        else:
            return redirect(url_for("staff_rounds.index"), 303)
    facts = next(found for found in _rounds() if found.id == round_id)
    return _page("staff/round_extend.html", form, round=facts, is_over=facts.is_over)


@door.post("/<int:round_id>/close")
def close(round_id: int) -> Response:
    consultations.close(db.session(), round_id, now=datetime.now(UTC), actor_id=current_user.id)
    return redirect(url_for("staff_rounds.index"), 303)


@door.route("/<int:round_id>/windows", methods=["GET", "POST"])
def windows_of(round_id: int) -> Page:
    """When each group may write within the round."""
    terms = consultations.terms(db.session(), round_id, zone=ZONE)
    form = WindowForm(formdata=typed.tidied())
    if not form.is_submitted():
        for group, (opens, closes) in windows.of_round(db.session(), round_id, zone=ZONE).items():
            form[f"opens_{group}"].data, form[f"closes_{group}"].data = opens, closes
    if form.validate_on_submit():
        try:
            windows.put(db.session(), round_id, _windows(form), **_deed())
        except WrongRound as refusal:
            _blame(form, refusal)
        else:
            return redirect(url_for("staff_rounds.index"), 303)
    return _page("staff/round_windows.html", form, terms=terms)


def _windows(form: WindowForm) -> dict[Group, windows.Days]:
    return {group: (form[f"opens_{group}"].data, form[f"closes_{group}"].data) for group in windows.GROUPS}


def _deed() -> dict[str, Any]:
    return {"zone": ZONE, "now": datetime.now(UTC), "actor_id": current_user.id}


def _terms(form: RoundForm) -> Terms:
    texts = {name: form[name].data.strip() for name in TEXTS}
    opens, closes, answer_by = form.opens.data, form.closes.data, form.answer_by.data
    return Terms(opens, closes, answer_by, Level(form.level.data), texts, bool(form.shows_early.data))


def _fill(form: RoundForm, terms: Terms | None, *, with_days: bool = True) -> None:
    """A form that nobody has typed into yet; a new round begins with the words of the last one."""
    if terms is None:
        return
    form.level.data, form.shows_early.data = terms.level.value, terms.shows_early
    for name, text in terms.texts.items():
        form[name].data = text
    for name in ("opens", "closes", "answer_by") if with_days else ():
        form[name].data = getattr(terms, name)


def _blame(form: RoundForm | ExtendForm | WindowForm, refusal: WrongRound) -> None:
    """Put each reason beside the field it is about."""
    for name, (message, values) in refusal.faults.items():
        form[name].errors = [say(languages.current(), message, **values)]


def _page(template: str, form: RoundForm | ExtendForm | WindowForm, **more: Any) -> Page:
    page = render_template(template, form=form, promises=PROMISES, error_title=bool(form.errors), **more)
    return page, 422 if form.errors else 200
