"""The inbox: every point of a round to be screened, as a list with filters and one by one, by keys or by buttons."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from forms.inbox import SET_ASIDE, WORDS, ActForm, BulkForm, HandoverForm, MarkForm, PublicTextForm, SplitForm
from forms.words import spoken
from models.vocabulary import AsideReason, HandoverState, Stage, TriageField
from portal import deeds, languages, sieve
from portal.access import may
from portal.extensions import db
from portal.rights import Permission
from services import asides, handovers, inboxes, redactions, screenings, splits, triages
from services.errors import Refusal
from services.redactions import StillPersonal
from services.splits import Unsplittable
from services.tongue import say

door = Blueprint("staff_inbox", __name__, url_prefix="/staff/inbox")
Page = str | tuple[str, int] | Response
# After these the next point that waits is opened.
MOVES_ON = (Stage.SCREENED.value, Stage.CODED.value)


@door.get("")
def index() -> Page:
    return _list(BulkForm(formdata=None))


def _list(form: BulkForm, code: int = 200) -> Page:
    lang, args = languages.current(), sieve.given()
    choices = inboxes.choices(db.session(), args.get("theme", ""), lang)
    newest = choices.rounds[0][0] if choices.rounds else 0
    filters = sieve.known(sieve.filters(newest), choices)
    rows, cursor = inboxes.listing(db.session(), filters, after=sieve.number("after"), lang=lang)
    page = render_template(
        "staff/inbox.html",
        form=form,
        args=args,
        filters=filters,
        choices=choices,
        facets=sieve.facets(choices),
        flags=sieve.flags(),
        changes=_changes(choices),
        rows=rows,
        next_cursor=cursor,
        counts=inboxes.counts(db.session(), filters),
        most=inboxes.MOST,
        without=sieve.without,
        is_narrowed=sieve.is_narrowed(filters),
        can_screen=may(Permission.SCREEN),
        error_title=_("Belum dikerjakan, periksa dulu") if form.errors else None,
    )
    return page, code


def _changes(choices: inboxes.Choices) -> list[tuple[str, list[tuple[str, Any]]]]:
    """What may be said of many points at once: groups of choices, each a field and its value."""
    dimension = TriageField.DIMENSION_FIELD.value
    groups = [(_("Bidang"), [(f"{dimension}:{code}", words) for code, words in choices.dimensions])]
    titles = {
        TriageField.ELEMENT_FIELD: _("Elemen"),
        TriageField.NATURE_FIELD: _("Sifat"),
        TriageField.TYPE_FIELD: _("Jenis"),
    }
    for field, title in titles.items():
        groups.append((title, [(f"{field.value}:{choice.value}", choice.label) for choice in WORDS[field]]))
    return groups


@door.post("/bulk")
def bulk() -> Page:
    """Do one thing with all ticked points."""
    form = BulkForm()
    if not form.validate_on_submit():
        return _list(form, 422)
    ids = sorted({int(i) for i in form.points.data})
    if form.deed.data == "change" and ":" not in (form.change.data or ""):
        form.change.errors = [_("Pilih dahulu apa yang dikatakan.")]
        return _list(form, 422)
    _in_bulk(form.deed.data, form.change.data or "", ids)
    return redirect(url_for("staff_inbox.index", **sieve.given()), 303)


def _in_bulk(deed: str, change: str, ids: list[int]) -> None:
    session = db.session()
    if deed == "accept":
        triages.accept(session, ids, **deeds.by_me())
    elif deed == "plain":
        redactions.confirm_plain(session, ids, **deeds.by_me())
    elif deed == "change":
        field, _colon, value = change.partition(":")
        if field not in list(TriageField):
            abort(400)
        triages.mark(session, ids, TriageField(field), value, **deeds.by_me())
    elif deed in MOVES_ON:
        triages.mark(session, ids, TriageField.STAGE_FIELD, deed, **deeds.by_me())
    else:
        _put_aside(deed, ids)


def _put_aside(deed: str, ids: list[int]) -> None:
    if deed == "restore":
        asides.restore(db.session(), ids, **deeds.by_me())
    else:
        asides.set_aside(db.session(), ids, AsideReason(deed.removeprefix(SET_ASIDE)), **deeds.by_me())
    g.wake = "readings"


@door.get("/<int:point_id>")
def point(point_id: int) -> Page:
    return _show(point_id)


def _show(point_id: int, form: FlaskForm | None = None, code: int = 200) -> Page:
    """The page of a point; `form` is the one that was refused, with what was typed in it."""
    lang, args = languages.current(), sieve.given()
    opened = screenings.opened(db.session(), point_id, lang)
    filters = sieve.filters(opened.triage.round_id)
    page = render_template(
        "staff/inbox_point.html",
        opened=opened,
        args=args,
        around=inboxes.neighbours(db.session(), filters, point_id),
        proposal=redactions.propose(opened.said, lang),
        can_screen=may(Permission.SCREEN),
        wrong=form,
        **_forms(opened, form),
    )
    return page, code


def _forms(opened: screenings.Opened, wrong: FlaskForm | None) -> dict[str, FlaskForm]:
    """The forms of the page, filled with what is known; the one that was refused keeps what was typed."""
    public = opened.triage.public_text or redactions.propose(opened.said).text
    sent = opened.handover
    found: dict[str, FlaskForm] = {
        "split_form": SplitForm(formdata=None, parts=opened.text),
        "public_form": PublicTextForm(formdata=None, text=public),
        "handover_form": HandoverForm(
            formdata=None,
            category=sent.category if sent else opened.theme,
            complaint=sent.text if sent and sent.text else public,
            agency=(sent.agency if sent else opened.agency_suggested) or "",
            state=(sent.state if sent else HandoverState.READY).value,
            tracking_id=sent.tracking_id if sent else "",
        ),
    }
    found["handover_form"].agency.choices = [("", _("belum diketahui")), *opened.agencies]
    names: dict[type, str] = {type(form): name for name, form in found.items()}
    return found | {names[type(wrong)]: wrong} if type(wrong) in names else found


def _back(point_id: int, anchor: str | None = None) -> Response:
    return redirect(url_for("staff_inbox.point", point_id=point_id, _anchor=anchor, **sieve.given()), 303)


def _onwards(point_id: int) -> Response:
    """To the next point that nobody has screened, or back to the list where none is left."""
    row = triages.row_of(db.session(), point_id)
    around = inboxes.neighbours(db.session(), sieve.filters(row.round_id), point_id)
    if around.unscreened is None:
        return redirect(url_for("staff_inbox.index", **sieve.without(sieve.given())), 303)
    return _back(around.unscreened)


@door.post("/<int:point_id>/mark")
def mark(point_id: int) -> Page:
    """Say one thing of a point, or take it back."""
    form = MarkForm()
    if not form.validate_on_submit():
        return _show(point_id, form, 422)
    triages.mark(db.session(), [point_id], TriageField(form.field.data), form.value.data or "", **deeds.by_me())
    return _back(point_id)


@door.post("/<int:point_id>/act")
def act(point_id: int) -> Page:
    """Do what needs nothing typed: screen, accept what is suggested, undo, hide, set aside, bring back, join."""
    form = ActForm()
    if not form.validate_on_submit():
        return _show(point_id, form, 422)
    deed = form.deed.data
    if deed in list(Stage):
        triages.mark(db.session(), [point_id], TriageField.STAGE_FIELD, deed, **deeds.by_me())
        return _onwards(point_id) if deed in MOVES_ON else _back(point_id)
    if deed == "restore" or deed.startswith(SET_ASIDE):
        _put_aside(deed, [point_id])
        return _back(point_id) if deed == "restore" else _onwards(point_id)
    if deed == "join":
        return _refusing(form, point_id, lambda: _join(point_id))
    acts: dict[str, Callable[[], object]] = {
        "accept": lambda: triages.accept(db.session(), [point_id], **deeds.by_me()),
        "undo": lambda: triages.undo(db.session(), point_id, **deeds.by_me()),
        "offend": lambda: redactions.offend(db.session(), point_id, is_offensive=True, **deeds.by_me()),
        "allow": lambda: redactions.offend(db.session(), point_id, is_offensive=False, **deeds.by_me()),
    }
    acts[deed]()
    return _back(point_id)


def _join(point_id: int) -> Response:
    g.wake = "readings"
    return _back(splits.join(db.session(), point_id, **deeds.by_me()))


def _refusing(form: FlaskForm, point_id: int, deed: Callable[[], Response], field: str = "") -> Page:
    """Do it, or show the page again with the reason why not and everything that was typed."""
    try:
        return deed()
    except (Unsplittable, StillPersonal) as refusal:
        reason = _reason(refusal)
        if field:
            form[field].errors = [*form[field].errors, reason]
        else:
            form.form_errors.append(reason)
        db.session.rollback()
        return _show(point_id, form, 422)


def _reason(refusal: Refusal) -> str:
    """Why not, in the reader's language; the words inside it too."""
    lang = languages.current()
    values = {name: say(lang, v) if isinstance(v, str) else v for name, v in refusal.values.items()}
    return say(lang, refusal.message, **values)


@door.post("/<int:point_id>/split")
def split(point_id: int) -> Page:
    form = SplitForm()
    if not form.validate_on_submit():
        return _show(point_id, form, 422)

    def deed() -> Response:
        splits.split(db.session(), point_id, form.texts(), **deeds.by_me())
        g.wake = "readings"
        return _back(point_id, "butir")

    return _refusing(form, point_id, deed, "parts")


@door.post("/<int:point_id>/public-text")
def redact(point_id: int) -> Page:
    form = PublicTextForm()
    if not form.validate_on_submit():
        return _show(point_id, form, 422)

    def deed() -> Response:
        redactions.confirm(db.session(), point_id, form.text.data, **deeds.by_me())
        return _back(point_id, "umum")

    return _refusing(form, point_id, deed, "text")


@door.post("/<int:point_id>/handover")
def hand(point_id: int) -> Page:
    form = HandoverForm()
    opened = screenings.opened(db.session(), point_id)
    form.agency.choices = [("", _("belum diketahui")), *opened.agencies]
    if not form.validate_on_submit():
        return _show(point_id, form, 422)
    state, agency = HandoverState(form.state.data), form.agency.data or None
    typed = form.category.data, form.complaint.data, agency, form.tracking_id.data or ""

    def deed() -> Response:
        handovers.save(db.session(), point_id, handovers.Wanted(state, *typed), **deeds.by_me())
        return _back(point_id, "serah")

    return _refusing(form, point_id, deed, "complaint")


@door.get("/handovers")
def handed() -> Page:
    """What is on its way to SP4N-LAPOR!, by state."""
    state, lang = request.args.get("state", ""), languages.current()
    if state and state not in list(HandoverState):
        abort(400)
    wanted = HandoverState(state) if state else None
    rows, cursor = handovers.listing(db.session(), state=wanted, after=sieve.number("after"), lang=lang)
    return render_template(
        "staff/inbox_handovers.html",
        rows=rows,
        next_cursor=cursor,
        state=state,
        states=list(HandoverState),
        words={one: spoken(one) for one in HandoverState},
    )
