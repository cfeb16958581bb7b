"""Sorting a theme: hold texts, move them, give them back, split it, merge it; no run overrides what is said here."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from forms.sorting import GroupForm, SortingForm, TargetForm
from portal import languages, typed
from portal.extensions import db
from services import codebooks, definitions, divisions, marks, merges, originals
from services.errors import NotThisState

door = Blueprint("staff_themes", __name__, url_prefix="/staff/themes")
Page = str | tuple[str, int] | Response


@door.get("/<int:theme_id>/sort")
def sort(theme_id: int) -> Page:
    return _show(theme_id, _sorting(theme_id), _merging(theme_id), GroupForm())


@door.post("/<int:theme_id>/sort")
def place(theme_id: int) -> Page:
    """Do with the ticked texts what the button says."""
    form = _sorting(theme_id)
    if not form.validate_on_submit():
        return _show(theme_id, form, _merging(theme_id), GroupForm(), 422)
    try:
        DEEDS[form.deed.data](theme_id, form)
    except NotThisState as refusal:
        form.form_errors.append(_refused(refusal))
        return _show(theme_id, form, _merging(theme_id), GroupForm(), 409)
    return _done(theme_id)


@door.post("/<int:theme_id>/merge")
def merge(theme_id: int) -> Page:
    """Let the whole theme go into another one."""
    form = _merging(theme_id)
    if not form.validate_on_submit():
        return _show(theme_id, _sorting(theme_id), form, GroupForm(), 422)
    target = int(form.target.data)
    merges.merge(db.session(), theme_id, target, **_deed())
    g.wake = "readings"
    return redirect(url_for("staff_insights.theme", theme_id=target), 303)


@door.post("/<int:theme_id>/unmerge")
def unmerge(theme_id: int) -> Response:
    """Take a merge back."""
    merges.undo(db.session(), theme_id, **_deed())
    return _done(theme_id)


@door.post("/<int:theme_id>/divide")
def divide(theme_id: int) -> Response:
    """Ask for finer groups; the worker answers."""
    divisions.ask(db.session(), theme_id, **_deed())
    g.wake = "divisions"
    return redirect(url_for("staff_themes.sort", theme_id=theme_id, _anchor="kelompok"), 303)


@door.post("/<int:theme_id>/group")
def group(theme_id: int) -> Page:
    """Make a theme of one of the finer groups."""
    form = GroupForm(formdata=typed.tidied())
    if not form.validate_on_submit():
        return _show(theme_id, _sorting(theme_id), _merging(theme_id), form, 422)
    points = divisions.points_of(db.session(), theme_id, int(form.number.data))
    try:
        marks.split(db.session(), theme_id, points, form.name.data, **_deed())
    except NotThisState as refusal:
        form.name.errors = [_refused(refusal)]
        return _show(theme_id, _sorting(theme_id), _merging(theme_id), form, 409)
    return _done(theme_id)


def _pin(theme_id: int, form: SortingForm) -> None:
    marks.pin(db.session(), form.ids(), reason=form.reason.data or "", **_deed())


def _move(theme_id: int, form: SortingForm) -> None:
    marks.move(db.session(), form.ids(), int(form.target.data), reason=form.reason.data or "", **_deed())


def _release(theme_id: int, form: SortingForm) -> None:
    marks.unpin(db.session(), form.ids(), reason=form.reason.data or "", **_deed())


def _split(theme_id: int, form: SortingForm) -> None:
    marks.split(db.session(), theme_id, form.ids(), form.name.data, **_deed())


def _example(theme_id: int, form: SortingForm) -> None:
    for point_id in form.ids():
        definitions.choose(db.session(), theme_id, point_id, **_deed())


DEEDS: dict[str, Callable[[int, SortingForm], None]] = {
    "pin": _pin,
    "move": _move,
    "release": _release,
    "split": _split,
    "example": _example,
}


def _deed() -> dict[str, object]:
    return {"actor_id": current_user.id, "now": datetime.now(UTC)}


def _refused(refusal: NotThisState) -> str:
    """Why not, in the reader's language."""
    said = str(refusal)
    if said == "name taken":
        return _("Nama ini sudah dipakai tema lain.")
    if said == "enough examples":
        return _("Sudah ada lima contoh; lepaskan dulu salah satunya.")
    if said.startswith("a point without a mark"):
        return _("Ada teks yang tidak pernah disematkan orang, jadi tidak dapat dilepas.")
    if said.startswith("nothing would be left"):
        return _("Sisakan sedikitnya satu teks; bila semuanya satu hal, ganti saja nama temanya.")
    return _("Ada teks yang sudah berpindah sejak halaman ini dibuka. Periksa lagi, lalu ulangi.")


def _done(theme_id: int) -> Response:
    g.wake = "readings"
    return redirect(url_for("staff_themes.sort", theme_id=theme_id, after=request.args.get("after")), 303)


def _sorting(theme_id: int) -> SortingForm:
    form = SortingForm(formdata=typed.tidied())
    form.target.choices = _targets(theme_id)
    return form


def _merging(theme_id: int) -> TargetForm:
    form = TargetForm(formdata=typed.tidied(), prefix="")
    form.target.id = "merge-target"
    form.target.choices = _targets(theme_id)
    return form


def _targets(theme_id: int) -> list[SelectChoice]:
    if "targets" not in g:
        found = codebooks.choices(db.session(), languages.current(), but=theme_id)
        g.targets = [SelectChoice(str(number), f"{dimension}: {name}") for number, name, dimension in found]
    return [SelectChoice("", _("Pilih tema")), *g.targets]


def _show(theme_id: int, form: SortingForm, merging: TargetForm, grouping: GroupForm, code: int = 200) -> Page:
    after = request.args.get("after", "0")
    if not after.isdecimal() or len(after) > 18:
        abort(400)
    lang = languages.current()
    theme = codebooks.names(db.session(), theme_id, lang)
    texts, cursor = originals.behind(db.session(), theme_id, int(after), lang=lang, is_of_all_rounds=True)
    page = render_template(
        "staff/sort.html",
        theme_id=theme_id,
        theme=theme,
        form=form,
        merging=merging,
        grouping=grouping,
        texts=texts,
        next_cursor=cursor,
        held=marks.pinned(db.session(), [text.point_id for text in texts]),
        division=divisions.facts(db.session(), theme_id, lang),
    )
    return (page, code) if code != 200 else page
