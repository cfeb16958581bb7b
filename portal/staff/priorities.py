"""Priorities: the ranked list, where each place opens into its parts, its range and the words behind it."""

from flask import Blueprint, abort, render_template, request

from portal.extensions import db
from services import insights, priorities

door = Blueprint("staff_priorities", __name__, url_prefix="/staff")


@door.get("/priorities")
def index() -> str:
    run = insights.newest_run(db.session())
    dimensions = priorities.dimensions(db.session())
    chosen, after, opened = request.args.get("dimension", ""), _number("after"), _number("open")
    if chosen and chosen not in dict(dimensions):
        abort(400)
    ranks, cursor = (
        priorities.ranked(db.session(), run.number, dimension=chosen or None, after=after) if run else ([], None)
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
