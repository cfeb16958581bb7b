"""Priorities: the ranked list, its pictures, and what goes to a meeting: a workbook and one page."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from portal import languages
from portal.extensions import db
from services import handouts, insights, pictures, priorities, summaries

door = Blueprint("staff_priorities", __name__, url_prefix="/staff")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@door.get("/priorities")
def index() -> str:
    run, lang = insights.newest_run(db.session()), languages.current()
    dimensions = priorities.dimensions(db.session(), lang)
    chosen, after, opened = request.args.get("dimension", ""), _number("after"), _number("open")
    if chosen and chosen not in dict(dimensions):
        abort(400)
    ranks, cursor = (
        priorities.ranked(db.session(), run.number, dimension=chosen or None, after=after, lang=lang)
        if run
        else ([], None)
    )
    return render_template(
        "staff/priorities.html",
        run=run,
        counts=run,
        dimensions=dimensions,
        dimension=chosen,
        ranks=ranks,
        next_cursor=cursor,
        show_open=opened or None,
    )


def _number(name: str) -> int:
    value = request.args.get(name, "0")
    if not value.isdecimal() or len(value) > 18:
        abort(400)
    return int(value)


@door.get("/priorities/figures")
def figures() -> str:
    run = insights.newest_run(db.session())
    drawn = pictures.draw(db.session(), run.number, languages.current()) if run else None
    return render_template(
        "staff/figures.html",
        run=run,
        drawn=drawn,
        plane=Markup(drawn.plane.svg) if drawn else "",  # noqa: S704 (drawn by reports.figures, which escapes)
        reach=Markup(drawn.reach.svg) if drawn else "",  # noqa: S704
    )


@door.get("/priorities.xlsx")
def table() -> Response:
    """The ranked list as a workbook; before the first run the list itself, which says what will stand there."""
    run = insights.newest_run(db.session())
    if run is None:
        return redirect(url_for("staff_priorities.index"))
    content = handouts.handout(db.session(), run.number, lang=languages.current())
    answer = Response(content, mimetype=XLSX)
    name = _("prioritas-hitungan-%(n)s", n=run.number)
    answer.headers.set("Content-Disposition", "attachment", filename=f"{name}.xlsx")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@door.get("/priorities/summary")
def summary() -> str:
    run = insights.newest_run(db.session())
    found = summaries.summary(db.session(), run.number, languages.current()) if run else None
    return render_template("staff/summary.html", run=run, summary=found)
