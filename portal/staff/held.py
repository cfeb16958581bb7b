"""What came in: what is held because of a flood, for a person to release or let rest, and how long people write."""

from datetime import UTC, datetime

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.held import HeldForm
from portal import banner
from portal.access import may, permission_of
from portal.extensions import db
from portal.rights import Permission
from services import floods

door = Blueprint("staff_held", __name__, url_prefix="/staff/held")
Page = str | tuple[str, int] | Response


@door.app_context_processor
def _banner() -> dict[str, object]:
    """Every page of the team says when something is held, with figures."""
    is_desk = permission_of(request.endpoint) is not Permission.ANYONE and may(Permission.READ_FINDINGS)
    return {"flood": banner.flood() if is_desk else None}


@door.get("/")
def index() -> Page:
    return _show(HeldForm())


def _rests() -> bool:
    """Whether it is about those that somebody looked at and let rest."""
    return request.args.get("rest") == "1"


def _show(form: HeldForm, error: str | None = None, code: int = 200) -> Page:
    texts, of = floods.held(db.session(), rests=_rests())
    form.upto.data = floods.newest(db.session())
    page = render_template(
        "staff/held.html",
        form=form,
        texts=texts,
        of=of,
        rests=_rests(),
        reasons=_reasons(),
        pace=floods.pace(db.session()),
        can_release=may(Permission.RELEASE_HELD),
        error_title=error,
    )
    return page, code


def _reasons() -> dict[str, str]:
    """Why something is held, in words."""
    return {
        floods.ADDRESS: _("terlalu banyak dari satu alamat jaringan dalam satu jam"),
        floods.SESSION: _("terlalu banyak dari satu peramban dalam satu jam"),
        floods.SUSPECTS: _("banyak kiriman yang lebih cepat daripada orang menulis"),
        floods.WHOLE: _("lebih banyak kiriman dalam satu jam daripada yang biasa untuk seluruh situs"),
        floods.BY_A_PERSON: _("sudah dilihat, tetap ditahan"),
    }


@door.post("/")
def decide() -> Page:
    """Release or let rest: the texts that were ticked, or all that the page spoke of."""
    form = HeldForm()
    if not form.validate_on_submit():
        return _show(form, _("Belum ada yang dipilih"), 422)
    deed = floods.release if form.deed.data.startswith("release") else floods.let_rest
    chosen = None if form.deed.data.endswith("all") else tuple(int(i) for i in form.texts.data)
    choice = floods.Choice(chosen, form.upto.data, rests=_rests())
    deed(db.session(), choice, actor_id=current_user.id, now=datetime.now(UTC))
    banner.forget()
    g.wake = "readings"
    return redirect(url_for("staff_held.index"), 303)
