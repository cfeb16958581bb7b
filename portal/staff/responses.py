"""Responses: the public text of each decision, drafted, written and signed; points that would go without an answer."""

from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.response import ResponseForm
from portal import asked, deeds, languages, rulings, typed
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import answers, dockets, phrasings, responses
from services.errors import AlreadyDecided, NotFound, Unexplained

door = Blueprint("staff_responses", __name__, url_prefix="/staff/responses")
Page = str | tuple[str, int] | Response
BIG = 20_000


def _step() -> str:
    step = request.args.get("step", "")
    return step if step in ("", *responses.STEPS) else abort(400)


def steps() -> dict[str, str]:
    """How far an answer has come, in words."""
    return {
        "undecided": _("belum diputuskan"),
        "unconfirmed": _("menunggu ditetapkan"),
        "unwritten": _("belum ada jawabannya"),
        "unsigned": _("jawabannya masih rancangan"),
        "ready": _("siap terbit"),
        "released": _("sudah terbit"),
    }


@door.get("")
def index() -> Page:
    return _list()


def _counts(size: int) -> bool:
    """Every point is looked at to count them: in a big round only where somebody asks for it."""
    return size <= BIG or request.args.get("counts") == "1"


def _list(error: str | None = None, code: int = 200) -> Page:
    found, step = asked.round_(), _step()
    rows = responses.page(db.session(), found[0], step, after=asked.number()) if found else []
    shown = [number for number, _stamp in rows[: responses.PAGE]]
    facts = answers.of_decisions(db.session(), shown, now=datetime.now(UTC), lang=languages.current())
    page = render_template(
        "staff/responses.html",
        round=found,
        step=step,
        steps=steps(),
        counts=responses.counts(db.session(), found[0]) if found and _counts(found[2]) else {},
        answers=[facts[n] for n in shown],
        titles=dockets.titles(db.session(), shown, languages.current()),
        stamps={number: stamp for number, stamp in rows if stamp},
        next_cursor=shown[-1] if len(rows) > responses.PAGE else None,
        can_answer=may(Permission.ANSWER),
        error_title=error,
    )
    return page, code


@door.post("/draft")
def draft() -> Response:
    """Word a first draft for every confirmed decision of a round that has none."""
    found = asked.round_()
    if found:
        responses.draft(db.session(), found[0], **deeds.by_me())
    return redirect(url_for("staff_responses.index", step="unsigned", round=request.args.get("round")), 303)


@door.post("/sign")
def sign() -> Page:
    """Sign what was ticked, as it was read."""
    chosen = {}
    for value in request.form.getlist("text"):
        decision, _colon, stamp = value.partition(":")
        if not decision.isdecimal() or len(decision) > 18 or not rulings.STAMP.fullmatch(stamp):
            abort(400)
        chosen[int(decision)] = stamp
    if not chosen:
        return _list(_("Belum ada yang dicentang"), 422)
    try:
        with db.session.begin_nested():
            responses.sign(db.session(), chosen, **deeds.by_me())
    except AlreadyDecided:
        return _list(_("Belum ditandatangani: ada yang diubah sejak Anda membacanya. Baca lagi"), 409)
    except Unexplained:
        return _list(_("Belum ditandatangani: ada yang belum selesai ditulis"), 422)
    return redirect(url_for("staff_responses.index", **request.args.to_dict()), 303)


@door.get("/<int:decision_id>")
def show(decision_id: int) -> Page:
    return _show(decision_id)


def _show(decision_id: int, form: ResponseForm | None = None, code: int = 200, error: str | None = None) -> Page:
    now, lang = datetime.now(UTC), languages.current()
    answer = answers.of_decisions(db.session(), [decision_id], now=now, lang=lang).get(decision_id)
    if answer is None:
        raise NotFound(f"decision {decision_id}")
    written = responses.of_decision(db.session(), decision_id)
    if form is None:
        form = ResponseForm(formdata=None)
        _fill(form, written, phrasings.first_wording(answer))
    page = render_template(
        "staff/response.html",
        answer=answer,
        title=dockets.titles(db.session(), [decision_id], lang).get(decision_id),
        written=written,
        form=form,
        can_answer=may(Permission.ANSWER),
        error_title=error,
    )
    return page, code


def _fill(form: ResponseForm, written: responses.Written | None, first: str) -> None:
    """What is written, else a first wording of the facts."""
    form.text_id.data = written.text_id if written else first
    form.text_en.data, form.text_jv.data = (written.text_en, written.text_jv) if written else ("", "")
    form.seen.data = written.stamp if written else ""


@door.post("/<int:decision_id>")
def write(decision_id: int) -> Page:
    """Keep the text as a draft; with the other button it is signed at once."""
    form = ResponseForm(formdata=typed.tidied())
    if not form.validate():
        return _show(decision_id, form, 422, typed.not_sent(form))
    texts = {"id": form.text_id.data, "en": form.text_en.data or "", "jv": form.text_jv.data or ""}
    try:
        responses.write(db.session(), decision_id, texts, seen=form.seen.data or "", **deeds.by_me())
        if "sign" in request.form:
            written = responses.of_decision(db.session(), decision_id)
            responses.sign(db.session(), {decision_id: written.stamp if written else ""}, **deeds.by_me())
    except Unexplained as refusal:
        rulings.blame(form, refusal)
        return _show(decision_id, form, 422, typed.not_sent(form))
    except AlreadyDecided:
        form.form_errors = [_("Orang lain menulisnya lebih dahulu. Muat ulang halamannya untuk membaca tulisannya.")]
        return _show(decision_id, form, 409, _("Belum disimpan"))
    return redirect(url_for("staff_responses.show", decision_id=decision_id), 303)


@door.post("/<int:decision_id>/unsign")
def unsign(decision_id: int) -> Response:
    responses.unsign(db.session(), decision_id, **deeds.by_me())
    return redirect(url_for("staff_responses.show", decision_id=decision_id), 303)


@door.get("/lacking")
def lacking() -> str:
    """Points that would go out without an answer, or those whose answer has come so far."""
    found, step = asked.round_(), _step()
    rows = responses.lacking(db.session(), found[0], step=step, after=asked.number()) if found else []
    return render_template(
        "staff/lacking.html",
        round=found,
        rows=rows[: responses.PAGE],
        step=step,
        steps=steps(),
        next_cursor=rows[responses.PAGE - 1].point_id if len(rows) > responses.PAGE else None,
    )
