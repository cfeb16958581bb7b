"""For those who were invited: what became of their comments, to read and to take along, and a letter about them."""

from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.words import spoken
from models.vocabulary import CommentState
from portal import asked, authors, codes, languages
from portal.config import ZONE
from portal.extensions import db
from reports import apart, prints
from services import letterheads, letters, outcomes, plans, recaps
from services.letters import Issued
from services.tongue import say

door = Blueprint("contributing", __name__, url_prefix="/komentar")

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Page = str | tuple[str, int]


@door.get("/")
def index() -> str:
    """Grouped by how each comment stands, the same filter in the links of its pages."""
    author, now, lang = authors.author(), datetime.now(UTC), languages.current()
    state, counts = asked.word_of(CommentState, "keadaan"), outcomes.counts(db.session(), author)
    found, following = outcomes.page(db.session(), author, now=now, state=state, after=_after(), lang=lang)
    return render_template(
        "contributing/index.html",
        counts=[(one, spoken(one), n) for one, n in counts.items()],
        state=state,
        found=found,
        following=following,
        total=sum(counts.values()),
    )


def _after() -> tuple[int, int] | None:
    written = request.args.get("sesudah", "")
    return (outcomes.read_cursor(written) or abort(400)) if written else None


@door.get("/unduh.csv")
def table() -> Response:
    lang = languages.current()
    found = outcomes.every(db.session(), authors.author(), now=datetime.now(UTC), lang=lang)
    return _file(recaps.table(found, lang), "text/csv", "komentar-saya.csv")


@door.get("/unduh-kolom.csv")
def columns() -> Response:
    """What the columns of that table mean."""
    content = recaps.explained(now=datetime.now(UTC), lang=languages.current())
    return _file(content, "text/csv", "komentar-saya-kolom.csv")


@door.get("/unduh.docx")
def document() -> Response:
    author, now, lang = authors.author(), datetime.now(UTC), languages.current()
    counts = outcomes.counts(db.session(), author)
    found = outcomes.every(db.session(), author, now=now, lang=lang)
    paper = recaps.paper(found, counts, who=author.name, made_at=now, zone=ZONE, lang=lang)
    return _file(apart.document(paper), DOCX, "komentar-saya.docx")


@door.get("/surat")
def own_letters() -> Page:
    return _show()


def _show(error: str = "", code: int = 200) -> Page:
    standings = letters.standings(db.session(), current_user.id, languages.current())
    page = render_template("contributing/letters.html", standings=standings, error=error, error_title=error or None)
    return page, code


@door.post("/surat/putaran/<int:round_id>")
def ask(round_id: int) -> Page | Response:
    """Ask for a letter; the same one again while nothing has changed."""
    now = datetime.now(UTC)
    try:
        number = letters.ask(db.session(), current_user.id, round_id, now=now, zone=ZONE)
    except letters.NothingToTell as refusal:
        return _show(say(languages.current(), refusal.message), 422)
    return redirect(url_for("contributing.letter", number=number), 303)


@door.get("/surat/<number>")
def letter(number: str) -> Response | Page:
    """The letter as a page to print; where its content was taken away, the page that says so."""
    found = _own(number)
    if not found.content:
        return redirect(url_for("letters.check", number=found.number), 303)
    link = _checked_at(found)
    paper = letterheads.paper(found, address=link, square=codes.draw(link, scale=3), **_place())
    sheet = url_for("static", filename="report.css")
    return Response(prints.page(paper, stylesheet=sheet), mimetype="text/html")


@door.get("/surat/<number>.docx")
def letter_document(number: str) -> Response:
    found = _own(number)
    paper = letterheads.paper(found, address=_checked_at(found), **_place())
    return _file(apart.document(paper), DOCX, f"{found.number}.docx")


def _own(number: str) -> Issued:
    return letters.find(db.session(), number, person_id=current_user.id)


def _checked_at(found: Issued) -> str:
    return url_for("letters.check", number=found.number, _external=True)


def _place() -> dict[str, object]:
    city = plans.city(db.session())["city"]["name"]
    return {"city": city, "zone": ZONE, "lang": languages.current()}


def _file(content: bytes, kind: str, name: str) -> Response:
    answer = Response(content, mimetype=kind)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer
