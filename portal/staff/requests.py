"""Requests: the privacy officer's desk: what waits with its clock or came without a PIN, who wants news, contacts."""

from datetime import UTC, datetime
from pathlib import Path

from flask import Blueprint, abort, current_app, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.request import POINT, RequestForm, WordsForm, words_form
from models.vocabulary import RequestKind
from portal import languages, sharing, typed
from portal.config import Settings
from portal.extensions import db
from services import batches, contacts, data_requests, erasures, followups, notices, submissions
from services.data_requests import Opened
from services.errors import WrongNumber
from services.tongue import say

door = Blueprint("staff_requests", __name__, url_prefix="/staff/requests")


@door.get("")
def index() -> tuple[str, int]:
    return _index(RequestForm(formdata=None))


def _index(form: RequestForm, code: int = 200) -> tuple[str, int]:
    now, lang = datetime.now(UTC), languages.current()
    asked, cursor = data_requests.open_ones(db.session(), now=now, after=_after("after"), lang=lang)
    wanting, next_one = contacts.reachable(db.session(), after=_after("kontak"))
    page = render_template(
        "staff/requests.html",
        asked=asked,
        next_cursor=cursor,
        wanting=wanting,
        next_contact=next_one,
        done=data_requests.done(db.session()),
        uncounted=data_requests.uncounted(db.session()),
        notices=notices.counts(db.session()),
        has_mail=_settings().post is not None,
        form=form,
        error_title=bool(form.errors),
    )
    return page, code


def _after(name: str) -> int:
    given = request.args.get(name, "0")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 19 else abort(400)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@door.post("")
def enter() -> Response | tuple[str, int]:
    """A request that came by mouth or by letter; it is shown with the words it is about before anything is done."""
    form = RequestForm(formdata=typed.tidied())
    if not form.validate_on_submit():
        return _index(form, 422)
    if submissions.personal_kinds(form.identity.data):
        form.identity.errors = [_("Ada NIK, nomor HP, atau alamat di sini. Tulis caranya saja, tanpa data itu.")]
        return _index(form, 422)
    kind, identity = RequestKind(form.kind.data), form.identity.data.strip()
    actor_id, now = current_user.id, datetime.now(UTC)
    try:
        found = data_requests.enter(db.session(), form.number.data, kind, identity, actor_id=actor_id, now=now)
    except WrongNumber as refusal:
        form.number.errors = [say(languages.current(), refusal.message)]
        return _index(form, 422)
    return redirect(url_for("staff_requests.show", request_id=found), 303)


@door.get("/<int:request_id>")
def show(request_id: int) -> tuple[str, int]:
    """One request with the words it is about."""
    opened = data_requests.opened(db.session(), request_id, now=datetime.now(UTC), lang=languages.current())
    return _show(opened, _words(opened, is_sent=False))


def _words(opened: Opened, *, is_sent: bool) -> WordsForm:
    made = words_form(position for position, _text in opened.points)
    said = {f"{POINT}{position}": text for position, text in opened.points}
    return made(formdata=typed.tidied()) if is_sent else made(formdata=None, data=said)


def _show(opened: Opened, form: WordsForm, code: int = 200) -> tuple[str, int]:
    page = render_template("staff/request.html", opened=opened, form=form, error_title=bool(form.errors))
    return page, code


def _done(request_id: int, now: datetime) -> Response:
    """Written down as done; what it took away is emptied from the log as well, and the rest is read again."""
    data_requests.finish(db.session(), request_id, actor_id=current_user.id, now=now)
    g.wake, g.is_erased = "readings", True
    return redirect(url_for("staff_requests.index"), 303)


@door.post("/<int:request_id>/erase")
def erase(request_id: int) -> Response:
    """Done with one press; nothing of it can be brought back, from a file that still waits neither."""
    now = datetime.now(UTC)
    submission_id = data_requests.waiting(db.session(), request_id, RequestKind.ERASE)
    batches.forget(db.session(), Path(_settings().imports), submission_id)
    erasures.erase(db.session(), submission_id, now=now, actor_id=current_user.id)
    return _done(request_id, now)


@door.post("/<int:request_id>/withdraw")
def withdraw(request_id: int) -> Response:
    now = datetime.now(UTC)
    submission_id = data_requests.waiting(db.session(), request_id, RequestKind.WITHDRAW)
    erasures.withdraw(db.session(), submission_id, now=now, actor_id=current_user.id)
    return _done(request_id, now)


@door.post("/<int:request_id>/correct")
def correct(request_id: int) -> Response | tuple[str, int]:
    """The words anew, as their sender wants them; the old ones are kept nowhere."""
    now, session = datetime.now(UTC), db.session()
    submission_id = data_requests.waiting(session, request_id, RequestKind.CORRECT)
    opened = data_requests.opened(session, request_id, now=now, lang=languages.current())
    form = _words(opened, is_sent=True)
    if not form.validate_on_submit():
        return _show(opened, form, 422)
    changed = [
        followups.correct(session, submission_id, position, text, now=now, actor_id=current_user.id)
        for position, text in form.texts().items()
    ]
    if not any(changed):
        form.form_errors = [_("Belum ada kata yang berubah.")]
        return _show(opened, form, 422)
    batches.forget(session, Path(_settings().imports), submission_id)
    return _done(request_id, now)


@door.post("/<int:request_id>/cancel")
def cancel(request_id: int) -> Response:
    """A request that was entered under a wrong number."""
    data_requests.cancel(db.session(), request_id, actor_id=current_user.id, now=datetime.now(UTC))
    return redirect(url_for("staff_requests.index"), 303)


@door.post("/contacts/<int:submission_id>")
def contact(submission_id: int) -> str:
    """One contact, shown once: a POST, so that no link, no reload and no history opens it, and a line in the audit."""
    now = datetime.now(UTC)
    found = contacts.view(db.session(), submission_id, actor_id=current_user.id, now=now)
    phone = contacts.abroad(found.phone) if found.phone else None
    share = sharing.to_sender(phone, found.number, _settings().public_address) if phone else None
    return render_template("staff/contact.html", contact=found, share=share)
