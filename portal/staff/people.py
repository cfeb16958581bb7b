"""People: who works here, inviting somebody by a link that is shown once, changing a role, taking an account back."""

from datetime import UTC, datetime
from urllib.parse import quote

from flask import Blueprint, current_app, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from forms import words
from forms.invitation import DutyForm, InvitationForm
from models.vocabulary import Duty
from portal import languages, typed
from portal.access import may
from portal.dates import day
from portal.extensions import db
from portal.rights import ROLES, Permission
from services import accounts, persons
from services.errors import LastAdministrator, Refusal, WrongDuty, WrongInvitation
from services.tongue import say

door = Blueprint("staff_people", __name__, url_prefix="/staff/people")
Page = str | tuple[str, int] | Response
DUTIES = [duty for duty in Duty if duty in ROLES]


@door.get("/")
def index() -> Page:
    return _index()


def _index(refused: str | None = None) -> Page:
    page = render_template(
        "staff/people.html",
        persons=persons.everybody(db.session()),
        invitations=accounts.open_invitations(db.session(), now=datetime.now(UTC)),
        duty_name=_duty_name,
        can_edit=may(Permission.EDIT_PEOPLE),
        refused=refused,
        error_title=bool(refused),
    )
    return page, 409 if refused else 200


def _duty_name(duty: str) -> str:
    return str(words.spoken(Duty(duty))) if duty in list(Duty) else duty


@door.route("/invite", methods=["GET", "POST"])
def invite() -> Page:
    form = InvitationForm(formdata=typed.tidied())
    form.set_choices(DUTIES, persons.agencies(db.session()))
    if not form.validate_on_submit():
        return _invite(form)
    try:
        token = accounts.invite(
            db.session(),
            form.email.data,
            form.duty.data,
            now=datetime.now(UTC),
            organisation=form.organisation.data,
            agency=form.agency.data or None,
            actor_id=current_user.id,
        )
    except WrongInvitation as refusal:
        form.email.errors = [_said(refusal)]
        return _invite(form)
    return _link(form, token)


def _invite(form: InvitationForm) -> Page:
    page = render_template("staff/invite.html", form=form, error_title=bool(form.errors))
    return page, 422 if form.errors else 200


def _link(form: InvitationForm, token: str) -> Page:
    """The link, this once: a page that is read again makes a new one and ends this."""
    scheme = "https" if current_app.extensions["settings"].is_https else None
    link = url_for("account.join", token=token, _external=True, _scheme=scheme)
    message = _(
        "Anda diundang ke Urun Rembug, tempat kota menampung masukan untuk rencananya, sebagai %(duty)s. "
        "Buka tautan ini, lalu pilih kata sandi: %(link)s (sekali pakai, berlaku sampai %(day)s).",
        duty=_duty_name(form.duty.data),
        link=link,
        day=day(datetime.now(UTC) + accounts.VALID),
    )
    return render_template(
        "staff/invited.html",
        email=form.email.data,
        link=link,
        message=message,
        share=f"https://wa.me/?text={quote(message, safe='')}",
    )


@door.post("/invitations/<int:invitation_id>/revoke")
def revoke(invitation_id: int) -> Response:
    accounts.revoke(db.session(), invitation_id, now=datetime.now(UTC), actor_id=current_user.id)
    return redirect(url_for("staff_people.index"), 303)


@door.route("/<int:person_id>", methods=["GET", "POST"])
def change(person_id: int) -> Page:
    person = persons.one(db.session(), person_id)
    form = DutyForm(formdata=typed.tidied())
    form.set_choices(DUTIES, persons.agencies(db.session()))
    if not form.is_submitted():
        form.duty.data = person.duties[0] if person.duties else None
        form.agency.data, form.organisation.data = person.agency or "", person.organisation
    if not form.validate_on_submit():
        return _change(form, person)
    now, duty = datetime.now(UTC), Duty(form.duty.data)
    where = {"agency": form.agency.data, "organisation": form.organisation.data}
    try:
        email = persons.change(db.session(), person_id, duty, **where, now=now, actor_id=current_user.id)
    except (LastAdministrator, WrongDuty) as refusal:
        form.duty.errors = [_said(refusal)]
        return _change(form, person)
    accounts.end_open(db.session(), email, now=now, actor_id=current_user.id)
    return redirect(url_for("staff_people.index"), 303)


def _change(form: DutyForm, person: persons.PersonFacts) -> Page:
    page = render_template("staff/person.html", form=form, person=person, error_title=bool(form.errors))
    return page, 422 if form.errors else 200


@door.post("/<int:person_id>/deactivate")
def deactivate(person_id: int) -> Page:
    now = datetime.now(UTC)
    try:
        email = persons.deactivate(db.session(), person_id, now=now, actor_id=current_user.id)
    except LastAdministrator as refusal:
        return _index(_said(refusal))
    accounts.end_open(db.session(), email, now=now, actor_id=current_user.id)
    return redirect(url_for("staff_people.index"), 303)


@door.post("/<int:person_id>/reactivate")
def reactivate(person_id: int) -> Response:
    persons.reactivate(db.session(), person_id, now=datetime.now(UTC), actor_id=current_user.id)
    return redirect(url_for("staff_people.index"), 303)


def _said(refusal: Refusal) -> str:
    return say(languages.current(), refusal.message, **refusal.values)
