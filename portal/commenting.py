"""For those who were invited: a comment on a paragraph of the draft, on what is missing after it, or on all of it."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from forms.comment import CommentForm, SettleForm
from models.vocabulary import PointType, Severity
from portal import authors, deeds, languages, typed
from portal.extensions import db
from services import comments, drafts, remarks, replies, spots
from services.contributions import Said
from services.errors import NotFound, PartFixed, RoundClosed
from services.remarks import Remarked
from services.rounds import RoundFacts

door = Blueprint("commenting", __name__)

Page = str | tuple[str, int] | Response


@door.route("/naskah/paragraf/<int:paragraph_id>/komentar", methods=["GET", "POST"])
def comment(paragraph_id: int) -> Page:
    form, spot = CommentForm(formdata=typed.tidied()), spots.of_paragraph(db.session(), paragraph_id)
    form.against = spot.text
    key = typed.key_of(form)
    author, now = authors.author(), datetime.now(UTC)
    if not form.is_submitted() and request.args.get("sela") == "1":
        form.gap.data, form.comment_type.data = "1", PointType.MISSING.value
    if not form.validate_on_submit():
        return _show(form, spot)
    said, beside = _said(form), _beside(form)
    try:
        call = authors.call(now)
        comments.add(db.session(), author, paragraph_id, said, call=call, key=key, now=now, remarked=beside)
    except (RoundClosed, PartFixed) as refusal:
        return _show(form, spot, refusal=refusal)
    return _back(spot)


@door.route("/naskah/<int:number>/komentar", methods=["GET", "POST"])
def whole(number: int) -> Page:
    """On all of a version."""
    form, draft = CommentForm(formdata=typed.tidied()), drafts.version(db.session(), number, sees_unpublished=False)
    del form.quote
    key = typed.key_of(form)
    author, now = authors.author(), datetime.now(UTC)
    if not form.validate_on_submit():
        return _show(form, None, draft=draft)
    said, beside = _said(form), _beside(form)
    try:
        call = authors.call(now)
        comments.add_whole(db.session(), author, number, said, call=call, key=key, now=now, remarked=beside)
    except RoundClosed as refusal:
        return _show(form, None, draft=draft, refusal=refusal)
    g.wake = "readings"
    return redirect(url_for("commenting.whole", number=number, _anchor="sudah"), 303)


@door.route("/komentar/<int:point_id>", methods=["GET", "POST"])
def change(point_id: int) -> Page:
    form = CommentForm(formdata=typed.tidied())
    author, now = authors.author(), datetime.now(UTC)
    earlier, beside = comments.loaded(db.session(), author, point_id), remarks.read(db.session(), point_id)
    place = _place(form, earlier, beside)
    if not form.is_submitted():
        _fill(form, earlier, beside)
    if not form.validate_on_submit():
        return _show(form, point_id=point_id, **place)
    try:
        facts = authors.facts()
        is_open = facts is not None and facts.is_open
        told = {"is_open": is_open, "now": now, "remarked": _beside(form)}
        comments.change(db.session(), author, point_id, _said(form), **told)
    except (RoundClosed, PartFixed) as refusal:
        return _show(form, point_id=point_id, refusal=refusal, **place)
    if place["spot"] is not None:
        return _back(place["spot"])
    g.wake = "readings"
    return redirect(url_for("commenting.whole", number=place["draft"].number, _anchor="sudah"), 303)


def _place(form: CommentForm, said: Said, beside: Remarked) -> dict[str, Any]:
    """Where an own comment stands: on a paragraph, whose words it may quote, or on all of a version."""
    if said.paragraph_id is None:
        del form.quote
        return {"spot": None, "draft": drafts.facts(db.session(), beside.draft_id or 0)}
    spot = spots.of_paragraph(db.session(), said.paragraph_id)
    form.against = spot.text
    return {"spot": spot, "draft": None}


@door.post("/komentar/<int:point_id>/selesai")
def settle(point_id: int) -> Response:
    """The author says that nothing is left to do about a comment, or takes that back."""
    comments.loaded(db.session(), authors.author(), point_id)
    is_settled = SettleForm().settled.data != "0"
    remarks.settle(db.session(), [point_id], is_settled=is_settled, **deeds.by_me())
    return redirect(url_for("commenting.change", point_id=point_id), 303)


def _said(form: CommentForm) -> Said:
    return Said(
        text=form.text.data,
        point_type=PointType(form.comment_type.data),
        proposed_text=form.proposed_text.data,
        evidence=form.evidence.data,
    )


def _beside(form: CommentForm) -> Remarked:
    severity = Severity(form.severity.data) if form.severity.data else None
    quote = form.quote.data or "" if "quote" in form else ""
    return Remarked(quote=quote, severity=severity, is_gap=form.gap.data == "1")


def _fill(form: CommentForm, said: Said, beside: Remarked) -> None:
    form.comment_type.data = said.point_type.value if said.point_type else None
    form.text.data, form.proposed_text.data, form.evidence.data = said.text, said.proposed_text, said.evidence
    form.severity.data, form.gap.data = beside.severity or "", "1" if beside.is_gap else ""
    if "quote" in form:
        form.quote.data = beside.quote


def _show(
    form: CommentForm,
    spot: spots.Spot | None,
    *,
    draft: drafts.DraftFacts | None = None,
    point_id: int | None = None,
    refusal: RoundClosed | PartFixed | None = None,
) -> Page:
    facts = authors.facts()
    said = _there(spot, draft, facts)
    page = render_template(
        "commenting/comment.html",
        form=form,
        spot=spot,
        draft=draft,
        is_gap=form.gap.data == "1",
        point_id=point_id,
        said=said,
        this=next((one for one in said if one.id == point_id), None),
        replies=replies.of(db.session(), [one.id for one in said]),
        round=facts,
        is_closed=isinstance(refusal, RoundClosed),
        fixed_why=refusal.why if isinstance(refusal, PartFixed) else spot.fixed_why if spot else "",
        error_title=typed.not_sent(form) if form.errors else None,
    )
    return page, 409 if refusal else 422 if form.errors else 200


def _there(
    spot: spots.Spot | None, draft: drafts.DraftFacts | None, facts: RoundFacts | None
) -> list[comments.Comment]:
    """What the author has said there already; about all of a version also what others said."""
    author, lang = authors.author(), languages.current()
    if spot is not None:
        on = comments.on(db.session(), spot.draft_id, [spot.paragraph_id], lang, author=author)
        return on.get(spot.paragraph_id, [])
    if draft is None:
        raise NotFound("draft")
    showing = {"shows_others": remarks.shows_others(facts), "now": datetime.now(UTC)}
    return comments.on_whole(db.session(), draft.number, lang, author=author, **showing)


def _back(spot: spots.Spot) -> Response:
    """To the paragraph in its chapter; the worker reads the new words."""
    g.wake = "readings"
    page = spot.page if spot.page > 1 else None
    place = {"number": spot.number, "position": spot.position, "bagian": page}
    return redirect(url_for("reading.chapter", **place, _anchor=spot.mark), 303)
