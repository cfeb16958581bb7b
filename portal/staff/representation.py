"""Who is missing: sendings and people against the targets, where to go next, and a poster to put up there."""

from datetime import UTC, datetime

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import force_locale
from markupsafe import Markup

from portal import codes, languages
from portal.extensions import db
from services import heads, representation, rounds

door = Blueprint("staff_representation", __name__, url_prefix="/staff/representation")

SIZES = ("a4", "a3")


@door.get("")
def index() -> str:
    lang, chosen = languages.current(), request.args.get("constituency", "")
    current = rounds.current(db.session(), now=datetime.now(UTC), lang=lang)
    kept = heads.kept(db.session(), current[0]) if current else None
    board = _board(current[0], lang, chosen, kept) if current else None
    return render_template(
        "staff/representation.html",
        round=current[1] if current else None,
        board=board,
        kept=kept,
        constituency=chosen,
        picture=Markup(board.svg) if board else "",  # noqa: S704 (drawn by reports.figures, which escapes)
        languages=languages.OFFERED,
    )


def _board(round_id: int, lang: str, constituency: str, kept: heads.Kept | None) -> representation.Board:
    counted = kept.value if kept else None
    return representation.board(db.session(), round_id, lang, constituency=constituency or None, counted=counted)


@door.get("/poster/<code>")
def poster(code: str) -> str:
    """One sheet for a place, in a language and a size: its code leads to the form with the kelurahan chosen."""
    spoken, size = request.args.get("in", languages.SOURCE), request.args.get("size", SIZES[0])
    if spoken not in languages.OFFERED or size not in SIZES:
        abort(400)
    with force_locale(spoken):
        current = rounds.current(db.session(), now=datetime.now(UTC), lang=spoken)
        link = url_for("citizen.suggest", kelurahan=code, lang=spoken, _external=True)
        return render_template(
            "staff/poster.html",
            language=spoken,
            size=size,
            place=representation.place_name(db.session(), code),
            round=current[1] if current else None,
            picture=codes.draw(link),
            address=url_for("public.home", _external=True),
        )
