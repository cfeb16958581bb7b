"""Deciding: the page of one thing to be decided, with what is behind it, what was decided before, and the form."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from forms.decision import AssignForm, CompleteForm, DecisionForm, LinkForm, NoteForm
from models.vocabulary import DecisionCode, DecisionState
from portal import dates, deeds, languages, rulings, typed
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import commentaries, confirmations, decisions, dockets, evidence, fulfilments, phrasings
from services.decisions import Target
from services.errors import AlreadyDecided, NotThisState, Unexplained
from services.tongue import word

door = Blueprint("staff_deciding", __name__, url_prefix="/staff/decisions")
Page = str | tuple[str, int] | Response


@door.get("/<int:decision_id>")
def one(decision_id: int) -> Response:
    """To the page of what this decision is about."""
    target, round_id = _about(decision_id)
    return _back_to(round_id, target, f"d{decision_id}")


def _about(decision_id: int) -> tuple[Target, int]:
    row = decisions.get(db.session(), decision_id)
    return decisions.target_of(row), row.round_id


def _back_to(round_id: int, target: Target, anchor: str | None = None) -> Response:
    address = {"round_id": round_id, "kind": target.kind, "key": target.key}
    return redirect(url_for("staff_deciding.show", **address, _anchor=anchor), 303)


@door.get("/theme/<int:theme_id>")
def of_theme(theme_id: int) -> Response:
    """To the page of a theme in the round that the desks speak of."""
    found = dockets.round_of(db.session())
    evidence.of_theme(db.session(), found[0] if found else 0, theme_id)
    return _back_to(found[0], Target("theme", theme_id)) if found else redirect(url_for("staff_decisions.index"), 303)


@door.get("/on/<int:round_id>/<any(theme, group, point):kind>/<key>")
def show(round_id: int, kind: str, key: str) -> Page:
    return _show(round_id, _target(kind, key))


def _target(kind: str, key: str) -> Target:
    if kind == "group":
        return Target(kind, key)
    return Target(kind, int(key) if key.isascii() and key.isdecimal() and len(key) < 18 else abort(404))


def _evidence(round_id: int, target: Target) -> evidence.Evidence:
    lang, key = languages.current(), target.key
    if target.kind == "group":
        return evidence.of_group(db.session(), round_id, str(key), lang)
    if target.kind == "theme":
        return evidence.of_theme(db.session(), round_id, int(key), lang)
    return evidence.of_points(db.session(), round_id, [int(key)], lang)


def _show(round_id: int, target: Target, form: DecisionForm | None = None, code: int = 200, **wrong: Any) -> Page:
    """The page of one thing: what stands, what is behind it, what was decided before, and the form."""
    lang = languages.current()
    found = _evidence(round_id, target)
    dockets.round_of(db.session(), round_id)
    told = dockets.history(db.session(), round_id, target.kind, target.key, today=dates.today(), lang=lang)
    standing = next((entry for entry in told if entry.state is not DecisionState.REPLACED), None)
    agencies, programmes = evidence.choices(db.session())
    likely = evidence.likely_agency(db.session(), found, lang)
    if form is None:
        form = DecisionForm(formdata=None)
        _begin(form, standing, target)
    form.set_choices(agencies, programmes)
    assign, complete = wrong.get("assign") or _assign(standing), wrong.get("complete") or CompleteForm(formdata=None)
    assign.set_choices(agencies)
    complete.set_choices(programmes)
    page = render_template(
        "staff/decision.html",
        target=target,
        round_id=round_id,
        found=found,
        standing=standing,
        old=[entry for entry in told if entry is not standing],
        form=form,
        assign=assign,
        complete=complete,
        note=wrong.get("note") or NoteForm(formdata=None),
        likely=likely,
        beginnings=_beginnings(lang),
        can=_can(standing),
        error_title=wrong.get("error"),
    )
    return page, code


def _begin(form: DecisionForm, standing: dockets.Entry | None, target: Target) -> None:
    """What was decided before; on a comment that nobody decided on, its paragraph and the words it proposes."""
    form.seen.data = standing.stamp if standing else ""
    if standing is not None:
        form.code.data = standing.code.value
        rulings.fill(form, standing.ruling)
    elif target.kind == "point" and (asked := commentaries.proposal(db.session(), int(target.key))):
        form.paragraph.data, form.text_before.data, form.text_after.data = (
            asked.mark,
            asked.text_before,
            asked.text_after,
        )


def _assign(standing: dockets.Entry | None) -> AssignForm:
    form = AssignForm(formdata=None)
    if standing is not None:
        form.lead_agency.data, form.due_on.data = standing.ruling.lead_agency or "", standing.due_on
    return form


def _beginnings(lang: str) -> list[tuple[str, str]]:
    return [(word(code, lang), text) for code, text in phrasings.REASONS.items()]


def _can(standing: dockets.Entry | None) -> dict[str, bool]:
    """What this person may do with what stands here."""
    decides, confirms = may(Permission.DECIDE), may(Permission.CONFIRM_DECISIONS)
    if standing is None:
        return {"decide": decides}
    state, is_own = standing.state, standing.made_by_id == current_user.id
    is_open = state in (DecisionState.DRAFTED, DecisionState.AWAITING, DecisionState.RETURNED)
    is_confirmed = state is DecisionState.CONFIRMED
    return {
        "decide": decides,
        "confirm": confirms and state is DecisionState.AWAITING and not is_own,
        "take_back": decides and is_open and is_own,
        "reopen": confirms and is_confirmed and not standing.is_released,
        "assign": decides,
        "complete": confirms and is_confirmed and standing.done_at is None and not is_own,
    }


@door.post("/on/<int:round_id>/<any(theme, group, point):kind>/<key>")
def decide(round_id: int, kind: str, key: str) -> Page:
    target = _target(kind, key)
    form = rulings.offer(DecisionForm(formdata=typed.tidied()))
    seen = {target: form.seen.data or ""}
    failed = _try(form, round_id, [target], seen)
    if failed:
        title, code = failed
        if code == 409:
            standing = decisions.living(db.session(), round_id, target)
            form.seen.data = decisions.stamp(standing)
        return _show(round_id, target, form, code, error=title)
    return _back_to(round_id, target)


def _try(
    form: DecisionForm, round_id: int, targets: list[Target], seen: dict[Target, str] | None
) -> tuple[str, int] | None:
    """Decide; else what stands over the form that comes back."""
    is_draft = "draft" in request.form
    if not form.validate():
        return typed.not_sent(form), 422
    ruling = rulings.read(form, DecisionCode(form.code.data))
    try:
        decisions.decide(db.session(), round_id, targets, ruling, seen=seen, is_draft=is_draft, **deeds.by_me())
    except Unexplained as refusal:
        rulings.blame(form, refusal)
        return typed.not_sent(form), 422
    except AlreadyDecided:
        return rulings.overtaken(form), 409
    return None


@door.route("/on/<int:round_id>/points", methods=["GET", "POST"])
def points(round_id: int) -> Page:
    """The same decision on several points at once, one each."""
    dockets.round_of(db.session(), round_id)
    asked = request.args.getlist("point")
    if not asked or len(asked) > evidence.MOST or not all(n.isdecimal() and len(n) < 18 for n in asked):
        abort(422)
    ids = sorted({int(n) for n in asked})
    found = evidence.of_points(db.session(), round_id, ids, languages.current())
    form = rulings.offer(DecisionForm(formdata=typed.tidied()))
    failed = _try(form, round_id, [Target("point", n) for n in ids], None) if form.is_submitted() else None
    if form.is_submitted() and not failed:
        return redirect(url_for("staff_decisions.index", round=round_id), 303)
    title, code = failed or (None, 200)
    page = render_template(
        "staff/decision_points.html",
        round_id=round_id,
        found=found,
        ids=ids,
        form=form,
        link=LinkForm(formdata=None),
        beginnings=_beginnings(languages.current()),
        error_title=title,
    )
    return page, code


@door.post("/<int:decision_id>/back")
def back(decision_id: int) -> Page:
    return _noted(decision_id, DecisionState.AWAITING, confirmations.send_back)


@door.post("/<int:decision_id>/reopen")
def reopen(decision_id: int) -> Page:
    return _noted(decision_id, DecisionState.CONFIRMED, confirmations.reopen)


def _noted(decision_id: int, state: DecisionState, deed: Any) -> Page:
    row = decisions.get(db.session(), decision_id)
    if row.state is not state:
        raise NotThisState(f"decision {decision_id} is not {state}")
    target, round_id = decisions.target_of(row), row.round_id
    form = NoteForm(formdata=typed.tidied())
    if not form.validate():
        return _show(round_id, target, None, 422, note=form, error=typed.not_sent(form))
    deed(db.session(), decision_id, form.note.data, **deeds.by_me())
    return _back_to(round_id, target)


@door.post("/<int:decision_id>/take-back")
def take_back(decision_id: int) -> Page:
    target, round_id = _about(decision_id)
    if decision_id not in rulings.stamps():
        return _show(round_id, target, None, 422, error=_("Belum dicabut"))
    confirmations.take_back(db.session(), decision_id, **deeds.by_me())
    return _back_to(round_id, target)


@door.post("/<int:decision_id>/assign")
def assign(decision_id: int) -> Page:
    target, round_id = _about(decision_id)
    form = AssignForm(formdata=typed.tidied())
    form.set_choices(evidence.choices(db.session())[0])
    if not form.validate():
        return _show(round_id, target, None, 422, assign=form, error=typed.not_sent(form))
    told = {"agency": form.lead_agency.data or None, "due_on": form.due_on.data}
    fulfilments.assign(db.session(), [decision_id], **told, **deeds.by_me())
    return _back_to(round_id, target)


@door.post("/<int:decision_id>/complete")
def complete(decision_id: int) -> Page:
    target, round_id = _about(decision_id)
    form = CompleteForm(formdata=typed.tidied())
    form.set_choices(evidence.choices(db.session())[1])
    if not form.validate():
        return _show(round_id, target, None, 422, complete=form, error=typed.not_sent(form))
    told = {"paragraph": (form.paragraph.data or "").strip(), "programme": form.programme.data or None}
    try:
        fulfilments.complete(db.session(), decision_id, **told, **deeds.by_me())
    except Unexplained as refusal:
        rulings.blame(form, refusal)
        return _show(round_id, target, None, 422, complete=form, error=typed.not_sent(form))
    return _back_to(round_id, target)
