"""Objections: what people reply to their answers, and what the team makes of it."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from forms.response import SettleForm
from models.vocabulary import ObjectionState
from portal import asked, deeds, languages, rulings, typed
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import objections
from services.errors import Unexplained
from services.tongue import word

door = Blueprint("staff_objections", __name__, url_prefix="/staff/objections")
Page = str | tuple[str, int] | Response


@door.get("")
def index() -> str:
    found, lang = asked.round_(), languages.current()
    state = asked.word_of(ObjectionState, "state")
    rows = objections.page(db.session(), found[0], state, after=asked.number(), lang=lang) if found else []
    return render_template(
        "staff/objections.html",
        round=found,
        cases=rows[: objections.PAGE],
        state=state,
        states=[(one.value, word(one, lang)) for one in ObjectionState],
        counts=objections.counts(db.session(), found[0]) if found else {},
        next_cursor=rows[objections.PAGE - 1].id if len(rows) > objections.PAGE else None,
    )


@door.get("/<int:objection_id>")
def show(objection_id: int) -> Page:
    return _show(objection_id)


def _show(objection_id: int, form: SettleForm | None = None, code: int = 200) -> Page:
    case = objections.one(db.session(), objection_id, languages.current())
    if form is None:
        form = SettleForm(formdata=None)
        if case.state is not ObjectionState.OBJECTED:
            form.state.data = case.state.value
        form.answer.data, form.public_text.data = case.answer, case.public_text or case.text
    page = render_template(
        "staff/objection.html",
        case=case,
        form=form,
        can_answer=may(Permission.ANSWER),
        error_title=typed.not_sent(form) if form.errors else None,
    )
    return page, code


@door.post("/<int:objection_id>")
def settle(objection_id: int) -> Page:
    objections.one(db.session(), objection_id)
    form = SettleForm(formdata=typed.tidied())
    if not form.validate():
        return _show(objection_id, form, 422)
    told = {"answer": form.answer.data, "public_text": form.public_text.data or ""}
    try:
        objections.settle(db.session(), objection_id, state=ObjectionState(form.state.data), **told, **deeds.by_me())
    except Unexplained as refusal:
        rulings.blame(form, refusal)
        return _show(objection_id, form, 422)
    return redirect(url_for("staff_objections.show", objection_id=objection_id), 303)
