"""Scores: the scheme, the page on which a reviewer scores themes, what came of it, and sheets for a meeting."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf import FlaskForm
from markupsafe import Markup
from werkzeug.wrappers import Response

from forms.score import WEIGHTED, scheme_form, score_form
from models.vocabulary import Group
from portal import deeds, languages, typed
from portal.access import may
from portal.extensions import db
from portal.rights import ROLES, Permission
from services import criteria, insights, orders, originals, schemes, scoreboards, scores
from services.errors import WrongScheme, WrongScore
from services.tongue import say

door = Blueprint("staff_scores", __name__, url_prefix="/staff/scores")

Page = str | tuple[str, int] | Response
SHEET = 20
SCORERS = tuple(role for role, permissions in ROLES.items() if Permission.SCORE in permissions)
ALSO = (criteria.FIELD, criteria.EVIDENCE)


def _desk() -> tuple[insights.RunFacts | None, schemes.Facts | None]:
    """The run that the desks show, and the scheme of its round."""
    run = insights.newest_run(db.session())
    return run, schemes.current(db.session(), run.round_id, languages.current()) if run else None


@door.get("")
def index() -> str:
    """Where the scheme stands, what is left to score, and who is how far, without a value."""
    run, lang = insights.newest_run(db.session()), languages.current()
    versions = schemes.versions(db.session(), run.round_id, lang) if run else []
    scheme = versions[0] if versions else None
    is_scored = run is not None and scheme is not None and scheme.fixed_at is not None
    can_score = may(Permission.SCORE)
    return render_template(
        "staff/scores.html",
        run=run,
        scheme=scheme,
        versions=versions,
        proposed=schemes.planned(db.session(), lang) if run and not scheme else (),
        progress=scores.progress(db.session(), scheme.id) if is_scored else [],
        themes=scores.themes(db.session(), scheme.id, run.number, current_user.id, lang)
        if is_scored and can_score
        else [],
        can_set=may(Permission.SET_SCHEME),
        can_score=can_score,
        me=current_user.id,
        groups=dict(originals.groups(lang)),
    )


@door.route("/scheme", methods=["GET", "POST"])
def scheme() -> Page:
    run, lang = insights.newest_run(db.session()), languages.current()
    if run is None:
        return redirect(url_for("staff_scores.index"))
    current, proposed = schemes.current(db.session(), run.round_id, lang), schemes.planned(db.session(), lang)
    weighted = _known(current, proposed)
    form = scheme_form(weighted, originals.groups(lang), typed.tidied())
    if not form.is_submitted():
        _fill(form, current, proposed)
    elif form.validate():
        try:
            schemes.save(
                db.session(),
                run.round_id,
                _wanted(form, weighted),
                why=form["why"].data or "",
                **deeds.by_me(),
            )
            return redirect(url_for("staff_scores.index"), 303)
        except WrongScheme as refusal:
            form.form_errors = [say(lang, refusal.message, **refusal.values)]
    is_wrong = bool(form.errors)
    page = render_template(
        "staff/scheme.html",
        form=form,
        scheme=current,
        weighted=weighted,
        groups=originals.groups(lang),
        error_title=_("Belum tersimpan") if is_wrong else None,
    )
    return (page, 422) if is_wrong else page


def _known(current: schemes.Facts | None, proposed: tuple[criteria.Criterion, ...]) -> list[criteria.Criterion]:
    """The weighted criteria that may be chosen: those in use first, then the others of the plan."""
    used = list(current.of(WEIGHTED)) if current else []
    return used + [c for c in proposed if c.family == WEIGHTED and c.code not in {one.code for one in used}]


def _fill(form: FlaskForm, current: schemes.Facts | None, proposed: tuple[criteria.Criterion, ...]) -> None:
    asked = current.criteria if current else proposed
    form["order_by"].data = current.order_by if current else criteria.USG
    form["also"].data = [family for family in ALSO if any(c.family == family for c in asked)]
    for position, one in enumerate((c for c in asked if c.family == WEIGHTED), start=1):
        form[f"weight-{one.code}"].data, form[f"position-{one.code}"].data = one.weight, position
    for group in Group:
        form[f"group-{group.value}"].data = current.group_weights.get(group.value, 1) if current else 1


def _wanted(form: FlaskForm, weighted: list[criteria.Criterion]) -> criteria.Wanted:
    rows = []
    for at, one in enumerate(weighted):
        weight = form[f"weight-{one.code}"].data
        if weight:
            position = form[f"position-{one.code}"].data or len(weighted) + 1
            rows.append((position, at, criteria.Row(one.code, float(weight))))
    ordered = [row for _position, _at, row in sorted(rows, key=lambda row: row[:2])]
    name, weight = (form["name-new"].data or "").strip(), form["weight-new"].data
    if name or weight:
        ordered.append(criteria.Row("", float(weight or 0), name))
    groups = {group.value: form[f"group-{group.value}"].data for group in Group}
    return criteria.Wanted(
        form["order_by"].data,
        tuple(ordered),
        frozenset(form["also"].data or ()) | {criteria.USG},
        {code: float(weight) for code, weight in groups.items() if weight is not None},
    )


@door.post("/schemes/<int:scheme_id>/fix")
def fix(scheme_id: int) -> Response:
    schemes.fix(db.session(), scheme_id, **deeds.by_me())
    return redirect(url_for("staff_scores.index"), 303)


@door.post("/schemes/<int:scheme_id>/reveal")
def reveal(scheme_id: int) -> Response:
    schemes.reveal(db.session(), scheme_id, **deeds.by_me())
    return redirect(url_for("staff_scores.results"), 303)


@door.route("/themes/<int:theme_id>", methods=["GET", "POST"])
def theme(theme_id: int) -> Page:
    """One theme to score; saved, the next one opens that has nothing from this reviewer yet."""
    run, current = _desk()
    if run is None or current is None or current.fixed_at is None:
        insights.theme_card(db.session(), theme_id, run)  # what is not there is not there, fixed or not
        return redirect(url_for("staff_scores.index"))
    if "skip" in request.args:
        return redirect(_next(current.id, run.number, theme_id))
    typed_in = typed.tidied()
    form = score_form(current.criteria, typed_in, None if typed_in else _own(current.id, theme_id))
    if form.validate_on_submit():
        given = {(theme_id, c.code): _value(form[c.code].data) for c in current.criteria}
        scores.give(db.session(), current.id, current_user.id, given, **deeds.by_me())
        return redirect(_next(current.id, run.number, theme_id), 303)
    page = render_template(
        "staff/score.html",
        theme=insights.theme_card(db.session(), theme_id, run, languages.current()),
        scheme=current,
        form=form,
        error_title=typed.not_sent(form) if form.errors else None,
    )
    return (page, 422) if form.errors else page


def _own(scheme_id: int, theme_id: int) -> dict[str, int]:
    known = scores.own(db.session(), scheme_id, current_user.id, theme_id)
    return {code: value for (_theme, code), value in known.items()}


def _value(given: str | None) -> int | None:
    return int(given) if given else None


def _next(scheme_id: int, run_id: int, theme_id: int) -> str:
    """The next theme without a value of this reviewer, from this one on and then from the first."""
    rows = scores.themes(db.session(), scheme_id, run_id, current_user.id, languages.current())
    here = next((n for n, row in enumerate(rows) if row.theme_id == theme_id), -1)
    ahead = [row for row in rows[here + 1 :] + rows[: max(here, 0)] if not row.given]
    if not ahead:
        return url_for("staff_scores.index")
    return url_for("staff_scores.theme", theme_id=ahead[0].theme_id)


@door.post("/finish")
def finish() -> Response:
    _run, current = _desk()
    if current is not None and current.fixed_at is not None:
        scores.finish(db.session(), current.id, current_user.id, **deeds.by_me())
    return redirect(url_for("staff_scores.index"), 303)


@door.get("/results")
def results() -> str:
    """What the values come to, once they are open to all."""
    (_run, current), lang = _desk(), languages.current()
    is_open = current is not None and current.revealed_at is not None
    board = scoreboards.board(db.session(), current, lang) if is_open else None
    return render_template(
        "staff/score_results.html",
        scheme=current,
        board=board,
        fields=Markup(board.svg) if board else "",  # noqa: S704 (drawn by reports.figures, which escapes)
    )


@door.get("/sheet")
def sheet() -> str:
    """The first twenty with their ranges and blank boxes, to print and to fill in by hand."""
    (run, current), lang = _desk(), languages.current()
    places = orders.first(db.session(), run.number, lang)[:SHEET] if run else []
    return render_template("staff/score_sheet.html", run=run, scheme=current, places=places)


@door.route("/typed", endpoint="typed", methods=["GET", "POST"])
def type_back() -> Page:
    """Type back what one reviewer wrote on paper; who typed is kept beside it."""
    (run, current), lang = _desk(), languages.current()
    if run is None or current is None or current.fixed_at is None:
        return redirect(url_for("staff_scores.index"))
    people = scores.reviewers(db.session(), SCORERS)
    person_id = _person(people)
    places = orders.first(db.session(), run.number, lang)[:SHEET]
    known = scores.own(db.session(), current.id, person_id) if person_id else {}
    given = {key: str(value) for key, value in known.items()}
    errors: list[str] = []
    if request.method == "POST" and person_id:
        given = _typed(places, current)
        try:
            values = {key: _number(value) for key, value in given.items()}
            scores.give(db.session(), current.id, person_id, values, **deeds.by_me())
            scores.finish(db.session(), current.id, person_id, **deeds.by_me())
            return redirect(url_for("staff_scores.index"), 303)
        except WrongScore as refusal:
            errors = [say(lang, refusal.message, **refusal.values)]
    elif request.method == "POST":
        errors = [_("Pilih dahulu untuk siapa nilai ini.")]
    page = render_template(
        "staff/score_typed.html",
        scheme=current,
        places=places,
        people=people,
        person=person_id,
        given=given,
        errors=errors,
    )
    return (page, 422) if errors else page


def _person(people: list[tuple[int, str]]) -> int | None:
    asked = request.values.get("for", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 18 or int(asked) not in dict(people):
        abort(400)
    return int(asked)


def _typed(places: list[orders.Place], current: schemes.Facts) -> dict[tuple[int, str], str]:
    fields: Any = request.form
    return {
        (one.theme_id, c.code): fields.get(f"n-{one.theme_id}-{c.code}", "").strip()[:4]
        for one in places
        for c in current.criteria
    }


def _number(value: str) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdecimal()):
        raise WrongScore(_("Isi dengan angka, atau kosongkan."))
    return int(value)
