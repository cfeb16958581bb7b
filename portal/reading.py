"""For readers of the draft: anybody reads; who was invited comments on a paragraph and may change that."""

from datetime import UTC, datetime

from flask import Blueprint, abort, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forms.comment import CommentForm
from models.vocabulary import PointType
from portal import authors, languages, typed
from portal.extensions import db
from services import comments, drafts, paragraphs
from services.contributions import Said
from services.errors import RoundClosed

door = Blueprint("reading", __name__)

Page = str | tuple[str, int] | Response


@door.get("/naskah")
def index() -> Page:
    draft = drafts.newest(db.session())
    if draft is None:
        return render_template("reading/empty.html")
    return redirect(url_for("reading.chapter", number=draft.number, position=1))


@door.get("/naskah/<int:number>/<int:position>")
def chapter(number: int, position: int) -> str:
    lang, reader = languages.current(), authors.reader()
    draft = drafts.version(db.session(), number, sees_unpublished=False)
    contents = paragraphs.contents(db.session(), draft.id)
    if position not in {c.position for c in contents}:
        abort(404)
    shown = paragraphs.chapter(db.session(), draft.id, position, lang=lang)
    marks = [p.mark for p in shown]
    return render_template(
        "reading/chapter.html",
        draft=draft,
        contents=contents,
        position=position,
        paragraphs=shown,
        counts=comments.counts(db.session(), marks),
        own=comments.own_on(db.session(), reader, marks, lang) if reader else {},
        can_comment=reader is not None,
        round=authors.facts(),
    )


@door.route("/naskah/paragraf/<int:paragraph_id>/komentar", methods=["GET", "POST"])
def comment(paragraph_id: int) -> Page:
    form = CommentForm(formdata=typed.tidied())
    key = typed.key_of(form)
    author, now = authors.author(), datetime.now(UTC)
    if not form.validate_on_submit():
        return _show(form, paragraph_id)
    try:
        comments.add(db.session(), author, paragraph_id, _said(form), call=authors.call(now), key=key, now=now)
    except RoundClosed:
        return _show(form, paragraph_id, is_closed=True)
    return _back(paragraph_id)


@door.route("/komentar/<int:point_id>", methods=["GET", "POST"])
def change(point_id: int) -> Page:
    form = CommentForm(formdata=typed.tidied())
    author, now = authors.author(), datetime.now(UTC)
    earlier = comments.loaded(db.session(), author, point_id)
    if not form.is_submitted():
        _fill(form, earlier)
    if not form.validate_on_submit():
        return _show(form, earlier.paragraph_id, point_id=point_id)
    is_open = authors.call(now).round_id is not None
    try:
        comments.change(db.session(), author, point_id, _said(form), is_open=is_open, now=now)
    except RoundClosed:
        return _show(form, earlier.paragraph_id, point_id=point_id, is_closed=True)
    return _back(earlier.paragraph_id)


def _said(form: CommentForm) -> Said:
    return Said(
        text=form.text.data,
        point_type=PointType(form.comment_type.data),
        proposed_text=form.proposed_text.data,
        evidence=form.evidence.data,
    )


def _fill(form: CommentForm, said: Said) -> None:
    form.comment_type.data = said.point_type.value if said.point_type else None
    form.text.data, form.proposed_text.data, form.evidence.data = said.text, said.proposed_text, said.evidence


def _show(form: CommentForm, paragraph_id: int, *, point_id: int | None = None, is_closed: bool = False) -> Page:
    lang = languages.current()
    paragraph, number, position = paragraphs.one(db.session(), paragraph_id, lang=lang)
    page = render_template(
        "reading/comment.html",
        form=form,
        paragraph=paragraph,
        number=number,
        position=position,
        point_id=point_id,
        round=authors.facts(),
        is_closed=is_closed,
        error_title=typed.not_sent(form) if form.errors else None,
    )
    return page, 409 if is_closed else 422 if form.errors else 200


def _back(paragraph_id: int) -> Response:
    """To the paragraph in its chapter; the worker reads the new words."""
    g.wake = "readings"
    paragraph, number, position = paragraphs.one(db.session(), paragraph_id)
    return redirect(url_for("reading.chapter", number=number, position=position, _anchor=paragraph.mark), 303)
