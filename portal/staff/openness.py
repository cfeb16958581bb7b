"""What is open and what is fixed in a chapter of the draft: by section, with the reason that everybody reads."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forms.openness import FIX, OpennessForm
from portal import deeds, typed
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import drafts, openness, paragraphs

door = Blueprint("staff_openness", __name__, url_prefix="/staff/drafts")
Page = str | tuple[str, int] | Response


@door.get("/<int:number>/<int:position>/openness")
def show(number: int, position: int) -> Page:
    return _show(number, position, OpennessForm(formdata=None))


def _show(number: int, position: int, form: OpennessForm, code: int = 200) -> Page:
    draft = drafts.version(db.session(), number, sees_unpublished=True)
    contents = paragraphs.contents(db.session(), draft.id)
    here = next((chapter for chapter in contents if chapter.position == position), None)
    if here is None:
        abort(404)
    page = render_template(
        "staff/openness.html",
        form=form,
        draft=draft,
        contents=contents,
        here=here,
        parts=openness.parts(db.session(), draft.id, position),
        can_edit=may(Permission.EDIT_DRAFTS),
        error_title=typed.not_sent(form) if form.errors else None,
    )
    return page, code


@door.post("/<int:number>/<int:position>/openness")
def fix(number: int, position: int) -> Page:
    """Fix a section or all of the chapter, or open it again."""
    form = OpennessForm(formdata=typed.tidied())
    if not form.validate_on_submit():
        return _show(number, position, form, 422)
    draft = drafts.version(db.session(), number, sees_unpublished=True)
    section = None if form.is_chapter.data == "1" else form.section.data or ""
    why = form.why.data if form.deed.data == FIX else ""
    openness.fix(db.session(), draft.id, position, section, why or "", **deeds.by_me())
    return redirect(url_for("staff_openness.show", number=number, position=position), 303)
