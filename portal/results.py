"""What was heard and answered, open to anyone: stored pages of what was released, and what is talked of just now."""

from datetime import UTC, datetime

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal import languages
from portal.extensions import db
from services import boards, shelves
from services.errors import NotFound

door = Blueprint("results", __name__, url_prefix="/hasil")
ATOM = "application/atom+xml; charset=utf-8"
DOWNLOADS = (".csv", ".json")


@door.get("/")
def index() -> str:
    releases = shelves.seen(db.session(), now=datetime.now(UTC), lang=languages.current())
    return render_template("results/list.html", releases=releases)


@door.get("/sekarang")
def live() -> str:
    """Themes and counts while people still write; never a text."""
    return render_template("results/live.html", board=boards.board(db.session(), languages.current()))


@door.get("/umpan.xml")
def feed() -> Response:
    releases = shelves.seen(db.session(), now=datetime.now(UTC), lang=languages.current())
    answer = Response(render_template("results/feed.xml", releases=releases), content_type=ATOM)
    answer.add_etag()
    return answer.make_conditional(request.environ)


@door.get("/<code>/")
def round(code: str) -> Response:  # noqa: A001 (the field's word for it)
    """The newest release of a round."""
    return _sent(code, "")


@door.get("/<code>/<path>")
def page(code: str, path: str) -> Response:
    return _sent(code, path)


@door.get("/<code>/terbitan-<int:number>/")
def numbered(code: str, number: int) -> Response:
    """A release as it was, also when a newer one has been let go; the newest stands at the round's own address."""
    newest = shelves.seen(db.session(), now=datetime.now(UTC), round_code=code)
    if not newest:
        raise NotFound(f"release of {code}")
    if newest[0].number == number:
        return redirect(url_for("results.round", code=code))
    return _sent(code, "", number)


@door.get("/<code>/terbitan-<int:number>/<path>")
def numbered_page(code: str, number: int, path: str) -> Response:
    return _sent(code, path, number)


def _sent(code: str, path: str, number: int | None = None) -> Response:
    """The stored bytes; a browser that has them already gets a word instead."""
    lang, now = languages.current(), datetime.now(UTC)
    stored = shelves.open_(db.session(), code, path, now=now, lang=lang, number=number)
    answer = Response(stored.body, content_type=stored.media_type)
    answer.set_etag(stored.etag)
    answer.headers["Cache-Control"] = "public, max-age=0, must-revalidate"
    if path.endswith(DOWNLOADS):
        answer.headers.set("Content-Disposition", "attachment", filename=f"{code}-{path}")
    return answer.make_conditional(request.environ)
