"""Channels: site, paper, officer and meeting side by side; every number opens to the originals."""

from flask import Blueprint, render_template
from markupsafe import Markup

from portal import languages
from portal.extensions import db
from services import channels, insights, priorities

door = Blueprint("staff_channels", __name__, url_prefix="/staff/channels")


@door.get("")
def index() -> str:
    run, lang = insights.newest_run(db.session()), languages.current()
    found = channels.compare(db.session(), run.number, priorities.dimensions(db.session(), lang), lang) if run else None
    return render_template(
        "staff/channels.html",
        run=run,
        found=found,
        picture=Markup(found.svg) if found else "",  # noqa: S704 (drawn by reports.figures, which escapes)
    )
