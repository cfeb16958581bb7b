"""Decisions: what was decided, what waits for a second person, what is late, and which themes nobody decided."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from models.vocabulary import DecisionCode, DecisionState
from portal import asked, dates, deeds, languages, rulings
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import confirmations, dockets, evidence, undecided
from services import priorities as planned
from services.dockets import Filter
from services.errors import AlreadyDecided, SecondPersonNeeded
from services.tongue import word

door = Blueprint("staff_decisions", __name__, url_prefix="/staff/decisions")
Page = str | tuple[str, int] | Response
LONGEST_QUERY = 200


@door.get("")
def index() -> Page:
    return _list()


def _list(error: str | None = None, code: int = 200) -> Page:
    found, only, lang = asked.round_(), _filter(), languages.current()
    entries, cursor = (
        dockets.page(db.session(), found[0], only, today=dates.today(), after=asked.number(), lang=lang)
        if found
        else ([], None)
    )
    dimensions, agencies = evidence.filters(db.session(), lang)
    page = render_template(
        "staff/decisions.html",
        round=found,
        only=only,
        asked={name: value for name, value in request.args.items() if name not in ("after", "lang") and value},
        entries=entries,
        next_cursor=cursor,
        counts=dockets.counts(db.session(), found[0], today=dates.today()) if found else {},
        dimensions=dimensions,
        agencies=agencies,
        codes=[(one.value, word(one, lang)) for one in DecisionCode],
        states=[(one.value, word(one, lang)) for one in DecisionState if one is not DecisionState.REPLACED],
        can_confirm=may(Permission.CONFIRM_DECISIONS),
        error_title=error,
    )
    return page, code


def _filter() -> Filter:
    q, dimension, agency = (request.args.get(name, "") for name in ("q", "dimension", "agency"))
    if any(len(value) > LONGEST_QUERY for value in (q, dimension, agency)):
        abort(400)
    return Filter(
        state=asked.word_of(DecisionState, "state"),
        code=asked.word_of(DecisionCode, "code"),
        dimension=dimension,
        agency=agency,
        is_overdue=request.args.get("overdue") == "1",
        q=q,
    )


@door.get("/undecided")
def themes() -> str:
    """Themes that nobody decided on, in the order of their places."""
    found, lang = asked.round_(), languages.current()
    dimensions = planned.dimensions(db.session(), lang)
    dimension = request.args.get("dimension", "")
    if dimension and dimension not in dict(dimensions):
        abort(400)
    shown, cursor = (
        undecided.themes(db.session(), found[0], dimension=dimension, after=asked.number(), lang=lang)
        if found
        else ([], None)
    )
    return render_template(
        "staff/undecided.html",
        round=found,
        themes=shown,
        next_cursor=cursor,
        dimensions=dimensions,
        dimension=dimension,
        asked={name: value for name, value in request.args.items() if name == "round" and value},
    )


@door.post("/confirm")
def confirm() -> Page:
    """Confirm what was ticked, as it was read."""
    chosen = rulings.stamps()
    if not chosen:
        return _list(_("Belum ada yang dicentang"), 422)
    try:
        with db.session.begin_nested():
            confirmations.confirm(db.session(), chosen, **deeds.by_me())
    except SecondPersonNeeded:
        return _list(_("Belum ditetapkan: ada yang Anda tulis sendiri; orang lain yang menetapkannya"), 403)
    except AlreadyDecided:
        return _list(_("Belum ditetapkan: ada yang diubah sejak Anda membacanya. Baca lagi, lalu tetapkan"), 409)
    return redirect(url_for("staff_decisions.index", **request.args.to_dict()), 303)
