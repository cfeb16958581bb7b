"""What became of each paragraph: the unsure ones first, confirmed in bulk or put right one by one."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import asked, deeds, languages
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import drafts, fates, lineages
from services.tongue import say

door = Blueprint("staff_fates", __name__, url_prefix="/staff/drafts/<int:number>/fates")
Page = str | tuple[str, int] | Response
GONE = "gone"
LONGEST_MARK = 80


@door.get("")
def index(number: int) -> Page:
    return _list(number)


def _list(number: int, error: str = "", code: int = 200, at: int = 0) -> Page:
    """A page of them; with an error about one of them, the page that begins with it."""
    draft = drafts.version(db.session(), number, sees_unpublished=True)
    every, after = request.args.get("every") == "1", at - 1 if at else asked.number()
    lang = languages.current()
    entries, cursor = lineages.page(db.session(), draft.id, after=after, every=every or bool(at), lang=lang)
    page = render_template(
        "staff/draft_fates.html",
        draft=draft,
        entries=entries,
        every=every,
        after=after,
        next_cursor=cursor,
        unsure=lineages.unsure(db.session(), draft.id),
        can_edit=may(Permission.EDIT_DRAFTS),
        error=error,
        error_title=bool(error),
        wrong=at,
    )
    return page, code


def _back(number: int) -> Response:
    """To the list as it was; what was confirmed is not in it any more."""
    kept = {name: value for name in ("every", "after") if (value := request.args.get(name, ""))}
    return redirect(url_for("staff_fates.index", number=number, **kept), 303)


@door.post("")
def confirm(number: int) -> Page:
    """Say that what was ticked is right, or all that stands on the page."""
    draft = drafts.version(db.session(), number, sees_unpublished=True)
    chosen = _ids("here" if request.form.get("all") else "fate")
    if not chosen:
        return _list(number, _("Centang dahulu yang sudah Anda periksa."), 422)
    fates.confirm(db.session(), draft.id, chosen, **deeds.by_me())
    return _back(number)


def _ids(name: str) -> list[int]:
    values = request.form.getlist(name)
    if not all(value.isascii() and value.isdecimal() and len(value) <= asked.LONGEST for value in values):
        abort(400)
    return [int(value) for value in values]


@door.post("/<int:fate_id>")
def correct(number: int, fate_id: int) -> Page:
    """Say what it became: a paragraph near it, one by its mark, or nothing."""
    draft = drafts.version(db.session(), number, sees_unpublished=True)
    chosen, mark = request.form.get("heir", ""), request.form.get("mark", "").strip()[:LONGEST_MARK]
    heir_id = lineages.called(db.session(), draft.id, mark) if mark else None
    if mark and heir_id is None:
        lineages.check(db.session(), draft.id, fate_id)
        return _list(number, say(languages.current(), lineages.UNKNOWN_MARK, mark=mark), 422, fate_id)
    if not mark and chosen != GONE:
        ids = _ids("heir") if chosen else []
        if not ids:
            lineages.check(db.session(), draft.id, fate_id)
            return _list(number, _("Pilih paragraf yang benar, atau tulis penandanya."), 422, fate_id)
        heir_id = ids[0]
    lineages.correct(db.session(), draft.id, fate_id, heir_id, **deeds.by_me())
    return _back(number)
