"""Exports: the papers that the team hands over; asked for here, made apart, taken when they are made.

Three shelves with one permission each: what the team may take, the audit trail, and the data of one sender.
"""

import mimetypes
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.export import ENDING, ExportForm
from portal import languages
from portal.extensions import db
from services import meetings, originals, priorities
from services.errors import NotFound, NotThisState
from services.exports import jobs, shelves
from services.exports.catalogue import Entry, Shelf, entry, on_shelf
from services.tongue import say

door = Blueprint("staff_exports", __name__, url_prefix="/staff/exports")

# How the addresses and the names of the routes of a shelf begin.
SHELVES = {Shelf.TEAM: ("", ""), Shelf.TRAIL: ("/audit", "trail_"), Shelf.PERSON: ("/person", "person_")}
TYPESETTER = "typst"  # PDF is not offered where it is not installed
PIECE = 2**16
SECONDS = 3  # until the page of a paper that is being made asks again

Choices = dict[str, list[tuple[str, str]]]  # of each filter, what may be chosen


def _name(shelf: Shelf, route: str) -> str:
    return f"staff_exports.{SHELVES[shelf][1]}{route}"


def index(shelf: Shelf) -> tuple[str, int]:
    """The papers of a shelf and those that were asked for."""
    return _index(shelf, _choices() if shelf is Shelf.TEAM else {})


def _index(shelf: Shelf, choices: Choices, error: str = "", code: int = 200) -> tuple[str, int]:
    session, lang = db.session(), languages.current()
    before = request.args.get("before", "")
    found, cursor = shelves.listing(session, shelf, lang, before=int(before) if _is_number(before) else None)
    page = render_template(
        "staff/exports.html",
        shelf=shelf.value,
        papers=[(paper, say(lang, paper.name), say(lang, paper.purpose)) for paper in on_shelf(shelf)],
        jobs=found,
        next_cursor=cursor,
        routes=partial(_name, shelf),
        error=error,
        error_title=bool(error),
        choices=choices,
        can_typeset=shutil.which(TYPESETTER) is not None,
    )
    return page, code


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 19


def _choices() -> Choices:
    session, lang = db.session(), languages.current()
    held = [
        (str(one.id), f"{one.facts.held_on:%Y-%m-%d} {one.facts.title}") for one in meetings.all_held(session, lang)
    ]
    return {
        "dimension": priorities.dimensions(session, lang),
        "group": originals.groups(lang),
        "meeting": held,
    }


def ask(shelf: Shelf, code: str) -> Response | tuple[str, int]:
    """Ask for a paper; the page of its job says when it is made."""
    paper = _on(shelf, code)
    form, choices = ExportForm(), _choices()
    form.set_choices(paper.endings, choices["dimension"], choices["group"], choices["meeting"])
    if not form.validate_on_submit():
        return _index(shelf, choices, str(next(iter(form.errors.values()), [ENDING])[0]), 422)
    facts = {"actor_id": current_user.id, "now": datetime.now(UTC), "lang": languages.current()}
    try:
        job_id = jobs.ask(db.session(), paper.code, form.ending.data, filters=form.filters(), **facts)
    except jobs.UnknownReceipt:
        return _index(shelf, choices, _("Nomor tanda terima ini tidak ada."), 422)
    except jobs.TooManyJobs as refusal:
        return _index(shelf, choices, say(languages.current(), refusal.message, **refusal.values), 422)
    g.wake = "exports"
    return redirect(url_for(_name(shelf, "show"), job_id=job_id), 303)


def _on(shelf: Shelf, code: str) -> Entry:
    paper = entry(code)
    if paper.shelf is not shelf or paper.code != code:
        raise NotFound(f"export {code}")
    return paper


def show(shelf: Shelf, job_id: int) -> Response:
    """How far a paper is; the page asks again by itself while it is being made."""
    job = shelves.one(db.session(), job_id, shelf, languages.current())
    ahead = shelves.ahead(db.session(), job_id) if job.is_waiting else 0
    page = render_template(
        "staff/export.html", job=job, ahead=ahead, seconds=SECONDS, shelf=shelf.value, routes=partial(_name, shelf)
    )
    return current_app.make_response(page)


def take(shelf: Shelf, job_id: int) -> Response:
    """Hand a file over: a POST, so that no link opens it, and a line in the audit."""
    session = db.session()
    job = shelves.one(session, job_id, shelf, languages.current())
    if not job.is_made:
        raise NotThisState(f"export {job_id} is {job.state}")
    is_explanation = job.has_explanation and request.form.get("part") == "explanation"
    file = jobs.explained(job.file) if is_explanation else job.file
    path = Path(current_app.extensions["settings"].exports) / file
    if not path.is_file():
        raise NotFound(f"file of export {job_id}")
    shelves.took(session, job, actor_id=current_user.id, now=datetime.now(UTC))
    name = jobs.explained(job.name) if is_explanation else job.name
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    answer = Response(_pieces(path), mimetype=kind)
    answer.content_length = path.stat().st_size
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _pieces(path: Path) -> Iterator[bytes]:
    """The file piece by piece: a register of a whole city is not held in memory."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _add(shelf: Shelf, rule: str, route: str, method: str, handler: Callable[..., object]) -> None:
    prefix, name = SHELVES[shelf]
    door.add_url_rule(f"{prefix}{rule}", f"{name}{route}", handler, methods=[method], defaults={"shelf": shelf})


for _shelf in Shelf:
    _add(_shelf, "", "index", "GET", index)
    _add(_shelf, "/<code>", "ask", "POST", ask)
    _add(_shelf, "/<int:job_id>", "show", "GET", show)
    _add(_shelf, "/<int:job_id>/file", "take", "POST", take)
