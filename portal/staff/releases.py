"""Releases: prepared by one, looked at by two, and seen by everybody from the chosen moment on."""

from datetime import UTC, datetime, time, timedelta

from flask import Blueprint, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from forms.release import ReleaseForm
from portal import languages, typed
from portal.access import may
from portal.dates import ZONE
from portal.extensions import db
from portal.rights import Permission
from services import colophons, consultations, gates, plans, releases, responses, shelves
from services.errors import NotThisState
from services.releases import Terms
from services.tongue import say

door = Blueprint("staff_releases", __name__, url_prefix="/staff/releases")
Page = str | tuple[str, int] | Response
MORNING = 9


@door.get("/")
def index() -> Page:
    return _list(_form())


@door.post("/")
def prepare() -> Page:
    """Ask for a release; the worker makes its pages."""
    form = _form()
    if not form.validate_on_submit():
        return _list(form, 422)
    try:
        release_id = releases.prepare(db.session(), int(form.round.data), _terms(form), **_deed())
    except NotThisState as refusal:
        form.form_errors.append(say(languages.current(), refusal.message, **refusal.values))
        return _list(form, 409)
    g.wake = "releases"
    return redirect(url_for("staff_releases.show", release_id=release_id), 303)


def _terms(form: ReleaseForm) -> Terms:
    at = datetime.combine(form.day.data, time(form.hour.data), ZONE).astimezone(UTC)
    days = form.reply_days.data
    return Terms(at, at + timedelta(days=days) if days else None, form.threshold.data, form.rounding.data)


@door.get("/<int:release_id>")
def show(release_id: int) -> Page:
    return _show(release_id)


@door.get("/<int:release_id>/pages/")
@door.get("/<int:release_id>/pages/<path>")
def preview(release_id: int, path: str = "") -> Response:
    """A page as the public will see it."""
    stored = shelves.file(db.session(), release_id, path, languages.current())
    answer = Response(stored.body, content_type=stored.media_type)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@door.post("/<int:release_id>/approve")
def approve(release_id: int) -> Page:
    return _do(release_id, lambda: releases.approve(db.session(), release_id, **_deed()))


@door.post("/<int:release_id>/release")
def release(release_id: int) -> Page:
    """Let it go; every answer that is ready goes with it."""

    def deed() -> None:
        releases.release(db.session(), release_id, **_deed())
        responses.hand_out(db.session(), release_id)

    g.wake = "notices"
    return _do(release_id, deed)


@door.post("/<int:release_id>/discard")
def discard(release_id: int) -> Page:
    return _do(release_id, lambda: releases.discard(db.session(), release_id, **_deed()))


def _do(release_id: int, deed) -> Page:  # type: ignore[no-untyped-def]
    try:
        deed()
    except NotThisState as refusal:
        db.session.rollback()
        told = say(languages.current(), refusal.message, **refusal.values) if refusal.message[:1].isupper() else ""
        return _show(release_id, 409, told or _("Terbitan ini sudah berubah sejak halaman dibuka."))
    return redirect(url_for("staff_releases.show", release_id=release_id), 303)


def _deed() -> dict[str, object]:
    return {"actor_id": current_user.id, "now": datetime.now(UTC)}


def _form() -> ReleaseForm:
    form, city = ReleaseForm(formdata=typed.tidied()), plans.city(db.session()).get("publication", {})
    found = consultations.titles(db.session(), languages.current())
    form.round.choices = [SelectChoice(str(round_id), title) for round_id, title in found]
    if not form.is_submitted():
        form.day.data, form.hour.data = datetime.now(ZONE).date() + timedelta(days=1), MORNING
        form.reply_days.data = city.get("reply_days", 14)
        form.threshold.data, form.rounding.data = city.get("threshold", 10), city.get("rounding", 5)
    return form


def _list(form: ReleaseForm, code: int = 200) -> Page:
    page = render_template(
        "staff/releases.html",
        form=form,
        releases=colophons.listed(db.session(), now=datetime.now(UTC), lang=languages.current()),
        can_prepare=may(Permission.PREPARE_RELEASE),
    )
    return (page, code) if code != 200 else page


def _show(release_id: int, code: int = 200, error: str = "") -> Page:
    lang = languages.current()
    found = colophons.one(db.session(), release_id, now=datetime.now(UTC), lang=lang)
    kinds = {kind: say(lang, words) for kind, words in gates.KINDS.items()}
    page = render_template(
        "staff/release.html",
        release=found,
        error=error,
        leaks=[leak | {"kind": kinds[leak["kind"]]} for leak in map(dict, found.leaks)],
        # to ask means to go through every point of the round: only while something can still be done about it
        ready=responses.counts(db.session(), found.round_id) if found.state in releases.OPEN else {},
        is_mine=found.approved_by_id == current_user.id,
        can_release=may(Permission.RELEASE),
        can_prepare=may(Permission.PREPARE_RELEASE),
    )
    return (page, code) if code != 200 else page
