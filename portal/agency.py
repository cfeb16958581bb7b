"""For the city's agencies: a verdict on each programme they lead, and an opinion in the institution's name."""

from datetime import UTC, datetime

from flask import Blueprint, g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forms.review import ReviewForm
from models.vocabulary import Verdict
from portal import authors, dates, languages, opinions, typed
from portal.extensions import db
from portal.opinions import Page
from services import accounts, dockets, drafts, programmes
from services import opinions as given
from services.contributions import Author, Said
from services.errors import RoundClosed

door = Blueprint("agency", __name__, url_prefix="/perangkat-daerah")


@door.get("/")
def index() -> str:
    author, lang = authors.author(), languages.current()
    return render_template(
        "agency/index.html",
        agency=accounts.agency_name(db.session(), author.agency or ""),
        decided=dockets.of_agency(db.session(), author.agency or "", today=dates.today(), lang=lang),
        programmes=programmes.of_agency(db.session(), author.agency or "", lang),
        dimensions=given.dimensions(db.session(), author, lang),
        draft=drafts.newest(db.session()),
        round=authors.facts(),
    )


@door.route("/program/<code>", methods=["GET", "POST"])
def review(code: str) -> Page:
    author, now = authors.author(), datetime.now(UTC)
    form = ReviewForm(formdata=typed.tidied())
    form.set_choices(programmes.others(db.session(), code))
    key = typed.key_of(form)
    if not form.is_submitted():
        _fill(form, author, code)
    if not form.validate_on_submit():
        return _show(form, author, code)
    try:
        programmes.review(db.session(), author, code, _said(form), call=authors.call(now), key=key, now=now)
    except RoundClosed:
        return _show(form, author, code, is_closed=True)
    return _back()


def _back() -> Response:
    g.wake = "readings"
    return redirect(url_for("agency.index"), 303)


def _said(form: ReviewForm) -> Said:
    verdict = Verdict(form.verdict.data)
    return Said(
        text=form.text.data,
        verdict=verdict,
        merge_into=form.merge_into.data or None if verdict is Verdict.MERGE else None,
        evidence=form.evidence.data,
        condition=typed.scale(form.condition.data),
        signed_off_by=form.signed_off_by.data,
    )


def _fill(form: ReviewForm, author: Author, code: str) -> None:
    earlier = programmes.loaded(db.session(), author, code)
    if earlier is None:
        form.merge_into.data = ""
        return
    said = earlier[1]
    form.verdict.data = said.verdict.value if said.verdict else None
    form.text.data, form.evidence.data, form.signed_off_by.data = said.text, said.evidence, said.signed_off_by
    form.merge_into.data = said.merge_into or ""
    form.condition.data = str(said.condition) if said.condition else None


def _show(form: ReviewForm, author: Author, code: str, *, is_closed: bool = False) -> Page:
    page = render_template(
        "agency/review.html",
        form=form,
        programme=programmes.one(db.session(), author.agency or "", code, languages.current()),
        round=authors.facts(),
        is_closed=is_closed,
        error_title=typed.not_sent(form) if form.errors else None,
    )
    return page, 409 if is_closed else 422 if form.errors else 200


@door.route("/bidang/<code>", methods=["GET", "POST"])
def opinion(code: str) -> Page:
    return opinions.give("agency", code)


@door.route("/pendapat/<int:point_id>", methods=["GET", "POST"])
def change(point_id: int) -> Page:
    return opinions.change("agency", point_id)
