"""Requests: the privacy officer's desk: what waits with its clock, who wants news, contacts opened on press."""

from datetime import UTC, datetime

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from portal import languages, sharing
from portal.config import Settings
from portal.extensions import db
from services import contacts, data_requests, erasures, notices

door = Blueprint("staff_requests", __name__, url_prefix="/staff/requests")


@door.get("")
def index() -> str:
    now, lang = datetime.now(UTC), languages.current()
    asked, cursor = data_requests.open_ones(db.session(), now=now, after=_after("after"), lang=lang)
    wanting, next_one = contacts.reachable(db.session(), after=_after("kontak"))
    return render_template(
        "staff/requests.html",
        asked=asked,
        next_cursor=cursor,
        wanting=wanting,
        next_contact=next_one,
        done=data_requests.done(db.session()),
        uncounted=data_requests.uncounted(db.session()),
        notices=notices.counts(db.session()),
        has_mail=_settings().post is not None,
    )


def _after(name: str) -> int:
    given = request.args.get(name, "0")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else abort(400)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@door.post("/<int:request_id>/erase")
def erase(request_id: int) -> Response:
    """Done with one press; nothing of it can be brought back."""
    now = datetime.now(UTC)
    submission_id = data_requests.waiting(db.session(), request_id)
    erasures.erase(db.session(), submission_id, now=now, actor_id=current_user.id)
    data_requests.finish(db.session(), request_id, actor_id=current_user.id, now=now)
    g.wake, g.is_erased = "readings", True
    return redirect(url_for("staff_requests.index"), 303)


@door.post("/contacts/<int:submission_id>")
def contact(submission_id: int) -> str:
    """One contact, shown once: a POST, so that no link, no reload and no history opens it, and a line in the audit."""
    now = datetime.now(UTC)
    found = contacts.view(db.session(), submission_id, actor_id=current_user.id, now=now)
    phone = contacts.abroad(found.phone) if found.phone else None
    share = sharing.to_sender(phone, found.number, _settings().public_address) if phone else None
    return render_template("staff/contact.html", contact=found, share=share)
