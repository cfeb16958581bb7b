"""For anybody who holds the number of a letter of contribution: whether it was given out, and what it tells."""

from datetime import UTC, datetime

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import languages
from portal.extensions import db
from portal.patience import Patience
from services import letters
from services.errors import NotFound
from services.tongue import label

door = Blueprint("letters", __name__, url_prefix="/surat")

Page = str | tuple[str, int]
LONGEST = 60


@door.get("/")
def index() -> Page | Response:
    """The question for a number; what was typed leads to the address that the letter itself names."""
    typed = request.args.get("nomor", "").strip()[:LONGEST]
    if typed:
        return redirect(url_for("letters.check", number=letters.tidy_number(typed) or "tidak-dikenal"), 303)
    return render_template("letters/check.html")


@door.get("/<number>")
def check(number: str) -> Page:
    """A number that was never given out and one that is none get the same answer."""
    now, patience = datetime.now(UTC), _patience()
    if patience.is_over(request.remote_addr, now=now):
        wait = _("Terlalu banyak nomor yang salah. Coba lagi sepuluh menit lagi.")
        return render_template("letters/check.html", error_title=wait), 429
    try:
        found = letters.find(db.session(), number)
    except NotFound:
        patience.note(request.remote_addr, now=now)
        missing = _("Surat dengan nomor ini tidak ditemukan")
        return render_template("letters/check.html", error_title=missing), 404
    title = label(found.content["round"], "title", languages.current()) if found.content else ""
    return render_template("letters/check.html", letter=found, round_title=title)


def _patience() -> Patience:
    """One for this site: its processes are few, and what is kept is a count."""
    kept: Patience = current_app.extensions.setdefault("patience", Patience())
    return kept
