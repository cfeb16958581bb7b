"""Priorities: the two orders, their pictures, the draft against the voices, and what goes to a meeting."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from forms.score import PlaceForm
from models.vocabulary import Group
from portal import deeds, languages, typed
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import (
    balances,
    coverages,
    crossings,
    fairness,
    insights,
    orders,
    pictures,
    priorities,
    summaries,
)
from services.errors import WrongScheme
from services.tongue import say

door = Blueprint("staff_priorities", __name__, url_prefix="/staff")

ORDERS = FIRST, TEAM = ("first", "team")
PAGE = 50


@door.get("/priorities")
def index() -> str:
    """One of the two orders: the computed one, or the team's."""
    run, order = insights.newest_run(db.session()), request.args.get("order", FIRST)
    if order not in ORDERS:
        abort(400)
    if run is not None and order == TEAM:
        return _team(run, languages.current())
    return _first(run, languages.current())


def _first(run: insights.RunFacts | None, lang: str) -> str:
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
        weights=fairness.weights(db.session(), run.number, lang) if run else [],
    )


def _team(run: insights.RunFacts, lang: str) -> str:
    after, opened = _number("after"), _number("open")
    standing = orders.standing(db.session(), run.round_id, lang)
    places = standing.places[after : after + PAGE]
    return render_template(
        "staff/team_order.html",
        standing=standing,
        places=places,
        partial=standing.partial if after + PAGE >= len(standing.places) else (),
        next_cursor=after + PAGE if after + PAGE < len(standing.places) else None,
        show_open=opened or None,
        can_move=may(Permission.OVERRIDE_PLACES),
    )


def _number(name: str) -> int:
    value = request.args.get(name, "0")
    if not value.isdecimal() or len(value) > 18:
        abort(400)
    return int(value)


@door.get("/priorities/figures")
def figures() -> str:
    run, lang = insights.newest_run(db.session()), languages.current()
    left, right = (_group(name) for name in ("left", "right"))
    drawn = pictures.draw(db.session(), run.number, lang) if run else None
    balance = (
        balances.balance(db.session(), run.number, priorities.dimensions(db.session(), lang), lang) if run else None
    )
    contrast = balances.contrast(db.session(), run.number, left, right, lang) if run else None
    found = {"plane": drawn and drawn.plane, "reach": drawn and drawn.reach, "sides": contrast, "balanced": balance}
    svgs = {name: Markup(figure.svg) if figure else "" for name, figure in found.items()}  # noqa: S704 (reports escape)
    return render_template(
        "staff/figures.html", run=run, drawn=drawn, balance=balance, contrast=contrast, across=crossings.ACROSS, **svgs
    )


def _group(name: str) -> str:
    value = request.args.get(name, "")
    if value and value not in list(Group):
        abort(400)
    return value


@door.get("/priorities/fairness", endpoint="fairness")
def even() -> str:
    """What it changes that groups count the same, and the small voices."""
    run, lang = insights.newest_run(db.session()), languages.current()
    return render_template(
        "staff/fairness.html",
        run=run,
        even=fairness.even(db.session(), run.number, lang) if run else [],
        small=fairness.small_voices(db.session(), run.number, lang) if run else [],
        weights=fairness.weights(db.session(), run.number, lang) if run else [],
        few=fairness.FEW,
    )


@door.get("/priorities/coverage")
def coverage() -> str:
    """The draft against the voices."""
    run = insights.newest_run(db.session())
    found = coverages.of_run(db.session(), run.number, languages.current()) if run else None
    return render_template("staff/coverage.html", run=run, found=found, shown=coverages.SHOWN)


@door.route("/priorities/themes/<int:theme_id>/place", methods=["GET", "POST"])
def place(theme_id: int) -> str | tuple[str, int] | Response:
    """Give a theme a place in the team's order with a reason, or take that back."""
    run, form = insights.newest_run(db.session()), PlaceForm(formdata=typed.tidied())
    card = insights.theme_card(db.session(), theme_id, run, languages.current())
    is_back = request.method == "POST" and "back" in request.form
    if run is None or not (is_back or form.validate_on_submit()):
        return _place_page(card, run, form)
    try:
        orders.override(
            db.session(),
            run.round_id,
            theme_id,
            None if is_back else form.place.data,
            why="" if is_back else form.why.data,
            **deeds.by_me(),
        )
    except WrongScheme as refusal:
        form.why.errors = [say(languages.current(), refusal.message, **refusal.values)]
        return _place_page(card, run, form)
    return redirect(url_for("staff_priorities.index", order=TEAM), 303)


def _place_page(card: insights.ThemeCard, run: insights.RunFacts | None, form: PlaceForm) -> str | tuple[str, int]:
    standing = orders.standing(db.session(), run.round_id, languages.current()) if run else orders.Standing()
    here = next((one for one in standing.places if one.theme_id == card.id), None)
    page = render_template(
        "staff/place.html",
        theme=card,
        standing=standing,
        here=here,
        form=form,
        error_title=typed.not_sent(form) if form.errors else None,
    )
    return (page, 422) if form.errors else page


@door.get("/priorities.xlsx")
def table() -> Response:
    """The address that the workbook had: it is one of the papers now, and made apart."""
    return redirect(url_for("staff_exports.index", _anchor="X5"))


@door.get("/priorities/summary")
def summary() -> str:
    run = insights.newest_run(db.session())
    found = summaries.summary(db.session(), run.number, languages.current()) if run else None
    return render_template("staff/summary.html", run=run, summary=found)
