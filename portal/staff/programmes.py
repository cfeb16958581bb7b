"""Programmes: what each group would do with each, the widest disagreement first, and every voice behind it."""

from flask import Blueprint, abort, render_template, request

from portal import languages
from portal.extensions import db
from services import priorities, verdicts

door = Blueprint("staff_programmes", __name__, url_prefix="/staff/programmes")


@door.get("/")
def index() -> str:
    lang, chosen = languages.current(), request.args.get("dimension", "")
    dimensions = priorities.dimensions(db.session(), lang)
    if chosen and chosen not in dict(dimensions):
        abort(400)
    return render_template(
        "staff/programmes.html",
        programmes=verdicts.by_programme(db.session(), lang, dimension=chosen or None),
        dimensions=dimensions,
        dimension=chosen,
    )


@door.get("/<code>")
def voices(code: str) -> str:
    after = request.args.get("after", "0")
    if not after.isdecimal() or len(after) > 18:
        abort(400)
    shown, cursor = verdicts.reasons(db.session(), code, languages.current(), after=int(after))
    return render_template(
        "staff/programme.html",
        code=code,
        name=verdicts.name_of(db.session(), code),
        reasons=shown,
        next_cursor=cursor,
    )
