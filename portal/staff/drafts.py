"""Drafts: a file is read and looked at before it is published; every comment stands beside its paragraph."""

from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.draft import DraftForm
from portal import languages
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import comments, drafts, paragraphs
from services.errors import UnreadableFile
from services.tongue import say

door = Blueprint("staff_drafts", __name__, url_prefix="/staff/drafts")


@door.get("/")
def index() -> tuple[str, int]:
    return _index(DraftForm())


def _index(form: DraftForm, code: int = 200) -> tuple[str, int]:
    page = render_template(
        "staff/drafts.html",
        form=form,
        versions=drafts.versions(db.session()),
        can_edit=may(Permission.EDIT_DRAFTS),
        error_title=bool(form.errors),
    )
    return page, code


@door.post("/")
def take() -> Response | tuple[str, int]:
    form = DraftForm()
    if not form.validate_on_submit():
        return _index(form, 422)
    file, now = form.file.data, datetime.now(UTC)
    try:
        draft_id = drafts.take(db.session(), file.read(), name=file.filename, now=now, actor_id=current_user.id)
    except UnreadableFile as refusal:
        form.file.errors = [say(languages.current(), refusal.message, **refusal.values)]
        return _index(form, 422)
    number = drafts.facts(db.session(), draft_id).number
    return redirect(url_for("staff_drafts.chapter", number=number, position=1), 303)


@door.get("/<int:number>/<int:position>")
def chapter(number: int, position: int) -> str:
    lang = languages.current()
    draft = drafts.version(db.session(), number, sees_unpublished=True)
    contents = paragraphs.contents(db.session(), draft.id)
    if position not in {c.position for c in contents}:
        abort(404)
    shown = paragraphs.chapter(db.session(), draft.id, position, lang=lang)
    return render_template(
        "staff/draft.html",
        draft=draft,
        contents=contents,
        position=position,
        paragraphs=shown,
        comments=comments.all_on(db.session(), [p.mark for p in shown], lang),
        lost=comments.lost(db.session(), draft.id, lang),
    )


@door.post("/<int:number>/publish")
def publish(number: int) -> Response:
    draft = drafts.version(db.session(), number, sees_unpublished=True)
    drafts.publish(db.session(), draft.id, now=datetime.now(UTC), actor_id=current_user.id)
    return redirect(url_for("staff_drafts.index"), 303)


@door.post("/<int:number>/discard")
def discard(number: int) -> Response:
    draft = drafts.version(db.session(), number, sees_unpublished=True)
    drafts.discard(db.session(), draft.id, now=datetime.now(UTC), actor_id=current_user.id)
    return redirect(url_for("staff_drafts.index"), 303)
