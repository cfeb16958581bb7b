"""Comments on the draft: what others may read of them, what is settled, what the team replies, what to decide on."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.comment import LABELS
from forms.remark import HIDE, SETTLE, SHOW, UNSETTLE, RemarksForm, ReplyForm
from forms.words import spoken
from models.vocabulary import CommentState, Group, PointType, RemarkState
from portal import asked, deeds, languages, typed
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import commentaries, remarks, replies
from services.commentaries import Choices, Filters

door = Blueprint("staff_remarks", __name__, url_prefix="/staff/comments")
Page = str | tuple[str, int] | Response

NAMES = ("version", "chapter", "dimension", "state", "moderation", "group", "kind", "undecided", "after")
GROUPS = (Group.CITIZEN, Group.ACADEMIC, Group.AGENCY)


@door.get("/")
def index() -> Page:
    return _list(RemarksForm(formdata=None))


def _list(form: RemarksForm, reply: ReplyForm | None = None, reply_to: int | None = None, code: int = 200) -> Page:
    """The list; `reply` is the one that was refused, with what was typed in it."""
    lang = languages.current()
    choices = commentaries.choices(db.session(), lang)
    filters = _filters(choices)
    rows, cursor = commentaries.listing(db.session(), filters, after=asked.number() or None, lang=lang)
    wrong = reply if reply is not None and reply.errors else form
    page = render_template(
        "staff/remarks.html",
        form=form,
        reply=reply or ReplyForm(formdata=None),
        reply_to=reply_to,
        wrong=wrong,
        rows=rows,
        next_cursor=cursor,
        filters=filters,
        facets=_facets(choices),
        args=_args(),
        replies=replies.of(db.session(), [row.comment.id for row in rows], is_team=True),
        counts=commentaries.counts(db.session()),
        states=list(RemarkState),
        words={state: spoken(state) for state in RemarkState},
        can_screen=may(Permission.SCREEN),
        can_reply=may(Permission.ANSWER),
        error_title=_("Belum dikerjakan, periksa dulu") if wrong.errors else None,
    )
    return page, code


def _args() -> dict[str, str]:
    """The arguments of the address that say something, to be handed on as they are."""
    return {name: request.args[name][:40] for name in NAMES if request.args.get(name, "").strip()}


def _filters(choices: Choices) -> Filters:
    """What the address asks for; 400 for what no page of ours links to."""
    version, chapter = asked.number("version") or None, asked.number("chapter") or None
    dimension, undecided = request.args.get("dimension", ""), request.args.get("undecided", "")
    is_known = version in (None, *dict(choices.versions)) and chapter in (None, *dict(choices.chapters))
    if not is_known or dimension not in ("", *dict(choices.dimensions)) or undecided not in ("", "1"):
        abort(400)
    return Filters(
        version=version,
        chapter=chapter,
        dimension=dimension,
        state=asked.word_of(CommentState, "state"),
        moderation=asked.word_of(RemarkState, "moderation"),
        group=asked.word_of(Group, "group"),
        kind=asked.word_of(PointType, "kind"),
        is_undecided=undecided == "1",
    )


def _facets(choices: Choices) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    """What the list may be narrowed by: name, label, and each value with its words."""
    return [
        ("version", _("Ditulis atas versi"), [(str(n), str(n)) for n, _title in choices.versions]),
        ("chapter", _("Bab"), [(str(n), title or str(n)) for n, title in choices.chapters]),
        ("dimension", _("Bidang"), list(choices.dimensions)),
        ("state", _("Keadaan sekarang"), [(state.value, spoken(state)) for state in CommentState]),
        ("group", _("Kelompok"), [(group.value, spoken(group)) for group in GROUPS]),
        ("kind", _("Jenis"), [(kind.value, label) for kind, label in LABELS.items()]),
        ("undecided", _("Putusan"), [("1", _("belum ada putusan"))]),
    ]


@door.post("/")
def bulk() -> Page:
    """Do one thing with all ticked comments."""
    form = RemarksForm(formdata=typed.tidied())
    if not form.validate_on_submit():
        return _list(form, code=422)
    ids = sorted({int(i) for i in form.points.data})
    deed, why = form.deed.data, form.why.data or ""
    if deed in (SHOW, HIDE):
        state = RemarkState.SHOWN if deed == SHOW else RemarkState.HIDDEN
        remarks.moderate(db.session(), ids, state, why=why, **deeds.by_me())
    elif deed in (SETTLE, UNSETTLE):
        remarks.settle(db.session(), ids, is_settled=deed == SETTLE, **deeds.by_me())
    return redirect(url_for("staff_remarks.index", **_args()), 303)


@door.post("/<int:point_id>/reply")
def reply(point_id: int) -> Page:
    """Say something under one comment."""
    form = ReplyForm(formdata=typed.tidied())
    remarks.comment(db.session(), point_id)
    if not form.validate_on_submit():
        return _list(RemarksForm(formdata=None), form, point_id, 422)
    replies.add(db.session(), point_id, form.text.data, **deeds.by_me())
    return redirect(url_for("staff_remarks.index", **_args(), _anchor=f"k{point_id}"), 303)
