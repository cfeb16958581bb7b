"""For readers of several versions: a lasting address of each paragraph, and what differs between two versions."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from portal import asked, languages
from portal.extensions import db
from services import comparisons, paragraphs, versions
from services.paragraphs import Frame, VersionFacts

door = Blueprint("versions", __name__)

INLINE, SIDE = "sebaris", "sisi"


@door.get("/naskah/alinea/<int:lineage_id>")
def line(lineage_id: int) -> Response:
    there = versions.at(db.session(), lineage_id, asked.number("versi") or None)
    place = there.place
    if place is None:
        return redirect(url_for("reading.paragraph", paragraph_id=there.paragraph_id))
    page = place.page if place.page > 1 else None
    return redirect(
        url_for("reading.chapter", number=place.number, position=place.position, bagian=page, _anchor=place.mark)
    )


@door.get("/naskah/banding")
def choose() -> Response | tuple[str, int]:
    frame = paragraphs.frame(db.session()) or abort(404)
    older, newer = asked.number("dari"), asked.number("ke")
    known = {version.number for version in frame.versions}
    if (older and older not in known) or (newer and newer not in known):
        abort(404)
    if older and newer and older != newer:
        return redirect(url_for("versions.compare", older=min(older, newer), newer=max(older, newer)))
    page = render_template("reading/choose.html", frame=frame, older=older, newer=newer)
    return page, 400 if older and newer else 200


@door.get("/naskah/banding/<int:older>/<int:newer>")
def compare(older: int, newer: int) -> str:
    style, page, is_all = request.args.get("gaya", INLINE), asked.number("halaman") or 1, asked.number("semua") == 1
    if style not in (INLINE, SIDE):
        abort(400)
    if older >= newer:
        abort(404)
    frame, lang = paragraphs.frame(db.session(), newer) or abort(404), languages.current()
    before = _version(frame, older)
    entries = comparisons.compare(db.session(), before.id, frame.draft.id)
    listed = [entry for entry in entries if is_all or entry.is_changed]
    pages = max(1, -(-len(listed) // comparisons.AT_ONCE))
    if page > pages:
        abort(404)
    first = (page - 1) * comparisons.AT_ONCE
    return render_template(
        "reading/compare.html",
        frame=frame,
        before=before,
        style=style,
        is_all=is_all,
        page=page,
        pages=pages,
        summary=comparisons.summary(entries, lang),
        shown=comparisons.shown(db.session(), listed[first : first + comparisons.AT_ONCE], lang),
    )


def _version(frame: Frame, number: int) -> VersionFacts:
    return next((v for v in frame.versions if v.number == number), None) or abort(404)
