"""What fits no theme yet: by the words that come up most, into a theme that is there or into a new one."""

from datetime import UTC, datetime

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from forms.sorting import UnplacedForm
from portal import languages, typed
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import codebooks, insights, marks, priorities, unplaced
from services.errors import NotThisState

door = Blueprint("staff_unplaced", __name__, url_prefix="/staff/unplaced")
Page = str | tuple[str, int] | Response
LONGEST_WORD = 40


@door.get("/")
def index() -> Page:
    return _show(_form())


@door.post("/")
def place() -> Page:
    """Put the ticked texts into a theme, old or new."""
    form = _form()
    if not form.validate_on_submit():
        return _show(form, 422)
    deed = {"actor_id": current_user.id, "now": datetime.now(UTC)}
    try:
        if form.deed.data == "move":
            marks.move(db.session(), form.ids(), int(form.target.data), reason=form.reason.data or "", **deed)
        else:
            dimension = form.dimension.data or None
            marks.found(db.session(), form.ids(), form.name.data, dimension=dimension, **deed)
    except NotThisState as refusal:
        form.form_errors.append(
            _("Nama ini sudah dipakai tema lain.")
            if str(refusal) == "name taken"
            else _("Ada teks yang sudah berpindah sejak halaman ini dibuka. Periksa lagi, lalu ulangi.")
        )
        return _show(form, 409)
    g.wake = "readings"
    return redirect(url_for("staff_unplaced.index", word=request.args.get("word")), 303)


def _form() -> UnplacedForm:
    form, lang = UnplacedForm(formdata=typed.tidied()), languages.current()
    found = codebooks.choices(db.session(), lang)
    form.target.choices = [
        SelectChoice("", _("Pilih tema")),
        *(SelectChoice(str(number), f"{dimension}: {name}") for number, name, dimension in found),
    ]
    dimensions = priorities.dimensions(db.session(), lang)
    form.dimension.choices = [SelectChoice("", _("Belum ditentukan")), *(SelectChoice(*pair) for pair in dimensions)]
    return form


def _show(form: UnplacedForm, code: int = 200) -> Page:
    after, word = request.args.get("after", "0"), request.args.get("word", "")
    if not after.isdecimal() or len(after) > 18 or len(word) > LONGEST_WORD:
        abort(400)
    run, lang = insights.newest_run(db.session()), languages.current()
    texts, cursor = (
        unplaced.listed(db.session(), run.round_id, word=word, after=int(after), lang=lang) if run else ([], None)
    )
    page = render_template(
        "staff/unplaced.html",
        run=run,
        form=form,
        texts=texts,
        next_cursor=cursor,
        word=word,
        words=unplaced.frequent(db.session(), run.round_id) if run else [],
        can_place=may(Permission.EDIT_THEMES),
    )
    return (page, code) if code != 200 else page
