"""Voices: who says what on each theme, by group, disagreement first; every number opens to the originals."""

import re
from dataclasses import asdict
from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from markupsafe import Markup
from werkzeug.wrappers import Response

from models.vocabulary import Channel, Group
from portal import asked, languages
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import crossings, insights, originals, priorities, voices

door = Blueprint("staff_voices", __name__, url_prefix="/staff/voices")

COPIES = re.compile(r"[\w-]{0,40}")  # the name of a group of equal texts
CURSOR = re.compile(r"(-1|\d{1,3})(\.\d)?_(\d{1,12})_(\d{1,18})")


@door.get("")
def index() -> str:
    run, lang = insights.newest_run(db.session()), languages.current()
    dimensions = priorities.dimensions(db.session(), lang)
    chosen, after = _dimension(dimensions), _cursor()
    themes, cursor = (
        voices.themes(db.session(), run.number, dimension=chosen or None, after=after, lang=lang) if run else ([], None)
    )
    matrix = voices.matrix(db.session(), run.number, dimensions, lang) if run and not after else None
    return render_template(
        "staff/voices.html",
        run=run,
        dimensions=dimensions,
        dimension=chosen,
        themes=themes,
        next_cursor="_".join(map(str, cursor)) if cursor else None,
        matrix=matrix,
        picture=Markup(matrix.svg) if matrix else "",  # noqa: S704 (drawn by reports.figures, which escapes)
    )


@door.get("/originals")
def texts() -> str:
    """The texts behind one cell of the table of dimensions and groups, or of dimensions and channels."""
    lang = languages.current()
    dimensions = [*priorities.dimensions(db.session(), lang), crossings.across(lang)]
    chosen, group, after = _dimension(dimensions), request.args.get("group", ""), request.args.get("after", "0")
    channel, copies = request.args.get("channel", ""), request.args.get("copies", "")
    if (group and group not in list(Group)) or (channel and channel not in list(Channel)):
        abort(400)
    if not after.isdecimal() or len(after) > 18 or not COPIES.fullmatch(copies):
        abort(400)
    sender, sender_labels = _sender(originals.senders(db.session(), lang))
    coded, coded_labels = _coded(lang)
    round_id = asked.number("round") or None
    shown, cursor = originals.behind(
        db.session(),
        after=int(after),
        group=group or None,
        dimension=chosen or None,
        lang=lang,
        channel=channel or None,
        sender=sender,
        coded=coded,
        copies=copies or None,
        round_id=round_id,
    )
    groups = originals.groups(lang)
    return render_template(
        "staff/originals.html",
        texts=shown,
        can_show=may(Permission.SHOW_VOICES),
        next_cursor=cursor,
        dimension=chosen,
        dimension_label=dict(dimensions).get(chosen),
        group=group,
        group_label=dict(groups).get(group),
        channel=channel,
        channel_label=originals.channel_label(channel, lang) if channel else None,
        asked={"copies": copies or None, "round": round_id},
        sender=asdict(sender) | (asdict(coded) if coded else {}),
        sender_labels=sender_labels + coded_labels,
    )


def _sender(known: dict[str, dict[str, str]]) -> tuple[originals.Sender, list[str]]:
    """What the address asks of the sender, and the words for it; what is not known is refused."""
    asked = {name: request.args[name] for name in known if request.args.get(name)}
    if any(value not in known[name] for name, value in asked.items()):
        abort(400)
    return originals.Sender(**asked), [known[name][value] for name, value in asked.items()]


def _coded(lang: str) -> tuple[originals.Coded | None, list[str]]:
    """What the address asks of what the team says of a point; None where it asks nothing of that."""
    if not any(request.args.get(name) for name in ("element", "nature", "mission")):
        return None, []
    known = originals.codes(db.session(), lang)
    asked = {name: request.args[name] for name in known if request.args.get(name)}
    if any(value not in known[name] for name, value in asked.items()):
        abort(400)
    return originals.Coded(**asked), [known[name][value] for name, value in asked.items()]


@door.post("/<int:point_id>/show")
def show(point_id: int) -> Response:
    """Let a voice stand on the front page, where it can be seen at once."""
    originals.show(db.session(), point_id, is_shown=True, actor_id=current_user.id, now=datetime.now(UTC))
    return redirect(url_for("public.home", _anchor="benang"), 303)


@door.post("/<int:point_id>/hide")
def hide(point_id: int) -> Response:
    originals.show(db.session(), point_id, is_shown=False, actor_id=current_user.id, now=datetime.now(UTC))
    return redirect(url_for("public.home", _anchor="benang"), 303)


def _dimension(dimensions: list[tuple[str, str]]) -> str:
    chosen = request.args.get("dimension", "")
    if chosen and chosen not in dict(dimensions):
        abort(400)
    return chosen


def _cursor() -> voices.Cursor | None:
    """Where the page before ended: disagreement, size and id of its last theme."""
    given = request.args.get("after", "")
    if not given:
        return None
    if not CURSOR.fullmatch(given):
        abort(400)
    value, received, theme_id = given.split("_")
    return float(value), int(received), int(theme_id)
