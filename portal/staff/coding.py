"""Double coding: a random sample that several people code blind, and how far they and the machine agree."""

import secrets
from datetime import UTC, datetime

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from forms.coding import CodeForm, DrawForm
from portal import languages, typed
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import coding, insights, reliability
from services.errors import NotFound, NotThisState
from services.tongue import say

door = Blueprint("staff_coding", __name__, url_prefix="/staff/coding")
Page = str | tuple[str, int] | Response
LARGEST_SEED = 2**31


@door.get("/")
def index() -> Page:
    return _show(DrawForm(formdata=None))


@door.post("/")
def draw() -> Page:
    """Draw a sample of the round that the desks show."""
    form = DrawForm(formdata=typed.tidied())
    if not form.validate_on_submit():
        return _show(form, 422)
    seed = secrets.randbelow(LARGEST_SEED)
    try:
        coding.draw(db.session(), _round(), seed=seed, size=form.size.data, **_deed())
    except NotThisState as refusal:
        form.form_errors.append(say(languages.current(), refusal.message, **refusal.values))
        return _show(form, 409)
    return redirect(url_for("staff_coding.index"), 303)


@door.post("/<int:sample_id>/close")
def close(sample_id: int) -> Response:
    coding.close(db.session(), sample_id, **_deed())
    return redirect(url_for("staff_coding.index"), 303)


@door.get("/<int:sample_id>")
def code(sample_id: int) -> Page:
    """The next text that one has not coded."""
    coding.sample(db.session(), sample_id)
    themes = _themes()
    return _text(sample_id, _code_form(themes), themes)


@door.post("/<int:sample_id>")
def give(sample_id: int) -> Page:
    coding.sample(db.session(), sample_id, is_open=True)
    themes = _themes()
    form = _code_form(themes)
    if not form.validate_on_submit():
        return _text(sample_id, form, themes, 422)
    now = datetime.now(UTC)
    coding.give(db.session(), sample_id, int(form.point.data), current_user.id, form.code.data, now=now)
    return redirect(url_for("staff_coding.code", sample_id=sample_id), 303)


@door.get("/<int:sample_id>/mine")
def mine(sample_id: int) -> Page:
    """What one gave, to be looked through before one finishes."""
    after = request.args.get("after", "0")
    if not after.isdecimal() or len(after) > 9:
        abort(400)
    coding.sample(db.session(), sample_id)
    given, cursor = coding.given(db.session(), sample_id, current_user.id, int(after))
    names = {choice.code: choice.name for choice in _themes()}
    return render_template(
        "staff/coding_mine.html",
        sample_id=sample_id,
        given=given,
        names=names | {coding.NONE_FITS: _("Tidak ada yang cocok")},
        next_cursor=cursor,
    )


@door.post("/<int:sample_id>/finish")
def finish(sample_id: int) -> Page:
    coding.sample(db.session(), sample_id, is_open=True)
    try:
        coding.finish(db.session(), sample_id, current_user.id, now=datetime.now(UTC))
    except NotFound:
        return _show(DrawForm(formdata=None), 422, _("Anda belum memberi tema pada satu teks pun."))
    except NotThisState as refusal:
        return _show(DrawForm(formdata=None), 409, say(languages.current(), refusal.message, **refusal.values))
    return redirect(url_for("staff_coding.index"), 303)


def _deed() -> dict[str, object]:
    return {"actor_id": current_user.id, "now": datetime.now(UTC)}


def _round() -> int:
    run = insights.newest_run(db.session())
    if run is None:
        raise NotThisState("no run")
    return run.round_id


def _themes() -> list[coding.Choice]:
    return coding.choices(db.session(), languages.current())


def _code_form(themes: list[coding.Choice]) -> CodeForm:
    form = CodeForm(formdata=typed.tidied())
    form.code.choices = [
        *(SelectChoice(one.code, one.name) for one in themes),
        SelectChoice(coding.NONE_FITS, _("Tidak ada yang cocok")),
    ]
    return form


def _mine(progress: list[coding.Progress]) -> coding.Progress | None:
    """How far the visitor is; None before the first text."""
    return next((one for one in progress if one.person_id == current_user.id), None)


def _text(sample_id: int, form: CodeForm, themes: list[coding.Choice], code: int = 200) -> Page:
    shown = coding.next_point(db.session(), sample_id, current_user.id)
    page = render_template(
        "staff/coding_text.html",
        sample_id=sample_id,
        shown=shown,
        form=form,
        choices=themes,
        none_fits=coding.NONE_FITS,
        mine=_mine(coding.progress(db.session(), sample_id)),
    )
    return (page, code) if code != 200 else page


def _show(form: DrawForm, code: int = 200, error: str | None = None) -> Page:
    run, lang = insights.newest_run(db.session()), languages.current()
    sample = coding.open_sample(db.session(), run.round_id) if run else None
    progress = coding.progress(db.session(), sample.id) if sample else []
    mine = _mine(progress)
    is_coding = mine is not None and not mine.finished_at
    found, told = _result(run.round_id, lang, is_coding=is_coding) if run else (None, "")
    page = render_template(
        "staff/coding.html",
        run=run,
        sample=sample,
        progress=progress,
        mine=mine,
        found=found,
        told=told,
        form=form,
        error=error,
        left=coding.left(db.session(), run.round_id) if run and not sample else 0,
        can_draw=may(Permission.EDIT_THEMES),
    )
    return (page, code) if code != 200 else page


def _result(round_id: int, lang: str, *, is_coding: bool) -> tuple[reliability.Reliability | None, str]:
    """What the samples tell, or why nothing is told: whoever is still coding does not learn what others gave."""
    if is_coding:
        return None, _("Hasilnya baru Anda lihat setelah Anda sendiri selesai, agar penilaian Anda tidak terpengaruh.")
    try:
        return reliability.result(db.session(), round_id, lang=lang), ""
    except (NotThisState, NotFound) as refusal:
        return None, say(lang, refusal.message, **refusal.values)
