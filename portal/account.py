"""Joining by an invitation: opened by GET, used up only by POST."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, url_for
from flask_security import hash_password
from werkzeug.wrappers import Response

from forms.account import JoinForm
from portal import access
from portal.extensions import db, people
from services import accounts
from services.accounts import Invited

door = Blueprint("account", __name__)
ACADEMIC = "academic"


@door.route("/undangan/<token>", methods=["GET", "POST"])
def join(token: str) -> str | tuple[str, int] | Response:
    now = datetime.now(UTC)
    invitation = accounts.find(db.session(), token, now=now)
    form = JoinForm(asks_organisation=invitation.role == ACADEMIC)
    if not form.validate_on_submit():
        return _show(form, invitation)
    accounts.use(db.session(), token, now=now)
    role = people.find_or_create_role(invitation.role)
    person = people.find_user(email=invitation.email)
    if person is None:
        person = people.create_user(email=invitation.email, password=hash_password(form.password.data))
    else:
        person.password = hash_password(form.password.data)
        people.set_uniquifier(person)  # whoever is still signed in with the old password is out
    people.add_role_to_user(person, role)
    person.name = (form.name.data or "").strip() or person.name
    person.organisation = (
        form.organisation.data.strip() if form.organisation else invitation.organisation or person.organisation
    )
    person.agency = invitation.agency or person.agency
    return redirect(url_for("security.login"), 303)


@door.after_request
def _tell_nobody(response: Response) -> Response:
    """The address of an invitation lets somebody in: a Referer names the site and never the page.

    Without any Referer the form could not be sent through https, where the guard against forged forms asks for it.
    """
    response.headers["Referrer-Policy"] = "strict-origin"
    return response


def _show(form: JoinForm, invitation: Invited) -> tuple[str, int]:
    if form.organisation and not form.is_submitted():
        form.organisation.data = invitation.organisation
    agency = accounts.agency_name(db.session(), invitation.agency) if invitation.agency else None
    page = render_template(
        "account/join.html", form=form, email=invitation.email, agency=agency, error_title=bool(form.errors)
    )
    return page, 422 if form.errors else 200


@door.get("/meja")
def desk() -> Response:
    """To where this person's work begins."""
    return redirect(url_for(access.desk()))
