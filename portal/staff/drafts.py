"""Drafts: a file is read and looked at before it is published; every comment stands beside its paragraph."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from forms.draft import DraftForm
from models.vocabulary import CommentState, FateState
from portal import asked, deeds, languages
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import comments, compositions, drafts, fates, lineages, paragraphs, wordings
from services.errors import NotThisState, Overtaken, UnreadableFile
from services.handbacks import apart as handbacks
from services.manuscripts.labels import DROPPED, KEPT
from services.tongue import say, word

door = Blueprint("staff_drafts", __name__, url_prefix="/staff/drafts")
LARGEST = 16 * 2**20 + 100_000
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Page = Response | tuple[str, int]


@door.url_value_preprocessor
def allow_large(endpoint: str | None, _values: object) -> None:
    """A file may be larger than other sendings, from those who may bring one; asked before anything is read."""
    if endpoint == "staff_drafts.take" and may(Permission.EDIT_DRAFTS):
        request.max_content_length = LARGEST


@door.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    form = DraftForm(formdata=None)
    form.file.errors = [_("Berkas lebih dari 16 MB. Kecilkan gambarnya, atau bagi menjadi beberapa berkas.")]
    return _index(form, 413)


@door.get("/")
def index() -> tuple[str, int]:
    return _index(DraftForm(formdata=None))


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
def take() -> Page:
    form = DraftForm()
    if not form.validate_on_submit():
        return _index(form, 422)
    content, name, by_me = form.file.data.read(), form.file.data.filename, deeds.by_me()
    db.session.rollback()  # reading a file takes its time, and nobody is to wait for it
    try:
        found = drafts.read(content, name=name)
        draft_id = drafts.take(db.session(), content, name=name, found=found, **by_me)
    except UnreadableFile as refusal:
        form.file.errors = [say(languages.current(), refusal.message, **refusal.values)]
        return _index(form, 422)
    number = drafts.facts(db.session(), draft_id).number
    return redirect(url_for("staff_drafts.show", number=number), 303)


@door.get("/<int:number>")
def show(number: int) -> Page:
    """A version as a whole: what was read of its file, and what becomes of older paragraphs and comments."""
    return _show(number)


def _show(number: int, error: str = "", code: int = 200) -> tuple[str, int]:
    draft = drafts.version(db.session(), number, sees_unpublished=True)
    is_compared, lang = draft.base_id is not None, languages.current()
    page = render_template(
        "staff/draft_report.html",
        draft=draft,
        kept=_counted(KEPT, draft.report.get("kept", {})),
        dropped=_counted(DROPPED, draft.report.get("dropped", {})),
        tally=_told(fates.tally(db.session(), draft.id), lang) if is_compared else None,
        before=lineages.spoken_before(db.session(), draft.id) if is_compared else 0,
        credits=_credits(wordings.of_draft(db.session(), draft.id, lang)),
        can_edit=may(Permission.EDIT_DRAFTS),
        can_take=may(Permission.TAKE_EXPORTS),
        error=error,
        error_title=bool(error),
    )
    return page, code


def _counted(words: dict[str, str], counts: dict[str, int]) -> list[tuple[str, int]]:
    return [(say(languages.current(), words.get(name, name)), n) for name, n in counts.items()]


def _told(tally: fates.Tally, lang: str) -> dict[str, Any]:
    """The tally with its words, in the order of the vocabulary; bars are shares of the longest."""
    paragraphs_ = [(word(state, lang), tally.paragraphs.get(state, 0)) for state in FateState]
    most = max([n for _words, n in paragraphs_] + [tally.added, 1])
    said = [(word(state, lang), n) for state in CommentState if (n := tally.comments.get(state, 0))]
    return {
        "paragraphs": [(words, n, round(100 * n / most)) for words, n in paragraphs_],
        "added": (tally.added, round(100 * tally.added / most)),
        "comments": said,
        "after": sum(n for _words, n in said),
        "unsure": tally.unsure,
    }


def _credits(found: dict[int, list[wordings.Credit]]) -> list[wordings.Credit]:
    return [credit for credits in found.values() for credit in credits]


@door.get("/<int:number>/<int:position>")
def chapter(number: int, position: int) -> str:
    """A chapter with everything that was said of it, a long one page by page."""
    lang, page = languages.current(), asked.number("bagian") or 1
    draft = drafts.version(db.session(), number, sees_unpublished=True)
    contents = paragraphs.contents(db.session(), draft.id)
    here = next((c for c in contents if c.position == position), None)
    if here is None or page > here.pages:
        abort(404)
    shown = paragraphs.chapter(db.session(), draft.id, position, page=page, lang=lang)
    return render_template(
        "staff/draft.html",
        draft=draft,
        contents=contents,
        here=here,
        page=page,
        paragraphs=shown,
        comments=comments.on(db.session(), draft.id, [p.id for p in shown], lang, is_team=True),
        lost=comments.lost(db.session(), draft.id, lang),
    )


@door.post("/<int:number>/naskah.docx")
def handback(number: int) -> Response:
    """The version for its drafter, with what was said of it: a POST, so that no link opens it."""
    session, by_me = db.session(), deeds.by_me()
    session.rollback()  # making it takes its time, and nobody is to wait for it
    session.connection(execution_options={"reading": True})
    draft = drafts.version(session, number, sees_unpublished=True)
    content = handbacks.docx(session, draft.id, now=by_me["now"], lang=languages.current())
    session.rollback()
    handbacks.handed(session, draft.id, content, **by_me)
    answer = Response(content, mimetype=DOCX)
    answer.headers.set("Content-Disposition", "attachment", filename=f"naskah-versi-{number}.docx")
    return answer


@door.post("/<int:number>/publish")
def publish(number: int) -> Page:
    draft = drafts.version(db.session(), number, sees_unpublished=True)
    try:
        drafts.publish(db.session(), draft.id, now=datetime.now(UTC), actor_id=current_user.id)
    except Overtaken:
        told = _("Belum terbit: versi lain terbit sesudah versi ini disusun. Buang versi ini, lalu susun lagi.")
        return _show(number, told, 409)
    return redirect(url_for("staff_drafts.show", number=number), 303)


@door.post("/<int:number>/discard")
def discard(number: int) -> Response:
    draft = drafts.version(db.session(), number, sees_unpublished=True)
    drafts.discard(db.session(), draft.id, now=datetime.now(UTC), actor_id=current_user.id)
    return redirect(url_for("staff_drafts.index"), 303)


@door.get("/compose")
def plan() -> Page:
    """What decisions would put into the next version, and what cannot go in."""
    return _plan()


def _plan(error: str = "", code: int = 200) -> tuple[str, int]:
    page = render_template(
        "staff/draft_plan.html",
        plan=compositions.plan(db.session()),
        shown=compositions.SHOWN,
        can_edit=may(Permission.EDIT_DRAFTS),
        error=error,
        error_title=bool(error),
    )
    return page, code


@door.post("/compose")
def compose() -> Page:
    try:
        draft_id = compositions.compose(db.session(), **deeds.by_me())
    except NotThisState:
        return _plan(_("Belum ada putusan yang dapat masuk ke versi berikut."), 422)
    number = drafts.facts(db.session(), draft_id).number
    return redirect(url_for("staff_drafts.show", number=number), 303)
