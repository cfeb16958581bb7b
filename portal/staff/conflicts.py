"""Conflicts: points that ask for opposite things, linked by people and answered together."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.decision import LinkForm, conflict_form
from models.vocabulary import DecisionCode
from portal import asked, deeds, languages, rulings, typed
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import conflicts, decisions, dockets, evidence
from services.errors import AlreadyDecided, Unexplained
from services.explanations import ruling_of
from services.tongue import word

door = Blueprint("staff_conflicts", __name__, url_prefix="/staff/conflicts")
Page = str | tuple[str, int] | Response


@door.get("")
def index() -> Page:
    """The conflicts of a round; with a theme also the pairs that a machine suggests in it."""
    found, theme_id, lang = asked.round_(), asked.number("theme"), languages.current()
    shown = conflicts.page(db.session(), found[0], after=asked.number()) if found else []
    texts = _texts(found[0], [n for one in shown for n in one.point_ids]) if found else {}
    pairs = conflicts.suggestions(db.session(), found[0], theme_id, lang) if found and theme_id else []
    return render_template(
        "staff/conflicts.html",
        round=found,
        conflicts=shown,
        texts=texts,
        pairs=pairs,
        theme_id=theme_id or None,
        next_cursor=shown[-1].id if len(shown) == conflicts.PAGE else None,
        link=LinkForm(formdata=None),
        can_decide=may(Permission.DECIDE),
    )


def _texts(round_id: int, ids: list[int]) -> dict[int, evidence.Voice]:
    if not ids:
        return {}
    return evidence.voices(db.session(), round_id, ids, languages.current())


@door.post("/on/<int:round_id>")
def link(round_id: int) -> Response:
    """Link the points that were ticked."""
    dockets.round_of(db.session(), round_id)
    form, sides = LinkForm(formdata=typed.tidied()), request.form.getlist("point")
    if len(sides) < 2 or not form.validate() or not all(n.isdecimal() and len(n) < 18 for n in sides):
        abort(422)
    made = conflicts.link(db.session(), round_id, {int(n) for n in sides}, note=form.note.data or "", **deeds.by_me())
    return redirect(url_for("staff_conflicts.show", conflict_id=made), 303)


@door.route("/<int:conflict_id>", methods=["GET"])
def show(conflict_id: int) -> Page:
    return _show(conflict_id)


def _show(conflict_id: int, form: Any = None, code: int = 200, error: str | None = None) -> Page:
    lang = languages.current()
    one = conflicts.one(db.session(), conflict_id)
    voices = _texts(one.round_id, list(one.point_ids))
    standing = decisions.living_on(db.session(), one.point_ids)
    if form is None:
        form = rulings.offer(_form(one))
        _fill(form, standing)
    page = render_template(
        "staff/conflict.html",
        conflict=one,
        voices=[voices[n] for n in one.point_ids if n in voices],
        standing={n: (word(row.code, lang), word(row.state, lang)) for n, row in standing.items()},
        form=form,
        can_decide=may(Permission.DECIDE),
        error_title=error,
    )
    return page, code


def _form(one: conflicts.Linked, formdata: Any = None) -> Any:
    return conflict_form([(n, _("Putusan untuk sisi %(n)s", n=i)) for i, n in enumerate(one.point_ids, 1)], formdata)


def _fill(form: Any, standing: dict[int, Any]) -> None:
    form.seen.data = " ".join(decisions.stamp(row) for _n, row in sorted(standing.items()))
    for point_id, row in standing.items():
        form[f"code-{point_id}"].data = row.code.value
    if standing:
        rulings.fill(form, ruling_of(min(standing.items())[1]))


@door.post("/<int:conflict_id>")
def answer(conflict_id: int) -> Page:
    """Decide on every side in one go."""
    one = conflicts.one(db.session(), conflict_id)
    form = rulings.offer(_form(one, typed.tidied()))
    if not form.validate():
        return _show(conflict_id, form, 422, typed.not_sent(form))
    sides = {n: DecisionCode(form[f"code-{n}"].data) for n in one.point_ids}
    ruling = rulings.read(form, DecisionCode.NOTED)
    stamped = set((form.seen.data or "").split())
    standing = decisions.living_on(db.session(), one.point_ids)
    try:
        if {decisions.stamp(row) for row in standing.values()} != stamped:
            raise AlreadyDecided
        conflicts.answer(db.session(), conflict_id, sides, ruling, **deeds.by_me())
    except Unexplained as refusal:
        rulings.blame(form, refusal)
        return _show(conflict_id, form, 422, typed.not_sent(form))
    except AlreadyDecided:
        form.seen.data = " ".join(sorted(decisions.stamp(row) for row in standing.values()))
        return _show(conflict_id, form, 409, rulings.overtaken(form))
    return redirect(url_for("staff_conflicts.show", conflict_id=conflict_id), 303)


@door.post("/<int:conflict_id>/unlink")
def unlink(conflict_id: int) -> Response:
    round_id = conflicts.one(db.session(), conflict_id).round_id
    conflicts.unlink(db.session(), conflict_id, **deeds.by_me())
    return redirect(url_for("staff_conflicts.index", round=round_id), 303)
