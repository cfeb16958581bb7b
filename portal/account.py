"""Joining by an invitation: opened by GET, used up only by POST."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, url_for
from flask_security import hash_password
from werkzeug.wrappers import Response

from forms.account import JoinForm
from portal.extensions import db, people
from services import accounts

door = Blueprint("account", __name__)


@door.route("/undangan/<token>", methods=["GET", "POST"])
def join(token: str) -> str | tuple[str, int] | Response:
    now = datetime.now(UTC)
    invitation = accounts.find(db.session(), token, now=now)
    form = JoinForm()
    if not form.is_submitted():
        return render_template("account/join.html", form=form, email=invitation.email, error_title=None)
    if not form.validate_on_submit():
        return render_template("account/join.html", form=form, email=invitation.email, error_title=True), 422
    accounts.use(db.session(), token, now=now)
    role = people.find_or_create_role(invitation.role)
    person = people.find_user(email=invitation.email)
    if person is None:
        person = people.create_user(email=invitation.email, password=hash_password(form.password.data))
    else:
        person.password = hash_password(form.password.data)
    people.add_role_to_user(person, role)
    return redirect(url_for("security.login"), 303)
