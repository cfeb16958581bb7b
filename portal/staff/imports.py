"""Imports: a file that an office has is looked at, its columns are explained once, its rows are taken or taken back."""

from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from flask import Blueprint, current_app, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from forms.import_file import ImportFileForm, MappingForm, SheetForm, mapping_form
from models.vocabulary import Channel, Group, ImportState
from portal import languages
from portal.access import may
from portal.config import keys
from portal.extensions import db
from portal.rights import Permission
from services import batches, manifests, mappings, plans, rounds
from services.errors import NotThisState, UnreadableFile
from services.manifests import Look, Manifest
from services.mappings import Mapping
from services.sources.sheet import Tab
from services.tongue import say, word

door = Blueprint("staff_imports", __name__, url_prefix="/staff/imports")
LARGEST = 16 * 2**20 + 100_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _folder() -> Path:
    return Path(current_app.extensions["settings"].imports)


@door.url_value_preprocessor
def allow_large(endpoint: str | None, _values: object) -> None:
    """A file may be larger than other sendings, from those who may bring one; asked before anything is read."""
    if endpoint == "staff_imports.bring" and may(Permission.IMPORT_FILES):
        request.max_content_length = LARGEST


@door.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> tuple[str, int]:
    form = ImportFileForm(formdata=None)
    form.file.errors = [_("Berkas lebih dari 16 MB; bagi menjadi beberapa berkas.")]
    return _index(form, 413)


@door.get("/")
def index() -> tuple[str, int]:
    return _index(ImportFileForm(formdata=None))


def _index(form: ImportFileForm, code: int = 200) -> tuple[str, int]:
    files = manifests.listing(db.session(), languages.current())
    has_errors = bool(form.file.errors)
    return render_template("staff/imports.html", form=form, files=files, error_title=has_errors), code


@door.post("/")
def bring() -> Response | tuple[str, int]:
    form = ImportFileForm()
    if not form.validate_on_submit():
        return _index(form, 422)
    file, actor_id = form.file.data, current_user.id
    db.session.rollback()  # reading a file takes its time, and nobody is to wait for it
    key = keys(current_app.extensions["settings"])["secret"].encode()
    try:
        upload = batches.read(file.save, name=file.filename, folder=_folder(), key=key)
    except UnreadableFile as refusal:
        form.file.errors = [say(languages.current(), refusal.message, **refusal.values)]
        return _index(form, 422)
    found = batches.bring(db.session(), upload, folder=_folder(), now=datetime.now(UTC), actor_id=actor_id)
    return redirect(url_for("staff_imports.show", import_id=found), 303)


@door.get("/<int:import_id>")
def show(import_id: int) -> tuple[str, int]:
    manifest = manifests.show(db.session(), import_id, languages.current())
    if manifest.state is not ImportState.PREVIEWED:
        return render_template("staff/import.html", file=manifest), 200
    look = manifests.look(db.session(), _folder(), import_id, languages.current())
    return _preview(manifest, look, _form(look, is_sent=False))


def _form(look: Look, *, is_sent: bool) -> MappingForm:
    lang = languages.current()
    made = mapping_form([column.name for column in look.columns], manifests.targets(lang))
    as_it_stands = {f"column_{column.at}": column.target for column in look.columns}
    as_it_stands |= {"group": _but(look.group, Group.CITIZEN), "channel": _but(look.channel, Channel.PAPER)}
    form = made(data=as_it_stands) if is_sent else made(formdata=None, data=as_it_stands)
    form.set_choices(
        _choices(Group, Group.CITIZEN, lang),
        _choices(Channel, Channel.PAPER, lang),
        [(column.target, column.target_label) for column in look.columns],
    )
    return form


def _but(chosen: StrEnum | None, usual: StrEnum) -> str:
    return "" if chosen in (None, usual) else str(chosen)


def _choices(kind: type[StrEnum], usual: StrEnum, lang: str) -> list[tuple[str, str]]:
    """The words of a kind; the one that holds where nobody says anything stands first."""
    return [("", word(usual, lang)), *((w.value, word(w, lang)) for w in kind if w is not usual)]


def _preview(manifest: Manifest, look: Look, form: MappingForm, code: int = 200) -> tuple[str, int]:
    page = render_template(
        "staff/import_preview.html",
        file=manifest,
        look=look,
        form=form,
        sheet_form=_sheets(manifest, is_sent=False) if look.can_choose else None,
        error_title=bool(form.errors),
    )
    return page, code


def _sheets(manifest: Manifest, *, is_sent: bool) -> SheetForm:
    form = SheetForm(prefix="lembar") if is_sent else SheetForm(formdata=None, prefix="lembar")
    form.set_sheets([(tab.name, _sheet_label(tab)) for tab in manifest.tabs if tab.rows])
    if not is_sent:
        form.sheet.data = manifest.sheet
    return form


def _sheet_label(tab: Tab) -> str:
    label = ngettext("%(name)s, %(num)s baris berisi", "%(name)s, %(num)s baris berisi", tab.rows, name=tab.name)
    return _("%(label)s, tersembunyi", label=label) if tab.is_hidden else label


@door.post("/<int:import_id>/sheet")
def choose(import_id: int) -> Response | tuple[str, int]:
    """Look at another sheet of the same workbook."""
    file = batches.one(db.session(), import_id, ImportState.PREVIEWED)
    form = _sheets(manifests.show(db.session(), import_id, languages.current()), is_sent=True)
    if not form.validate_on_submit():
        return _not_chosen(import_id, form)
    name = file.name
    db.session.rollback()  # reading a file takes its time, and nobody is to wait for it
    key = keys(current_app.extensions["settings"])["secret"].encode()
    try:
        facts, rows = batches.read_sheet(_folder(), import_id, name=name, sheet=form.sheet.data, key=key)
    except UnreadableFile as refusal:
        form.sheet.errors = [say(languages.current(), refusal.message, **refusal.values)]
        return _not_chosen(import_id, form)
    batches.choose(db.session(), _folder(), import_id, facts, rows)
    return redirect(url_for("staff_imports.show", import_id=import_id), 303)


def _not_chosen(import_id: int, form: SheetForm) -> tuple[str, int]:
    """The sheet that was looked at stays; what is wrong stands beside the list."""
    lang = languages.current()
    look = manifests.look(db.session(), _folder(), import_id, lang)
    page = render_template(
        "staff/import_preview.html",
        file=manifests.show(db.session(), import_id, lang),
        look=look,
        form=_form(look, is_sent=False),
        sheet_form=form,
        error_title=False,
    )
    return page, 422


@door.post("/<int:import_id>/mapping")
def explain(import_id: int) -> Response | tuple[str, int]:
    return _set_mapping(import_id) or redirect(url_for("staff_imports.show", import_id=import_id), 303)


@door.post("/<int:import_id>/take")
def take(import_id: int) -> Response | tuple[str, int]:
    """Take the rows by what the columns are said to mean on the page, saved before or not."""
    refused = _set_mapping(import_id)
    if refused:
        return refused
    now = datetime.now(UTC)
    current = rounds.current(db.session(), now=now)
    if current is None:
        raise NotThisState("no plan is loaded")
    prefix = plans.city(db.session())["city"]["receipt_prefix"]
    batches.take(db.session(), import_id, round_id=current[0], prefix=prefix, now=now, actor_id=current_user.id)
    g.wake = "imports"
    return redirect(url_for("staff_imports.show", import_id=import_id), 303)


def _set_mapping(import_id: int) -> tuple[str, int] | None:
    """Keep what the columns mean; the page with what is wrong, where something is."""
    batches.one(db.session(), import_id, ImportState.PREVIEWED)
    look = manifests.look(db.session(), _folder(), import_id, languages.current())
    form = _form(look, is_sent=True)
    if form.validate_on_submit():
        mapping = Mapping(
            [field.data for field in form.columns()],
            group=Group(form.group.data) if form.group.data else None,
            channel=Channel(form.channel.data) if form.channel.data else None,
        )
        try:
            batches.set_mapping(db.session(), import_id, mapping, now=datetime.now(UTC))
            return None
        except UnreadableFile as refusal:
            form.form_errors.append(say(languages.current(), refusal.message, **_worded(refusal)))
    return _preview(manifests.show(db.session(), import_id, languages.current()), look, form, 422)


def _worded(refusal: UnreadableFile) -> dict[str, object]:
    """The values of a refusal, a column's meaning being said in words."""
    values = dict(refusal.values)
    if values.get("target") in mappings.TARGETS:
        values["target"] = manifests.target_label(str(values["target"]), languages.current())
    return values


@door.post("/<int:import_id>/undo")
def undo(import_id: int) -> Response:
    batches.undo(db.session(), import_id, now=datetime.now(UTC), actor_id=current_user.id)
    g.wake = "readings"
    return redirect(url_for("staff_imports.show", import_id=import_id), 303)


@door.post("/<int:import_id>/discard")
def discard(import_id: int) -> Response:
    batches.discard(db.session(), _folder(), import_id, now=datetime.now(UTC), actor_id=current_user.id)
    return redirect(url_for("staff_imports.index"), 303)


@door.get("/<int:import_id>/errors.xlsx")
def errors(import_id: int) -> Response:
    content = manifests.error_file(db.session(), import_id, languages.current())
    answer = Response(content, mimetype=XLSX)
    answer.headers.set("Content-Disposition", "attachment", filename=f"baris-ditolak-{import_id}.xlsx")
    return answer
