"""The codebook: what belongs into each theme, its examples, and every version with who changed what and why."""

from datetime import UTC, datetime

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from forms.definition import DefinitionForm, RetireForm
from models.vocabulary import ThemeState
from portal import languages, typed
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import codebooks, definitions, priorities
from services.definitions import Words
from services.tongue import word

door = Blueprint("staff_codebook", __name__, url_prefix="/staff/codebook")
Page = str | tuple[str, int] | Response
LONGEST_CODE = 60


@door.get("/")
def index() -> str:
    lang = languages.current()
    dimensions = priorities.dimensions(db.session(), lang)
    dimension, state, after = (request.args.get(name, "") for name in ("dimension", "state", "after"))
    if (dimension and dimension not in dict(dimensions)) or (state and state not in list(ThemeState)):
        abort(400)
    if len(after) > LONGEST_CODE:
        abort(400)
    themes, cursor = codebooks.themes(
        db.session(),
        dimension=dimension or None,
        state=ThemeState(state) if state else None,
        after=after,
        lang=lang,
    )
    return render_template(
        "staff/codebook.html",
        themes=themes,
        examples=definitions.examples(db.session(), [theme.id for theme in themes], lang),
        next_cursor=cursor,
        version=codebooks.number(db.session()),
        dimensions=dimensions,
        dimension=dimension,
        states=[(one.value, word(one, lang)) for one in ThemeState],
        state=state,
    )


@door.get("/history")
def history() -> str:
    before = request.args.get("before", "")
    if before and (not before.isdecimal() or len(before) > 18):
        abort(400)
    changes, cursor = codebooks.history(db.session(), before=int(before) if before else None, lang=languages.current())
    return render_template("staff/codebook_history.html", changes=changes, next_cursor=cursor)


@door.get("/versions/<int:version>")
def version(version: int) -> str:
    """The codebook as it stood at a version: the themes that had been changed by then."""
    newest = codebooks.number(db.session())
    if not 0 < version <= newest:
        abort(404)
    rows = sorted(codebooks.at(db.session(), version).values(), key=lambda row: row["code"])
    return render_template(
        "staff/codebook_version.html",
        rows=rows,
        version=version,
        newest=newest,
        states={one.value: word(one, languages.current()) for one in ThemeState},
    )


@door.route("/<int:theme_id>", methods=["GET"])
def show(theme_id: int) -> Page:
    return _show(theme_id, _form(theme_id), RetireForm())


@door.post("/<int:theme_id>")
def edit(theme_id: int) -> Page:
    form = _form(theme_id)
    if not form.validate_on_submit():
        return _show(theme_id, form, RetireForm(formdata=None), 422)
    words = Words(
        definition=_one(form.definition.data),
        include=_one(form.include.data),
        exclude=_one(form.exclude.data),
        keywords="|".join(part.strip() for part in _one(form.keywords.data).split("|") if part.strip()),
        label_en=_one(form.label_en.data),
        dimension=form.dimension.data or None,
    )
    if definitions.edit(db.session(), theme_id, words, why=form.why.data.strip(), **_deed()):
        g.wake = "readings"
    return redirect(url_for("staff_codebook.show", theme_id=theme_id), 303)


def _one(text: str | None) -> str:
    """A text on one line."""
    return " ".join((text or "").split())


@door.post("/<int:theme_id>/retire")
def retire(theme_id: int) -> Page:
    form = RetireForm(formdata=typed.tidied())
    if not form.validate_on_submit():
        return _show(theme_id, _form(theme_id), form, 422)
    definitions.retire(db.session(), theme_id, why=form.why.data.strip(), **_deed())
    g.wake = "readings"
    return redirect(url_for("staff_codebook.show", theme_id=theme_id), 303)


@door.post("/<int:theme_id>/revive")
def revive(theme_id: int) -> Response:
    definitions.revive(db.session(), theme_id, **_deed())
    g.wake = "readings"
    return redirect(url_for("staff_codebook.show", theme_id=theme_id), 303)


@door.post("/<int:theme_id>/examples/<int:point_id>/drop")
def drop(theme_id: int, point_id: int) -> Response:
    definitions.drop(db.session(), theme_id, point_id, **_deed())
    return redirect(url_for("staff_codebook.show", theme_id=theme_id), 303)


def _deed() -> dict[str, object]:
    return {"actor_id": current_user.id, "now": datetime.now(UTC)}


def _form(theme_id: int) -> DefinitionForm:
    words = definitions.words_of(db.session(), theme_id)
    form = DefinitionForm(formdata=typed.tidied() if request.endpoint == "staff_codebook.edit" else None, obj=words)
    dimensions = priorities.dimensions(db.session(), languages.current())
    form.dimension.choices = [SelectChoice("", _("Belum ditentukan")), *(SelectChoice(*pair) for pair in dimensions)]
    return form


def _show(theme_id: int, form: DefinitionForm, retiring: RetireForm, code: int = 200) -> Page:
    lang = languages.current()
    changes, _cursor = codebooks.history(db.session(), theme_id=theme_id, lang=lang)
    page = render_template(
        "staff/codebook_theme.html",
        theme=codebooks.names(db.session(), theme_id, lang),
        form=form,
        retiring=retiring,
        changes=changes,
        examples=definitions.examples(db.session(), [theme_id], lang).get(theme_id, ()),
        can_edit=may(Permission.EDIT_THEMES),
    )
    return (page, code) if code != 200 else page
