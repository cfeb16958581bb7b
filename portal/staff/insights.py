"""Findings: what was read, theme by theme; rename a theme, accept or refuse what the machine proposes."""

from datetime import UTC, datetime

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.theme import RenameForm
from models.vocabulary import Group
from portal import asked, languages
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import data_requests, insights, originals, registers
from services import differences as drifts
from services.errors import NotThisState

door = Blueprint("staff_insights", __name__, url_prefix="/staff")


@door.get("/")
def index() -> str:
    run, lang = insights.newest_run(db.session()), languages.current()
    campaigns, more = insights.campaigns(db.session(), run) if run else ([], 0)
    return render_template(
        "staff/insights.html",
        run=run,
        counts=run,
        groups=insights.by_dimension(db.session(), run, lang) if run else [],
        unplaced=run.unplaced if run else 0,
        campaigns=campaigns,
        more_campaigns=more,
        uncounted=data_requests.uncounted(db.session()),
    )


@door.get("/differences")
def differences() -> str:
    """What a count from nothing would change of what stands."""
    run = insights.newest_run(db.session())
    found = drifts.newest(db.session(), run.round_id, languages.current()) if run else None
    return render_template("staff/differences.html", found=found)


@door.get("/themes/<int:theme_id>")
def theme(theme_id: int) -> str | tuple[str, int]:
    return _show(theme_id, RenameForm())


def _show(theme_id: int, form: RenameForm, code: int = 200) -> tuple[str, int]:
    after, group = request.args.get("after", "0"), request.args.get("group", "")
    if not after.isdecimal() or len(after) > 18 or (group and group not in list(Group)):
        abort(400)
    lang = languages.current()
    card = insights.theme_card(db.session(), theme_id, insights.newest_run(db.session()), lang)
    round_id = asked.number("round") or None
    texts, cursor = originals.behind(db.session(), theme_id, int(after), group or None, lang=lang, round_id=round_id)
    if not form.name.data:
        form.name.data = card.source_name
    page = render_template(
        "staff/theme.html",
        theme=card,
        rename_form=form,
        texts=texts,
        next_cursor=cursor,
        group=group,
        round_id=round_id,
        can_show=may(Permission.SHOW_VOICES),
        can_sort=may(Permission.EDIT_THEMES),
        refused=registers.of_themes(db.session(), [theme_id], lang).get(theme_id, []),
        groups=originals.groups(lang),
    )
    return page, code


@door.post("/themes/<int:theme_id>/rename")
def rename(theme_id: int) -> Response | tuple[str, int]:
    form = RenameForm()
    if not form.validate_on_submit():
        return _show(theme_id, form, 422)
    try:
        insights.rename(db.session(), theme_id, form.name.data.strip(), actor_id=current_user.id, now=datetime.now(UTC))
    except NotThisState:
        form.name.errors = [_("Nama ini sudah dipakai tema lain.")]
        return _show(theme_id, form, 409)
    return redirect(url_for("staff_insights.theme", theme_id=theme_id), 303)


@door.post("/themes/<int:theme_id>/accept")
def accept(theme_id: int) -> Response:
    insights.accept(db.session(), theme_id, actor_id=current_user.id, now=datetime.now(UTC))
    g.wake = "readings"
    return redirect(url_for("staff_insights.theme", theme_id=theme_id), 303)


@door.post("/themes/<int:theme_id>/refuse")
def refuse(theme_id: int) -> Response:
    insights.refuse(db.session(), theme_id, actor_id=current_user.id, now=datetime.now(UTC))
    g.wake = "readings"
    return redirect(url_for("staff_insights.index"), 303)
