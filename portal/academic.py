"""For academics who were invited: the draft, an opinion on each dimension, and what they have said so far."""

from flask import Blueprint, render_template

from portal import authors, languages, opinions
from portal.extensions import db
from portal.opinions import Page
from services import comments, drafts
from services import opinions as given

door = Blueprint("academic", __name__, url_prefix="/akademisi")


@door.get("/")
def index() -> str:
    author, lang = authors.author(), languages.current()
    return render_template(
        "academic/index.html",
        draft=drafts.newest(db.session()),
        dimensions=given.dimensions(db.session(), author, lang),
        comments=comments.own(db.session(), author, lang),
        round=authors.facts(),
    )


@door.route("/bidang/<code>", methods=["GET", "POST"])
def opinion(code: str) -> Page:
    return opinions.give("academic", code)


@door.route("/pendapat/<int:point_id>", methods=["GET", "POST"])
def change(point_id: int) -> Page:
    return opinions.change("academic", point_id)
